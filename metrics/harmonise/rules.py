"""By which rule the figures of parts become one figure, or why they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from metrics.catalog import Indicator
from metrics.harmonise.numbers import combined, qualifier_of
from metrics.harmonise.outcome import (
    CANNOT,
    MIXED,
    NOT_APPLICABLE,
    PARTIAL,
    RECOMPUTED,
    Outcome,
    Rules,
    names,
)
from metrics.harmonise.parts import Part
from metrics.panel import CONFLICTING, NO_DATA, NOT_EXISTING

# Kinds that say something rather than measure it.
STATEMENTS: Final = ("status", "date")


def decide(parts: Sequence[Part], rules: Rules) -> Outcome:
    """Make one figure out of the figures of parts."""
    kind = rules.indicator.kind
    if not parts:
        return Outcome(NO_DATA, "harmonise.no_relation")
    if kind == "rank" and any(part.has_figure for part in parts):
        return Outcome(CANNOT, "harmonise.rank")
    if len(parts) == 1 and parts[0].whole:
        return _unchanged(parts[0])
    expected = [part for part in parts if part.state != NOT_APPLICABLE]
    disagreed = [part for part in expected if part.state == CONFLICTING]
    if disagreed:
        return Outcome(CONFLICTING, "harmonise.conflicting", {"names": names(disagreed)})
    if not any(part.has_figure for part in expected):
        return Outcome(_common_state(parts), "harmonise.none", {"names": names(parts)})
    if kind in STATEMENTS:
        return _statement(expected, rules.indicator)
    return combined(expected, rules)


def _unchanged(part: Part) -> Outcome:
    if not part.has_figure:
        state = NO_DATA if part.state == NOT_EXISTING else part.state
        return Outcome(state)
    return Outcome(
        part.state,
        "harmonise.single",
        {"names": part.name_vi},
        "single",
        part.value,
        part.category,
        part.numerator,
        part.denominator,
        part.qualifier,
    )


def _common_state(parts: Sequence[Part]) -> str:
    """Tell why there is nothing: the reason that all parts give, else that data are missing."""
    states = {part.state for part in parts} - {NOT_EXISTING}
    return states.pop() if len(states) == 1 else NO_DATA


def _statement(expected: Sequence[Part], indicator: Indicator) -> Outcome:
    inside_only = [part for part in expected if not part.whole]
    if inside_only:
        return Outcome(CANNOT, "harmonise.part_of", {"names": names(inside_only)})
    have = [part for part in expected if part.has_figure]
    said = Counter(part.category for part in have)
    if len(have) == len(expected) and len(said) == 1:
        return Outcome(
            RECOMPUTED,
            "harmonise.all",
            {"names": names(expected)},
            "all",
            category=have[0].category,
            qualifier=qualifier_of(have),
        )
    titles = {category.id: category.title.vi for category in indicator.categories}
    lists = [
        f"{titles.get(category, category)}: "
        + names([part for part in have if part.category == category])
        for category in said
    ]
    # Of those not told about nothing is known: they need not be unlike.
    state, key = (MIXED, "harmonise.mixed") if len(said) > 1 else (PARTIAL, "harmonise.some")
    return Outcome(
        state,
        key,
        {"k": len(have), "n": len(expected), "parts": "; ".join(lists)},
        "some",
    )
