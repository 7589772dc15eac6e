"""Where the samples of a profile lie: along the straight line between two points on the ellipsoid.

The chord between two points, brought up to the ellipsoid, runs along the normal section; at 100 km
it is under 0.1 m off the geodesic, and its parts are equal to 0.4 m. So a path and its reverse have
the same samples.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from geo.coverage.ground import Floats, arc, ecef

_A: Final = 6_378_137.0
_F: Final = 1 / 298.257223563
_B: Final = _A * (1 - _F)
_E2, _E2_SECOND = _F * (2 - _F), (_A / _B) ** 2 - 1
# Between these, columns and rows of a sheet change evenly: 0.2 m off at 25° N.
KNOTS_M: Final = 4_000.0
FEWEST: Final = 16
MOST: Final = 16_384


def lengths(pairs: Floats) -> Floats:
    """Return the lengths of paths, metres, from lon, lat, lon, lat in degrees, shape (n, 4)."""
    first, second = ecef(pairs[:, 0], pairs[:, 1]), ecef(pairs[:, 2], pairs[:, 3])
    return np.asarray(arc(np.linalg.norm(second - first, axis=1)), dtype=float)


def sample_counts(metres: Floats, step: float) -> Any:
    """Return how many samples paths have: the next of a row of sizes, four an octave.

    Parameters
    ----------
    step
        The greatest distance of two samples, metres.

    Returns
    -------
    ndarray of int
        Shape (n,); of a path alone, whatever it is worked out with.
    """
    sizes = [FEWEST]
    while sizes[-1] < MOST:
        sizes.append(sizes[-1] + max(4, 2 ** (sizes[-1].bit_length() - 3)))
    needed = np.ceil(metres / step).astype(np.int64) + 1
    at = np.minimum(np.searchsorted(sizes, needed), len(sizes) - 1)
    return np.array(sizes)[at]


def knots(pairs: Floats, segments: int) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes of the ends of equal parts, shape (n, segments + 1)."""
    first, second = ecef(pairs[:, 0], pairs[:, 1]), ecef(pairs[:, 2], pairs[:, 3])
    at = np.linspace(0, 1, segments + 1)[:, None]
    x, y, z = np.moveaxis(first[:, None] * (1 - at) + second[:, None] * at, -1, 0)
    flat = np.hypot(x, y)
    angle = np.arctan2(z * _A, flat * _B)
    lat = np.arctan2(z + _E2_SECOND * _B * np.sin(angle) ** 3, flat - _E2 * _A * np.cos(angle) ** 3)
    return np.degrees(np.arctan2(y, x)), np.degrees(lat)


def segments_of(samples: int, step: float) -> int:
    """Return into how many parts a path of so many samples is cut by its knots."""
    return max(1, math.ceil((samples - 1) * step / KNOTS_M))


def between(values: Floats, samples: int) -> Floats:
    """Spread values at knots evenly over samples, shape (n, samples)."""
    parts = values.shape[1] - 1
    at = np.linspace(0, parts, samples)
    left = np.minimum(at.astype(int), parts - 1)
    share = at - left
    # Not by a product of matrices, whose last bits depend on how many paths there are.
    return values[:, left] * (1 - share) + values[:, left + 1] * share
