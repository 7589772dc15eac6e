"""Sort values into classes: one registry of methods, one shape of result."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mapclassify
import numpy as np
from numpy.typing import ArrayLike, NDArray

NO_CLASS = -1
MAX_CLASSES = 7
DEFAULT_CLASSES = 5

Floats = NDArray[np.float64]


class UnknownMethod(ValueError):
    """A classification method that the registry does not hold."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Class breaks over one set of values.

    Attributes
    ----------
    method
        Name in the registry.
    asked, k
        Number of classes asked for, and made: fewer when there are too few distinct values.
    lower
        Lower bound of the first class: the smallest value. NaN without values.
    breaks
        Upper bound of each class, rising, of length `k`. A bound belongs to the class below it.
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

    def bounds(self) -> list[tuple[float, float]]:
        """Return the lower and upper bound of each class.

        Returns
        -------
        list of tuple
            Pairs (lower, upper); all but the first lower bound are outside their class. Where
            each class holds one value, both are that value.
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


Method = Callable[[Floats, int], Floats]


def _bins(classifier: Any) -> Method:
    def method(values: Floats, k: int) -> Floats:
        with warnings.catch_warnings():
            # A lowered k is not a warning here: it is told to the reader by Classes.k.
            warnings.simplefilter("ignore", UserWarning)
            return np.asarray(classifier(values, k=k).bins, dtype=float)

    return method


METHODS: dict[str, Method] = {
    "quantile": _bins(mapclassify.Quantiles),
    "equal_interval": _bins(mapclassify.EqualInterval),
}
DEFAULT_METHOD = "quantile"


def classify(values: ArrayLike, method: str = DEFAULT_METHOD, k: int = DEFAULT_CLASSES) -> Classes:
    """Sort values into classes.

    The breaks of the method are moved to the shortest decimal number that leaves every value in
    its class, so that a legend reads "50 – 60" and not "49,8731 – 60,0292".

    Parameters
    ----------
    values
        One number per area, in any unit; missing and infinite ones get no class.
    method
        A key of `METHODS`.
    k
        Number of classes wanted, 1 to `MAX_CLASSES`.

    Returns
    -------
    Classes
        With fewer classes than `k` where there are fewer distinct values, none without values.

    Raises
    ------
    UnknownMethod
        When the registry lacks the method; the message lists those that it holds.
    ValueError
        When `k` is out of range.
    """
    if method not in METHODS:
        raise UnknownMethod(f"method is {method!r}; allowed are {', '.join(sorted(METHODS))}")
    if not 1 <= k <= MAX_CLASSES:
        raise ValueError(f"k is {k}; allowed are 1 to {MAX_CLASSES}")
    array = np.asarray(values, dtype=float)
    finite = np.sort(array[np.isfinite(array)])
    distinct = np.unique(finite)
    if distinct.size == 0:
        return Classes(method, k, 0, math.nan, (), np.full(array.shape, NO_CLASS), ())
    single = distinct.size <= k
    breaks = distinct if single else _readable(distinct, METHODS[method](finite, k))
    index = np.where(np.isfinite(array), np.searchsorted(breaks, array, side="left"), NO_CLASS)
    index = np.minimum(index, len(breaks) - 1)
    counts = np.bincount(index[index >= 0], minlength=len(breaks))
    return Classes(
        method=method,
        asked=k,
        k=len(breaks),
        lower=float(distinct[0]),
        breaks=tuple(float(b) for b in breaks),
        index=index,
        counts=tuple(int(n) for n in counts),
        single=single,
    )


def around(
    values: ArrayLike, centre: float, method: str = DEFAULT_METHOD, k: int = DEFAULT_CLASSES
) -> Classes:
    """Sort values into classes around a centre, alike on both sides; no class straddles it.

    The distances from the centre are classified, so that equally far is equally strong in colour on
    either side. Values that equal the centre have a class of their own.

    Parameters
    ----------
    values, method
        See `classify`.
    centre
        Where the sides part: zero for a difference, or a target.
    k
        Number of classes wanted on both sides together; half of it, rounded down, on each.

    Returns
    -------
    Classes
        With ``steps``; a side without values has no classes.

    Raises
    ------
    UnknownMethod, ValueError
        As `classify`.
    """
    array = np.asarray(values, dtype=float)
    away = np.where(np.isfinite(array), array - centre, math.nan)
    distances = classify(np.where(away == 0, math.nan, np.abs(away)), method, max(1, k // 2))
    signed = np.where(distances.index == NO_CLASS, 0, distances.index + 1) * np.sign(away)
    held = np.isfinite(away)
    present = signed[held].astype(int)
    if not present.size:
        return classify(array, method, k)
    steps = list(range(min(0, present.min()), max(0, present.max()) + 1))
    if not (present == 0).any():
        steps.remove(0)
    place = {step: at for at, step in enumerate(steps)}
    index = np.full(array.shape, NO_CLASS)
    index[held] = [place[step] for step in present]
    finite = array[held]
    # The outermost classes end at the data, the others at the same distance on both sides.
    uppers = [_upper(step, centre, distances.breaks) for step in steps[:-1]]
    return Classes(
        method=method,
        asked=len(steps),
        k=len(steps),
        lower=float(finite.min()),
        breaks=(*uppers, max([float(finite.max()), *uppers[-1:]])),
        index=index,
        counts=tuple(int(n) for n in np.bincount(index[held], minlength=len(steps))),
        steps=tuple(steps),
        centre=centre,
    )


def _upper(step: int, centre: float, breaks: tuple[float, ...]) -> float:
    """Return the upper bound of a class so many steps from the centre."""
    if step == 0:
        return centre
    if step == -1:
        return float(np.nextafter(centre, -math.inf))
    return centre + breaks[step - 1] if step > 0 else centre - breaks[-step - 2]


def _readable(distinct: Floats, bins: Floats) -> Floats:
    """Move each inner break to the shortest number between its neighbours in the data."""
    inner = np.unique(bins[(bins >= distinct[0]) & (bins < distinct[-1])])
    breaks = [_shortest(distinct, bound) for bound in inner]
    return np.unique(np.array([*breaks, distinct[-1]]))


def _shortest(distinct: Floats, bound: float) -> float:
    at = int(np.searchsorted(distinct, bound, side="right"))
    below, above = float(distinct[at - 1]), float(distinct[at])
    magnitude = math.floor(math.log10(max(abs(below), abs(above), 1e-12)))
    for digits in range(-magnitude, -magnitude + 16):
        rounded = round(float(bound), digits)
        if below <= rounded < above:
            return rounded
    return below
