"""Make single polygons sound: what is empty, broken, or not in Viet Nam."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.base import bundled, points
from geo.boundaries.official.records import Finding, Refused, Shapes, Weight, named
from geo.editions import Level

# Degrees, generous: land, islands and the sea of the archipelagos.
WEST, SOUTH, EAST, NORTH = 101.5, 5.5, 118.5, 24.0
# A polygon whose every part is farther from the place of its unit than this is of another place.
FAR: Final = 0.3  # degrees, about 33 km
# Of at least so many polygons this share may lie in the places of others; then it is no accident.
FEW: Final = 8
ELSEWHERE: Final = 0.4
# A polygon lies beside its unit where it shares less than this of the smaller of the two; bundled
# units of less than some 5 km² (in square degrees) may themselves be elsewhere.
BESIDE: Final = 0.02
LEAST: Final = 4e-4
LARGEST_CELL: Final = 1e-12


def polygons_only(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep the polygons of a geometry; the empty polygon where there is none."""
    parts = shapely.get_parts(shapely.get_parts(shape))  # collections of multipolygons as well
    kept = [part for part in parts if part.geom_type == "Polygon" and part.area > LARGEST_CELL]
    if not kept:
        return shapely.Polygon()
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def in_country(drawn: np.ndarray) -> bool:
    """Tell whether most polygons lie in Viet Nam."""
    boxes = shapely.bounds(drawn)
    boxes = boxes[~np.isnan(boxes).any(axis=1)]
    return bool(len(boxes)) and bool(_inside(boxes).mean() >= 0.5)


def check_places(edition: str, level: Level, shapes: Shapes) -> None:
    """Refuse polygons of which most lie in the places of other units.

    Raises
    ------
    Refused
        Naming them.
    """
    where = points(edition, level)
    codes = [code for code in shapes if not shapely.is_empty(shapes[code])]
    drawn = np.array([shapes[code] for code in codes], dtype=object)
    if len(codes) < FEW:
        return
    hits = shapely.STRtree(drawn).query([where[code] for code in codes], predicate="intersects")
    at_home = {codes[i] for i, j in hits.T if i == j}
    elsewhere = [codes[i] for i in dict.fromkeys(hits[0]) if codes[i] not in at_home]
    if len(elsewhere) <= ELSEWHERE * len(codes):
        return
    values = {"n": str(len(elsewhere)), "of": str(len(codes)), "units": named(edition, elsewhere)}
    raise Refused([Finding("codes_shifted", Weight.REFUSED, values)])


def beside(edition: str, level: Level, shapes: Shapes) -> list[Finding]:
    """Name the polygons that lie wholly beside their unit on the bundled map.

    Raises
    ------
    Refused
        If so many do that all were moved: a wrong reference system, datum or column.
    """
    base, where = bundled(edition, level), points(edition, level)
    codes = [code for code in shapes if shapely.area(base[code]) > LEAST]
    off = [code for code in codes if not shapely.intersects(shapes[code], where[code])]
    off = [code for code in off if _shared(shapes[code], base[code]) < BESIDE]
    if not off:
        return []
    values = {"n": str(len(off)), "of": str(len(codes)), "units": named(edition, off)}
    if 1 < len(off) > ELSEWHERE * len(codes):
        raise Refused([Finding("all_beside", Weight.REFUSED, values)])
    return [Finding("beside", Weight.NOTE, values)]


def _shared(one: shapely.Geometry, other: shapely.Geometry) -> float:
    least = min(shapely.area(one), shapely.area(other))
    return float(shapely.area(shapely.intersection(one, other)) / least) if least else 0.0


