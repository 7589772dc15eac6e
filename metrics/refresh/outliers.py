"""Figures that lie far outside of what their indicator had before.

Three ways to be far: beyond all that was known by half of its span; moved by more than half of the
span where others hardly moved; or all of a reply moved together, as by a mark that was lost.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from metrics.store import Store

# Of fewer figures nothing is said.
FEWEST: Final = 8
BEYOND: Final = 0.5
# Median absolute deviations, as of a normal distribution.
FAR: Final = 10 * 1.4826
MOVED: Final = 0.25
KIND: Final = ("indicator", "role", "level", "grain")


def outliers(store: Store, held: pd.DataFrame, now: pd.DataFrame, both: pd.DataFrame) -> pd.Series:
    """Tell which figures that come or change lie far outside.

    Parameters
    ----------
    store
        What others say counts where the dataset has too little of its own.
    held, now
        What the dataset holds, and what the source says.
    both
        Both side by side, with ``kind``.

    Returns
    -------
    pd.Series
        One truth value a row of `both`.
    """
    odd = pd.Series(False, index=both.index)
    names: Any
    coming = both[both["kind"].isin(["new", "revised"]) & both["value"].notna()]
    for names, rows in coming.groupby(list(KIND)):
        mine = _of(held, names)
        known = mine["value"].dropna()
        if len(known) < FEWEST:
            known, mine = _of_others(store, names), mine.iloc[:0]
        if len(known) >= FEWEST:
            odd[rows.index] = _beyond(rows["value"], known)
            odd[rows.index] |= _leapt(rows, mine, known)
            odd[rows.index] |= _all_moved(_of(now, names)["value"], mine, known)
    return odd


def _of(frame: pd.DataFrame, names: tuple[Any, ...]) -> pd.DataFrame:
    found = np.logical_and.reduce(
        [frame[name] == value for name, value in zip(KIND, names, strict=True)]
    )
    return frame[found]


def _of_others(store: Store, names: tuple[Any, ...]) -> pd.Series:
    if names[0] not in store.indicators():
        return pd.Series(dtype=float)
    rows = store.observations(names[0])
    found = (rows["role"] == names[1]) & (rows["level"] == names[2]) & (rows["grain"] == names[3])
    return rows.loc[found, "value"].dropna()


def _span(known: pd.Series) -> float:
    apart = float(known.max() - known.min())
    return max(apart, 0.2 * float(known.abs().max()))


def _beyond(values: pd.Series, known: pd.Series) -> pd.Series:
    room = BEYOND * _span(known)
    return (values < known.min() - room) | (values > known.max() + room)


def _leapt(rows: pd.DataFrame, mine: pd.DataFrame, known: pd.Series) -> pd.Series:
    """Tell which areas moved far from their newest figure, where most did not."""
    newest = mine.sort_values("period_end").drop_duplicates(["edition", "area"], keep="last")
    before = newest.set_index(["edition", "area"])["value"]
    at = pd.MultiIndex.from_frame(rows[["edition", "area"]])
    step = rows["value"] - before.reindex(at).to_numpy()
    if step.notna().sum() < FEWEST:
        return pd.Series(False, index=rows.index)
    off = (step - step.median()).abs()
    return (off > BEYOND * _span(known)) & (off > FAR * off.median())


def _all_moved(values: pd.Series, mine: pd.DataFrame, known: pd.Series) -> bool:
    """Tell whether the middle of a reply lies outside of where the figures before lay."""
    latest = mine.loc[mine["period_end"] == mine["period_end"].max(), "value"].dropna()
    before = latest if len(latest) >= FEWEST else known
    values = values.dropna()
    if len(values) < FEWEST:
        return False
    low, middle, high = before.quantile([0.1, 0.5, 0.9])
    moved = abs(float(values.median()) - middle)
    return bool(moved > high - low and moved > MOVED * max(abs(middle), abs(values.median())))
