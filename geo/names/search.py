"""Search places as people type them: without diacritics, in part, by old name or by code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

from base.words import Lang
from geo.editions import Area, Level, area, areas, edition
from geo.editions import edition as edition_of
from geo.names.answer import Answer, say, units
from geo.names.entry import SPLIT, Entry, Kind, core_name, name_key
from geo.names.index import index
from geo.names.links import carried, steps_into
from geo.names.methods import Method
from geo.names.text import NONE, Key, fold, key, normalise, tidy
from geo.names.types import glued_reading, readings

HitKind = Literal["name", "code", "alias", "past"]

_EXACT, _FIRST_WORDS, _START, _WORD, _INSIDE = range(5)
_MIN_INSIDE = 3  # fewer letters are looked for only where a word begins

_Rank = tuple[int, bool, int, int, int, str]
_KINDS: tuple[HitKind, ...] = ("name", "code", "alias", "past")


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one place found.

    Attributes
    ----------
    area
        The place, in the edition searched.
    kind
        What of it was found: its name, its code, another name, or a unit of the past.
    matched
        The name found, where it is not the place's own.
    note
        What became of a unit of the past.
    """

    area: Area
    kind: HitKind
    matched: str = ""
    note: str = ""


def search(query: str, edition: str, limit: int = 20, lang: Lang = "vi") -> list[Hit]:
    """Find places by what somebody types.

    Raises
    ------
    UnknownEdition
        Where there is no such edition.
    """
    levels = edition_of(edition).levels
    best: dict[str, tuple[_Rank, Hit]] = {}
    for rank, item in _matches(query, edition):
        if item.code not in best or rank < best[item.code][0]:
            best[item.code] = (rank, _hit(item, edition, lang))
    for depth, level in enumerate(levels):
        for unit in _by_code(query.strip(), edition, level):
            exact = unit.code == query.strip().zfill(len(unit.code))
            rank = (_EXACT if exact else _START, False, depth, 1, 0, unit.code)
            if unit.code not in best or rank < best[unit.code][0]:
                best[unit.code] = (rank, Hit(unit, "code", unit.code))
    return [hit for _, hit in sorted(best.values(), key=lambda pair: pair[0])[: max(0, limit)]]


def search_keys(unit: Area) -> str:
    """Give what a browser can search a place by.

    Returns
    -------
    str
        Names as `normalise` leaves them, spaced and in one word, and the code, joined by ``|``: a
        place matches where the normalised query is a part of it.

    Examples
    --------
    >>> from geo.editions import EDITION_2024
    >>> search_keys(area(EDITION_2024, "77")).split("|")[:4]
    ['77', 'tinh ba ria vung tau', 'tinhbariavungtau', 'ba ria vung tau province']
    """
    names = [unit.name_vi, unit.name_en, *_names_by_code(unit.edition, unit.level)[unit.code]]
    spaced = [normalise(name) for name in names]
    forms = [form for name in spaced for form in (name, name.replace(" ", ""))]
    return "|".join(dict.fromkeys(form for form in [unit.code.lower(), *forms] if form))


@cache
def _names_by_code(edition_id: str, level: Level) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {unit.code: [] for unit in areas(edition_id, level)}
    for group in index(edition_id, level).by_bare.values():
        for entry in group:
            for code in entry.targets if not entry.dotted else ():
                found[code].append(entry.name if not entry.needs_type else entry.label)
    return found


def _by_code(query: str, edition_id: str, level: Level) -> Iterator[Area]:
    if query.isascii() and query.isdigit():
        for unit in areas(edition_id, level):
            if unit.code == query.zfill(len(unit.code)) or (
                len(query) > 1 and unit.code.startswith(query)
            ):
                yield unit


def _matches(query: str, edition_id: str) -> Iterator[tuple[_Rank, Item]]:
    if query.strip().startswith("0"):
        return  # a code
    text = fold(tidy(query))
    glued = glued_reading(text)
    for way in [*readings(text), *([glued] if glued else [])]:
        wanted = key(way.core)
        if not wanted.bare:
            continue
        for item in items(edition_id):
            if item.only_typed if way.types is None else not way.types & item.types:
                continue
            where = _how(wanted.bare, item)
            if where is not None:
                how, at = where
                kind = _KINDS.index(item.kind)
                rank = (how, _contradicts(wanted, item.key, at), item.depth, kind)
                yield (*rank, len(item.key.bare), item.code), item


