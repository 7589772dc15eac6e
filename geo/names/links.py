"""Follow a unit from one edition to another: the same unit, or what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from geo.editions import EDITION_2025, Area, Level, area, areas, editions, has_area
from geo.names.data import Successor, successors


@cache
def reshaped(one: str, other: str, level: Level) -> frozenset[str] | None:
    """List the codes that do not mean the same unit in two editions.

    Returns
    -------
    frozenset of str or None
        None where nothing is known about the pair, so that no code may be carried over.
    """
    if one == other:
        return frozenset()
    if level is Level.REGION:
        return None  # their codes are numbers in a list
    steps = [
        s for s in successors() if s.level is level and {s.edition, s.old_edition} == {one, other}
    ]
    if steps:
        return frozenset(code for step in steps for code in (step.old_code, step.new_code))
    codes = [{unit.code for unit in areas(edition, level)} for edition in (one, other)]
    return frozenset() if codes[0] == codes[1] else None


def twins(unit: Area) -> Iterator[Area]:
    """Find the same unit in other editions, under whatever name and type.

    Yields
    ------
    Area
        Older editions first.
    """
    for other in editions():
        if other.id == unit.edition or unit.level not in other.levels:
            continue
        changed = reshaped(unit.edition, other.id, unit.level)
        if changed is None or unit.code in changed or not has_area(other.id, unit.code):
            continue
        yield area(other.id, unit.code)


def is_older(one: str, other: str) -> bool:
    """Say whether an edition came before another."""
    order = [edition.id for edition in editions()]
    return order.index(one) < order.index(other)


@cache
def steps_into(edition: str, level: Level) -> dict[str, tuple[Successor, ...]]:
    """Group what became of the units of the edition before by their old code.

    Returns
    -------
    dict of str to tuple of Successor
        Several successors where the unit was split.
    """
    found: dict[str, tuple[Successor, ...]] = {}
    for step in successors():
        if step.edition == edition and step.level is level:
            found[step.old_code] = (*found.get(step.old_code, ()), step)
    return found


@cache
def parts_of(edition: str, level: Level, code: str) -> tuple[Area, ...]:
    """List the units of the edition before that an area was made of, wholly or in part."""
    return tuple(
        area(step.old_edition, step.old_code)
        for steps in steps_into(edition, level).values()
        for step in steps
        if step.new_code == code
    )


def carried(code: str, edition: str) -> str | None:
    """Carry a province of the 63 to an edition."""
    if edition != EDITION_2025:
        return code if has_area(edition, code) else None
    steps = steps_into(edition, Level.PROVINCE).get(code, ())
    return steps[0].new_code if len(steps) == 1 else None
