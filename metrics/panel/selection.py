"""Which observation speaks for an area: the newest, and what to do where sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
import pandas as pd

from metrics.observations import GRAINS, STATES_WITH_FIGURE

CONFLICTING: Final[Literal["conflicting"]] = "conflicting"
UNKNOWN_GRAIN: Final = GRAINS[-1]
# What a conflict leaves blank: no source may be read out of it as the one that was taken.
BLANK_NUMBERS: Final = ("value", "numerator", "denominator")
BLANK_TEXTS: Final = ("category", "period_text", "qualifier", "origin", "locator", "note")


def up_to(rows: pd.DataFrame, at: date | None, tolerance_days: int | None) -> pd.DataFrame:
    """Keep what was known at a date and is not too old for it.

    Parameters
    ----------
    at
        The date; None for that of the newest observation.
    tolerance_days
        Keep only what ends at most so many days before that date; None for any age.
    """
    end = rows["period_end"]
    last = end.max() if at is None else pd.Timestamp(at)
    keep = end.notna() if at is None else end <= last
    if tolerance_days is not None:
        keep &= end >= last - timedelta(days=tolerance_days)
    return rows if keep.all() else rows[keep]


def newest(rows: pd.DataFrame, prefer: Sequence[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Choose one observation for each area: the newest, by the declared preference.

    Observations that end on the same day with the same grain but differ are settled by the first
    origin of `prefer` that is among them; if none is, or it contradicts itself, the area is
    conflicting and has no value. Figures of unlike grain answer different questions and never
    conflict: the grain that comes first in `GRAINS` is taken, the finer, and "unknown" last.

    Parameters
    ----------
    rows
        Results of one indicator, edition and level, each with its ``period_end``.
    prefer
        Ids of origins, the most trusted first.

    Returns
    -------
    chosen : pd.DataFrame
        One row per area, indexed by code, with ``n_alternatives``.
    alternatives : pd.DataFrame
        The observations of the same day, of the same or of unknown grain, that say something else
        than the chosen one; for a conflicting area all of them.
    """
    tied = rows
    if rows["area"].duplicated().any():
        latest = rows.groupby("area", sort=False)["period_end"].transform("max")
        tied = rows[rows["period_end"] == latest]
    if tied is rows or not tied["area"].duplicated().any():
        chosen = tied.set_index("area").assign(n_alternatives=0)
        return _without_figure(chosen, ~chosen["state"].isin(STATES_WITH_FIGURE)), tied.iloc[:0]
    return _settle(tied, prefer)


def _settle(tied: pd.DataFrame, prefer: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    marked = tied.assign(
        _grain=tied["grain"].map({grain: order for order, grain in enumerate(GRAINS)}),
        _trust=tied["origin"].map({origin: order for order, origin in enumerate(prefer)}),
        _says=_statements(tied),
        _derived=tied["state"] != STATES_WITH_FIGURE[0],
    )
    marked["_trust"] = marked["_trust"].fillna(len(prefer))
    of_area = marked.groupby("area", sort=False)
    same = marked[marked["_grain"] == of_area["_grain"].transform("min")]
    deciding = same[same["_trust"] == same.groupby("area", sort=False)["_trust"].transform("min")]
    split = deciding.groupby("area", sort=False)["_says"].nunique() > 1
    conflicts = split.index[split]

    chosen = deciding.sort_values(["_derived", "origin", "locator"], kind="stable")
    chosen = chosen.drop_duplicates("area").set_index("area")
    said = marked["area"].map(chosen["_says"])
    differs = (marked["_says"] != said) | marked["area"].isin(conflicts)
    comparable = marked.index.isin(same.index) | (marked["grain"] == UNKNOWN_GRAIN)
    alternatives = tied[differs & comparable]

    count = alternatives["area"].value_counts()
    chosen["n_alternatives"] = count.reindex(chosen.index, fill_value=0).astype(int)
    in_conflict = chosen.index.isin(conflicts)
    chosen = _without_figure(chosen, in_conflict | ~chosen["state"].isin(STATES_WITH_FIGURE))
    chosen.loc[in_conflict, list(BLANK_TEXTS)] = ""
    chosen.loc[in_conflict, "state"] = CONFLICTING
    return chosen.drop(columns=["_grain", "_trust", "_says", "_derived"]), alternatives


def _statements(rows: pd.DataFrame) -> pd.Series:
    """Give each row a number, the same to rows that say the same."""
    state = rows["state"].where(~rows["state"].isin(STATES_WITH_FIGURE), "")
    said = pd.DataFrame({"value": rows["value"], "category": rows["category"], "state": state})
    return said.groupby(list(said), dropna=False, sort=False).ngroup()


def _without_figure(chosen: pd.DataFrame, where: pd.Series | np.ndarray) -> pd.DataFrame:
    if where.any():
        chosen.loc[where, list(BLANK_NUMBERS)] = np.nan
        chosen.loc[where, "category"] = ""
    return chosen
