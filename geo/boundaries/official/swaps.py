"""Find polygons that were exchanged between units, by points that lie in another unit."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.base import bundled, points
from geo.boundaries.official.records import Finding, Shapes, Weight, named
from geo.editions import Level

# Overlap with the bundled polygons (IoU), which are right to about three quarters: under this they
# may be what is wrong.
FITS: Final = 0.55


def unswap(edition: str, level: Level, shapes: Shapes) -> list[Finding]:
    """Give polygons back to their units where units went round in a circle.

    The point of a unit (inside its bundled polygon) lies in the polygon of another, the point of
    that one in a third, and so on back to the first: a circle, mostly of two. It is undone where
    the polygons also cover the bundled ones better afterwards, so that a border drawn elsewhere,
    which moves a point or two across, is never taken for an exchange.
    """
    found = _lies_in(edition, level, shapes)
    findings, seen = [], set[str]()
    for start in found:
        circle = _circle(start, found)
        if len(circle) < 2 or seen & set(circle):
            continue
        seen |= set(circle)
        if not _better(edition, level, shapes, circle, found):
            continue
        right = {code: shapes[found[code]] for code in circle}
        shapes.update(right)
        values = {"units": named(edition, circle)}
        findings.append(Finding("swapped", Weight.MENDED, values))
    return findings


def _lies_in(edition: str, level: Level, shapes: Shapes) -> dict[str, str]:
    """Say in whose polygon the point of each unit lies, for units of which it is not their own."""
    codes = list(shapes)
    if not codes:
        return {}
    where = points(edition, level)
    tree = shapely.STRtree(list(shapes.values()))
    hits = tree.query([where[code] for code in codes], predicate="intersects").T
    found: dict[str, set[str]] = {}
    for point, polygon in hits:
        found.setdefault(codes[point], set()).add(codes[polygon])
    return {code: min(holders) for code, holders in found.items() if code not in holders}


def _circle(start: str, found: dict[str, str]) -> list[str]:
    """Follow units from one to the next; empty where that does not lead back to the first."""
    steps, at = [start], found[start]
    while at != start:
        if at in steps or at not in found:
            return []
        steps.append(at)
        at = found[at]
    return steps


def _better(
    edition: str, level: Level, shapes: Shapes, circle: list[str], found: dict[str, str]
) -> bool:
    """Tell whether exchanged polygons fit the bundled ones well, and far better than as given."""
    old = bundled(edition, level)

    def fit(of: dict[str, str]) -> float:
        both = np.array([(old[code], shapes[of[code]]) for code in circle], dtype=object).T
        shared = shapely.area(shapely.intersection(*both))
        return float((shared / (shapely.area(both).sum(axis=0) - shared)).mean())

    return fit(found) > max(FITS, 2 * fit({code: code for code in circle}))
