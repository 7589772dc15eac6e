"""How far targets have been reached, as of the last figure: reached, on the way, missed, unknown.

The rules, in the order in which they are asked:

1. A target is compared only with results of the same indicator (one definition), of the same place
   and on the same edition of the map. Without such a result its state is unknown.
2. The newest of these results speaks, as on every map (`metrics.panel`). If sources disagree
   about it, the state is unknown.
3. It is met if a status has the very category aimed at; if a date is not later; if a number is
   on the right side: "at least" and "at most" say which, else the direction of the indicator. A
   number without direction is met only by the same number. A figure that is itself only a bound
   ("over 40") decides only if all that it may be lies on one side; if not, the state is unknown.
4. What is met is reached. What is not met is missed if the figure is of the deadline or later; on
   the way if the deadline is still to come, or if the source names none; and unknown if the
   deadline has passed and no later figure tells what became of it. "Passed" is measured against
   the newest figure of the whole store, never against the clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from geo.editions import COUNTRY_CODE
from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import CONFLICTING, newest
from metrics.store import Store
from metrics.targets.goals import Goal, goals

LOWER: Final = frozenset({"at_most", "under"})
UPPER: Final = frozenset({"at_least", "over"})
STRICT: Final = frozenset({"over", "under"})
SIDES: Final = {"higher_better": UPPER, "lower_better": LOWER}


class State(StrEnum):
    """How far a target has been reached."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why it is so."""

    MET = "met"
    AHEAD = "ahead"
    NO_DEADLINE = "no_deadline"
    OVERDUE = "overdue"
    NO_FIGURE = "no_figure"
    NONE_SINCE = "none_since"
    DISAGREE = "disagree"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and how far it has been reached.

    Attributes
    ----------
    goal
        The target.
    state, reason
        How far, and why it is said to be so.
    figure
        The result that speaks, with the columns of the store; None without one.
    gap
        What is missing to the target, in the unit of the indicator: target minus figure where more
        is asked for, figure minus target where less is. None where it is reached or cannot be
        told.
    """

    goal: Goal
    state: State
    reason: Reason
    figure: Mapping[str, Any] | None = None
    gap: float | None = None


@lru_cache(maxsize=4)
def progress(store: Store) -> tuple[Progress, ...]:
    """Tell how far every target has been reached.

    Returns
    -------
    tuple of Progress
        In the order of `metrics.targets.goals.goals`. Kept: do not change the figures in it.
    """
    results = _results(store)
    last = as_of(store)
    return tuple(
        judge(goal, results.get((goal.indicator.id, goal.edition, goal.area)), last)
        for goal in goals(store)
    )


@lru_cache(maxsize=4)
def as_of(store: Store) -> date | None:
    """Return the newest as-of date of any result: the day against which deadlines are measured."""
    counts = store.availability()
    return None if counts.empty else counts["period_end"].max().date()


def judge(goal: Goal, results: pd.DataFrame | None, last: date | None) -> Progress:
    """Compare a target with the results of its place; see the rules at the head of this module.

    Parameters
    ----------
    results
        Results with a figure of the same indicator, edition and area; None or empty without any.
    """
    if results is None or results.empty:
        return Progress(goal, State.UNKNOWN, Reason.NO_FIGURE)
    chosen, _ = newest(results, goal.indicator.prefer)
    figure = {str(name): cell for name, cell in chosen.reset_index().iloc[0].items()}
    if figure["state"] == CONFLICTING:
        return Progress(goal, State.UNKNOWN, Reason.DISAGREE, figure)
    met = is_met(goal, figure)
    if met is None:
        return Progress(goal, State.UNKNOWN, Reason.UNDECIDED, figure)
    if met:
        return Progress(goal, State.REACHED, Reason.MET, figure)
    gap = _gap(goal, figure)
    due = goal.due
    if due is None:
        return Progress(goal, State.ON_THE_WAY, Reason.NO_DEADLINE, figure, gap)
    if pd.Timestamp(figure["period_end"]).date() >= due:
        return Progress(goal, State.MISSED, Reason.OVERDUE, figure, gap)
    if last is not None and last >= due:
        return Progress(goal, State.UNKNOWN, Reason.NONE_SINCE, figure, gap)
    return Progress(goal, State.ON_THE_WAY, Reason.AHEAD, figure, gap)


def is_met(goal: Goal, figure: Mapping[str, Any]) -> bool | None:
    """Tell whether a figure meets a target; None where that cannot be told."""
    if goal.indicator.kind == "status":
        return bool(figure["category"] == goal.category)
    if goal.indicator.kind == "date":
        if not figure["category"] or not goal.category:
            return None
        return str(figure["category"]) <= goal.category
    if goal.value is None or pd.isna(figure["value"]):
        return None
    return _number_met(goal, goal.value, float(figure["value"]), str(figure["qualifier"]))


def side_of(goal: Goal, indicator: Indicator) -> frozenset[str]:
    """Tell whether more or less is asked for; the empty set where neither is."""
    for side in (UPPER, LOWER):
        if goal.qualifier in side:
            return side
    return SIDES.get(indicator.direction, frozenset())


def _number_met(goal: Goal, aim: float, value: float, bound: str) -> bool | None:
    side = side_of(goal, goal.indicator)
    if not side:
        return value == aim if bound not in UPPER | LOWER else None
    strict = goal.qualifier in STRICT
    beyond = value - aim if side is UPPER else aim - value
    if bound in UPPER | LOWER and bound not in side:  # "under 40" where more is asked for
        could = beyond > 0 or (beyond == 0 and not strict and bound not in STRICT)
        return None if could else False
    inside = beyond > 0 or (beyond == 0 and (not strict or bound in STRICT))
    if bound in side and not inside:  # "over 40" where more is asked for: it may be any more
        return None
    return inside


def _gap(goal: Goal, figure: Mapping[str, Any]) -> float | None:
    if goal.value is None or pd.isna(figure["value"]):
        return None
    side = side_of(goal, goal.indicator)
    if not side:
        return None
    gap = goal.value - float(figure["value"])
    return gap if side is UPPER else -gap


def by_place(store: Store, goal: Goal) -> tuple[Progress, ...]:
    """Judge, for a target of the country, the places that have figures of the same indicator.

    Parameters
    ----------
    goal
        A target. Only one of the whole country can be asked of each of its parts.

    Returns
    -------
    tuple of Progress
        One for each place with a result, in the order of editions and codes.
    """
    # Neither a count nor a rank of the country is what each of its parts has to reach.
    if goal.area != COUNTRY_CODE or goal.indicator.kind in ("count", "amount", "rank"):
        return ()
    last = as_of(store)
    return tuple(
        judge(replace(goal, edition=edition, area=area), rows, last)
        for (indicator, edition, area), rows in sorted(_results(store).items(), key=lambda i: i[0])
        if indicator == goal.indicator.id and area != COUNTRY_CODE
    )


@lru_cache(maxsize=4)
def _results(store: Store) -> dict[tuple[str, str, str], pd.DataFrame]:
    """Return the results of every indicator that has targets, by indicator, edition and area."""
    rows = store.observations()
    aimed = {goal.indicator.id for goal in goals(store)}
    rows = rows[
        (rows["role"] == "result")
        & rows["state"].isin(STATES_WITH_FIGURE)
        & rows["indicator"].isin(aimed)
    ]
    groups = rows.groupby(["indicator", "edition", "area"])
    return {(str(i), str(e), str(a)): group for (i, e, a), group in groups}


def counted(found: Iterable[Progress]) -> dict[State, int]:
    """Count targets by state, states without any included."""
    counts = Counter(item.state for item in found)
    return {state: counts.get(state, 0) for state in State}
