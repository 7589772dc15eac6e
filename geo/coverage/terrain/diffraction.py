"""Loss by diffraction over a path: delta-Bullington, ITU-R P.1812-7 §4.3 and P.526-15 §4.5.

Profiles are matrices of shape (paths, samples); the samples of all paths lie at the same fractions
of their lengths. Written for many paths at once; nothing here knows maps or files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.coverage.ground import Floats
from geo.coverage.terrain.spherical import Ends, smooth_earth_loss

LIGHT_M_GHZ: Final = 0.299792458
EARTH_KM: Final = 6371.0
# Below this the loss of an edge is nothing.
_NO_EDGE: Final = -0.78


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Profiles between pairs of antennas.

    Attributes
    ----------
    at
        Fractions of the path from the first end, 0 to 1, ascending, shape (samples,).
    km, ghz
        Length of each path and frequency, shape (paths,).
    ground
        Height of the bare ground, metres above sea level, shape (paths, samples).
    top
        The same with what stands on it; the ends play no part.
    first, second
        Heights of the antennas, metres above sea level.
    sea
        Share of each path over sea.
    """

    at: Floats
    km: Floats
    ghz: Floats
    ground: Floats
    top: Floats
    first: Floats
    second: Floats
    sea: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Diffraction:
    """What the ground does to paths, shape (paths,).

    Attributes
    ----------
    loss
        By delta-Bullington, dB.
    actual, smooth, sphere
        Its parts: Bullington over the profile, over the smooth profile, and the loss of a smooth
        earth, dB; ``smooth`` is NaN where the last is nothing and it plays no part.
    fresnel
        Least height of the ray over the ground, in radii of the first Fresnel zone; negative where
        the ground stands in the way.
    """

    loss: Floats
    actual: Floats
    smooth: Floats
    sphere: Floats
    fresnel: Floats


def diffraction(paths: Paths, k: float, *, vertical: bool = True) -> Diffraction:
    """Work out the loss by diffraction of each path.

    Parameters
    ----------
    k
        Effective earth radius over the true one.
    vertical
        Polarisation.

    Returns
    -------
    Diffraction
        NaN for a path whose profile has a NaN.
    """
    ae = EARTH_KM * k
    u = paths.at[1:-1]
    rise = 500 / ae * paths.km**2
    bulge = rise[:, None] * (u * (1 - u))
    ends = (paths.first, paths.second)
    actual, worst = _bullington(u, paths.km, paths.ghz, paths.top[:, 1:-1] + bulge, ends)
    below, above = _smooth_ends(paths, u)
    hte, hre = paths.first - below, paths.second - above
    known = np.isfinite(actual)
    sphere, smooth = np.full(len(actual), np.nan), np.full(len(actual), np.nan)
    ends_over = Ends(paths.km, hte, hre, paths.ghz, paths.sea).take(known)
    sphere[known] = smooth_earth_loss(ends_over, ae, vertical=vertical)
    low = np.flatnonzero(known & (sphere > 0))
    if low.size:
        flat = (hte[low], hre[low])
        smooth[low], _ = _bullington(u, paths.km[low], paths.ghz[low], bulge[low], flat)
    more = np.where(sphere > 0, np.maximum(0, sphere - smooth), 0.0)
    return Diffraction(actual + more, actual, smooth, sphere, -worst / np.sqrt(2))


def edge_loss(v: Floats) -> Floats:
    """Return the loss of a knife edge, dB, by its Fresnel parameter.

    Examples
    --------
    >>> edge_loss(np.array([-1.0, 0.0])).round(2)
    array([0.  , 6.03])
    """
    w = v - 0.1
    with np.errstate(invalid="ignore"):
        loss = 6.9 + 20 * np.log10(np.sqrt(w * w + 1) + w)
    return np.where(v > _NO_EDGE, loss, np.where(np.isnan(v), np.nan, 0.0))


def _bullington(
    u: Floats, km: Floats, ghz: Floats, tops: Floats, ends: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return the loss of Bullington's construction, and the largest Fresnel parameter.

    Parameters
    ----------
    tops
        Heights with the bulge of the earth, shape (paths, inner samples).
    """
    first, second = ends
    wave = LIGHT_M_GHZ / ghz
    over = tops - (first[:, None] * (1 - u) + second[:, None] * u)
    worst = (over * (1 / np.sqrt(u * (1 - u)))).max(axis=1) * np.sqrt(0.002 / (wave * km))
    # Where nothing stands over the ray, the edge is the sample that comes nearest to it.
    v = worst.copy()
    at = np.flatnonzero(~(worst < 0))
    if at.size:
        v[at] = _meeting_edge(u, km[at], wave[at], tops[at], (first[at], second[at]))
    edge = edge_loss(v)
    return edge + (1 - np.exp(-edge / 6)) * (10 + 0.02 * km), worst


def _meeting_edge(
    u: Floats, km: Floats, wave: Floats, tops: Floats, ends: tuple[Floats, Floats]
) -> Floats:
    """Return the parameter of the edge at which the lines from both ends over the ground meet."""
    first, second = ends
    up = ((tops - first[:, None]) * (1 / u)).max(axis=1)
    down = ((tops - second[:, None]) * (1 / (1 - u))).max(axis=1)
    where = np.clip((second - first + down) / (up + down), 1e-9, 1 - 1e-9)
    height = first + up * where - (first * (1 - where) + second * where)
    return height * np.sqrt(0.002 / (wave * km * where * (1 - where)))


def _smooth_ends(paths: Paths, u: Floats) -> tuple[Floats, Floats]:
    """Return the heights of the smooth earth under both ends (P.1812-7, attachment 1, §5.6)."""
    left, right = smooth_weights(paths.at)
    # Not by a product of matrices, whose last bits depend on how many paths there are.
    first, second = ((paths.ground * weights).sum(axis=1) for weights in (left, right))
    ray = paths.first[:, None] * (1 - u) + paths.second[:, None] * u
    over = paths.ground[:, 1:-1] - ray
    blocked = np.flatnonzero(over.max(axis=1) > 0)
    if blocked.size:
        over = over[blocked]
        most = over.max(axis=1)
        near, far = (over * (1 / u)).max(axis=1), (over * (1 / (1 - u))).max(axis=1)
        first[blocked] -= most * near / (near + far)
        second[blocked] -= most * far / (near + far)
    return np.minimum(first, paths.ground[:, 0]), np.minimum(second, paths.ground[:, -1])


def smooth_weights(at: Floats) -> tuple[Floats, Floats]:
    """Return what to weigh heights with for the ends of the straight line that fits them best.

    Parameters
    ----------
    at
        Fractions of the path, shape (samples,).

    Returns
    -------
    first, second
        Shape (samples,).
    """
    step, before, after = np.diff(at), at[:-1], at[1:]
    area, moment = np.zeros(len(at)), np.zeros(len(at))
    area[1:] += step
    area[:-1] += step
    moment[1:] += step * (2 * after + before)
    moment[:-1] += step * (after + 2 * before)
    return 2 * area - moment, moment - area
