"""One figure for a whole scope, drawn from its areas only where that is honest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel.comparing import NOT_EXPECTED
from metrics.panel.selection import CONFLICTING

How = Literal[
    "published", "sum", "ratio", "incomplete", "unlike_periods", "not_additive", "conflicting"
]

# What is added up, by how an indicator aggregates; what is not here is not computed.
PARTS: Final = {"sum": ["value"], "ratio_of_sums": ["numerator", "denominator"]}
# A ratio of parts is brought to the unit the indicator is published in.
SCALES: Final = {"%": 100.0, "‰": 1000.0}


@dataclass(frozen=True, slots=True)
class Summary:
    """What can be said about the whole scope.

    Attributes
    ----------
    how
        ``published``: the parent's own figure (``row``). ``sum`` or ``ratio``: computed from all
        areas. ``incomplete``: some areas have no figure. ``unlike_periods``: the areas' figures are
        not of one period. ``not_additive``: the indicator does not add up. ``conflicting``: sources
        disagree about the parent.
    value
        The figure, or None: then say ``n`` of ``of``.
    n, of
        Areas with a figure, and areas that should have one.
    row
        The parent's row where it is published, with its date and its origin.
    """

    how: How
    value: float | None
    n: int
    of: int
    row: dict[str, Any] | None = None


def summarise(
    indicator: Indicator, frame: pd.DataFrame, parent_row: dict[str, Any] | None
) -> Summary:
    """Return the parent's published figure, else one computed from a complete set of areas.

    Parameters
    ----------
    indicator
        How it aggregates: ``sum`` adds values; ``ratio_of_sums`` divides the sum of numerators by
        the sum of denominators; anything else is not computed.
    parent_row
        The parent's own row, or None.

    Returns
    -------
    Summary
        Never a total or a mean of an incomplete set of areas.
    """
    expected = frame[~frame["state"].isin(NOT_EXPECTED)]
    have = expected[expected["state"].isin(STATES_WITH_FIGURE)]
    n, of = len(have), len(expected)
    if parent_row is not None and parent_row["state"] in (*STATES_WITH_FIGURE, CONFLICTING):
        how: How = CONFLICTING if parent_row["state"] == CONFLICTING else "published"
        value = parent_row["value"]
        return Summary(how, None if pd.isna(value) else float(value), n, of, parent_row)
    if indicator.aggregation not in PARTS:
        return Summary("not_additive", None, n, of)
    if n < of or not n:
        return Summary("incomplete", None, n, of)
    return Summary(*_computed(indicator, have), n, of)


def _computed(indicator: Indicator, have: pd.DataFrame) -> tuple[How, float | None]:
    parts = have[PARTS[indicator.aggregation]]
    if parts.isna().any(axis=None):
        return "incomplete", None
    if len(have[["period_start", "period_end", "grain"]].drop_duplicates()) > 1:
        return "unlike_periods", None
    totals = parts.sum()
    if indicator.aggregation == "sum":
        return "sum", float(totals["value"])
    scale = next((by for sign, by in SCALES.items() if sign in indicator.unit.vi), 1.0)
    return "ratio", float(scale * totals["numerator"] / totals["denominator"])
