"""Targets judged by figures of other indicators that are declared to answer them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.catalog import Answers, Catalog
from metrics.observations import MAY_BE_LESS, MAY_BE_MORE
from metrics.targets.bounds import UPPER, number_met, side_of
from metrics.targets.goals import Goal

PERCENT = 100.0


def answers_to(catalog: Catalog, goal: Goal) -> tuple[Answers, ...]:
    """List how other indicators answer a target, as declared."""
    return tuple(
        one
        for one in catalog.relations
        if isinstance(one, Answers)
        and one.target == goal.indicator.id
        and one.category in (None, goal.category)
    )


def is_answered(goal: Goal, answer: Answers, figure: Mapping[str, Any]) -> bool | None:
    """Tell whether a figure of another indicator meets a target; None where that cannot be told."""
    if answer.rule == "category":
        return str(figure["category"]) in answer.categories
    value, bound = figure["value"], str(figure["qualifier"])
    if pd.isna(value):
        return None
    if answer.rule in ("zero", "some"):
        none = value == 0 and bound not in MAY_BE_MORE
        if bound in MAY_BE_LESS and bound != "nearly" and not none:
            return None
        return none if answer.rule == "zero" else not none
    if answer.rule == "whole":
        return None if pd.isna(figure["denominator"]) else bool(value >= figure["denominator"])
    held = _held(answer, figure)
    if held is None or goal.value is None:
        return None
    return number_met(goal, goal.value, held, bound)


def gap_of(goal: Goal, answer: Answers, figure: Mapping[str, Any]) -> float | None:
    """Return what is missing, in the unit of the figure; of a share in that of the target."""
    if answer.rule == "zero":
        return float(figure["value"])
    if answer.rule == "whole":
        return float(figure["denominator"] - figure["value"])
    held = _held(answer, figure)
    side = side_of(goal, goal.indicator)
    if answer.rule not in ("value", "share") or held is None or goal.value is None or not side:
        return None
    return goal.value - held if side is UPPER else held - goal.value


def _held(answer: Answers, figure: Mapping[str, Any]) -> float | None:
    """Return the number that is held against the target."""
    if answer.rule != "share":
        return float(figure["value"])
    if pd.isna(figure["denominator"]):
        return None
    return PERCENT * float(figure["numerator"]) / float(figure["denominator"])
