"""Find the communes of before July 2025 by name, and say what became of them.

No edition has areas of that level: they are read from the crosswalk, at the first commune asked
for. They only add to what `geo.names.match` finds; the name of a commune of today comes first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from geo.crosswalk import TYPE_WORDS_OLD, Link, OldCommune, read_links, read_old_communes
from geo.editions import EDITION_2024, EDITION_2025, Area, Level, area
from geo.names.answer import Answer, refuse, units
from geo.names.entry import name_key
from geo.names.methods import Method
from geo.names.text import EXACT, Key, Text, disagreement, key
from geo.names.trim import trims
from geo.names.types import Reading, glued_reading, readings

# What a name that no commune of today has may be instead.
_OPEN = frozenset({Method.UNKNOWN, Method.TYPE_CONFLICT})
# The same where the type is written: without it, a district or a province may be meant.
_OPEN_TYPED = frozenset(
    {
        Method.PARENT_CONFLICT,
        Method.DIACRITICS_CONFLICT,
        Method.OTHER_LEVEL,
        Method.OTHER_EDITION,
        Method.LIST,
    }
)
_TOWNSHIP = re.compile(r"t\.?t[. ]+")
# Found by its own name, as it is written.
_NAMED = frozenset({Method.NAME, Method.ALIAS, Method.NO_DIACRITICS})


@dataclass(frozen=True, slots=True)
class Place:
    """Hold where an old commune must lie, on the map of before July 2025.

    Attributes
    ----------
    provinces, districts
        Codes; None where anywhere will do.
    today
        Whether the parent is a province of today's map: then today's names come first.
    """

    provinces: frozenset[str] | None = None
    districts: frozenset[str] | None = None
    today: bool = False

    def holds(self, unit: OldCommune) -> bool:
        """Say whether a commune lies within."""
        return (self.provinces is None or unit.province in self.provinces) and (
            self.districts is None or unit.district in self.districts
        )

    def within(self, other: Place) -> Place:
        """Narrow a place to what lies in another as well."""
        return Place(
            _both(self.provinces, other.provinces),
            _both(self.districts, other.districts),
            self.today or other.today,
        )


@dataclass(frozen=True, slots=True)
class Old:
    """Hold an old commune as a name means it.

    Attributes
    ----------
    unit, key
        The commune, and its name without type word.
    links
        Where it went.
    typed
        Whether the type is written with the name.
    bare
        Whether the name was written without the diacritics that it has.
    """

    unit: OldCommune
    key: Key
    links: tuple[Link, ...]
    typed: bool = False
    bare: bool = False

    @property
    def heirs(self) -> frozenset[str]:
        """Give the codes of the communes it went to."""
        return frozenset(link.to_code for link in self.links)


def find_old(text: Text, place: Place) -> list[Old]:
    """Find the old communes that a name may mean.

    Returns
    -------
    list of Old
        Those whose diacritics agree, or all of these letters where the text has none.
    """
    for trimmed, _, _ in trims(text, Level.COMMUNE):
        found: dict[str, Old] = {}
        for way in _readings(trimmed):
            name = key(way.core)
            for old in _by_bare().get(name.bare, ()):
                if way.types is None and name.bare.isdigit():
                    continue  # a number is a name only with its type
                if way.types is not None and old.unit.type not in way.types:
                    continue
                if trimmed.accented and disagreement(name, old.key) != EXACT:
                    continue
                if place.holds(old.unit):
                    bare = old.key.accented and not trimmed.accented
                    found[old.unit.code] = replace(old, typed=way.types is not None, bare=bare)
        if found:
            return list(found.values())
    return []


def _readings(text: Text) -> Iterator[Reading]:
    yield from readings(text)
    glued = glued_reading(text)
    if glued is not None:
        yield glued
    # Elsewhere "TT" begins names of provinces (TT-Huế).
    township = _TOWNSHIP.match(text.plain)
    if township is not None:
        yield Reading(text.cut(township.end()), frozenset(["township"]))


def with_old(found: Answer, olds: list[Old], place: Place) -> Answer:
    """Weigh what a name means today against the old communes of that name.

    Parameters
    ----------
    place
        Where they were looked for.

    Returns
    -------
    Answer
        The first, or what became of the old commune, or why it cannot be told.
    """
    typed = all(old.typed for old in olds)
    if place.districts is not None:
        return what_became(olds)  # today's map has no districts
    if found.method in _OPEN or (found.method in _OPEN_TYPED and typed):
        return what_became(olds)
    if found.method is Method.TYPE_DIFFERS and typed:
        return what_became(olds)
    if found.code is None or found.method not in _NAMED:
        return found
    others = [old for old in olds if found.code not in old.heirs]
    if not others:
        return found
    if place.today and found.method is not Method.NO_DIACRITICS:
        return found.noting("also_old", olds=tuple(old.unit for old in others))
    return refuse(
        Method.AMBIGUOUS,
        "old_or_today",
        (area(EDITION_2025, found.code), *_heirs(others)),
        today=area(EDITION_2025, found.code),
        olds=tuple(old.unit for old in others),
    )


def of_two_places(found: Answer, olds: list[Old]) -> Answer | None:
    """Refuse a commune of today whose parent is also a town or district of before with that name.

    Parameters
    ----------
    olds
        The communes of the name in that town or district.

    Returns
    -------
    Answer or None
        None where both are one place, or there is but one.
    """
    others = [old for old in olds if found.code not in old.heirs]
    if found.code is None or found.method not in _NAMED or not others:
        return None
    today = area(EDITION_2025, found.code)
    listed = tuple(old.unit for old in others)
    near = (today, *_heirs(others))
    return refuse(Method.AMBIGUOUS, "old_or_today", near, today=today, olds=listed)


def what_became(olds: list[Old]) -> Answer:
    """Say which commune of today an old one went to.

    Returns
    -------
    Answer
        With a code only where one is meant and all of it went to one commune.
    """
    if len(olds) > 1:
        listed = tuple(old.unit for old in olds)
        return refuse(Method.AMBIGUOUS, "old_communes", _heirs(olds), olds=listed)
    (old,) = olds
    day = next((date.fromisoformat(link.effective) for link in old.links if link.effective), None)
    if len(old.links) > 1:
        return refuse(Method.SPLIT, "old_split", _heirs(olds), old=old.unit, day=day)
    heir = area(EDITION_2025, old.links[0].to_code)
    alone = _members()[heir.code] == 1
    if alone and heir.name_vi == old.unit.name_vi:
        return Answer(Method.NAME, heir.code)
    answer = Answer(Method.PREDECESSOR, heir.code)
    note = "old_renamed" if alone else "old_whole"
    answer = answer.noting(note, old=old.unit, area=heir, code=heir.code, day=day)
    return answer.noting("no_diacritics") if old.bare else answer


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _heirs(olds: list[Old]) -> tuple[Area, ...]:
    return units(tuple(code for old in olds for code in old.heirs), EDITION_2025)


@cache
def _by_bare() -> dict[str, tuple[Old, ...]]:
    links: dict[str, list[Link]] = defaultdict(list)
    for link in _links():
        links[link.from_code].append(link)
    found: dict[str, list[Old]] = defaultdict(list)
    for code, unit in read_old_communes().items():
        if code in links:
            name = name_key(_core(unit.name_vi))
            found[name.bare].append(Old(unit, name, tuple(links[code])))
    return {bare: tuple(group) for bare, group in found.items()}


@cache
def _links() -> tuple[Link, ...]:
    return read_links(Level.COMMUNE, EDITION_2024, EDITION_2025)


@cache
def _members() -> dict[str, int]:
    """Count what each commune of today is made of."""
    found: dict[str, int] = defaultdict(int)
    for link in _links():
        found[link.to_code] += 1
    return dict(found)


def _core(name: str) -> str:
    for word in TYPE_WORDS_OLD:
        if name.startswith(word + " "):
            return name.removeprefix(word + " ")
    return name
