"""How far targets have been reached, as of the last figure: reached, on the way, missed, unknown.

The rules, in the order in which they are asked:

1. A target is compared with results of the same indicator, and with those of indicators that are
   declared to answer it (relations of the kind ``answers``), of the same place and on the same
   edition of the map. Without such a result its state is unknown.
2. The newest of these results that decides speaks, as on every map (`metrics.panel`). If sources
   disagree about it, the state is unknown.
3. It is met if a status has the very category aimed at (one that says that something else is done
   does not decide); if a date is not later; if a number is
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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from geo.editions import COUNTRY_CODE
from metrics.catalog import Answers, Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import CONFLICTING, newest
from metrics.store import Store, kept_in_store
from metrics.targets.answers import answers_to, gap_of, is_answered
from metrics.targets.bounds import UPPER, number_met, side_of
from metrics.targets.goals import Goal, goals


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


# Why a figure says neither that a target is reached nor that it is not.
UNDECIDED: Final = (Reason.DISAGREE, Reason.UNDECIDED)


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
    by
        What the figure is of; None for the indicator aimed at.
    also
        The newest figures of the other indicators that answer it, each with its indicator.
    """

    goal: Goal
    state: State
    reason: Reason
    figure: Mapping[str, Any] | None = None
    gap: float | None = None
    by: Indicator | None = None
    also: tuple[tuple[Indicator, Mapping[str, Any]], ...] = ()


@kept_in_store(4)
def progress(store: Store) -> tuple[Progress, ...]:
    """Tell how far every target has been reached.

    Returns
    -------
    tuple of Progress
        In the order of `metrics.targets.goals.goals`. Kept: do not change the figures in it.
    """
    last = as_of(store)
    return tuple(_judged(store, goal, last) for goal in goals(store))


def _judged(store: Store, goal: Goal, last: date | None) -> Progress:
    """Judge a target by all figures of its place that answer it."""
    results, place = _results(store), (goal.edition, goal.area)
    own = results.get((goal.indicator.id, *place))
    found = [*_each(goal, own, last)]
    for answer in answers_to(store.catalog, goal):
        for id_ in answer.by:
            rows = results.get((id_, *place))
            found += _each(goal, rows, last, answer, store.catalog.indicator(id_))
    # Of one day the indicator aimed at speaks: sorting keeps it first.
    found.sort(key=lambda one: pd.Timestamp((one.figure or {})["period_end"]), reverse=True)
    speaks = next((one for one in found if one.reason not in UNDECIDED), None)
    if speaks is None:
        return found[0] if found else judge(goal, None, last)
    others = [one for one in found if one is not speaks and one.reason not in UNDECIDED]
    also = tuple((one.by or goal.indicator, one.figure or {}) for one in others)
    return replace(speaks, also=also)


def _each(
    goal: Goal,
    rows: pd.DataFrame | None,
    last: date | None,
    answer: Answers | None = None,
    by: Indicator | None = None,
) -> Iterator[Progress]:
    """Judge a target by the newest figure of an indicator, and by those since it was due."""
    if rows is None:
        return
    days = rows["period_end"]
    told = days == days.max()
    if goal.due is not None:
        told |= days >= pd.Timestamp(goal.due)
    for _, of_day in rows[told].groupby("period_end"):
        yield replace(judge(goal, of_day, last, answer, by), by=by)


@kept_in_store(4)
def as_of(store: Store) -> date | None:
    """Return the newest as-of date of any result: the day against which deadlines are measured."""
    counts = store.availability()
    return None if counts.empty else counts["period_end"].max().date()


def judge(
    goal: Goal,
    results: pd.DataFrame | None,
    last: date | None,
    answer: Answers | None = None,
    by: Indicator | None = None,
) -> Progress:
    """Compare a target with the results of its place; see the rules at the head of this module.

    Parameters
    ----------
    results
        Results with a figure of one indicator, edition and area; None or empty without any.
    answer, by
        How they answer, where they are of another indicator, and that.
    """
    if results is None or results.empty:
        return Progress(goal, State.UNKNOWN, Reason.NO_FIGURE)
    chosen, _ = newest(results, (by or goal.indicator).prefer)
    figure = {str(name): cell for name, cell in chosen.reset_index().iloc[0].items()}
    if figure["state"] == CONFLICTING:
        return Progress(goal, State.UNKNOWN, Reason.DISAGREE, figure)
    met = is_met(goal, figure) if answer is None else is_answered(goal, answer, figure)
    if met is None:
        return Progress(goal, State.UNKNOWN, Reason.UNDECIDED, figure)
    if met:
        return Progress(goal, State.REACHED, Reason.MET, figure)
    gap = _gap(goal, figure) if answer is None else gap_of(goal, answer, figure)
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
        if figure["category"] == goal.category:
            return True
        meanings = {one.id: one.meaning for one in goal.indicator.categories or ()}
        return None if meanings.get(str(figure["category"])) == "done" else False
    if goal.indicator.kind == "date":
        if not figure["category"] or not goal.category:
            return None
        return str(figure["category"]) <= goal.category
    if goal.value is None or pd.isna(figure["value"]):
        return None
    return number_met(goal, goal.value, float(figure["value"]), str(figure["qualifier"]))


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
    asked = {goal.indicator.id, *(by for one in answers_to(store.catalog, goal) for by in one.by)}
    places = {key[1:] for key in _results(store) if key[0] in asked and key[2] != COUNTRY_CODE}
    judged = (
        _judged(store, replace(goal, edition=edition, area=area), last)
        for edition, area in sorted(places)
    )
    return tuple(one for one in judged if one.reason is not Reason.NO_FIGURE)


@kept_in_store(4)
def _results(store: Store) -> dict[tuple[str, str, str], pd.DataFrame]:
    """Return the results of every indicator that has targets, by indicator, edition and area."""
    rows = store.observations()
    aimed = {goal.indicator.id for goal in goals(store)}
    aimed |= {by for one in store.catalog.relations if isinstance(one, Answers) for by in one.by}
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
