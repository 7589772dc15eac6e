"""Made-up rasters of heights about Hà Giang."""

import numpy as np
import rasterio
from rasterio.transform import Affine, from_origin

from base.reading import Room
from geo.coverage.ground import Relief
from geo.coverage.terrain import open_relief

LON, LAT = 104.96, 22.86
# A wide corner in UTM 48N: LON, LAT lies 20 km to the east of it and 20 km south.
WEST, NORTH = 475_897.0, 2_548_035.0
UTM = "EPSG:32648"


def write(path, cells, *, crs=UTM, cell=30.0, at=(WEST, NORTH), transform=None, **how):
    """Write heights; keywords of rasterio, and scale, offset, unit, tags."""
    cells = np.asarray(cells)
    scale, offset, unit = how.pop("scale", 1), how.pop("offset", 0), how.pop("unit", "")
    tags = how.pop("tags", {})
    bands = cells if cells.ndim == 3 else cells[None]
    made = {"count": len(bands), "height": bands.shape[1], "width": bands.shape[2]}
    made |= {"dtype": bands.dtype, "crs": crs, "driver": "GTiff"} | how
    made["transform"] = transform or from_origin(*at, cell, cell)
    with rasterio.open(path, "w", **made) as raster:
        raster.write(bands)
        raster.update_tags(**tags)
        if (scale, offset) != (1, 0):
            raster.scales, raster.offsets = [scale] * len(bands), [offset] * len(bands)
        if unit:
            raster.units = [unit] * len(bands)
    return path


def degrees(path, cells, *, cell=1 / 3600, west=104.6, north=23.2, **how):
    """Write heights on longitudes and latitudes."""
    transform = Affine(cell, 0, west, 0, -cell, north)
    return write(path, cells, crs="EPSG:4326", transform=transform, **how)


def opened(path, **how):
    return open_relief(Relief(path, **how), Room())


def rough(n=1400, seed=3, tall=400):
    """Heights with ridges of several sizes, metres, shape (n, n), never under 0."""
    draw = np.random.default_rng(seed)
    found = np.zeros((n, n))
    for size in (4, 30, 150):
        knots = draw.normal(0, size / 150 * tall, (n // size + 2, n // size + 2))
        at = np.arange(n) / size
        low = at.astype(int)
        share = (at - low)[:, None]
        rows = knots[low] * (1 - share) + knots[low + 1] * share
        found += rows[:, low] * (1 - share.T) + rows[:, low + 1] * share.T
    return np.abs(found).astype(np.float32)
