"""The rules for periods: which start and end each grain may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

# Grains that fill a whole calendar period, by its pandas frequency.
_WHOLE: Final = {"month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows that break one rule: `bad` is a mask over the frame, `allowed` may differ by row."""

    column: str
    bad: pd.Series
    allowed: str | pd.Series
    remedy: str


def period_faults(plain: pd.DataFrame) -> Iterator[Fault]:
    """Find periods that are not what their grain says.

    Parameters
    ----------
    plain
        Observations; dates as ISO text, "" where unknown.

    Yields
    ------
    Fault
        One for each rule, broken or not.
    """
    ids, distinct = _distinct_periods(plain)
    for fault in _faults(distinct):
        bad = pd.Series(fault.bad.to_numpy(dtype=bool)[ids], index=plain.index)
        yield replace(fault, bad=bad)


def _distinct_periods(plain: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Return which of the distinct periods each row has, and those: there are few."""
    periods = plain[["period_start", "period_end", "grain"]]
    ids = np.zeros(len(plain), dtype=np.int64)
    for name in periods:
        own, known = pd.factorize(periods[name], use_na_sentinel=False)
        ids, _ = pd.factorize(ids * (len(known) + 1) + own)
    _, first = np.unique(ids, return_index=True)
    return ids, periods.iloc[first].reset_index(drop=True)


def _faults(plain: pd.DataFrame) -> Iterator[Fault]:
    grain = plain["grain"]
    start, end = (_dates(plain[name]) for name in ("period_start", "period_end"))
    no_start = plain["period_start"] == ""
    yield Fault("period_end", end.isna(), "a date, YYYY-MM-DD", "Say what date it holds for")
    wrong = ~no_start & start.isna()
    yield Fault("period_start", wrong, "a date, YYYY-MM-DD, or nothing", "Correct the date")
    yield Fault("period_start", start > end, "on or before period_end", "Swap or correct them")
    yield Fault(
        "period_start",
        (grain == "instant") & (no_start | (start != end)),
        "the same day as period_end",
        "An instant is one day",
    )
    yield Fault("period_start", (grain == "before") & ~no_start, "nothing", "Only the end is known")
    for name, frequency in _WHOLE.items():
        whole = end.dt.to_period(frequency)
        partial = (start != whole.dt.start_time) | (end != whole.dt.end_time.dt.normalize())
        yield Fault(
            "period_start",
            (grain == name) & end.notna() & partial,
            f"first and last day of one {name}",
            "Write the whole period, or take another grain",
        )
    new_year = end.dt.to_period("Y").dt.start_time
    yield Fault(
        "period_start",
        (grain == "year_to_date") & end.notna() & (start != new_year),
        "1 January of the year of period_end",
        "Correct the date",
    )


def _dates(text: pd.Series) -> pd.Series:
    return pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
