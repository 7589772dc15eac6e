"""Two indicators over the same areas: who has both, and how far their orders agree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

# Under so many areas with both figures a third of them would be two: no pattern to speak of.
FEWEST: Final = 9


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """Two sets of figures joined by area.

    Attributes
    ----------
    frame
        Indexed by code, one row per area of the scope: ``x`` and ``y``, NaN where missing.
    n
        Areas with both figures.
    only_x, only_y, neither
        Codes of areas that have only the first, only the second, or none of the two.
    spearman
        Rank correlation over the areas with both, -1 to 1; NaN where either is the same everywhere
        or fewer than three have both.
    p
        How likely so strong a correlation is by chance alone; NaN without one.
    """

    frame: pd.DataFrame
    n: int
    only_x: tuple[str, ...]
    only_y: tuple[str, ...]
    neither: tuple[str, ...]
    spearman: float
    p: float = math.nan


def pair(x: pd.Series, y: pd.Series) -> Pairing:
    """Join two sets of figures.

    Parameters
    ----------
    x, y
        Numbers by code of area, NaN where there is none, over the same areas of one edition.

    Raises
    ------
    ValueError
        If the areas are not the same: figures of different maps are never paired.
    """
    if not x.index.equals(y.index):
        raise ValueError(
            f"x is over {len(x)} areas and y over {len(y)}, not the same ones; take both of one "
            "edition, level and parent"
        )
    frame = pd.DataFrame({"x": x, "y": y}).replace([np.inf, -np.inf], np.nan)
    has_x, has_y = frame["x"].notna(), frame["y"].notna()
    rho, n = spearman(frame["x"], frame["y"]), int((has_x & has_y).sum())
    return Pairing(
        frame,
        n,
        _codes(frame, has_x & ~has_y),
        _codes(frame, has_y & ~has_x),
        _codes(frame, ~has_x & ~has_y),
        rho,
        chance(rho, n),
    )


def chance(rho: float, n: int) -> float:
    """Return how likely a rank correlation of so many areas is by chance, two-sided; NaN if none.

    Notes
    -----
    By Student's t with ``n - 2`` degrees of freedom: M. G. Kendall, Rank Correlation Methods, 1948.
    """
    if math.isnan(rho) or n < 3:
        return math.nan
    if abs(rho) >= 1:
        return 0.0
    from scipy.stats import t as student  # noqa: PLC0415 - slow to load

    return float(2 * student.sf(abs(rho) * math.sqrt((n - 2) / (1 - rho**2)), n - 2))


def _codes(frame: pd.DataFrame, where: pd.Series) -> tuple[str, ...]:
    return tuple(str(code) for code in frame.index[where])


def spearman(x: pd.Series, y: pd.Series) -> float:
    """Correlate the orders of two sets of numbers, over the places that have both.

    Parameters
    ----------
    x, y
        Numbers of one index; NaN where missing. Equal numbers share the mean of their ranks.

    Returns
    -------
    float
        -1 to 1; NaN where either is the same everywhere or fewer than three have both.

    Notes
    -----
    C. Spearman, "The proof and measurement of association between two things", American Journal of
    Psychology 15 (1904): the product-moment correlation of the ranks.
    """
    both = x.notna() & y.notna()
    if both.sum() < 3:
        return math.nan
    ranks = np.array([x[both].rank(), y[both].rank()])
    if (np.ptp(ranks, axis=1) == 0).any():
        return math.nan
    return float(np.clip(np.corrcoef(ranks)[0, 1], -1, 1))