def check_axes(shapes: Shapes) -> None:
    """Refuse polygons that lie elsewhere, naming swapped axes where that is why.

    Raises
    ------
    Refused
        If most of them do.
    """
    boxes = shapely.bounds(np.array(list(shapes.values()), dtype=object))
    boxes = boxes[~np.isnan(boxes).any(axis=1)]
    if not len(boxes):
        raise Refused([Finding("nothing", Weight.REFUSED)])
    here, swapped = _inside(boxes), _inside(boxes[:, [1, 0, 3, 2]])
    if here.mean() >= 0.5:
        return
    if swapped.mean() > 0.5:
        raise Refused([Finding("axes", Weight.REFUSED)])
    total = [*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]
    box = ", ".join(f"{value:.6g}" for value in total)
    raise Refused([Finding("elsewhere", Weight.REFUSED, {"box": box})])


def _inside(boxes: np.ndarray) -> np.ndarray:
    west, south, east, north = boxes.T
    inside: np.ndarray = (west >= WEST) & (south >= SOUTH) & (east <= EAST) & (north <= NORTH)
    return inside


def sound(edition: str, shapes: Shapes) -> tuple[Shapes, list[Finding]]:
    """Repair what is invalid; set aside what is empty or outside Viet Nam.

    What is given is emptied on the way, so that a whole set is not held twice.
    """
    good: Shapes = {}
    found: dict[str, list[str]] = {"empty": [], "repaired": [], "outside": []}
    for code in list(shapes):
        given = shapes.pop(code)
        if given is None or shapely.is_empty(given):
            found["empty"].append(code)
            continue
        shape = shapely.force_2d(given)
        if not np.isfinite(shapely.get_coordinates(shape)).all():
            found["empty"].append(code)
            continue
        if not shapely.is_valid(shape):
            shape = shapely.make_valid(shape)
            found["repaired"].append(code)
        shape = polygons_only(shape)
        if shape.is_empty:
            found["empty"].append(code)
        elif not _inside(shapely.bounds(shape).reshape(1, 4))[0]:
            found["outside"].append(code)
        else:
            good[code] = shape
    weights = {"empty": Weight.NOTE, "repaired": Weight.MENDED, "outside": Weight.NOTE}
    return good, [
        _about(key, weights[key], edition, codes) for key, codes in found.items() if codes
    ]


def misplaced(edition: str, level: Level, shapes: Shapes) -> list[Finding]:
    """Set aside, in place, polygons that lie far from their unit, or on those of others."""
    where = points(edition, level)
    far = [c for c, shape in shapes.items() if shapely.distance(shape, where[c]) > FAR]
    for code in far:
        del shapes[code]
    doubled = _on_others(edition, level, shapes)
    for code in doubled:
        del shapes[code]
    found = [("misplaced", far), ("overlapping", doubled)]
    return [_about(key, Weight.NOTE, edition, codes) for key, codes in found if codes]


def _on_others(edition: str, level: Level, shapes: Shapes) -> list[str]:
    """List polygons that share most of their area with another; of two, the one out of place."""
    codes = list(shapes)
    drawn = np.array(list(shapes.values()), dtype=object)
    if not codes:
        return []
    inner = shapely.point_on_surface(drawn)
    pairs = shapely.STRtree(drawn).query(inner, predicate="within").T
    where, wrong = points(edition, level), set()
    for i, j in pairs:
        if i == j:
            continue
        small, large = sorted((i, j), key=lambda k: shapely.area(drawn[k]))
        both = shapely.area(shapely.intersection(drawn[i], drawn[j]))
        if both > 0.5 * shapely.area(drawn[large]):
            apart = [shapely.distance(shapely.centroid(drawn[k]), where[codes[k]]) for k in (i, j)]
            wrong.add(codes[i] if apart[0] > apart[1] else codes[j])
        elif both > 0.5 * shapely.area(drawn[small]):
            # An enclave for which its neighbour lacks the hole.
            cut = shapely.difference(shapes[codes[large]], drawn[small])
            shapes[codes[large]] = polygons_only(cut)
    return sorted(wrong)


def _about(key: str, weight: Weight, edition: str, codes: list[str]) -> Finding:
    return Finding(key, weight, {"n": str(len(codes)), "units": named(edition, codes)})
