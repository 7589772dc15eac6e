"""Classes around a centre: a diverging scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.classify.between import classify, classify_at
from geo.classify.methods import DEFAULT_METHOD, MANUAL
from geo.classify.result import DEFAULT_CLASSES, NO_CLASS, Classes

Floats = NDArray[np.float64]


def around(
    values: ArrayLike,
    centre: float,
    method: str = DEFAULT_METHOD,
    k: int = DEFAULT_CLASSES,
    bounds: Sequence[float] = (),
) -> Classes:
    """Sort values into classes around a centre; no class straddles it.

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
    bounds
        For the method `MANUAL`: where the classes part besides the centre, rising.

    Returns
    -------
    Classes
        With ``steps``; a side without values has no classes, unless its bounds are given.

    Raises
    ------
    UnknownMethod, ValueError
        As `classify` and `classify_at`.
    """
    array = np.asarray(values, dtype=float)
    held = np.isfinite(array)
    if not held.any():
        return classify(array, DEFAULT_METHOD, k)
    away = array[held] - centre
    far: Classes | None = None
    if method == MANUAL:
        inner = classify_at(array, bounds).breaks[:-1]
        below = np.array([centre - b for b in reversed(inner) if b < centre] + [math.inf])
        above = np.array([b - centre for b in inner if b > centre] + [math.inf])
    else:
        far = classify(np.where(away == 0, math.nan, np.abs(away)), method, max(1, k // 2))
        breaks = np.array(far.breaks)
        below, above = (breaks[: _reach(breaks, side)] for side in (-away, away))
    steps = np.where(away < 0, -1 - np.searchsorted(below, -away), 0)
    steps = np.where(away > 0, 1 + np.searchsorted(above, away), steps)
    kinds = [*range(-len(below), 0), *([0] if (away == 0).any() else []), *range(1, len(above) + 1)]
    index = np.full(array.shape, NO_CLASS)
    index[held] = np.searchsorted(kinds, steps)
    lower = -math.inf if method == MANUAL else float(array[held].min())
    uppers = [_upper(step, centre, below, above) for step in kinds]
    if method != MANUAL:
        uppers[-1] = float(array[held].max())
    return Classes(
        method=method,
        asked=len(kinds),
        k=len(kinds),
        lower=lower,
        breaks=tuple(uppers),
        index=index,
        counts=tuple(int((steps == kind).sum()) for kind in kinds),
        steps=tuple(kinds),
        centre=centre,
        exact=() if far is None else far.exact,
        sampled=0 if far is None else far.sampled,
    )


def _reach(breaks: Floats, side: Floats) -> int:
    """Count the classes of distances that one side needs for its farthest value."""
    farthest = float(side.max())
    return int(np.searchsorted(breaks, farthest)) + 1 if farthest > 0 else 0


def _upper(step: int, centre: float, below: Floats, above: Floats) -> float:
    """Return the upper bound of a class so many steps from the centre."""
    if step > 0:
        return centre + float(above[step - 1])
    if step == 0:
        return centre
    return (
        float(np.nextafter(centre, -math.inf)) if step == -1 else centre - float(below[-step - 2])
    )
