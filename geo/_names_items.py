"""List what can be searched: every name of every area, and of units that are now parts of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

from geo._names_entry import SPLIT, Entry, Kind, core_name, name_key
from geo._names_index import index
from geo._names_links import carried, steps_into
from geo._names_text import Key, normalise
from geo.editions import Level, area, areas, edition

HitKind = Literal["name", "code", "alias", "past"]


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
    """List the names of an edition.

    Parameters
    ----------
    edition_id
        Id of the edition.

    Returns
    -------
    tuple of Item
        The same object on every call.
    """
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
