"""Made-up heights of the whole country, for `python -m benchmarks.coverage --only terrain`."""
# ruff: noqa: PLC0415 - each case pays for what it imports, and for nothing else

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

SIDE = 3_600  # cells of 1″, 30 m, a degree


def hills(n: int, seed: int = 4) -> npt.NDArray[np.int16]:
    """Draw ridges of several sizes, 0 to some 1,500 m, that join where tiles meet."""
    dice, found = np.random.default_rng(seed), np.zeros((n, n))
    for size, tall in ((6, 12), (60, 120), (600, 700)):
        knots = dice.normal(0, tall, (n // size, n // size))
        at = np.arange(n) / size
        low, share = at.astype(int) % (n // size), (at % 1)[:, None]
        high = (low + 1) % (n // size)
        rows = knots[low] * (1 - share) + knots[high] * share
        found += rows[:, low] * (1 - share.T) + rows[:, high] * share.T
    return np.abs(found).astype(np.int16)


def write_tiles(folder: Path, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> int:
    """Write a tile for each square degree about points; return how many."""
    import rasterio
    from rasterio.transform import Affine

    folder.mkdir()
    cells = hills(SIDE)
    squares = {
        (int(np.floor(x + a)), int(np.floor(y + b)))
        for x, y in zip(lon, lat, strict=True)
        for a in (-0.3, 0.3)
        for b in (-0.3, 0.3)
    }
    how = {"driver": "GTiff", "count": 1, "dtype": "int16", "crs": "EPSG:4326", "nodata": -32768}
    how |= {"width": SIDE, "height": SIDE, "tiled": True, "compress": "deflate", "zlevel": 1}
    for west, south in sorted(squares):
        place = Affine(1 / SIDE, 0, west, 0, -1 / SIDE, south + 1)
        with rasterio.open(folder / f"{south}_{west}.tif", "w", transform=place, **how) as tile:
            tile.write(cells, 1)
    return len(squares)


def write_masts(
    path: Path, n: int, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> None:
    """Write masts near settlements, each reaching 15 km."""
    import pandas as pd

    dice = np.random.default_rng(9)
    near = dice.integers(0, len(lon), n)
    columns = {
        "lon": (lon[near] + dice.normal(0, 0.01, n)).round(6),
        "lat": (lat[near] + dice.normal(0, 0.01, n)).round(6),
        "technology": "4G",
        "operator": "Viettel",
        "range": 15_000,
    }
    pd.DataFrame(columns).to_csv(path, index=False)
