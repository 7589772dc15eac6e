"""List every name by which an area of an edition may be called: official, other, of the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.editions import Area, Level, area, areas
from geo.names.data import Alias, Successor, aliases, commune_old_provinces, old_units
from geo.names.entry import RENAMED, SPLIT, Entry, Kind, core_name, name_key
from geo.names.links import carried, is_older, parts_of, reshaped, steps_into, twins
from geo.names.text import fold, key, tidy
from geo.names.types import prefix_reading

# The first word of names in the Central Highlands is spelt in every way, by officials too.
_DAK = re.compile(r"\b(?:Đắk|Đăk|Đak|Đắc|Đăc)\b")
_DAK_SPELLINGS = ("Đắk", "Đăk", "Đak", "Đắc")
# "T. Ninh" could as well be "tỉnh Ninh…".
_NO_INITIAL = "t"


def entries(edition: str, level: Level) -> list[Entry]:
    """List the names that may mean an area of one level of an edition."""
    named: list[Entry] = []
    for unit in areas(edition, level):
        own = _official(unit)
        named.append(own)
        named += _twin_names(unit, own)
    named += _dissolved(edition, level)
    contracted = list(_contracted(named)) if level is Level.PROVINCE else []
    named += _of_old(edition, level)
    named += _other_spellings(edition, level, named)
    return [spelt for entry in named for spelt in _spelt(entry)] + contracted


def _official(unit: Area) -> Entry:
    core = core_name(unit)
    return Entry(
        name=core,
        key=name_key(core),
        kind=Kind.OFFICIAL,
        targets=(unit.code,),
        types=frozenset([unit.type]),
        other_types=frozenset(twin.type for twin in twins(unit)) - {unit.type},
        provinces=_provinces(unit),
        old_provinces=commune_old_provinces().get(unit.code, frozenset())
        if unit.level is Level.COMMUNE
        else frozenset(),
        needs_type=core.isdigit(),
    )


def _provinces(unit: Area) -> frozenset[str]:
    if unit.level not in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        return frozenset()
    code = unit.code if unit.level is Level.PROVINCE else unit.parent
    return frozenset([code]) if code else frozenset()


def _twin_names(unit: Area, own: Entry) -> Iterator[Entry]:
    """Yield the names of the unit in other editions; a later name only where it is a spelling."""
    for twin in twins(unit):
        name = core_name(twin)
        spelt = name_key(name)
        spelling = spelt.bare == own.key.bare
        if spelt != own.key and (spelling or is_older(twin.edition, unit.edition)):
            types = own.types if spelling else frozenset([twin.type])
            yield replace(own, name=name, key=spelt, kind=Kind.ALIAS, types=types)


def _dissolved(edition: str, level: Level) -> Iterator[Entry]:
    """Yield the names of units of the edition before that are no more."""
    for code, steps in steps_into(edition, level).items():
        old = area(steps[0].old_edition, code)
        heirs = [area(edition, step.new_code) for step in steps]
        name = core_name(old)
        if any(
            name_key(core_name(h)).bare == name_key(name).bare and h.type == old.type for h in heirs
        ):
            continue  # it lives on under its name
        home = code if level is Level.PROVINCE else heirs[0].parent
        yield Entry(
            name=name,
            key=name_key(name),
            kind=Kind.PAST,
            targets=tuple(heir.code for heir in heirs),
            types=frozenset([old.type]),
            provinces=frozenset(
                [heir.code for heir in heirs] if level is Level.PROVINCE else [home or ""]
            ),
            needs_type=name.isdigit(),
            label=old.name_vi,
            extent=_extent(steps),
        )


def _extent(steps: tuple[Successor, ...]) -> str:
    if len(steps) > 1:
        return SPLIT
    (step,) = steps
    alone = len(parts_of(step.edition, step.level, step.new_code)) == 1
    return RENAMED if step.old_code == step.new_code and alone else step.extent


def _of_old(edition: str, level: Level) -> Iterator[Entry]:
    """Yield the names of units that were dissolved before the first edition."""
    for unit in old_units():
        if unit.level is not level:
            continue
        codes = unit.codes
        if level is Level.PROVINCE:
            codes = tuple(dict.fromkeys(c for c in (carried(old, edition) for old in codes) if c))
        reading = prefix_reading(fold(unit.name))
        core = reading.core if reading else fold(unit.name)
        heirs = [area(edition, code) for code in codes]
        yield Entry(
            name=unit.name[-len(core.plain) :],
            key=key(core),
            kind=Kind.PAST,
            targets=codes,
            types=reading.types if reading and reading.types else frozenset(),
            provinces=frozenset(p for heir in heirs for p in _provinces(heir)),
            needs_type=unit.needs_type,
            label=unit.name,
            extent=unit.extent,
        )


def _other_spellings(edition: str, level: Level, named: list[Entry]) -> Iterator[Entry]:
    by_code = {entry.targets[0]: entry for entry in named if entry.kind is Kind.OFFICIAL}
    by_bare = {entry.key.bare: entry for entry in reversed(named)}
    for alias in aliases():
        if alias.level is not level:
            continue
        base = _base(alias, edition, by_code, by_bare)
        if base is None:
            continue
        reading = prefix_reading(fold(tidy(alias.alias)))
        core = reading.core if reading else fold(tidy(alias.alias))
        types = reading.types if reading and reading.types else _types_until(edition, level, base)
        kind = Kind.ALIAS if base.kind is Kind.OFFICIAL else base.kind
        name = alias.alias[-len(core.plain) :]
        yield replace(base, name=name, key=key(core), kind=kind, types=types)


def _base(
    alias: Alias, edition: str, by_code: dict[str, Entry], by_bare: dict[str, Entry]
) -> Entry | None:
    """Find the entry of the unit that an alias stated in any edition belongs to."""
    changed = reshaped(alias.edition, edition, alias.level)
    if changed is not None and alias.code not in changed:
        return by_code.get(alias.code)
    unit = area(alias.edition, alias.code)
    return by_bare.get(name_key(core_name(unit)).bare)


def _types_until(edition: str, level: Level, base: Entry) -> frozenset[str]:
    """List the types an area has had up to an edition."""
    if base.kind is not Kind.OFFICIAL or level not in (Level.PROVINCE, Level.DISTRICT):
        return base.types
    unit = area(edition, base.targets[0])
    return base.types | {t.type for t in twins(unit) if is_older(t.edition, edition)}


def _spelt(entry: Entry) -> Iterator[Entry]:
    yield entry
    if _DAK.search(entry.name):
        kind = Kind.ALIAS if entry.kind is Kind.OFFICIAL else entry.kind
        for spelling in _DAK_SPELLINGS:
            name = _DAK.sub(spelling, entry.name)
            if name_key(name) != entry.key:
                yield replace(entry, name=name, key=name_key(name), kind=kind)


def _contracted(named: list[Entry]) -> Iterator[Entry]:
    """Yield "Q. Nam" for Quảng Nam: the first of two words cut to its letter."""
    for entry in named:
        words = entry.name.split()
        if len(words) == 2 and entry.key.bare[0] not in _NO_INITIAL:
            kind = Kind.PAST if entry.kind is Kind.PAST else Kind.ALIAS
            name = f"{words[0][0]}. {words[1]}"
            yield replace(entry, name=name, key=name_key(name), kind=kind, dotted=True)
