"""Make the edges of official polygons match: province by province, then across provinces.

Whole sets have millions of corners. Those that nobody can see are left out inside each province
first, so that what is matched across the country is light.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.records import Finding, Refused, Shapes, Weight, named, province_of
from geo.boundaries.official.sound import polygons_only

# Degrees. Vertices nearer to each other than a metre are one; gaps of under 30 m are closed.
SNAP: Final = 1e-5
GAP: Final = 3e-4
# Corners that move an edge by less than some fifteen metres are left out of what is stored.
FINEST: Final = 2e-4
# Edges this near (330 m) and yet apart are a gap; where most are, it is no map of neighbours.
NEAR: Final = 3e-3
MOST_APART: Final = 0.5
# Few units tell nothing; of many the search would take minutes, and they are seldom drawn so.
FEW: Final = 4
MANY: Final = 600_000
METRES: Final = 111_320.0


def matched_edges(edition: str, shapes: Shapes) -> tuple[Shapes, list[Finding]]:
    """Make the edges of neighbours match, and say for how many they did not.

    Parameters
    ----------
    shapes
        Given up on the way: what is as heavy as a whole set is not held twice.

    Raises
    ------
    Refused
        If units vanish, or most edges have a gap beside them.
    """
    if not shapes:
        return {}, []
    wrong: set[str] = set()
    apart = 0.0
    for codes in by_province(edition, shapes):
        own = {code: polygons_only(shapely.set_precision(shapes[code], SNAP)) for code in codes}
        unlike = _unmatched({code: shapes[code] for code in codes})
        clean = cleaned(own)
        apart = max([apart, *(_width(own[code], clean[code]) for code in sorted(unlike))])
        wrong |= unlike
        shapes.update(_lighter(clean))
    wrong |= _unmatched(shapes)
    made = cleaned(shapes)
    _refuse_lost(edition, made, shapes)  # whether it is a valid coverage is checked once joined
    _refuse_gaps(edition, made)
    if not wrong:
        return made, []
    apart = max([apart, *(_width(shapes[code], made[code]) for code in sorted(wrong))])
    metres = apart * METRES
    values = {"n": str(len(wrong)), "metres": f"{metres:.0f}" if metres >= 1 else "<1"}
    return made, [Finding("edges", Weight.MENDED, values)]


def by_province(edition: str, shapes: Shapes) -> list[list[str]]:
    """Group codes by the province that they lie in."""
    groups: dict[str, list[str]] = {}
    for code in shapes:
        groups.setdefault(province_of(edition, code), []).append(code)
    return list(groups.values())


def cleaned(shapes: Shapes) -> Shapes:
    """Clean a coverage: no overlap, no sliver, edges identical."""
    if not shapes:
        return {}
    codes = list(shapes)
    made = shapely.coverage_clean(
        np.array([shapes[code] for code in codes], dtype=object),
        gap_width=GAP,
        snapping_distance=SNAP,
    )
    return {code: polygons_only(shape) for code, shape in zip(codes, made, strict=True)}


def simplified(edition: str, shapes: Shapes) -> Shapes:
    """Leave out corners that nobody can see, the same ones on both sides of every border."""
    codes = list(shapes)
    drawn = np.array([shapes[code] for code in codes], dtype=object)
    thin = shapely.coverage_simplify(drawn, FINEST)
    made = dict(zip(codes, thin, strict=True))
    try:
        check(edition, made, shapes)
    except Refused:
        return shapes
    return made


def check(edition: str, made: Shapes, given: Shapes) -> None:
    """Refuse what is no valid coverage, or has lost a unit.

    Raises
    ------
    Refused
        Naming the units that vanished.
    """
    _refuse_lost(edition, made, given)
    drawn = np.array(list(made.values()), dtype=object)
    if not (shapely.is_valid(drawn).all() and shapely.coverage_is_valid(drawn)):
        raise Refused([Finding("uncovered", Weight.REFUSED)])


def _refuse_lost(edition: str, made: Shapes, given: Shapes) -> None:
    lost = [code for code, shape in made.items() if shape.is_empty and not given[code].is_empty]
    if lost:
        raise Refused([Finding("vanished", Weight.REFUSED, {"units": named(edition, lost)})])


def _unmatched(shapes: Shapes) -> set[str]:
    """Name the units of which an edge is not their neighbour's."""
    edges = shapely.coverage_invalid_edges(np.array(list(shapes.values()), dtype=object))
    return {code for code, edge in zip(shapes, edges, strict=True) if not shapely.is_empty(edge)}


def _lighter(shapes: Shapes) -> Shapes:
    """Simplify the lines inside a province; its outline, which others share, stays."""
    drawn = np.array(list(shapes.values()), dtype=object)
    thin = shapely.coverage_simplify(drawn, FINEST, simplify_boundary=False)
    lost = shapely.is_empty(thin) & ~shapely.is_empty(drawn)
    return dict(zip(shapes, np.where(lost, drawn, thin), strict=True))


def _width(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Measure how far two outlines are apart at most: the widest of the strips between them."""
    strips = shapely.get_parts(polygons_only(shapely.symmetric_difference(one, other)))
    strips = strips[shapely.length(strips) > 0]
    if not len(strips):
        return 0.0
    return float((2 * shapely.area(strips) / shapely.length(strips)).max())


def _refuse_gaps(edition: str, shapes: Shapes) -> None:
    """Refuse units that are drawn apart from one another."""
    drawn = np.array(list(shapes.values()), dtype=object)
    if len(drawn) < FEW or shapely.get_num_coordinates(drawn).sum() > MANY:
        return
    apart = shapely.length(shapely.coverage_invalid_edges(drawn, gap_width=NEAR))
    shared = shapely.length(drawn).sum() - shapely.length(shapely.coverage_union_all(drawn))
    if apart.sum() <= MOST_APART * (apart.sum() + shared):
        return
    codes = [code for code, gap in zip(shapes, apart, strict=True) if gap > 0]
    values = {"n": str(len(codes)), "of": str(len(drawn)), "units": named(edition, codes)}
    raise Refused([Finding("gaps_everywhere", Weight.REFUSED, values)])
