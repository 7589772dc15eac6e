"""Give land that no unit of a set has to the units of its own province.

Where the outline of a province came along, it decides: what it has left is shared out among its
own units. Else the bundled layer says where land is, and whose. Open sea is never filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.edges import by_province
from geo.boundaries.official.fit import bordering, fit
from geo.boundaries.official.measure import km2
from geo.boundaries.official.records import (
    Finding,
    Shapes,
    Status,
    Weight,
    named,
    province_of,
)
from geo.boundaries.official.sound import polygons_only
from geo.editions import EDITION_2024, EDITION_2025, Level

# A gap of which more than this share of the outline is open to the sea is sea...
OPEN: Final = 0.45
ENCLOSED: Final = 0.01
# ...unless a unit lost this share of its bundled land there, and the gap is this deep (2 km).
LOST: Final = 0.25
DEEP: Final = 0.02
# Provinces by the sea, by edition: there a gap must be deeper, as bundled coasts are off by more.
DEEP_COAST: Final = 0.05
COAST: Final = {
    EDITION_2024: "22 31 34 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 77 79 82 83 84 91 "
    "94 95 96",
    EDITION_2025: "22 31 33 37 38 40 42 44 46 48 51 52 56 66 68 79 82 86 91 92 96",
}
# A gap belongs to one unit where that has so much of it on the bundled map, else to those that have
# at least the second share each; km² under which the longest shared border decides.
MOSTLY: Final = 0.7
SOME: Final = 0.1
SMALL: Final = 1.0
# Left of an outline: narrower slivers (degrees) are edges that do not match.
SLIVER: Final = 2e-4
ISLET: Final = 0.2  # km²: a smaller island that is gone is not told
DUST: Final = 5e-8  # square degrees, some 600 m²: narrower gaps are closed with the edges
TOUCH: Final = 1e-6  # corners of pieces cut from one another are off by less


@dataclass(slots=True)
class _Given:
    """Pieces by the unit that they were given to, and the units divided by bundled lines."""

    pieces: dict[str, list[shapely.Geometry]] = field(default_factory=dict)
    divided: set[str] = field(default_factory=set)

    def add(self, parts: Mapping[str, shapely.Geometry]) -> None:
        for code, part in parts.items():
            self.pieces.setdefault(code, []).append(part)
        if len(parts) > 1:
            self.divided |= set(parts)

    def joined(self, shapes: Shapes) -> Shapes:
        made = dict(shapes)
        for code, parts in self.pieces.items():
            own = [made[code]] if code in made else []
            made[code] = polygons_only(shapely.union_all([*own, *parts]))
        return made

    def finding(self, key: str, edition: str, weight: Weight = Weight.MENDED) -> list[Finding]:
        parts = [part for pieces in self.pieces.values() for part in pieces]
        if not parts:
            return []
        largest = sorted(self.pieces, key=lambda c: -sum(map(km2, self.pieces[c])))
        values = {**sizes(parts), "units": named(edition, largest)}
        return [Finding(key, weight, values)]


def within_outlines(
    edition: str, level: Level, shapes: Shapes, outlines: Shapes, status: dict[str, Status]
) -> list[Finding]:
    """Share out, in place, what the outlines of provinces have left among their own units."""
    base, given = bundled(edition, level), _Given()
    before = set(shapes)
    for province, outline in outlines.items():
        own = {c: s for c, s in shapes.items() if province_of(edition, c) == province}
        if not own or shapely.is_empty(outline):
            continue
        whole = polygons_only(shapely.make_valid(outline))
        left = shapely.difference(whole, shapely.union_all(list(own.values())))
        units = {c: s for c, s in base.items() if province_of(edition, c) == province}
        for piece in shapely.get_parts(polygons_only(left)):
            if piece.area > DUST and 2 * piece.area / piece.length > SLIVER:
                given.add(apportioned(piece, own, units))
    shapes.update(given.joined(shapes))
    status.update(dict.fromkeys(given.divided, Status.SPLIT))
    taken = [code for code in shapes if code not in before]
    findings = given.finding("outline_left", edition)
    if taken:
        values = {"n": str(len(taken)), "units": named(edition, taken)}
        findings.append(Finding("remainder", Weight.MENDED, values))
    return findings


def apportioned(piece: shapely.Geometry, own: Shapes, base: Shapes) -> Shapes:
    """Divide a piece of a province among its units.

    Parameters
    ----------
    own
        Units of the province that have a polygon.
    base
        Bundled polygons of those that may have a part in it.
    """
    near = [code for code, shape in base.items() if shapely.intersects(shape, piece)]
    parts = {code: float(shapely.area(shapely.intersection(base[code], piece))) for code in near}
    total = float(shapely.area(piece))
    main = max(parts, key=lambda code: parts[code], default=None)
    if main is not None and parts[main] >= MOSTLY * total and (main in own or km2(piece) >= SMALL):
        return {main: piece}
    some = [code for code, part in parts.items() if part >= SOME * total]
    if some and km2(piece) >= SMALL:
        return fit({code: base[code] for code in some}, piece)
    return {bordering([piece], own)[0]: piece}


def fill(
    edition: str, official: Shapes, kept: Shapes, land: Shapes, settled: set[str]
) -> tuple[Shapes, list[Finding]]:
    """Give land of the bundled layer that nobody covers any more to a neighbour.

    Parameters
    ----------
    settled
        Provinces whose own outline has decided already what is theirs.
    """
    everything = {**official, **kept}
    drawn = np.array(list(everything.values()), dtype=object)
    codes, tree, n_official = list(everything), shapely.STRtree(drawn), len(official)
    ground, lines = _Ground(edition, land), shapely.boundary(drawn)
    enclosed, seam, lost, islands = _Given(), _Given(), _Given(), _Given()
    of_province: dict[str, Shapes] = {}
    for code, shape in official.items():
        of_province.setdefault(province_of(edition, code), {})[code] = shape
    for gap in _uncovered(edition, official, kept, land):
        near = tree.query(gap, predicate="dwithin", distance=TOUCH)
        province = ground.province(gap)
        own = of_province.get(province, {})
        if not len(near):
            if km2(gap) >= ISLET and (unit := ground.unit(gap)) in own:
                islands.add({unit: gap})
            continue
        open_share = 1 - _shared(gap, lines[near])
        free = province not in settled
        if (
            own
            and free
            and ground.lost(gap, own)
            and (open_share < ENCLOSED or _deep(edition, province, gap))
        ):
            lost.add(apportioned(gap, own, {code: land[code] for code in own}))
        elif open_share > OPEN:
            continue
        elif (near >= n_official).any():
            bundled_side = {codes[i]: drawn[i] for i in near if i >= n_official}
            seam.add({bordering([gap], bundled_side)[0]: gap})
        elif open_share < ENCLOSED and (free or km2(gap) < SMALL):
            beside = {codes[i]: drawn[i] for i in near}
            inside = {code: shape for code, shape in beside.items() if code in own}
            enclosed.add({bordering([gap], inside or beside)[0]: gap})
    findings = lost.finding("land_left", edition)
    findings += enclosed.finding("gaps", edition)
    findings += seam.finding("seam", edition)
    findings += islands.finding("islands_lost", edition, Weight.NOTE)
    for given in (lost, enclosed, seam):
        everything = given.joined(everything)
    return everything, findings


class _Ground:
    """The bundled land: which unit and province has how much of a gap."""

    def __init__(self, edition: str, land: Shapes) -> None:
        self._edition, self._codes = edition, list(land)
        self._drawn = np.array(list(land.values()), dtype=object)
        self._tree = shapely.STRtree(self._drawn)

    def _parts(self, gap: shapely.Geometry) -> dict[str, tuple[float, float]]:
        near = self._tree.query(gap, predicate="intersects")
        areas = shapely.area(shapely.intersection(self._drawn[near], gap))
        whole = shapely.area(self._drawn[near])
        return {self._codes[i]: (a, w) for i, a, w in zip(near, areas, whole, strict=True)}

    def province(self, gap: shapely.Geometry) -> str:
        parts: dict[str, float] = {}
        for code, (area, _) in self._parts(gap).items():
            province = province_of(self._edition, code)
            parts[province] = parts.get(province, 0.0) + area
        return max(parts, key=lambda code: parts[code], default="")

    def unit(self, gap: shapely.Geometry) -> str:
        parts = self._parts(gap)
        return max(parts, key=lambda code: parts[code][0], default="")

    def lost(self, gap: shapely.Geometry, own: Shapes) -> bool:
        if km2(gap) < SMALL:
            return False
        return any(
            c in own and a > LOST * w and shapely.area(own[c]) < (1 - LOST) * w
            for c, (a, w) in self._parts(gap).items()
        )


def _deep(edition: str, province: str, gap: shapely.Geometry) -> bool:
    least = DEEP_COAST if province in COAST[edition].split() else DEEP
    return not shapely.is_empty(shapely.buffer(gap, -least))


def _uncovered(edition: str, official: Shapes, kept: Shapes, land: Shapes) -> np.ndarray:
    """Return the pieces of the bundled land that no unit covers any more."""
    ground = shapely.coverage_union_all(np.array(list(official.values()), dtype=object))
    rest = np.array([kept[code] for code in kept], dtype=object)
    tree = shapely.STRtree(rest)
    bare = []
    for codes in by_province(edition, land):
        own = [land[code] for code in codes if kept.get(code) is not land[code]]
        if not own:
            continue
        whole = shapely.coverage_union_all(np.array(own, dtype=object))
        left = shapely.difference(whole, ground)
        near = rest[tree.query(left, predicate="intersects")] if len(rest) else []
        if len(near):
            left = shapely.difference(left, shapely.union_all(near))
        bare.append(polygons_only(left))
    gaps = shapely.get_parts(polygons_only(shapely.union_all(bare)))
    found: np.ndarray = gaps[shapely.area(gaps) > DUST]
    return found


def _shared(gap: shapely.Geometry, near: np.ndarray) -> float:
    """Return the share of the outline of a gap that lies on some outlines of units."""
    ends = [shapely.get_coordinates(ring) for ring in shapely.get_rings(gap)]
    pairs = [(ring[:-1], ring[1:]) for ring in ends]
    start, end = (np.concatenate(side) for side in zip(*pairs, strict=True))
    lengths = np.hypot(*(end - start).T)
    middles = shapely.points((start + end) / 2)
    shapely.prepare(near)
    on = shapely.dwithin(near[:, None], middles[None], TOUCH).any(axis=0)
    return float(lengths[on].sum() / lengths.sum())


def sizes(parts: list[shapely.Geometry]) -> dict[str, str]:
    """Say how many pieces there are, and how large in all."""
    return {"n": str(len(parts)), "km2": f"{sum(map(km2, parts)):.1f}"}
