"""Hoàng Sa and Trường Sa: always there, and nothing of theirs elsewhere."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.records import Finding, Shapes, Status, Weight, named
from geo.editions import HOANG_SA, TRUONG_SA, Level

# West, south, east, north of the sea that each archipelago lies in, degrees.
SEAS: Final = (
    (HOANG_SA, shapely.box(110.9, 15.3, 113.6, 17.6)),
    (TRUONG_SA, shapely.box(111.0, 5.9, 118.4, 12.1)),
)
# Islets under this size (degrees, about 300 m) vanish on the grid of the browser's files.
SMALLEST: Final = 0.0028
MOST_ISLETS: Final = 40


def keep_islands(
    edition: str, level: Level, shapes: Shapes, status: dict[str, Status]
) -> list[Finding]:
    """Put the archipelagos into a set that lacks them, and cut what is not theirs."""
    findings, absent = [], []
    for codes, sea in SEAS:
        code = codes[edition, level]
        parts = shapely.get_parts(shapes.pop(code, shapely.MultiPolygon()))
        islets = [part for part in parts if shapely.within(part, sea)]
        if dropped := len(parts) - len(islets):
            values = {"n": str(dropped), "units": named(edition, [code])}
            findings.append(Finding("island_parts", Weight.MENDED, values))
        seen = [grown for islet in islets if (grown := _visible(islet)) is not None]
        if seen:
            largest = sorted(seen, key=shapely.area, reverse=True)[:MOST_ISLETS]
            shapes[code] = shapely.MultiPolygon(largest) if len(largest) > 1 else largest[0]
        else:
            shapes[code], status[code] = bundled(edition, level)[code], Status.KEPT
            absent.append(code)
    if absent:
        findings.append(Finding("island_kept", Weight.NOTE, {"units": named(edition, absent)}))
    return findings


def _visible(islet: shapely.Geometry) -> shapely.Geometry | None:
    box = shapely.bounds(islet)
    return islet if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST else None


def without_islands(shape: shapely.Geometry) -> shapely.Geometry:
    """Take the parts in the seas of the archipelagos out of a polygon."""
    parts = np.array(shapely.get_parts(shape), dtype=object)
    for _, sea in SEAS:
        parts = parts[~shapely.within(parts, sea)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))
