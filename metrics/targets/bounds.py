"""Whether a number reaches what is aimed at, where either may be a bound: "over 40"."""

from __future__ import annotations

from typing import Final

from metrics.catalog import Indicator
from metrics.observations import MAY_BE_LESS, MAY_BE_MORE
from metrics.targets.goals import Goal

LOWER: Final = frozenset(MAY_BE_LESS)
UPPER: Final = frozenset(MAY_BE_MORE)
STRICT: Final = frozenset({"over", "under", "nearly"})
SIDES: Final = {"higher_better": UPPER, "lower_better": LOWER}


def side_of(goal: Goal, indicator: Indicator) -> frozenset[str]:
    """Tell whether more or less is asked for; the empty set where neither is."""
    for side in (UPPER, LOWER):
        if goal.qualifier in side:
            return side
    return SIDES.get(indicator.direction, frozenset())


def number_met(goal: Goal, aim: float, value: float, bound: str) -> bool | None:
    """Tell whether a number reaches a target; None where that cannot be told."""
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
