"""What every classification gives."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

NO_CLASS: Final = -1
MAX_CLASSES: Final = 7
DEFAULT_CLASSES: Final = 5


@dataclass(frozen=True, slots=True)
class Classes:
    """Class breaks over one set of values.

    Attributes
    ----------
    method
        Name in the registry, or of the scale that the bounds are from.
    asked, k
        Number of classes asked for, and made: fewer when there are too few distinct values.
    lower
        Lower bound of the first class: the smallest value. NaN without values; minus infinity where
        the first class is open below.
    breaks
        Upper bound of each class, rising, of length `k`; infinite where the last class is open.
        Empty for named classes whose bounds differ from area to area.
    index
        Class of each value, 0 to ``k - 1``; `NO_CLASS` where the value is missing.
    counts
        Number of values in each class.
    single
        Whether each class holds one distinct value, there being no more values than classes.
    steps
        For classes around a centre: how many classes each is away from it, negative below, 0 for
        values that equal it. Empty for classes that only rise.
    centre
        That centre; NaN where there is none.
    names
        For classes that have names, such as grades: the id of each. Empty for the others.
    from_below
        Whether a bound belongs to the class above it ("from 80 to under 90"), not to that below.
    exact
        The inner breaks as the method found them, rising, where `breaks` are shorter numbers that
        part the values alike; around a centre, distances from it. Empty where they are the same.
    sampled
        How many of the values the method looked at, where not all; else 0.
    """

    method: str
    asked: int
    k: int
    lower: float
    breaks: tuple[float, ...]
    index: NDArray[np.int64]
    counts: tuple[int, ...]
    single: bool = False
    steps: tuple[int, ...] = ()
    centre: float = math.nan
    names: tuple[str, ...] = ()
    from_below: bool = False
    exact: tuple[float, ...] = ()
    sampled: int = 0

    @property
    def uneven(self) -> bool:
        """Whether classes that are meant to be equally many are not."""
        return bool(self.counts) and max(self.counts) - min(self.counts) > 1

    def bounds(self) -> list[tuple[float, float]]:
        """Return the lower and upper bound of each class.

        Returns
        -------
        list of tuple
            Pairs (lower, upper); all but the first lower bound are outside their class, or the
            upper ones if `from_below`. Where each class holds one value, both are that value.
            Empty for named classes without common bounds.
        """
        if self.single:
            return [(value, value) for value in self.breaks]
        edges = list(zip((self.lower, *self.breaks[:-1]), self.breaks, strict=False))
        for at, step in enumerate(self.steps):
            # The classes beside the centre reach up to it without holding it.
            low, high = edges[at]
            edges[at] = {
                -1: (low, self.centre),
                0: (self.centre, self.centre),
                1: (self.centre, high),
            }.get(step, (low, high))
        return edges
