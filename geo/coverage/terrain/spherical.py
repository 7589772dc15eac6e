"""Loss over a smooth earth: Recommendation ITU-R P.1812-7, §4.3.2 and §4.3.3.

All arguments are arrays of shape (paths,): distances in km, heights in m over the smooth earth,
frequencies in GHz, the effective earth radius in km.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.coverage.ground import Bools, Floats, Ints

# Relative permittivity and conductivity (S/m) of land and of sea.
LAND: Final = (22.0, 0.003)
SEA: Final = (80.0, 5.0)


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Paths over a smooth earth: length, heights of both ends over it, frequency, share of sea."""

    d: Floats
    hte: Floats
    hre: Floats
    ghz: Floats
    sea: Floats

    def take(self, at: Ints | Bools) -> Ends:
        """Return some of the paths."""
        return Ends(self.d[at], self.hte[at], self.hre[at], self.ghz[at], self.sea[at])


def smooth_earth_loss(ends: Ends, ae: float, *, vertical: bool) -> Floats:
    """Return the diffraction loss over a smooth earth, dB, shape (paths,).

    Parameters
    ----------
    ae
        Effective earth radius, km.
    vertical
        Polarisation.
    """
    loss = np.zeros(len(ends.d))
    horizon = np.sqrt(2 * ae) * (np.sqrt(0.001 * ends.hte) + np.sqrt(0.001 * ends.hre))
    beyond = np.flatnonzero(ends.d >= horizon)
    loss[beyond] = _first_term(ends.take(beyond), np.full(len(beyond), ae), vertical)
    near = np.flatnonzero(ends.d < horizon)
    height, needed = _clearance(ends.take(near), ae)
    low = height <= needed
    height, needed, left = height[low], needed[low], ends.take(near[low])
    radius = 500 * (left.d / (np.sqrt(left.hte) + np.sqrt(left.hre))) ** 2
    first = _first_term(left, radius, vertical)
    loss[near[low]] = np.where(first < 0, 0.0, (1 - height / needed) * first)
    return loss


def _clearance(ends: Ends, ae: float) -> tuple[Floats, Floats]:
    """Return the smallest height of the ray over the earth, and the one that costs nothing."""
    d, hte, hre = ends.d, ends.hte, ends.hre
    c = (hte - hre) / (hte + hre)
    m = 250 * d**2 / (ae * (hte + hre))
    inner = np.clip(1.5 * c * np.sqrt(3 * m / (m + 1) ** 3), -1, 1)
    b = 2 * np.sqrt((m + 1) / (3 * m)) * np.cos(np.pi / 3 + np.arccos(inner) / 3)
    first = d / 2 * (1 + b)
    second = d - first
    height = ((hte - 500 * first**2 / ae) * second + (hre - 500 * second**2 / ae) * first) / d
    wave = 0.299792458 / ends.ghz
    return height, 17.456 * np.sqrt(np.maximum(0, first * second * wave / d))


def _first_term(ends: Ends, radius: Floats, vertical: bool) -> Floats:
    land = _over(LAND, ends, radius, vertical)
    if not ends.sea.any():
        return land
    return ends.sea * _over(SEA, ends, radius, vertical) + (1 - ends.sea) * land


def _over(ground: tuple[float, float], ends: Ends, radius: Floats, vertical: bool) -> Floats:
    """Return the first term of the series of residues over one kind of ground."""
    d, hte, hre, ghz = ends.d, ends.hte, ends.hre, ends.ghz
    permittivity, conductivity = ground
    lossy = (18 * conductivity / ghz) ** 2
    k = 0.036 * (radius * ghz) ** (-1 / 3) * ((permittivity - 1) ** 2 + lossy) ** -0.25
    if vertical:
        k = k * np.sqrt(permittivity**2 + lossy)
    beta = (1 + 1.6 * k**2 + 0.67 * k**4) / (1 + 4.5 * k**2 + 1.53 * k**4)
    x = 21.88 * beta * (ghz / radius**2) ** (1 / 3) * d
    scale = 0.9575 * beta * (ghz**2 / radius) ** (1 / 3)
    far = 11 + 10 * np.log10(np.maximum(x, 1e-12)) - 17.6 * x
    close = -20 * np.log10(np.maximum(x, 1e-12)) - 5.6488 * x**1.425
    distance = np.where(x >= 1.6, far, close)
    return -distance - _height_gain(scale * hte, beta, k) - _height_gain(scale * hre, beta, k)


def _height_gain(y: Floats, beta: Floats, k: Floats) -> Floats:
    b = beta * y
    high = np.maximum(b, 2.0) - 1.1
    gain = np.where(
        b > 2,
        17.6 * np.sqrt(high) - 5 * np.log10(high) - 8,
        20 * np.log10(np.maximum(b + 0.1 * b**3, 1e-30)),
    )
    return np.maximum(gain, 2 + 20 * np.log10(k))
