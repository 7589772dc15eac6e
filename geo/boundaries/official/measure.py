"""Measure polygons, and name those that are not as large as they should be."""

from __future__ import annotations

import math
from typing import Final

import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.records import (
    FINEST,
    Finding,
    Refused,
    Shapes,
    Status,
    Weight,
    is_island,
    named,
    province_of,
)
from geo.boundaries.official.sound import polygons_only
from geo.editions import area

# The share by which the area of a unit may differ from the official figure without a word; and by
# which from that of its bundled polygon, which is approximate, where no figure is known.
OFF: Final = 0.2
OFF_BUNDLED: Final = 0.5
# A unit so many times smaller or larger than both is refused, or than its bundled polygon alone,
# from this size (km²).
WRONG: Final = 5.0
WRONG_BUNDLED: Final = 10.0
WRONG_KM2: Final = 5.0
# The share of the bundled province, which is within a tenth of its official area, by which an
# outline may differ without a word; and what it may be at all: beyond, it holds sea or neighbours,
# or lacks more land than islands.
PROVINCE_OFF: Final = 0.2
PROVINCE_LEAST, PROVINCE_MOST = 0.5, 1.5
# The share of its own outline by which a province may differ without a word, and at all.
OUTLINE_OFF: Final = 0.015
OUTLINE_WRONG: Final = 0.1


def km2(shape: shapely.Geometry) -> float:
    """Measure a polygon in square kilometres, to about half a percent (a sphere of degrees)."""
    if shapely.is_empty(shape):
        return 0.0
    _, south, _, north = shapely.bounds(shape)
    scale = math.cos(math.radians((south + north) / 2))
    return float(shapely.area(shape)) * 111.32 * 110.57 * scale


def check_areas(
    edition: str, made: Shapes, status: dict[str, Status], *, whole: bool = False
) -> list[Finding]:
    """Name the units whose area is far from what is known.

    Parameters
    ----------
    whole
        Of a public set, of which every file is the one published: it is told, not refused.

    Raises
    ------
    Refused
        If one is so far from it that it cannot be the unit.
    """
    base = bundled(edition, FINEST[edition])
    off, unlike, wrong = [], [], []
    for code, shape in made.items():
        if status[code] is Status.KEPT or is_island(edition, code):
            continue
        drawn, before = km2(shape), km2(base[code])
        known = area(edition, code).area_km2
        if known and abs(drawn / known - 1) > OFF:
            off.append(code)
        if not known and not 1 - OFF_BUNDLED <= drawn / before <= 1 / (1 - OFF_BUNDLED):
            unlike.append(code)
        ratios = [drawn / of for of in (known, before) if of]
        most = WRONG if known else WRONG_BUNDLED
        large = not whole and max(drawn, before) > WRONG_KM2
        if large and (max(ratios) < 1 / most or min(ratios) > most):
            wrong.append(code)
    if wrong:
        raise Refused([_about("areas_wrong", Weight.REFUSED, edition, wrong)])
    found = (("areas_off", off), ("areas_unlike", unlike))
    return [_about(key, Weight.NOTE, edition, codes) for key, codes in found if codes]


def check_provinces(edition: str, given: Shapes, base: Shapes) -> list[Finding]:
    """Name the provinces of which the outline is not as large as the province.

    Raises
    ------
    Refused
        If one is so far from it that it cannot be the outline of its land.
    """
    share = {code: km2(shape) / km2(base[code]) for code, shape in given.items()}
    wrong = [c for c, ratio in share.items() if not PROVINCE_LEAST < ratio < PROVINCE_MOST]
    if wrong:
        raise Refused([_about("provinces_wrong", Weight.REFUSED, edition, wrong)])
    off = [code for code, ratio in share.items() if abs(ratio - 1) > PROVINCE_OFF]
    return [_about("provinces_off", Weight.NOTE, edition, off)] if off else []


def check_outlines(edition: str, made: Shapes, outlines: Shapes) -> list[Finding]:
    """Name the provinces whose units together are not their own outline.

    Raises
    ------
    Refused
        If one is so far from it that land must be missing.
    """
    off, wrong = [], []
    for province, outline in outlines.items():
        own = [s for c, s in made.items() if province_of(edition, c) == province]
        whole = polygons_only(shapely.make_valid(outline))
        if not own or whole.is_empty:
            continue
        apart = shapely.symmetric_difference(shapely.union_all(own), whole)
        share = shapely.area(apart) / shapely.area(whole)
        if share > OUTLINE_WRONG:
            wrong.append(province)
        elif share > OUTLINE_OFF:
            off.append(province)
    if wrong:
        raise Refused([_about("outlines_wrong", Weight.REFUSED, edition, wrong)])
    return [_about("outlines_off", Weight.NOTE, edition, off)] if off else []


def _about(key: str, weight: Weight, edition: str, codes: list[str]) -> Finding:
    return Finding(key, weight, {"n": str(len(codes)), "units": named(edition, codes)})
