"""Classes that only rise: found in the values, between given bounds, or by name."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.classify.methods import (
    DEFAULT_METHOD,
    MANUAL,
    METHODS,
    MOST_COMPARED,
    OWN_K,
    SAMPLED,
    UnknownMethod,
    shortest,
)
from geo.classify.result import DEFAULT_CLASSES, MAX_CLASSES, NO_CLASS, Classes

Floats = NDArray[np.float64]


def classify(values: ArrayLike, method: str = DEFAULT_METHOD, k: int = DEFAULT_CLASSES) -> Classes:
    """Sort values into classes.

    The breaks of the method are moved to the shortest decimal number that leaves every value in
    its class, so that a legend reads "50 – 60" and not "49,8731 – 60,0292".

    Parameters
    ----------
    values
        One number per area, in any unit; missing and infinite ones get no class.
    k
        Number of classes wanted, 1 to `MAX_CLASSES`. The methods of `OWN_K` find their own.

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
    own_k = method in OWN_K and k > 1
    single = distinct.size <= (2 if own_k else k)
    inner = np.array([])
    if not single:
        inner = _inner(distinct, METHODS[method](finite, k), MAX_CLASSES)
    breaks = distinct if single else _readable(distinct, inner)
    found = tuple(float(b) for b in inner)
    return Classes(
        method,
        len(breaks) if own_k else k,
        len(breaks),
        float(distinct[0]),
        tuple(float(b) for b in breaks),
        *_sorted_in(array, breaks),
        single=single,
        exact=() if np.array_equal(inner, breaks[:-1]) else found,
        sampled=MOST_COMPARED if method in SAMPLED and finite.size > MOST_COMPARED else 0,
    )


def classify_at(
    values: ArrayLike,
    bounds: Sequence[float],
    method: str = MANUAL,
    *,
    names: Sequence[str] = (),
    from_below: bool = False,
) -> Classes:
    """Sort values into classes between given bounds; the outermost classes are open.

    Parameters
    ----------
    values
        See `classify`.
    bounds
        Where the classes part, rising: one fewer than there are classes, at least one.
    method
        What the bounds are called: `MANUAL`, or the name of a scale.
    names
        Ids of the classes, for a scale that names them, the lowest class first.
    from_below
        Whether a bound belongs to the class above it.

    Returns
    -------
    Classes
        All of them, also those without values.

    Raises
    ------
    ValueError
        When the bounds do not rise, are not finite, or are too many.
    """
    inner = np.asarray(bounds, dtype=float)
    if not 1 <= inner.size < MAX_CLASSES or not np.isfinite(inner).all():
        raise ValueError(f"bounds are {list(bounds)}; 1 to {MAX_CLASSES - 1} numbers are allowed")
    if (np.diff(inner) <= 0).any():
        raise ValueError(f"bounds are {list(bounds)}; each must be above the one before it")
    array = np.asarray(values, dtype=float)
    breaks = np.array([*inner, math.inf])
    return Classes(
        method,
        len(breaks),
        len(breaks),
        -math.inf,
        tuple(float(b) for b in breaks),
        *_sorted_in(array, breaks, "right" if from_below else "left"),
        names=tuple(names),
        from_below=from_below,
    )


def classify_named(index: ArrayLike, names: Sequence[str], method: str) -> Classes:
    """Wrap classes that were found area by area, such as met or missed a target of its own.

    Parameters
    ----------
    index
        Class of each area, `NO_CLASS` for none.
    names
        Ids of the classes in their order.
    """
    found = np.asarray(index, dtype=np.int64)
    counts = tuple(int((found == at).sum()) for at in range(len(names)))
    k = len(names)
    return Classes(method, k, k, math.nan, (), found, counts, names=tuple(names))


def _sorted_in(
    array: Floats, breaks: Floats, side: str = "left"
) -> tuple[NDArray[np.int64], tuple[int, ...]]:
    """Find the class of each value, and how many each class has."""
    places = np.searchsorted(breaks, array, side="right" if side == "right" else "left")
    index = np.where(np.isfinite(array), np.minimum(places, len(breaks) - 1), NO_CLASS)
    counts = np.bincount(index[index >= 0], minlength=len(breaks))
    return index, tuple(int(n) for n in counts)


def _inner(distinct: Floats, bins: Floats, most: int) -> Floats:
    """Return the breaks that have values on both sides."""
    return np.unique(bins[(bins >= distinct[0]) & (bins < distinct[-1])])[: most - 1]


def _readable(distinct: Floats, inner: Floats) -> Floats:
    """Move each inner break to the shortest number between its neighbours in the data."""
    breaks = [shortest(distinct, bound) for bound in inner]
    return np.unique(np.array([*breaks, distinct[-1]]))
