"""List the other names and spellings that the areas of an edition are known by."""

from __future__ import annotations

from functools import cache

from geo.editions import Level, areas
from geo.names.entry import Kind
from geo.names.index import index


@cache
def spellings(edition: str, level: Level) -> dict[str, tuple[tuple[str, bool], ...]]:
    """Map codes to what else areas are called, units of the past left out.

    Returns
    -------
    dict
        Names without type word, each with whether it is meant only where the type is written; those
        with a word cut to its letter left out.
    """
    found: dict[str, dict[tuple[str, bool], None]] = {a.code: {} for a in areas(edition, level)}
    for group in index(edition, level).by_bare.values():
        for entry in group:
            if entry.kind is Kind.ALIAS and not entry.dotted:
                for code in entry.targets:
                    found[code][entry.name, entry.needs_type] = None
    return {code: tuple(names) for code, names in found.items()}
