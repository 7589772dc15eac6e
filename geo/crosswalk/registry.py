"""Which crosswalks there are, and how each is made from the tables and from one another."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from geo.crosswalk.algebra import back, chain, whole
from geo.crosswalk.read import read_links, read_old_communes
from geo.crosswalk.records import Crosswalk, Link, NoCrosswalkError, Weight
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, Level, area, areas, has_area

Key = tuple[str, Level, str, Level]
Links = tuple[Link, ...]

# Levels of the editions as they are met below.
P19, P24, P25 = ((id_, Level.PROVINCE) for id_ in (EDITION_2019, EDITION_2024, EDITION_2025))
D19, D24 = ((id_, Level.DISTRICT) for id_ in (EDITION_2019, EDITION_2024))
C24, C25 = ((id_, Level.COMMUNE) for id_ in (EDITION_2024, EDITION_2025))

TABLES: tuple[Key, ...] = ((*P19, *P24), (*P24, *P25), (*D19, *D24), (*C24, *C25))
PARENTS: tuple[Key, ...] = ((*D19, *P19), (*D24, *P24), (*C25, *P25))
PARENT_ORIGIN = "crosswalk-parents"


def make(key: Key) -> Crosswalk:
    """Make the crosswalk of a pair.

    Returns
    -------
    Crosswalk
        Its links in the order of their codes.

    Raises
    ------
    NoCrosswalkError
        Where there is none; lists what there is.
    """
    maker = makers().get(key)
    if maker is None:
        there_is = "; ".join(f"{a} {b} → {c} {d}" for a, b, c, d in makers())
        names = ("from_edition", "level_from", "to_edition", "level_to")
        raise NoCrosswalkError("none", **dict(zip(names, key, strict=True)), known=there_is)
    from_edition, level_from, to_edition, level_to = key
    return Crosswalk(
        from_edition,
        to_edition,
        level_from,
        level_to,
        codes(from_edition, level_from),
        codes(to_edition, level_to),
        links_of(key),
    )


@cache
def links_of(key: Key) -> Links:
    """Give the links of a pair that exists, in the order of their codes."""
    return tuple(sorted(makers()[key](), key=lambda link: (link.from_code, link.to_code)))


@cache
def makers() -> dict[Key, Callable[[], Links]]:
    """List what can be made: first what is read, then what follows from it."""
    found: dict[Key, Callable[[], Links]] = {}
    for key in TABLES:
        found[key] = lambda key=key: read_links(key[1], key[0], key[2])  # type: ignore[misc]
    for key in PARENTS:
        found[key] = lambda key=key: _parents(*key)  # type: ignore[misc]
    found[*C24, *D24] = lambda: _old_parents(Level.DISTRICT)
    found[*C24, *P24] = lambda: _old_parents(Level.PROVINCE)
    for one, between, other in (
        (P19, P24, P25),
        (D19, D24, P24),
        (D24, P24, P25),
        (D19, P24, P25),
        (C24, P24, P25),
    ):
        found[*one, *other] = _chained((*one, *between), (*between, *other))
    for newer, older in ((P25, P24), (P24, P19), (D24, D19), (C25, C24)):
        found[*newer, *older] = _turned((*older, *newer))
    found[*P25, *P19] = _chained((*P25, *P24), (*P24, *P19))
    return found


def codes(edition: str, level: Level) -> tuple[str, ...]:
    """List the units of a level, those of the old communes included, in official order."""
    if (edition, level) == C24:
        return tuple(read_old_communes())
    return tuple(unit.code for unit in areas(edition, level))


def size_of(edition: str) -> Callable[[str, Weight], float | None]:
    """Give the function that tells the size of a unit (km², persons); None where unknown."""

    def size(code: str, weight: Weight) -> float | None:
        if not has_area(edition, code):
            return None
        unit = area(edition, code)
        return unit.area_km2 if weight is Weight.AREA else unit.population

    return size


def _chained(first: Key, second: Key) -> Callable[[], Links]:
    return lambda: chain(links_of(first), links_of(second))


def _turned(key: Key) -> Callable[[], Links]:
    return lambda: back(links_of(key), size_of(key[0]))


def _parents(from_edition: str, level_from: Level, to_edition: str, _: Level) -> Links:
    return tuple(
        whole(from_edition, unit.code, to_edition, unit.parent, PARENT_ORIGIN)
        for unit in areas(from_edition, level_from)
        if unit.parent is not None
    )


def _old_parents(level: Level) -> Links:
    return tuple(
        whole(
            EDITION_2024,
            unit.code,
            EDITION_2024,
            unit.district if level is Level.DISTRICT else unit.province,
            PARENT_ORIGIN,
        )
        for unit in read_old_communes().values()
    )
