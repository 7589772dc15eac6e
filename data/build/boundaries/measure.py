"""Compare layers with others of the same codes, and with known areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from data.build._crosswalk_tables import EQUAL_AREA
from geo import boundaries

# Islets of the archipelagos lie east of this; sets differ in how they draw them.
EAST = 111.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well polygons agree with others.

    Attributes
    ----------
    iou
        Shared area over joint area by code.
    right
        Share of the other set's area that has the same code here.
    """

    iou: dict[str, float]
    right: float

    @property
    def mean(self) -> float:
        """Give the mean IoU."""
        return float(np.mean(list(self.iou.values())))

    def percentile(self, q: float) -> float:
        """Give a percentile of the IoU, 50 for the median."""
        return float(np.percentile(list(self.iou.values()), q))


def agreement(
    ours: Mapping[str, shapely.Geometry], theirs: Mapping[str, shapely.Geometry]
) -> Agreement:
    """Compare polygons of the same code (EPSG:4326, measured in an equal-area projection).

    Raises
    ------
    ValueError
        Where no code is in both.
    """
    mine, other = _projected(ours), _projected(theirs)
    codes = sorted(code for code in mine.keys() & other.keys() if not other[code].is_empty)
    if not codes:
        raise ValueError("no area is in both sets")
    one = np.array([mine[code] for code in codes], dtype=object)
    two = np.array([other[code] for code in codes], dtype=object)
    shared = shapely.area(shapely.intersection(one, two))
    total = shapely.area(two)
    joint = shapely.area(one) + total - shared
    iou = dict(zip(codes, (shared / joint).tolist(), strict=True))
    return Agreement(iou, float(shared.sum() / total.sum()))


def areas_km2(shapes: Mapping[str, shapely.Geometry]) -> dict[str, float]:
    """Measure areas in square kilometres, the archipelagos left out."""
    return {code: shape.area / 1e6 for code, shape in _projected(shapes).items()}


def _projected(shapes: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    west = {code: _west(shape) for code, shape in shapes.items()}
    series = gpd.GeoSeries(west, crs=boundaries.CRS).to_crs(EQUAL_AREA)
    return dict(zip(series.index, shapely.make_valid(series.to_numpy()), strict=True))


def _west(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    kept = parts[shapely.bounds(parts)[:, 0] < EAST]
    return shapely.union_all(kept) if len(kept) < len(parts) else shape
