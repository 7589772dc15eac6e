"""Find the entries of a name: one index per edition and level, made when first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geo.editions import Area, Level, area, editions
from geo.names.entries import entries
from geo.names.entry import Entry, Kind
from geo.names.text import EXACT, Key, disagreement

MATCHED_LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class Index:
    """Hold the names of one level of an edition by their base letters.

    Attributes
    ----------
    by_bare
        Entries with the same letters, whatever their diacritics.
    types
        Every type of area that a name of this level may be written with.
    """

    edition: str
    level: Level
    by_bare: dict[str, tuple[Entry, ...]]
    types: frozenset[str]

    def codes(self, bare: str) -> frozenset[str]:
        """List the areas that any name of these letters may mean."""
        return frozenset(code for entry in self.by_bare.get(bare, ()) for code in entry.targets)

    def official(self) -> Iterator[Entry]:
        """Iterate over the official names."""
        for group in self.by_bare.values():
            yield from (entry for entry in group if entry.kind is Kind.OFFICIAL)


@cache
def index(edition: str, level: Level) -> Index:
    """Make the index of a level of an edition.

    Raises
    ------
    UnknownEdition, UnknownLevel
        Where they do not exist.
    """
    by_bare: dict[str, tuple[Entry, ...]] = {}
    types: set[str] = set()
    for entry in entries(edition, level):
        by_bare[entry.key.bare] = (*by_bare.get(entry.key.bare, ()), entry)
        types |= entry.types | entry.other_types
    return Index(edition, level, by_bare, frozenset(types))


def elsewhere(
    key: Key,
    edition: str,
    level: Level,
    *,
    types: frozenset[str] | None = None,
    exact: bool = False,
) -> Iterator[Area]:
    """Find areas of that name at other levels, then in other editions.

    Parameters
    ----------
    edition, level
        What is left out; other levels of the edition come first, then the level elsewhere.
    types
        Keep only areas of these types.
    exact
        Keep only areas whose diacritics are the same.

    Yields
    ------
    Area
        Each with its official name.
    """
    for unit, entry in sorted(
        _everywhere().get(key.bare, ()),
        key=lambda pair: (pair[0].edition != edition, pair[0].level is not level),
    ):
        if (unit.edition, unit.level) == (edition, level):
            continue
        fits = not entry.needs_type if types is None else bool(types & entry.types)
        if fits and (not exact or disagreement(key, entry.key) == EXACT):
            yield unit


@cache
def _everywhere() -> dict[str, list[tuple[Area, Entry]]]:
    """Group official names by their letters: newest edition, highest level first."""
    found: dict[str, list[tuple[Area, Entry]]] = {}
    for edition in reversed(editions()):
        for level in edition.levels:
            if level in MATCHED_LEVELS:
                for entry in index(edition.id, level).official():
                    unit = area(edition.id, entry.targets[0])
                    found.setdefault(entry.key.bare, []).append((unit, entry))
    return found