def _how(wanted: str, item: Item) -> tuple[int, int] | None:
    bare = item.key.bare
    at = bare.find(wanted)
    if at < 0 or (item.only_typed and bare != wanted):
        return None
    if wanted.isdigit():
        at = len(bare) - len(wanted)
        return (_WORD, at) if bare.endswith(wanted) and at in item.starts else None
    if at == 0:
        if len(bare) == len(wanted):
            return _EXACT, 0
        return (_FIRST_WORDS if len(wanted) in item.starts else _START), 0
    while at > 0:
        if at in item.starts:
            return _WORD, at
        inside, at = at, bare.find(wanted, at + 1)
    return (_INSIDE, inside) if len(wanted) >= _MIN_INSIDE else None


def _contradicts(wanted: Key, found: Key, at: int) -> bool:
    if not wanted.accented:
        return False
    marks = zip(wanted.marks, found.marks[at:], strict=False)
    tones = zip(wanted.tones, found.tones[at:], strict=False)
    return any(a not in (NONE, b) for pairs in (marks, tones) for a, b in pairs)


def _hit(item: Item, edition_id: str, lang: Lang) -> Hit:
    unit = area(edition_id, item.code)
    if item.kind != "past":
        return Hit(unit, item.kind, item.label)
    heirs = units(item.heirs, edition_id)
    told = Answer(Method.PREDECESSOR).noting(
        item.extent, old=item.label, area=unit, code=unit.code, areas=heirs
    )
    return Hit(unit, item.kind, item.label, say(told, lang))


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one name to search, of an area or of a unit that is now a part of it.

    Attributes
    ----------
    key
        The name.
    starts
        Where its words begin.
    types
        Types of area that it may be written with.
    code
        The area it leads to.
    depth
        How far down the area is: hits further up come first.
    kind, label
        What the name is, and how it is written where it is not the area's own.
    extent, heirs
        What became of a unit of the past, and all areas it went to.
    only_typed
        Whether it is looked for only with its type word.
    """

    key: Key
    starts: frozenset[int]
    types: frozenset[str]
    code: str
    depth: int
    kind: HitKind
    label: str = ""
    extent: str = ""
    heirs: tuple[str, ...] = ()
    only_typed: bool = False


@cache
def items(edition_id: str) -> tuple[Item, ...]:
    """List the names of an edition."""
    found: list[Item] = []
    for depth, level in enumerate(edition(edition_id).levels):
        for group in index(edition_id, level).by_bare.values():
            for entry in group:
                if not entry.dotted:
                    last = len(edition(edition_id).levels) if entry.extent == SPLIT else depth
                    found += _of_entry(entry, edition_id, last)
    return (*found, *_gone(edition_id))


def _of_entry(entry: Entry, edition_id: str, depth: int) -> Iterator[Item]:
    kinds: dict[Kind, HitKind] = {Kind.OFFICIAL: "name", Kind.ALIAS: "alias", Kind.PAST: "past"}
    label = {Kind.OFFICIAL: "", Kind.ALIAS: entry.name, Kind.PAST: entry.label}[entry.kind]
    for code in entry.targets:
        item = Item(
            entry.key,
            _starts(entry.name),
            entry.types,
            code,
            depth,
            kinds[entry.kind],
            label,
            entry.extent,
            entry.targets,
            only_typed=entry.needs_type,
        )
        yield item
        if entry.needs_type and entry.kind is Kind.OFFICIAL:
            name = area(edition_id, code).name_vi
            yield Item(name_key(name), _starts(name), entry.types, code, depth, "name")


def _gone(edition_id: str) -> Iterator[Item]:
    """Yield the units of levels that the edition before had and this one has not."""
    steps = [step for group in steps_into(edition_id, Level.PROVINCE).values() for step in group]
    levels = edition(edition_id).levels
    for before in {step.old_edition for step in steps}:
        for level in edition(before).levels:
            if level in levels:
                continue
            for unit in areas(before, level):
                home = carried(unit.parent or "", edition_id)
                if home:
                    name = core_name(unit)
                    shown = unit.name_vi if name.isdigit() else name
                    depth = len(levels)
                    types = frozenset([unit.type])
                    yield Item(
                        name_key(shown),
                        _starts(shown),
                        types,
                        home,
                        depth,
                        "past",
                        unit.name_vi,
                        "now_in",
                    )


def _starts(name: str) -> frozenset[int]:
    words = normalise(name).split()
    return frozenset(accumulate((len(word) for word in words), initial=0))
