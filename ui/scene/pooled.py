"""One scale for all periods: classes and circles made of the figures of every period together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo.classify import METHODS, Classes
from metrics.store import Store
from ui.address import ALL_PERIODS, View
from ui.scene.measure import VALUE, Measure
from ui.scene.periods import figures_of

SCALES_KEPT = 64


def is_pooled(view: View, measure: Measure, periods: tuple[date, ...]) -> bool:
    """Tell whether the scale of a view is that of all its periods: one found in their figures."""
    found = measure.circles or view.method in METHODS
    return view.scale == ALL_PERIODS and measure.kind == VALUE and len(periods) > 1 and found


def pooled(
    store: Store, view: View, measure: Measure, periods: tuple[date, ...], parent: str | None
) -> Measure:
    """Return the measure to make a scale of: its numbers, then those of the other periods.

    Returns
    -------
    Measure
        `measure` itself where the scale is that of the period shown.
    """
    if not is_pooled(view, measure, periods):
        return measure
    shown = view.at or periods[0]
    plain = View(
        edition=view.edition,
        place=view.place,
        level=view.level,
        indicator=view.indicator,
        basis=view.basis,
    )
    others = [_numbers(store, plain, end, parent) for end in periods if end != shown]
    return replace(measure, numbers=np.concatenate([measure.numbers, *others]))


@lru_cache(maxsize=SCALES_KEPT)
def _numbers(store: Store, view: View, at: date, parent: str | None) -> NDArray[np.float64]:
    return figures_of(store, view, parent, at).frame["value"].to_numpy(dtype=float)


def of_first(classes: Classes, n: int) -> Classes:
    """Return classes for the first `n` values alone: the same bounds, their own counts."""
    if len(classes.index) == n:
        return classes
    index = classes.index[:n]
    counts = np.bincount(index[index >= 0], minlength=classes.k)
    return replace(classes, index=index, counts=tuple(int(count) for count in counts))
