"""Make up heights under the simulated country: the same for the same seed, marked, of no place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from geo.coverage.ground import SIMULATED_MARK
from geo.coverage.simulate import DEFAULT_SEED

# West, north, columns, rows: the country with its islands near the coast, cells of some 450 m.
WEST, NORTH, CELL = 102.0, 23.5, 0.004
COLUMNS, ROWS = 1_900, 3_800
# How wide ridges are, in cells, and how tall, in metres.
_RIDGES: Final = ((6, 40.0), (24, 160.0), (120, 420.0))


def write_ground(path: Path, seed: int = DEFAULT_SEED) -> None:
    """Write made-up heights as a GeoTIFF of some megabytes, metres, EPSG:4326.

    The hills follow no map: they are drawn by chance, as the rest of the simulated country.
    """
    import rasterio  # noqa: PLC0415
    from rasterio.transform import Affine  # noqa: PLC0415

    cells = np.abs(_noise(seed)).astype(np.int16)
    how = {"driver": "GTiff", "count": 1, "dtype": "int16", "crs": "EPSG:4326", "tiled": True}
    how |= {"width": COLUMNS, "height": ROWS, "compress": "deflate", "nodata": -32768}
    place = Affine(CELL, 0, WEST, 0, -CELL, NORTH)
    with rasterio.open(path, "w", transform=place, **how) as raster:
        raster.write(cells, 1)
        raster.update_tags(note=SIMULATED_MARK)
        raster.units = ["m"]


def _noise(seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    dice, found = np.random.default_rng(seed), np.zeros((ROWS, COLUMNS), dtype=np.float32)
    for wide, tall in _RIDGES:
        knots = dice.normal(0, tall, (ROWS // wide + 2, COLUMNS // wide + 2)).astype(np.float32)
        rows, columns = (np.arange(n) / wide for n in (ROWS, COLUMNS))
        top, left = rows.astype(int), columns.astype(int)
        down, across = (rows - top)[:, None].astype(np.float32), (columns - left).astype(np.float32)
        upper, lower = (
            knots[at][:, left] * (1 - across) + knots[at][:, left + 1] * across
            for at in (top, top + 1)
        )
        found += upper * (1 - down) + lower * down
    return found
