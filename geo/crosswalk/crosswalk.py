"""Links between the units of two editions: which became which, and how much of it went there.

Four tables of data/crosswalk are the ground: provinces 2019 → 2024 → 2025, districts 2019 → 2024
and communes before → after July 2025. The rest follows from them: chains, the province a unit lies
in, and the way back. How each was made is told in data/crosswalk/README.md and docs/crosswalk.md.
"""

from __future__ import annotations

from functools import cache

from geo.crosswalk import registry as _registry
from geo.crosswalk.old import OldCommune
from geo.crosswalk.read import read_old_communes
from geo.crosswalk.records import (
    FRAME_COLUMNS,
    Crosswalk,
    Extent,
    Link,
    Method,
    NoCrosswalkError,
    Relation,
    Weight,
)
from geo.editions import EDITION_2024, Level, UnknownArea

__all__ = [
    "FRAME_COLUMNS",
    "Crosswalk",
    "Extent",
    "Link",
    "Method",
    "NoCrosswalkError",
    "OldCommune",
    "Relation",
    "Weight",
    "available",
    "crosswalk",
    "old_commune",
    "old_communes",
]


@cache
def crosswalk(from_edition: str, to_edition: str, level_from: Level, level_to: Level) -> Crosswalk:
    """Give the crosswalk between the units of two editions.

    Parameters
    ----------
    from_edition, to_edition
        Ids of editions. The communes of before July 2025 are level commune of `EDITION_2024` here,
        and only here.

    Returns
    -------
    Crosswalk
        The same object on every call. Backwards (newer to older) the shares of a union are
        estimates: what is known of the union is not known of its parts.

    Raises
    ------
    NoCrosswalkError
        Where there is none for the pair; lists those there are.

    Examples
    --------
    >>> from geo.editions import EDITION_2025
    >>> made = crosswalk(EDITION_2024, EDITION_2025, Level.PROVINCE, Level.PROVINCE)
    >>> [link.from_code for link in made.members("48")]
    ['48', '49']
    """
    return _registry.make((from_edition, level_from, to_edition, level_to))


def available() -> tuple[tuple[str, Level, str, Level], ...]:
    """List the crosswalks there are.

    Returns
    -------
    tuple
        Of (edition, level) from and (edition, level) to, in four items.
    """
    return tuple(_registry.makers())


def old_communes() -> tuple[OldCommune, ...]:
    """List the communes of before July 2025.

    Returns
    -------
    tuple of OldCommune
        By code; five island districts that had no communes are among them, under their own code.
    """
    return tuple(read_old_communes().values())


def old_commune(code: str) -> OldCommune:
    """Find a commune of before July 2025.

    Parameters
    ----------
    code
        Its code, or that of an island district without communes.

    Raises
    ------
    UnknownArea
        Where there is none of that code.
    """
    found = read_old_communes().get(code)
    if found is None:
        raise UnknownArea("commune", code=code, edition=EDITION_2024)
    return found
