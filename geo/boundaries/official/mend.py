"""Make one valid coverage of official polygons and of the bundled ones that stay.

Official polygons keep their shape; bundled ones give way. What the bundled layer has as land and
nobody covers any more is given to a neighbour: along the seam to the bundled side, inside official
territory, where it is enclosed, to the unit with the longest shared border. What is open to the sea
stays sea: there the official coast decides.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.fit import share_out
from geo.boundaries.official.records import Finding, Refused, Shapes, Weight, named
from geo.boundaries.official.sound import polygons_only

# Degrees. Vertices nearer to each other than a metre are one; gaps of under 30 m are closed.
SNAP: Final = 1e-5
GAP: Final = 3e-4
# Corners that move an edge by less than about ten metres are left out of what is stored.
FINEST: Final = 1e-4
# A gap of which more than this share of the outline is open to the sea is sea.
OPEN: Final = 0.45
# Pieces of a bundled unit, of its area, that are no place of their own once it was cut.
CRUMB: Final = 0.02
DUST: Final = 1e-9
TOUCH: Final = 1e-7  # corners of pieces cut from one another are off by less
METRES: Final = 111_320.0


def assemble(
    edition: str, official: Shapes, kept: Shapes, land: Shapes
) -> tuple[Shapes, list[Finding]]:
    """Join official and bundled polygons.

    Parameters
    ----------
    official
        Code to valid polygon; edges may not match.

    Returns
    -------
    shapes, findings
        A valid coverage of all units, EPSG:4326.

    Raises
    ------
    Refused
        If units vanish, or no valid coverage can be made.
    """
    clean, findings = matched_edges(edition, official)
    cut = _cut(kept, clean)
    everything, more = _fill(clean, cut, land)
    made = cleaned(everything)
    check(edition, made, everything)
    return made, findings + more


def matched_edges(edition: str, shapes: Shapes) -> tuple[Shapes, list[Finding]]:
    """Make the edges of neighbours match, and say for how many they did not."""
    if not shapes:
        return {}, []
    codes, drawn = list(shapes), np.array(list(shapes.values()), dtype=object)
    edges = shapely.coverage_invalid_edges(drawn)
    wrong = np.flatnonzero(~shapely.is_empty(edges))
    made = cleaned(shapes)
    check(edition, made, shapes)
    if not len(wrong):
        return made, []
    apart = max(_width(drawn[i], made[codes[i]]) for i in wrong)
    values = {
        "n": str(len(wrong)),
        "metres": f"{apart * METRES:.0f}" if apart * METRES >= 1 else "<1",
    }
    return made, [Finding("edges", Weight.MENDED, values)]


def cleaned(shapes: Shapes) -> Shapes:
    """Clean a coverage: no overlap, no sliver, edges identical."""
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
    lost = [code for code, shape in made.items() if shape.is_empty and not given[code].is_empty]
    if lost:
        raise Refused([Finding("vanished", Weight.REFUSED, {"units": named(edition, lost)})])
    drawn = np.array(list(made.values()), dtype=object)
    if not (shapely.is_valid(drawn).all() and shapely.coverage_is_valid(drawn)):
        raise Refused([Finding("uncovered", Weight.REFUSED)])


def _width(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Measure how far two outlines are apart at most: the widest of the strips between them."""
    strips = shapely.get_parts(polygons_only(shapely.symmetric_difference(one, other)))
    strips = strips[shapely.length(strips) > 0]
    if not len(strips):
        return 0.0
    return float((2 * shapely.area(strips) / shapely.length(strips)).max())


def _cut(kept: Shapes, official: Shapes) -> Shapes:
    """Take official territory out of the units that stay."""
    if not official:
        return dict(kept)
    ground = shapely.coverage_union_all(np.array(list(official.values()), dtype=object))
    shapely.prepare(ground)
    return {
        code: _whole(shapely.difference(shape, ground), shape)
        if shapely.intersects(ground, shape)
        else shape
        for code, shape in kept.items()
    }


def _whole(cut: shapely.Geometry, before: shapely.Geometry) -> shapely.Geometry:
    """Drop the crumbs that cutting left; what a unit was made of before stays."""
    parts = shapely.get_parts(polygons_only(cut))
    if len(parts) <= len(shapely.get_parts(before)):
        return polygons_only(cut)
    least = CRUMB * float(shapely.area(parts).sum())
    return polygons_only(shapely.MultiPolygon([p for p in parts if p.area >= least]))


def _fill(official: Shapes, kept: Shapes, land: Shapes) -> tuple[Shapes, list[Finding]]:
    """Give land that nobody covers any more to a neighbour."""
    everything = {**official, **kept}
    drawn = np.array(list(everything.values()), dtype=object)
    tree, n_official = shapely.STRtree(drawn), len(official)
    enclosed, seam = [], []
    for gap in _uncovered(everything, land, drawn, tree):
        near = tree.query(gap, predicate="dwithin", distance=TOUCH)
        open_share = 1 - _shared(gap, drawn[near])
        if not len(near) or open_share > OPEN:
            continue
        if (near >= n_official).any():
            seam.append(gap)
        elif open_share < 0.01:
            enclosed.append(gap)
    findings = []
    if enclosed:
        everything = share_out(enclosed, everything)
        findings.append(Finding("gaps", Weight.MENDED, _sizes(enclosed)))
    if seam:
        everything.update(share_out(seam, {code: everything[code] for code in kept}))
        findings.append(Finding("seam", Weight.MENDED, _sizes(seam)))
    return everything, findings


def _uncovered(
    everything: Shapes, land: Shapes, drawn: np.ndarray, tree: shapely.STRtree
) -> np.ndarray:
    """Return the pieces of the bundled land that no unit covers any more."""
    bare = []
    for code, ground in land.items():
        if everything[code] is ground:
            continue
        near = drawn[tree.query(ground, predicate="intersects")]
        around = shapely.box(*shapely.bounds(ground))
        cover = shapely.union_all(shapely.intersection(near, around))
        bare.append(polygons_only(shapely.difference(ground, cover)))
    gaps = shapely.get_parts(polygons_only(shapely.union_all(bare)))
    kept: np.ndarray = gaps[shapely.area(gaps) > DUST]
    return kept


def _shared(gap: shapely.Geometry, near: np.ndarray) -> float:
    """Return the share of the outline of a gap that lies on the outlines of units."""
    rim = shapely.boundary(gap)
    west, south, east, north = shapely.bounds(gap)
    edge = 10 * TOUCH
    around = (west - edge, south - edge, east + edge, north + edge)
    lines = shapely.clip_by_rect(shapely.boundary(near), *around)
    band = shapely.union_all(shapely.buffer(lines, TOUCH))
    return float(shapely.length(shapely.intersection(rim, band)) / shapely.length(rim))


def _sizes(parts: list[shapely.Geometry]) -> dict[str, str]:
    return {"n": str(len(parts)), "km2": f"{sum(map(km2, parts)):.1f}"}


def km2(shape: shapely.Geometry) -> float:
    """Measure a polygon in square kilometres, to about half a percent (a sphere of degrees)."""
    _, south, _, north = shapely.bounds(shape)
    scale = math.cos(math.radians((south + north) / 2))
    return float(shapely.area(shape)) * 111.32 * 110.57 * scale
