"""The outline of the land on the grid, and how dear it is to leave a cell outside."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from scipy import ndimage

from data.build.boundaries.records import KM_PER_DEGREE, Box, Grid
from data.build.boundaries.sources import Land, Ocean

# The outline is only as good as its scale: within this distance of it (km) a good box may move it.
BAND_KM = 2.0
# Cost of leaving a cell on the outline outside, and how far from it (km) that changes by 1.
ON_OUTLINE, KM_FOR_ONE = 0.8, 2.0


def outline(land: Land, ocean: Ocean, grid: Grid) -> np.ndarray:
    """Mark the cells that are land of the country.

    Two sources make the outline, each where it is better: the polygons have the borders with
    other countries, the mask of the ocean the coast and the islands.
    """
    own = rasterised(land.mainland, grid)
    foreign = rasterised(land.foreign, grid)
    away, away_from_foreign = (ndimage.distance_transform_edt(~cells) for cells in (own, foreign))
    return np.asarray(dry(ocean, grid) & ~foreign & (away < away_from_foreign), dtype=bool)


def dry(ocean: Ocean, grid: Grid) -> np.ndarray:
    """Interpolate a coarse mask of the ocean to the cells of a grid; True is land."""
    rows = (ocean.north - grid.latitudes()) / ocean.step
    columns = (grid.longitudes() - ocean.west) / ocean.step
    places = np.meshgrid(rows, columns, indexing="ij")
    share = ndimage.map_coordinates(
        (~ocean.mask).astype(np.float32), places, order=1, mode="nearest", output=np.float32
    )
    return np.asarray(share > 0.5)


def rasterised(shape: shapely.Geometry, grid: Grid) -> np.ndarray:
    """Mark the cells whose centre lies in a polygon (EPSG:4326); bool, the grid's shape."""
    from affine import Affine  # noqa: PLC0415
    from rasterio.features import rasterize  # noqa: PLC0415

    if shape.is_empty:
        return np.zeros(grid.shape, dtype=bool)
    marked = rasterize(
        [shape], out_shape=grid.shape, transform=Affine(*grid.transform), dtype="uint8"
    )
    return np.asarray(marked, dtype=bool)


def outside_cost(land: np.ndarray, grid: Grid, fixed: Iterable[Box]) -> np.ndarray:
    """Say what it costs to leave each cell outside the country."""
    side_km = grid.step * KM_PER_DEGREE
    inwards = side_km * (
        ndimage.distance_transform_edt(land) - ndimage.distance_transform_edt(~land)
    ).astype(np.float32)
    cost: np.ndarray = (ON_OUTLINE + inwards / KM_FOR_ONE).astype(np.float32)
    cost[inwards > BAND_KM] = np.inf
    cost[inwards < -BAND_KM] = -np.inf
    for box in fixed:
        window = grid.window(box)
        cost[window][land[window]] = np.inf
    return cost
