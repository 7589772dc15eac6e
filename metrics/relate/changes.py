"""What became of a figure between two dates, area by area, where the two are alike enough to tell.

Like is taken from like only: two results of one indicator on one map, each of exactly its date, of
one grain, over the same stretch of the year, and neither a mere bound. Where that does not hold
there is no number, and the reason is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from metrics.catalog import Indicator
from metrics.observations import BOUNDS, ROUGH, STATES_WITH_FIGURE
from metrics.panel import CONFLICTING, Panel, is_ranked, ranks

DIFFERENCE: Final = "difference"
PERCENT: Final = "percent"
RANK: Final = "rank"
CHANGES: Final = (DIFFERENCE, PERCENT, RANK)

# Why there is no number, by area.
NO_BEFORE: Final = "no_before"
NO_AFTER: Final = "no_after"
CONFLICT_BEFORE: Final = "conflict_before"
CONFLICT_AFTER: Final = "conflict_after"
OLDER_BEFORE: Final = "older_before"
OLDER_AFTER: Final = "older_after"
UNLIKE_GRAIN: Final = "unlike_grain"
UNLIKE_SPAN: Final = "unlike_span"
OPEN_PERIOD: Final = "open_period"
BOUND: Final = "bound"
ZERO_BASE: Final = "zero_base"
NEGATIVE_BASE: Final = "negative_base"
REASONS: Final = (
    NO_BEFORE,
    NO_AFTER,
    CONFLICT_BEFORE,
    CONFLICT_AFTER,
    OLDER_BEFORE,
    OLDER_AFTER,
    UNLIKE_GRAIN,
    UNLIKE_SPAN,
    OPEN_PERIOD,
    BOUND,
    ZERO_BASE,
    NEGATIVE_BASE,
)

OPEN_GRAINS: Final = frozenset({"before", "unknown"})
YEAR_TO_DATE: Final = "year_to_date"
NOISE: Final = 9  # decimals beyond which a difference of two figures is an artefact of arithmetic


class UnlikePanels(ValueError):
    """Two panels that cannot be set against each other at all."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one indicator between two dates.

    Attributes
    ----------
    how
        One of `CHANGES`.
    since, until
        The two dates.
    frame
        One row per area, aligned with the frames of the two panels: ``code``; ``before`` and
        ``after``, the two figures (their ranks for `RANK`), NaN where there is no change;
        ``value``, after minus before, in the unit of the indicator, in percent of the figure
        before, or the places gained (a fall from 3rd to 5th is −2); ``approximate`` where either
        figure is said to be "about"; ``reason``, one of `REASONS` where there is no number, else
        "".
    """

    how: str
    since: date
    until: date
    frame: pd.DataFrame


def kinds_of_change(indicator: Indicator) -> tuple[str, ...]:
    """Return which of `CHANGES` make sense for an indicator; none for statuses and dates."""
    if indicator.kind in ("status", "date"):
        return ()
    if indicator.kind == "rank":
        return (RANK,)
    return CHANGES if is_ranked(indicator) else (DIFFERENCE, PERCENT)


def changes(before: Panel, after: Panel, how: str, since: date, until: date) -> Change:
    """Set the figures of one date against those of another.

    Parameters
    ----------
    before, after
        Panels of one indicator and one scope: up to the earlier and up to the later date.
    how
        One of `CHANGES`.
    since, until
        The two dates; a figure of another date than these is not compared, because areas would
        then have changed over unlike spans of time.

    Returns
    -------
    Change
        Ranks are worked out anew among the areas that can be compared, unless the figures are
        ranks themselves.

    Raises
    ------
    UnlikePanels
        If the panels are of different indicators or scopes, one is carried from another edition
        and the other is not, or this change makes no sense for the indicator.
    ValueError
        If `since` is not before `until`.
    """
    _refuse_unlike(before, after, how)
    if since >= until:
        raise ValueError(f"since is {since}, until is {until}; since must be the earlier one")
    indicator = after.indicator
    pairs = zip(_rows(before), _rows(after), strict=True)
    reasons = [_reason(old, new, how, since, until) for old, new in pairs]
    alike = np.array([reason == "" for reason in reasons], dtype=bool)
    old = before.frame["value"].where(alike).to_numpy(dtype=float)
    new = after.frame["value"].where(alike).to_numpy(dtype=float)
    if how == RANK:
        old, new = _ranked(old, indicator), _ranked(new, indicator)
        value = old - new
    elif how == PERCENT:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.round(100 * (new - old) / old, NOISE)
    else:
        value = np.round(new - old, NOISE)
    about = before.frame["qualifier"].isin(ROUGH) | after.frame["qualifier"].isin(ROUGH)
    frame = pd.DataFrame(
        {
            "code": after.frame["code"].to_numpy(),
            "before": old,
            "after": new,
            "value": value + 0.0,
            "approximate": about.to_numpy() & alike,
            "reason": reasons,
        }
    )
    return Change(how, since, until, frame)


def _refuse_unlike(before: Panel, after: Panel, how: str) -> None:
    allowed = kinds_of_change(after.indicator)
    if how not in allowed:
        told = ", ".join(allowed) or "none"
        raise UnlikePanels(f"how is {how!r}; allowed for {after.indicator.id}: {told}")
    scopes = [
        (p.indicator.id, p.edition, p.level, p.parent, "how" in p.frame) for p in (before, after)
    ]
    if scopes[0] != scopes[1] or not before.frame["code"].equals(after.frame["code"]):
        raise UnlikePanels(f"the panels are of unlike scope: {scopes[0]} and {scopes[1]}")


def _rows(panel: Panel) -> list[dict[str, Any]]:
    names = ["value", "state", "period_start", "period_end", "grain", "qualifier"]
    rows = panel.frame[names].to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _reason(old: dict[str, Any], new: dict[str, Any], how: str, since: date, until: date) -> str:
    """Say why two figures cannot be compared; "" where they can."""
    checks = (
        (new["state"] == CONFLICTING, CONFLICT_AFTER),
        (not _has_number(new), NO_AFTER),
        (old["state"] == CONFLICTING, CONFLICT_BEFORE),
        (not _has_number(old), NO_BEFORE),
        (new["period_end"] != pd.Timestamp(until), OLDER_AFTER),
        (old["period_end"] != pd.Timestamp(since), OLDER_BEFORE),
        (old["grain"] != new["grain"], UNLIKE_GRAIN),
        (new["grain"] in OPEN_GRAINS, OPEN_PERIOD),
        (new["grain"] == YEAR_TO_DATE and not _same_stretch(old, new), UNLIKE_SPAN),
        (bool({old["qualifier"], new["qualifier"]} & BOUNDS), BOUND),
        (how == PERCENT and old["value"] == 0, ZERO_BASE),
        (how == PERCENT and old["value"] < 0, NEGATIVE_BASE),
    )
    return next((reason for holds, reason in checks if holds), "")


def _has_number(row: dict[str, Any]) -> bool:
    return row["state"] in STATES_WITH_FIGURE and not pd.isna(row["value"])


def _same_stretch(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Tell whether two years so far go to the same day, the last of February included."""

    def day(row: dict[str, Any]) -> tuple[int, int]:
        end = row["period_end"]
        last_of_february = end.month == 2 and end.is_month_end
        return (2, 28) if last_of_february else (end.month, end.day)

    return day(old) == day(new)


def _ranked(values: np.ndarray, indicator: Indicator) -> np.ndarray:
    found = ranks(pd.Series(values), indicator)
    return found.astype("float64").to_numpy(na_value=np.nan)
