"""The names of all places, ready to be searched here and in the browser."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from base.words import Lang
from geo.names import Key
from geo.search.named import Called, Name, names_of, note_of
from geo.search.units import DEPTH, Unit, units
from geo.search.words import type_table, words

# How a name is written for the browser: what stands before it.
_SIGNS = {Called.NAME: "", Called.ALIAS: "~", Called.INITIALS: "="}
_TYPED = "!"


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one name of one place.

    Attributes
    ----------
    at
        The place, by its order among `units`.
    key, starts
        The name, and where its words begin and end.
    """

    at: int
    name: Name
    key: Key
    starts: frozenset[int]


_Tails = tuple[list[str], list[tuple[Entry, int]]]


def _sorted(cuts: Iterable[tuple[Entry, int]]) -> _Tails:
    """Sort names by their letters from where each is cut, without those that are meant whole."""
    tails = [
        (entry.key.bare[at:], order, entry, at)
        for order, (entry, at) in enumerate(cuts)
        if at < len(entry.key.bare)
        and not entry.name.typed
        and entry.name.called is not Called.INITIALS
    ]
    tails.sort(key=lambda tail: tail[:2])
    return [tail[0] for tail in tails], [tail[2:] for tail in tails]


@dataclass(frozen=True)
class Index:
    """Hold all names, by their letters and by the beginnings of their words."""

    units: tuple[Unit, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def exact(self) -> dict[str, list[Entry]]:
        """Entries by all their letters."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.key.bare, []).append(entry)
        return found

    @cached_property
    def _tails(self) -> _Tails:
        return _sorted((entry, at) for entry in self.entries for at in entry.starts)

    @cached_property
    def _heads(self) -> _Tails:
        return _sorted((entry, 0) for entry in self.entries)

    def beginning(self, wanted: str, *, within: bool) -> Iterator[tuple[Entry, int]]:
        """Yield the names that begin so, or also those with a word that does, with where."""
        tails, found = self._tails if within else self._heads
        at = bisect_left(tails, wanted)
        while at < len(tails) and tails[at].startswith(wanted):
            yield found[at]
            at += 1

    @cached_property
    def by_key(self) -> dict[str, int]:
        """Order of the places by key; of those that went to another, of that one."""
        return {unit.key: at for at, unit in reversed(list(enumerate(self.units)))}

    @cached_property
    def codes(self) -> dict[str, list[int]]:
        """Places by code, units that no edition has left out."""
        found: dict[str, list[int]] = {}
        for at, unit in enumerate(self.units):
            if not unit.until:
                found.setdefault(unit.code, []).append(at)
        return found


@cache
def index() -> Index:
    """Make the index, once."""
    entries = []
    for at, unit in enumerate(units()):
        seen = set()
        for name in names_of(unit):
            read = words(name.text)
            key = read.key()
            if key.bare and (key, name.typed) not in seen:
                seen.add((key, name.typed))
                entries.append(Entry(at, name, key, read.starts()))
    return Index(units(), tuple(entries))


@cache
def listed(at: int, lang: Lang) -> tuple[str, str]:
    """Return the name of a place and what is told beside it."""
    unit = units()[at]
    return (unit.name_vi if lang == "vi" else unit.name_en), note_of(unit, lang)


def heirs_of(key: str) -> tuple[str, ...]:
    """Return the keys of what a place became in the editions after; none where it is unknown."""
    at = index().by_key.get(key)
    return () if at is None else units()[at].heirs


def shipped(lang: Lang) -> dict[str, Any]:
    """Write the index for the browser, as static/ui/search.js reads it.

    Returns
    -------
    dict
        ``types``: words for types of area; ``units``: of each place its key, name, note, type,
        depth, what it lies in, its heirs, what it is the same as, its names.
    """
    found = index()
    names: dict[int, list[str]] = {}
    for entry in found.entries:
        sign = _SIGNS[entry.name.called] + (_TYPED if entry.name.typed else "")
        names.setdefault(entry.at, []).append(sign + entry.name.text)
    order = found.by_key
    return {
        "types": [list(row) for row in type_table()],
        "units": [
            [
                unit.key,
                *listed(at, lang),
                unit.type,
                DEPTH[unit.level],
                sorted(order[key] for key in unit.above if key in order),
                [order[key] for key in unit.heirs if key in order],
                unit.same,
                unit.until,
                names.get(at, []),
            ]
            for at, unit in enumerate(found.units)
        ],
    }
