"""Read the tables of data/names: aliases, successors, units of the past, words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from base.folders import DATA
from geo.editions import Level

NAMES_DIR = DATA / "names"
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Alias:
    """Hold another spelling of an area, in the edition where it is stated."""

    edition: str
    level: Level
    code: str
    alias: str
    kind: str


@dataclass(frozen=True, slots=True)
class Successor:
    """Hold what an area of an older edition became in a newer one.

    Attributes
    ----------
    edition, new_code
        The newer edition and the area in it.
    old_edition, old_code
        The older area.
    extent
        How much of the older area went there: whole, most or part.
    """

    edition: str
    level: Level
    old_edition: str
    old_code: str
    new_code: str
    extent: str


@dataclass(frozen=True, slots=True)
class OldUnit:
    """Hold a unit that no edition has: dissolved before the first one.

    Attributes
    ----------
    name
        With its type word.
    needs_type
        Only meant where the type is written: Cần Thơ is a city, tỉnh Cần Thơ was split.
    codes
        The areas, of the latest edition with that level, which it went to.
    extent
        renamed; whole, where all of it is now a part of one area; split, where it went to several.
    until
        Its last year or day.
    """

    level: Level
    name: str
    needs_type: bool
    codes: tuple[str, ...]
    extent: str
    until: str


@dataclass(frozen=True, slots=True)
class TypeWord:
    """Hold a word for a type of area and where it may stand: before, after, both or letter."""

    word: str
    types: frozenset[str]
    position: str


@cache
def aliases() -> tuple[Alias, ...]:
    """List the other spellings of areas."""
    return tuple(
        Alias(row["edition"], Level(row["level"]), row["code"], row["alias"], row["kind"])
        for row in _rows("aliases.csv")
    )


@cache
def iso_codes() -> dict[str, Alias]:
    """Map ISO 3166-2 codes to provinces."""
    return {
        row["alias"]: Alias(row["edition"], Level(row["level"]), row["code"], row["alias"], "code")
        for row in _rows("iso_3166_2.csv")
    }


@cache
def searched() -> dict[tuple[str, str], tuple[str, ...]]:
    """Map edition and code to what people also search a place by; tables are not matched so."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in _rows("searched.csv"):
        key = row["edition"], row["code"]
        found[key] = (*found.get(key, ()), row["name"])
    return found


@cache
def successors() -> tuple[Successor, ...]:
    """List what the areas of older editions became."""
    return tuple(
        Successor(
            row["edition"],
            Level(row["level"]),
            row["old_edition"],
            row["old_code"],
            row["new_code"],
            row["extent"],
        )
        for path in sorted(NAMES_DIR.glob("*_successors_*.csv"))
        for row in _rows(path.name)
    )


@cache
def old_units() -> tuple[OldUnit, ...]:
    """List the units dissolved before the first edition."""
    return tuple(
        OldUnit(
            Level(row["level"]),
            row["name"],
            row["needs_type"] == "yes",
            tuple(row["codes"].split(SEPARATOR)),
            row["extent"],
            row["until"],
        )
        for row in _rows("old_units.csv")
    )


@cache
def commune_old_provinces() -> dict[str, frozenset[str]]:
    """Map communes of united provinces to the old provinces their land lay in."""
    return {
        row["code"]: frozenset(row["old_provinces"].split(SEPARATOR))
        for row in _rows("commune_old_provinces_2025.csv")
    }


@cache
def type_words() -> tuple[TypeWord, ...]:
    """List the words for types of areas, longest first."""
    words = [
        TypeWord(row["word"], frozenset(row["types"].split(SEPARATOR)), row["position"])
        for row in _rows("type_words.csv")
    ]
    return tuple(sorted(words, key=lambda word: -len(word.word)))


@cache
def not_places() -> tuple[tuple[str, str, str], ...]:
    """List what stands in columns of places without being one: (kind, form, text)."""
    return tuple((row["kind"], row["form"], row["text"]) for row in _rows("not_places.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = NAMES_DIR / name
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            if None in row or None in row.values():
                raise ValueError(f"{path.name}, line {line}: the row does not have every column")
            yield row
