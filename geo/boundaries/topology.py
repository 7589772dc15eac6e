"""The browser's files read back: TopoJSON, whose areas share the lines between them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Member:
    """One area of a file.

    Attributes
    ----------
    code, properties
        As the file has them.
    polygons
        Of each the rings, the outer one first: numbers of arcs, of which ``~n`` is arc ``n`` walked
        backwards.
    """

    code: str
    properties: Mapping[str, Any]
    polygons: Sequence[Sequence[Sequence[int]]]

    @property
    def rings(self) -> list[Sequence[int]]:
        """The rings of all polygons."""
        return [ring for polygon in self.polygons for ring in polygon]


@dataclass(frozen=True, slots=True, eq=False)
class Topology:
    """The areas of a file and their lines.

    Attributes
    ----------
    arcs
        The lines: arrays of (longitude, latitude), degrees, EPSG:4326.
    members
        The areas, in the order of the file.
    """

    arcs: list[Floats]
    members: tuple[Member, ...]


def read_topology(file: Path) -> Topology:
    """Read a file of a boundary layer."""
    return decoded(json.loads(file.read_text(encoding="utf-8")))


def decoded(topology: Mapping[str, Any]) -> Topology:
    """Decode a quantized topology with one object ``areas``, as the browser does."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    areas = topology["objects"]["areas"]["geometries"]
    return Topology(arcs, tuple(_member(area) for area in areas))


def _member(area: Mapping[str, Any]) -> Member:
    polygons = [area["arcs"]] if area["type"] == "Polygon" else area["arcs"]
    return Member(str(area["id"]), area["properties"], polygons)


def arc_at(number: int) -> int:
    """Return which arc is meant, whichever way it is walked."""
    return number if number >= 0 else ~number


def joined(ring: Sequence[int], arcs: Sequence[Floats]) -> Floats:
    """Join the arcs of a ring, each of which ends where the next one begins."""
    runs = [arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring]
    return np.concatenate([runs[0], *(run[1:] for run in runs[1:])])
