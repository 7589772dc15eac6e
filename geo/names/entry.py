"""The record of one name that an area of an edition may be called by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from geo.editions import TYPE_WORDS, Area
from geo.names.text import Key, fold, key, tidy

RENAMED, WHOLE, MOST, SPLIT = "renamed", "whole", "most", "split"


class Kind(Enum):
    """What a name is to its area: its own, another spelling, or the name of a unit of the past."""

    OFFICIAL = 1
    ALIAS = 2
    PAST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one name of an area, or of a unit of the past and what became of it.

    Attributes
    ----------
    name
        The name without type word, as it is spelt.
    key
        What identifies the name.
    kind
        What the name is to the area.
    targets
        The area's code; the codes of all successors of a unit of the past.
    types
        Types of area that the name may be written with.
    other_types
        Types that the same area has in other editions.
    provinces
        Code of the province, or of the province itself; empty above the provinces.
    old_provinces
        Provinces of the edition before that the land of a commune lay in.
    needs_type
        Whether the name means the area only with its type word (Quận 1).
    dotted
        Whether the first letter is an abbreviation and needs its dot (Q. Nam).
    label
        Name of the unit of the past, with its type word.
    extent
        What became of the unit of the past: `RENAMED`; `WHOLE` or `MOST` of it is now a part of
        the target; `SPLIT`.
    """

    name: str
    key: Key
    kind: Kind
    targets: tuple[str, ...]
    types: frozenset[str]
    other_types: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    old_provinces: frozenset[str] = frozenset()
    needs_type: bool = False
    dotted: bool = False
    label: str = ""
    extent: str = ""

    @property
    def code(self) -> str | None:
        """The one area meant; None where the unit was split."""
        return None if self.extent == SPLIT else self.targets[0]


def core_name(unit: Area) -> str:
    """Give the name of an area without its type word, even where it is a number."""
    words = TYPE_WORDS.get(unit.type)
    return unit.name_vi.removeprefix(words.vi + " ") if words else unit.name_vi


def name_key(name: str) -> Key:
    """Give the key of a name without type word."""
    return key(fold(tidy(name)))
