"""Islands and archipelagos that boundaries in use draw too small, elsewhere or not at all."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Final

import numpy as np

from geo.coverage.ground.geodesy import Floats, Ints
from geo.editions import EDITIONS_DIR, HOANG_SA, TRUONG_SA, Level

# West, south, east, north, degrees: no land of anybody else lies in them. The second box of
# Trường Sa holds its banks in the south-west.
SEAS: Final = (
    (HOANG_SA, (110.9, 15.3, 113.6, 17.6)),
    (TRUONG_SA, (111.0, 5.9, 118.4, 12.1)),
    (TRUONG_SA, (109.2, 5.9, 111.0, 8.9)),
)
KM_PER_DEGREE: Final = 111.2
_NONE: Final = -1
Row = tuple[str, float, float, float, str]


@lru_cache(maxsize=4)
def islands(edition: str) -> tuple[Row, ...]:
    """Read islands: name, longitude, latitude, kilometres around that are theirs, area code."""
    with (EDITIONS_DIR / "islands.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    column = next((name for name in rows[0] if name.endswith(f"_{edition}")), "")
    return tuple(
        (row["name"], float(row["lon"]), float(row["lat"]), float(row["radius_km"]), row[column])
        for row in rows
        if column
    )


def island_of(edition: str, level: Level, at: dict[str, int], lon: Floats, lat: Floats) -> Ints:
    """Tell on which island, or in which archipelago, points lie that no drawn area holds.

    Parameters
    ----------
    at
        From the code of an area to its index.
    lon, lat
        Degrees, shape (n,).

    Returns
    -------
    ndarray
        Index of the area that the nearest island belongs to; -1 where none is near.
    """
    index = np.full(len(lon), _NONE, dtype=np.int64)
    nearest = np.ones(len(lon))  # in radii
    for codes, (west, south, east, north) in SEAS:
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        index[inside] = at.get(codes.get((edition, level), ""), _NONE)
    for _, x, y, radius, code in islands(edition):
        apart = np.hypot((lon - x) * np.cos(np.radians(y)), lat - y) * KM_PER_DEGREE / radius
        here = apart < nearest
        nearest[here], index[here] = apart[here], at.get(code, _NONE)
    return index
