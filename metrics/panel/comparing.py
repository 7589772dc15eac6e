"""Which figures of a panel may be set against each other: of one period, and enough of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from geo.editions import Level
from metrics.catalog import Indicator, Withheld
from metrics.observations import STATES_WITH_FIGURE

# Why a figure is shown but neither ranked nor coloured.
WITHHELD: Final = "withheld"
OTHER_PERIOD: Final = "other_period"
TOO_FEW: Final = "too_few"
ASIDES: Final = (WITHHELD, OTHER_PERIOD, TOO_FEW)


# Areas in these states are not expected to have a figure, so that they leave none to be missed.
NOT_EXPECTED: Final = ("not_existing", "not_applicable")


def set_aside(frame: pd.DataFrame, indicator: Indicator, level: Level) -> pd.Series:
    """Tell which figures are shown without being compared, and why.

    Parameters
    ----------
    frame
        Of a panel: ``state``, ``origin``, ``period_start``, ``period_end`` and ``grain``.
    indicator
        How near two periods must be, how many areas there must be, and what is withheld.

    Returns
    -------
    pd.Series
        One of `ASIDES`, or "" for what is compared and for areas without a figure. The newest
        period that enough areas have is compared; if none has enough, nothing is.
    """
    aside = pd.Series("", index=frame.index, dtype="str")
    have = frame["state"].isin(STATES_WITH_FIGURE)
    aside[have & is_withheld(frame, indicator, str(level))] = WITHHELD
    if indicator.kind == "status":
        return aside
    left = frame[have & (aside == "")]
    need = least(indicator, frame)
    if len(left) < need:
        aside[left.index] = TOO_FEW
        return aside
    if indicator.kind == "date" or _is_one_period(left):
        return aside
    newest = next((found for found in _alike(left, indicator) if len(found) >= need), None)
    if newest is None:
        aside[left.index] = TOO_FEW
    else:
        aside[left.index.difference(newest)] = OTHER_PERIOD
    return aside


def least(indicator: Indicator, frame: pd.DataFrame) -> int:
    """Return how many areas of a panel must have a comparable figure for any to be compared."""
    expected = int((~frame["state"].isin(NOT_EXPECTED)).sum())
    # A product such as 0.1 * 30 comes out above 3.
    return max(1, math.ceil(round(indicator.least_share * expected, 9)))


def is_withheld(frame: pd.DataFrame, indicator: Indicator, level: str) -> pd.Series:
    """Tell which rows a rule of the indicator withholds: ``origin`` and ``value`` are looked at."""
    if not indicator.withheld:
        return pd.Series(False, index=frame.index)
    pairs = zip(frame["origin"], frame["value"], strict=True)
    held = [_first(indicator, level, *pair) is not None for pair in pairs]
    return pd.Series(held, index=frame.index, dtype=bool)


def withheld_by(indicator: Indicator, level: str, row: Mapping[str, Any]) -> Withheld | None:
    """Return the first rule by which a row of a level is withheld; None where none does."""
    return _first(indicator, level, row["origin"], row["value"])


def _first(indicator: Indicator, level: str, origin: str, value: float) -> Withheld | None:
    return next((rule for rule in indicator.withheld if rule.holds(level, origin, value)), None)


def _periods(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["grain", "period_start", "period_end"]].drop_duplicates()


def _is_one_period(rows: pd.DataFrame) -> bool:
    # As `_periods`, which costs more, would find one.
    found = (rows[name].array for name in ("grain", "period_start", "period_end"))
    return all(bool((one == one[0]).all()) or bool(one.isna().all()) for one in found)


def _alike(rows: pd.DataFrame, indicator: Indicator) -> list[pd.Index]:
    """List the sets of rows of one period, the newest first; of one day the larger first."""
    near = timedelta(days=indicator.comparable_days)
    found = []
    for grain, start, end in _periods(rows).itertuples(index=False):
        same = (rows["grain"] == grain) & (rows["period_end"] <= end)
        same &= rows["period_end"] >= end - near
        if near and grain == "year_to_date":
            same &= rows["period_start"] == start
        elif not near:
            same &= (rows["period_start"] == start) | (rows["period_start"].isna() & pd.isna(start))
        found.append((end, rows.index[same]))
    found.sort(key=lambda pair: (pair[0], len(pair[1])), reverse=True)
    return [index for _, index in found]
