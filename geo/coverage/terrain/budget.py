"""From a loss by diffraction to a level and a margin."""

from __future__ import annotations

import numpy as np

from geo.coverage.ground import Floats


def free_space(metres: Floats, rise_m: Floats, mhz: Floats) -> Floats:
    """Return the loss of free space, dB (ITU-R P.1812-7, §4.2).

    Parameters
    ----------
    metres
        Length along the ground.
    rise_m
        Difference of the heights of the antennas.
    mhz
        Frequency.

    Examples
    --------
    >>> float(free_space(np.array([96_200.0]), np.array([108.0]), np.array([98.2]))[0].round(2))
    111.91
    """
    km = np.hypot(np.maximum(metres, 1.0), rise_m) / 1000
    return np.asarray(92.4 + 20 * np.log10(mhz / 1000) + 20 * np.log10(km))


def place_loss(percent: float, sigma_db: float) -> float:
    """Return what is taken off a level so that so many percent of the places have it.

    Examples
    --------
    >>> place_loss(50, 5.5), round(place_loss(95, 5.5), 2)
    (0.0, 9.05)
    """
    from scipy.special import ndtri  # noqa: PLC0415

    return float(ndtri(percent / 100)) * sigma_db
