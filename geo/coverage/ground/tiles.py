"""Tiles: what is true of a whole square of points need not be asked of each.

Only for dense points, such as the cells of a population grid. A tile is 0.01° wide; no point of it
is further than `TILE_RADIUS_M` from its centre, anywhere on the ellipsoid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.coverage.ground.geodesy import Floats, Ints

TILE: Final = 0.01
# Half the diagonal of a tile at the equator is 788.4 m; elsewhere it is shorter.
TILE_RADIUS_M: Final = 790.0
# Fewer points than this to a tile, on average, and tiles do not pay.
DENSE: Final = 8
MANY: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """The tiles that points lie in.

    Attributes
    ----------
    west, south
        South-west corners, degrees, shape (tiles,).
    of
        Index of the tile of each point.
    """

    west: Floats
    south: Floats
    of: Ints

    @property
    def lon(self) -> Floats:
        """Longitudes of the centres."""
        return self.west + TILE / 2

    @property
    def lat(self) -> Floats:
        """Latitudes of the centres."""
        return self.south + TILE / 2


def tiles(lon: Floats, lat: Floats) -> Tiles | None:
    """Return the tiles of points; None where they are too few or too sparse."""
    if len(lon) < MANY:
        return None
    column = np.floor(lon / TILE).astype(np.int64)
    row = np.floor(lat / TILE).astype(np.int64)
    unique, of = np.unique(column * 1_000_000 + row + 500_000, return_inverse=True)
    if len(unique) * DENSE > len(lon):
        return None
    west = (unique // 1_000_000) * TILE
    south = (unique % 1_000_000 - 500_000) * TILE
    return Tiles(west, south, of)
