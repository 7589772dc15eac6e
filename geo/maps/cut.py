"""Cut a TopoJSON file to what one view needs, so that a file that carries it stays small."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from geo.boundaries import Box, arc_at, decoded

# How much of the neighbours is kept around the view, as a share of its size.
MARGIN: Final = 0.35
# Properties that the map reads: names, parent, label point, room.
KEPT: Final = ("n", "e", "p", "x", "y", "a")


def cut(topology: dict[str, Any], box: Box | None) -> dict[str, Any]:
    """Keep the areas that touch a box, and the lines that they are made of.

    Parameters
    ----------
    topology
        As the files of `geo.boundaries.web_layer` have it: quantized, one object ``areas``.
    box
        West, south, east, north in degrees; None keeps everything.

    Returns
    -------
    dict
        A topology of the same form. Lines that are shared stay shared.
    """
    made = decoded(topology)
    areas = topology["objects"]["areas"]["geometries"]
    used = [{arc_at(at) for ring in member.rings for at in ring} for member in made.members]
    if box is not None:
        boxes = np.array([(*arc.min(axis=0), *arc.max(axis=0)) for arc in made.arcs])
        reach = _widened(box)
        inside = [at for at, arcs in enumerate(used) if _touches(boxes[list(arcs)], reach)]
        areas, used = [areas[at] for at in inside], [used[at] for at in inside]
    order = sorted(set().union(*used))
    place = {old: new for new, old in enumerate(order)}
    kept = [
        {
            "type": area["type"],
            "id": area["id"],
            "properties": {k: v for k, v in area["properties"].items() if k in KEPT},
            "arcs": _renumbered(area["arcs"], place),
        }
        for area in areas
    ]
    return {
        "type": "Topology",
        "transform": topology["transform"],
        "objects": {"areas": {"type": "GeometryCollection", "geometries": kept}},
        "arcs": [topology["arcs"][at] for at in order],
    }


def _widened(box: Box) -> Box:
    west, south, east, north = box
    wide, tall = (east - west) * MARGIN, (north - south) * MARGIN
    return west - wide, south - tall, east + wide, north + tall


def _touches(arcs: np.ndarray, box: Box) -> bool:
    west, south = arcs[:, :2].min(axis=0)
    east, north = arcs[:, 2:].max(axis=0)
    return bool(west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1])


def _renumbered(arcs: Any, place: dict[int, int]) -> Any:
    if isinstance(arcs, int):
        return place[arcs] if arcs >= 0 else ~place[~arcs]
    return [_renumbered(part, place) for part in arcs]
