"""Two sets of values in thirds of each, crossed: a bivariate map and its square legend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.classify.between import classify
from geo.classify.result import NO_CLASS, Classes

SIDE: Final = 3
METHOD: Final = "quantile"


@dataclass(frozen=True, slots=True, eq=False)
class Bivariate:
    """Areas in thirds of two values.

    Attributes
    ----------
    x, y
        The classes of each, over the areas that have both; fewer than three where values repeat.
    index
        Cell of each area, ``row * x.k + column`` with the lowest first; `NO_CLASS` without both.
    counts
        Areas in each cell, shape (y.k, x.k), the lowest row first.
    palette
        Colour of each cell, in the order of `index`, as ``#rrggbb``.
    """

    x: Classes
    y: Classes
    index: NDArray[np.int64]
    counts: NDArray[np.int64]
    palette: tuple[str, ...]

    @property
    def x_steps(self) -> tuple[int, ...]:
        """Which thirds the columns are: 0 low, 1 middle, 2 high."""
        return STEPS[self.x.k]

    @property
    def y_steps(self) -> tuple[int, ...]:
        """Which thirds the rows are, the lowest first."""
        return STEPS[self.y.k]

    def on_dark(self) -> Bivariate:
        """Turn the colours for dark paper: the cell that is high in both stands out most.

        Each keeps its hue: the square is mirrored at its falling diagonal.
        """
        turned = tuple(
            PALETTE[SIDE - 1 - c][SIDE - 1 - r] for r in self.y_steps for c in self.x_steps
        )
        return replace(self, palette=turned)

    def cell(self, row: int, column: int) -> int:
        """Return the number of a cell, as `index` holds it."""
        return row * self.x.k + column


class Unvaried(ValueError):
    """All areas have the same figure, so that none is high or low; `which` is ``x`` or ``y``."""

    def __init__(self, which: str) -> None:
        super().__init__(f"all figures of {which} are equal, or there are none")
        self.which = which


# Low and high where there are but two classes.
STEPS: Final = {2: (0, SIDE - 1), SIDE: tuple(range(SIDE))}
# Rows from the lowest third of y, columns from the lowest third of x: x adds blue, y adds orange,
# both together darken. Searched so that any two of the nine, and each against white and dark paper,
# stay at least 10 apart (CIEDE2000) with normal vision and without red, green or blue cones, and
# so that each step to the right or upwards is darker by 8 of the 100 of L*.
PALETTE: Final = (
    ("#ccd3cb", "#68c3e9", "#4476df"),
    ("#eeaa70", "#8f8a85", "#5c6178"),
    ("#c05d04", "#703622", "#432164"),
)


def cross(x: ArrayLike, y: ArrayLike) -> Bivariate:
    """Sort areas into thirds of two values at once.

    Parameters
    ----------
    x, y
        One number per area each, in the same order; areas that lack one of them get no cell.

    Returns
    -------
    Bivariate
        The thirds are those of the areas that have both (quantiles; equal values stay together).

    Raises
    ------
    Unvaried
        If all values of one are equal.
    """
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    both = np.isfinite(first) & np.isfinite(second)
    columns = classify(np.where(both, first, np.nan), METHOD, SIDE)
    rows = classify(np.where(both, second, np.nan), METHOD, SIDE)
    for which, classes in (("x", columns), ("y", rows)):
        if classes.k < 2:
            raise Unvaried(which)
    index = np.where(both, rows.index * columns.k + columns.index, NO_CLASS)
    cells = np.bincount(index[both], minlength=rows.k * columns.k)
    palette = tuple(PALETTE[r][c] for r in STEPS[rows.k] for c in STEPS[columns.k])
    return Bivariate(columns, rows, index, cells.reshape(rows.k, columns.k), palette)
