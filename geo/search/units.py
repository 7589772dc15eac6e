"""List every place that can be searched for: of all editions, of before them, and old communes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geo.crosswalk import Event, Kind, OldCommune, old_communes, predecessors, successors
from geo.editions import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    Area,
    Level,
    area,
    areas,
    has_area,
    regions,
)
from geo.names import old_units

DEPTH = {level: depth for depth, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one place that can be searched for.

    Attributes
    ----------
    edition, code
        The key; communes of before July 2025 have edition 2024. Of a unit that no edition has, the
        place that it went to.
    name_vi, name_en
        Its names with their type words.
    type, level
        What it is.
    above
        Keys of the places it lies in, and of those they were or became: what it is told apart by.
    heirs
        Keys of what all or a part of it is now, the latest last.
    within
        The place above that is named beside it.
    same
        Shared by units of two editions that are one place.
    until
        Its last year or day, of a unit that no edition has.
    before
        The units it was made of, where it was changed.
    """

    edition: str
    code: str
    name_vi: str
    name_en: str
    type: str
    level: Level
    above: frozenset[str] = frozenset()
    heirs: tuple[str, ...] = ()
    within: str = ""
    same: str = ""
    until: str = ""
    before: tuple[Event, ...] = ()
    after: tuple[Event, ...] = ()

    @property
    def key(self) -> str:
        """Edition and code, as ``2024:44``."""
        return f"{self.edition}:{self.code}"

    @property
    def past(self) -> bool:
        """Whether it is no more."""
        return self.edition != EDITION_2025


@cache
def units() -> tuple[Unit, ...]:
    """List the places, the larger first and within a tier the newer."""
    found = [_of_area(area(EDITION_2025, COUNTRY_CODE))]
    for edition in (EDITION_2025, EDITION_2024):
        found += [_of_area(region) for region in regions(edition)]
    for edition in (EDITION_2025, EDITION_2024, EDITION_2019):
        found += [_of_area(one) for one in areas(edition, Level.PROVINCE) if _own(one)]
    for edition in (EDITION_2024, EDITION_2019):
        found += [_of_area(one) for one in areas(edition, Level.DISTRICT) if _own(one)]
    found += _of_before()
    found += [_of_area(one) for one in areas(EDITION_2025, Level.COMMUNE)]
    found += [_of_commune(old) for old in old_communes() if not has_area(EDITION_2024, old.code)]
    return tuple(found)


def _own(one: Area) -> bool:
    """Tell whether a unit of 2019 was another one than that of its code in 2024."""
    if one.edition != EDITION_2019:
        return True
    after = successors(one.edition, one.code)
    return any(event.kind is not Kind.SAME for event in after)


def _key(one: Area | OldCommune | Event) -> str:
    return f"{one.edition if not isinstance(one, OldCommune) else EDITION_2024}:{one.code}"


def _of_area(one: Area) -> Unit:
    placed = one.level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
    before = predecessors(one.edition, one.code) if placed else ()
    after = successors(one.edition, one.code) if placed else ()
    heirs = [_key(event) for event in after]
    heirs += [key for event in after for key in _heirs(event)]
    if one.level is Level.DISTRICT and one.edition == EDITION_2024:
        heirs += _communes_of().get(one.code, ())
    same = ""
    if one.level is Level.PROVINCE and one.edition != EDITION_2019:
        events = before if one.edition == EDITION_2025 else after
        unchanged = len(events) == 1 and events[0].kind is Kind.SAME
        same = f"province {one.code}" if unchanged else ""
    return Unit(
        one.edition,
        one.code,
        one.name_vi,
        one.name_en,
        one.type,
        one.level,
        above=frozenset(_above(one, before, after)),
        heirs=tuple(dict.fromkeys(heirs)),
        within=f"{one.edition}:{one.parent}" if one.level in _PARTS else "",
        same=same,
        before=tuple(e for e in before if e.kind is not Kind.SAME),
        after=tuple(e for e in after if e.kind is not Kind.SAME),
    )


_PARTS = (Level.DISTRICT, Level.COMMUNE)


def _heirs(event: Event) -> Iterator[str]:
    """Yield the keys of what became of the unit that an event led to, of its own level."""
    for later in successors(event.edition, event.code):
        yield _key(later)


def _above(one: Area, before: tuple[Event, ...], after: tuple[Event, ...]) -> Iterator[str]:
    if one.level is Level.PROVINCE and any(event.kind is not Kind.SAME for event in after):
        yield from _around(one.edition, one.code)[1:]
    if one.level not in _PARTS or one.parent is None:
        return
    yield from _around(one.edition, one.parent)
    for event in before:
        old = _old_communes().get(event.code)
        if old is not None and one.level is Level.COMMUNE:
            yield from _above_old(old.district, old.province)


@cache
def _around(edition: str, province: str) -> tuple[str, ...]:
    """List the keys of a province and of what it became; not of all that made it."""
    keys = [f"{edition}:{province}"]
    for event in successors(edition, province):
        keys += [_key(event), *_heirs(event)]
    return tuple(keys)


@cache
def _above_old(district: str, province: str) -> tuple[str, ...]:
    """List the keys of what an older commune of a district was in."""
    before = predecessors(EDITION_2024, district)
    around = _around(EDITION_2024, province)
    return (f"{EDITION_2024}:{district}", *around, *(_key(event) for event in before))


@cache
def _old_communes() -> dict[str, OldCommune]:
    return {old.code: old for old in old_communes()}


@cache
def _communes_of() -> dict[str, tuple[str, ...]]:
    """Map districts of 2024 to the keys of the communes of today where they were."""
    found: dict[str, dict[str, None]] = {}
    for old in old_communes():
        for event in successors(EDITION_2024, old.code):
            if event.level is Level.COMMUNE:
                found.setdefault(old.district, {})[_key(event)] = None
    return {district: tuple(keys) for district, keys in found.items()}


def _of_commune(old: OldCommune) -> Unit:
    after = successors(EDITION_2024, old.code)
    return Unit(
        EDITION_2024,
        old.code,
        old.name_vi,
        old.name_en,
        old.type,
        Level.COMMUNE,
        above=frozenset(_above_old(old.district, old.province)),
        heirs=tuple(_key(event) for event in after),
        within=f"{EDITION_2024}:{old.district}",
        after=after,
    )


def _of_before() -> Iterator[Unit]:
    """Yield the units dissolved before the first edition, once for each place they went to."""
    for old in old_units():
        for code in old.codes:
            heir = area(EDITION_2024, code)
            later = successors(EDITION_2024, code)
            yield Unit(
                EDITION_2024,
                code,
                old.name,
                old.name,
                "province" if old.level is Level.PROVINCE else heir.type,
                old.level,
                above=frozenset(_around(EDITION_2024, heir.parent or ""))
                if old.level is Level.DISTRICT
                else frozenset(_around(EDITION_2024, code)),
                heirs=(f"{EDITION_2024}:{code}", *(_key(event) for event in later)),
                within=f"{EDITION_2024}:{heir.parent}" if old.level is Level.DISTRICT else "",
                until=old.until or "…",
            )
