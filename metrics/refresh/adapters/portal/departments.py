"""Which areas the departments of the portal are: by name, its code as second check."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from base.folders import DATA
from geo.editions import TYPE_WORDS, Area, Level, area
from geo.names import Method, resolve_many, tidy

_CODES: Final = DATA / "names" / "portal_departments.csv"
# Every one is the area's own name; the name of a part of it is another matter.
_SURE: Final = frozenset(
    {
        Method.NAME,
        Method.ALIAS,
        Method.NO_DIACRITICS,
        Method.DIACRITICS_DIFFER,
        Method.TYPE_DIFFERS,
    }
)


@cache
def provinces() -> Mapping[str, Area]:
    """Return the provinces by the portal's codes, in the order of these."""
    with _CODES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: area(row["edition"], row["area"]) for row in csv.DictReader(file)}


@dataclass(slots=True)
class Placed:
    """What was found of a list of departments.

    Attributes
    ----------
    areas
        By code of the department.
    retyped
        Names that another type of unit is written before; name and code agree on the area.
    former
        Names of units that are part of an area today.
    unknown
        Names that are none of an area.
    apart
        Names that say another area than the code does, and names of one area or code twice.
    """

    areas: dict[str, Area] = field(default_factory=dict)
    retyped: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


def place(named: Sequence[tuple[str, str]], within: str | None) -> Placed:
    """Find the areas of departments.

    Parameters
    ----------
    named
        Code and name of each.
    within
        Portal's code of the province that they lie in; None where they are provinces.
    """
    home = provinces()[within] if within else None
    edition = next(iter(provinces().values())).edition
    read = resolve_many(
        [name for _, name in named],
        [home.name_vi] * len(named) if home else None,
        edition=edition,
        level=Level.COMMUNE if home else Level.PROVINCE,
    )
    placed, times = Placed(), Counter(code for code, _ in named)
    for (code, name), found, method in zip(
        named, read["area_code"], read["match_method"], strict=True
    ):
        sure = Method(method) in _SURE
        if times[code] > 1 or (within and not code.startswith(f"{within}.")):
            placed.apart.append(f"{name} ({code})")
        elif home and sure:
            placed.areas[code] = area(edition, found)
        elif home is None and code in provinces():
            _province(placed, code, name, found if sure else None)
        elif Method(method) is Method.PREDECESSOR:
            placed.former.append(f"{name} ({code})")
        else:
            placed.unknown.append(f"{name} ({code})")
    _once(placed, dict(named))
    return placed


def _province(placed: Placed, code: str, name: str, found: str | None) -> None:
    expected = provinces()[code]
    if found == expected.code:
        placed.areas[code] = expected
    elif found is None and _retyped(name, expected):
        placed.areas[code] = expected
        placed.retyped.append(name)
    else:
        placed.apart.append(f"{name} ({code})")


def _retyped(name: str, expected: Area) -> bool:
    """Tell whether a name is that of an area behind the word of another type of unit."""
    written = tidy(name).casefold()
    words = (word.vi for word in TYPE_WORDS.values())
    return written in {f"ubnd {word} {expected.short_vi}".casefold() for word in words}


def _once(placed: Placed, names: Mapping[str, str]) -> None:
    """Take out areas that two departments name: neither is known to be it."""
    found = [area.code for area in placed.areas.values()]
    for code, unit in list(placed.areas.items()):
        if found.count(unit.code) > 1:
            del placed.areas[code]
            placed.apart.append(f"{names[code]} ({code})")
