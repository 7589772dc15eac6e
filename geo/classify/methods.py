"""The methods that find class breaks in the values themselves, on mapclassify."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Method = Callable[[Floats, int], Floats]

# Fisher-Jenks compares every pair of values; so many are compared in a few hundredths of a second.
MOST_COMPARED = 200


class UnknownMethod(ValueError):
    """A classification method that the registry does not hold."""


def _quiet(name: str, values: Floats, **options: Any) -> Floats:
    import mapclassify  # noqa: PLC0415 (loads much: commands that classify nothing start without)

    classifier: Any = getattr(mapclassify, name)
    with warnings.catch_warnings():
        # A lowered k is not a warning here: it is told to the reader by Classes.k.
        warnings.simplefilter("ignore")
        return np.asarray(classifier(values, **options).bins, dtype=float)


def _of_k(name: str) -> Method:
    return lambda values, k: _quiet(name, values, k=k)


def _natural_breaks(values: Floats, k: int) -> Floats:
    """Find the breaks of Fisher (1958) and Jenks: least spread within the classes.

    Of more than `MOST_COMPARED` values as many are taken at even ranks, so that the same values
    always give the same breaks.
    """
    if values.size > MOST_COMPARED:
        ranks = np.linspace(0, values.size - 1, MOST_COMPARED).round().astype(int)
        values = values[ranks]
    return _quiet("FisherJenks", values, k=min(k, np.unique(values).size))


def _head_tail(values: Floats, k: int) -> Floats:
    """Find the breaks of Jiang (2013): the mean, then the mean of what is above it, and so on."""
    return values[-1:] if k == 1 else _quiet("HeadTailBreaks", values)


def _std_mean(values: Floats, k: int) -> Floats:
    """Break at one and two standard deviations below and above the mean."""
    return values[-1:] if k == 1 else _quiet("StdMean", values)


DEFAULT_METHOD: Final = "quantile"
MANUAL: Final = "manual"
METHODS: Final[dict[str, Method]] = {
    "quantile": _of_k("Quantiles"),
    "equal_interval": _of_k("EqualInterval"),
    "natural_breaks": _natural_breaks,
    "head_tail": _head_tail,
    "std_mean": _std_mean,
}
# Methods that look at no more than `MOST_COMPARED` of the values.
SAMPLED: Final = frozenset({"natural_breaks"})
# Methods that find the number of classes themselves.
OWN_K: Final = frozenset({"head_tail", "std_mean"})


def shortest(distinct: Floats, bound: float) -> float:
    """Return the shortest decimal number that parts the values as a bound does.

    Returns
    -------
    float
        Not below the value next below the bound, and below the value next above it.
    """
    at = int(np.searchsorted(distinct, bound, side="right"))
    below, above = float(distinct[at - 1]), float(distinct[at])
    magnitude = math.floor(math.log10(max(abs(below), abs(above), 1e-300)))
    for digits in range(-magnitude, -magnitude + 17):
        # Rounded down too: 25.8 between ranks 25 and 26 is 25, where 26 would be too much.
        down = Decimal(bound).quantize(Decimal(1).scaleb(-digits), ROUND_FLOOR)
        for rounded in (round(bound, digits), float(down)):
            if below <= rounded < above:
                return rounded + 0.0
    return below
