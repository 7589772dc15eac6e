"""What an area was before and what became of it.

Provinces of all editions, districts of 2019 and 2024, and the communes of before July 2025 beside
those of today. It follows the tables of `geo.crosswalk`; the older communes are known by code and
by name, see `geo.crosswalk.old_communes`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from geo.crosswalk.old import OldCommune
from geo.crosswalk.read import read_old_communes
from geo.crosswalk.records import Extent, Link, grouped
from geo.crosswalk.registry import TABLES, Key, links_of
from geo.editions import EDITION_2024, Area, Level, area, editions, has_area

__all__ = ["Event", "Extent", "Kind", "lineage", "predecessors", "successors"]

# Types of one level, lowest first; a change upwards is an upgrade, any other is a new name.
RANKS = {
    "province": 0,
    "city_central": 1,
    "district": 0,
    "town": 1,
    "city": 2,
    "city_in_central": 2,
    "urban_district": 2,
    "commune": 0,
    "township": 1,
    "ward": 2,
}
FULL_DAY = len("2025-07-01")

Unit = Area | OldCommune
_ORDER = {extent: at for at, extent in enumerate(Extent)}
Groups = dict[str, tuple[Link, ...]]


def predecessors(edition: str, code: str) -> tuple[Event, ...]:
    """List what an area was made of, one edition back.

    Parameters
    ----------
    edition, code
        The area, or a commune of before July 2025 under edition 2024.

    Returns
    -------
    tuple of Event
        Whole ones first, then those that gave most of themselves, then parts; by code. Empty where
        no older edition has the level.

    Raises
    ------
    UnknownEdition, UnknownArea
        Where there is no such area.

    Examples
    --------
    >>> from geo.editions import EDITION_2025
    >>> [event.name_vi for event in predecessors(EDITION_2025, "48")]
    ['Thành phố Đà Nẵng', 'Tỉnh Quảng Nam']
    """
    units = _units(edition, code)
    found = (
        _event(link, _into(key), _older(link))
        for key in TABLES
        if key[2:] in units
        for link in _ordered(_into(key).get(code, ()))
    )
    return tuple(found)


def successors(edition: str, code: str) -> tuple[Event, ...]:
    """List what became of an area, one edition on.

    Parameters
    ----------
    edition, code
        The area, or a commune of before July 2025 under edition 2024.

    Returns
    -------
    tuple of Event
        The largest share first, where shares are known, else by code. Empty where no newer edition
        has the level.

    Raises
    ------
    UnknownEdition, UnknownArea
        Where there is no such area.
    """
    units = _units(edition, code)
    found = (
        _event(link, _into(key), _newer(link))
        for key in TABLES
        if key[:2] in units
        for link in _ordered(_out_of(key).get(code, ()))
    )
    return tuple(found)


def lineage(edition: str, code: str) -> tuple[Event, ...]:
    """Follow an area through every edition, back to the oldest and on to the newest.

    Raises
    ------
    UnknownEdition, UnknownArea
        Where there is no such area.
    """
    order = [one.id for one in editions()]
    back = _followed(edition, code, predecessors)
    back.sort(key=lambda event: order.index(event.edition))
    return (*back, *_followed(edition, code, successors))


def _followed(
    edition: str, code: str, step: Callable[[str, str], tuple[Event, ...]]
) -> list[Event]:
    found: dict[tuple[str, str], Event] = {}
    waiting = [(edition, code)]
    for unit in waiting:
        for event in step(*unit):
            if (event.edition, event.code) not in found:
                found[event.edition, event.code] = event
                waiting.append((event.edition, event.code))
    return list(found.values())


def _units(edition: str, code: str) -> set[tuple[str, Level]]:
    """Say as what a code is known: an island district can stand for its commune, too."""
    found: set[tuple[str, Level]] = set()
    if has_area(edition, code):
        found.add((edition, area(edition, code).level))
    if edition == EDITION_2024 and code in read_old_communes():
        found.add((edition, Level.COMMUNE))
    if not found:
        area(edition, code)  # raises, and says what there is
    return found


@cache
def _into(key: Key) -> Groups:
    return grouped(links_of(key), "to_code")


@cache
def _out_of(key: Key) -> Groups:
    return grouped(links_of(key), "from_code")


def _ordered(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (_ORDER[link.extent], -(link.share_area or 0)))


def _older(link: Link) -> tuple[str, str]:
    return link.from_edition, link.from_code


def _newer(link: Link) -> tuple[str, str]:
    return link.to_edition, link.to_code


def _event(link: Link, members: Groups, other: tuple[str, str]) -> Event:
    unit = _unit(*other)
    return Event(
        edition=other[0],
        code=other[1],
        name_vi=unit.name_vi,
        name_en=unit.name_en,
        level=unit.level if isinstance(unit, Area) else Level.COMMUNE,
        kind=_kind(link, alone=len(members[link.to_code]) == 1),
        extent=link.extent,
        date=date.fromisoformat(link.effective) if len(link.effective) == FULL_DAY else None,
        when=link.effective,
        resolution=link.resolution or None,
        origin=link.origin,
        note=link.note,
    )


def _kind(link: Link, *, alone: bool) -> Kind:
    if link.extent is not Extent.WHOLE:
        return Kind.SPLIT
    if not alone:
        return Kind.MERGED
    old, new = _unit(*_older(link)), _unit(*_newer(link))
    if _plain(old.short_vi) != _plain(new.short_vi):
        return Kind.RENAMED
    if old.type == new.type:
        return Kind.SAME
    up = RANKS.get(new.type, -1) > RANKS.get(old.type, -1)
    return Kind.UPGRADED if up else Kind.RENAMED


def _unit(edition: str, code: str) -> Unit:
    return area(edition, code) if has_area(edition, code) else read_old_communes()[code]


@cache
def _plain(name: str) -> str:
    """Take the marks off: Hoà and Hòa, Pắc and Pác are spellings of one name."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class Kind(StrEnum):
    """What happened between an area and the one before or after it."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    UPGRADED = "upgraded"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one step to an earlier or a later area.

    Attributes
    ----------
    edition, code, name_vi, name_en, level
        The other area. Communes of before July 2025 have edition 2024.
    kind
        What happened: the older of the two was divided (split), went with others into the newer one
        (merged), got another name (renamed) or a higher type (upgraded), or nothing (same).
    extent
        How much of the older area went into the newer one.
    date
        First day of the newer state; None where the day is unknown or nothing changed.
    when
        The same as it is known: a day, only a year, or empty.
    resolution
        The resolution, where it is known for certain.
    origin
        Ids of the origins, joined by ``|``.
    note
        Caveat for the reader, in Vietnamese.
    """

    edition: str
    code: str
    name_vi: str
    name_en: str
    level: Level
    kind: Kind
    extent: Extent
    date: date | None
    when: str
    resolution: str | None
    origin: str
    note: str
