"""Hoàng Sa and Trường Sa: always there, and nothing of theirs elsewhere."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.measure import km2
from geo.boundaries.official.records import Finding, Shapes, Status, Weight, named
from geo.boundaries.official.sound import polygons_only
from geo.editions import HOANG_SA, TRUONG_SA, Level

# West, south, east, north of the seas that each archipelago lies in, degrees. The banks of
# Trường Sa reach farther west in the south, where no other island of the country lies.
SEAS: Final = (
    (HOANG_SA, shapely.box(110.9, 15.3, 113.6, 17.6)),
    (
        TRUONG_SA,
        shapely.union(shapely.box(111.0, 5.9, 118.4, 12.1), shapely.box(109.2, 5.9, 111.0, 9.6)),
    ),
)
# What is smaller (degrees, about 50 m) vanishes on the grid of the browser's files.
SMALLEST: Final = 5e-4
# No bank is as large as this (km²): it is sea. With fewer pieces a set is told to lack most.
LARGEST: Final = 1000.0
FEWEST: Final = 5


def keep_islands(
    edition: str, level: Level, shapes: Shapes, status: dict[str, Status]
) -> list[Finding]:
    """Put the archipelagos into a set that lacks them, and cut what is not theirs."""
    findings, absent = [], []
    for codes, sea in SEAS:
        code = codes[edition, level]
        unit = named(edition, [code])
        parts = shapely.get_parts(shapes.pop(code, shapely.MultiPolygon()))
        inside = [part for part in parts if shapely.within(part, sea)]
        islets = [part for part in inside if km2(part) <= LARGEST]
        if dropped := len(parts) - len(inside):
            values = {"n": str(dropped), "units": unit}
            findings.append(Finding("island_parts", Weight.MENDED, values))
        if boxes := len(inside) - len(islets):
            values = {"n": str(boxes), "units": unit, "km2": f"{max(map(km2, inside)):.0f}"}
            findings.append(Finding("island_sea", Weight.MENDED, values))
        if islets:
            made = polygons_only(shapely.union_all([_visible(islet) for islet in islets]))
            shapes[code] = made
            values = {"n": str(len(shapely.get_parts(made))), "units": unit}
            values["km2"] = f"{sum(map(km2, shapely.get_parts(made))):.1f}"
            few = len(islets) < FEWEST
            findings.append(Finding("island_few" if few else "island_drawn", Weight.NOTE, values))
        else:
            shapes[code], status[code] = bundled(edition, level)[code], Status.KEPT
            if len(parts) == 0:
                absent.append(code)
    if absent:
        findings.append(Finding("island_kept", Weight.NOTE, {"units": named(edition, absent)}))
    return findings


def _visible(islet: shapely.Geometry) -> shapely.Geometry:
    """Draw an islet large enough to be seen."""
    west, south, east, north = shapely.bounds(islet)
    if min(east - west, north - south) >= SMALLEST:
        return islet
    return shapely.union(islet, shapely.buffer(shapely.centroid(islet), SMALLEST / 2))


def without_islands(shape: shapely.Geometry) -> shapely.Geometry:
    """Take the parts in the seas of the archipelagos out of a polygon."""
    parts = np.array(shapely.get_parts(shape), dtype=object)
    for _, sea in SEAS:
        parts = parts[~shapely.within(parts, sea)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))
