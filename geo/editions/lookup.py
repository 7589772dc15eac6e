"""Look editions and areas up; the tables are read once, when they are first asked for."""

from __future__ import annotations

from functools import cache

from geo.editions.read import (
    AreaIndex,
    read_areas,
    read_editions,
)
from geo.editions.records import (
    Area,
    Edition,
    Level,
    UnknownArea,
    UnknownEdition,
    UnknownLevel,
)


def editions() -> tuple[Edition, ...]:
    """List the editions, oldest first.

    Returns
    -------
    tuple of Edition
        Every edition there is.
    """
    return tuple(_editions().values())


def edition(id: str) -> Edition:  # noqa: A002 - the field of the record
    """Find an edition by its id.

    Parameters
    ----------
    id
        For example `EDITION_2024`.

    Raises
    ------
    UnknownEdition
        Where there is none of that id.
    """
    try:
        return _editions()[id]
    except KeyError:
        raise UnknownEdition("edition", edition=id, allowed=", ".join(_editions())) from None


def areas(edition: str, level: Level | None = None, parent: str | None = None) -> tuple[Area, ...]:
    """List the areas of an edition, in the official order of their codes.

    Parameters
    ----------
    level
        Keep only this level. None keeps all; with `parent`, it means the level below the parent.
    parent
        Keep only what lies in this area: its own children, or any deeper level asked for. A region
        counts as holding its provinces and what lies in them.

    Returns
    -------
    tuple of Area
        The same object on every call. Empty where the level is not below the parent.

    Raises
    ------
    UnknownEdition, UnknownLevel, UnknownArea
        Where edition, level or parent do not exist; the sentence says what does.
    """
    if level is not None:
        level = _level(edition, level)
    if parent is None:
        return _all(edition, level)
    holder = area(edition, parent)
    level = level or child_level(edition, holder.level)
    return _index(edition).within.get((level, parent), ()) if level else ()


def area(edition: str, code: str) -> Area:
    """Find the area of a code in an edition.

    Parameters
    ----------
    code
        Code with its leading zeros, "VN" or a region's code.

    Raises
    ------
    UnknownEdition
        Where there is no such edition.
    UnknownArea
        Where the edition has no such code; says which editions have it.
    """
    found = _index(edition).by_code.get(code)
    if found is not None:
        return found
    having = [other.id for other in editions() if code in _index(other.id).by_code]
    key = "area_elsewhere" if having else "area"
    raise UnknownArea(key, code=code, edition=edition, having=", ".join(having))


def has_area(edition: str, code: str) -> bool:
    """Say whether an edition has a code.

    Returns
    -------
    bool
        True where `area` would find it.

    Raises
    ------
    UnknownEdition
        Where there is no such edition.
    """
    return code in _index(edition).by_code


def child_level(edition: str, level: Level) -> Level | None:
    """Say which level lies one step below another.

    Parameters
    ----------
    level
        A level the edition has.

    Returns
    -------
    Level or None
        Below both the country and a region it is the province. None at the lowest level.

    Raises
    ------
    UnknownEdition, UnknownLevel
        Where edition or level do not exist.
    """
    level = _level(edition, level)
    below = [lower for lower in _editions()[edition].levels if lower is not Level.REGION]
    if level is Level.REGION:
        return Level.PROVINCE
    position = below.index(level) + 1
    return below[position] if position < len(below) else None


@cache
def _editions() -> dict[str, Edition]:
    return read_editions()


@cache
def _index(edition_id: str) -> AreaIndex:
    return read_areas(edition(edition_id).id)


@cache
def _all(edition_id: str, level: Level | None) -> tuple[Area, ...]:
    found = _index(edition_id).by_code.values()
    return tuple(area for area in found if level is None or area.level is level)


def _level(edition_id: str, level: Level) -> Level:
    levels = edition(edition_id).levels
    if level not in levels:
        allowed = ", ".join(levels)
        raise UnknownLevel("level", level=str(level), edition=edition_id, allowed=allowed)
    return Level(level)


def children(area: Area) -> tuple[Area, ...]:
    """List the areas one step further down.

    Returns
    -------
    tuple of Area
        In the order of their codes; empty at the lowest level.
    """
    return areas(area.edition, parent=area.code)


def path(area: Area) -> tuple[Area, ...]:
    """Trace an area from the country down to itself.

    Returns
    -------
    tuple of Area
        Country first, the area last; regions are left out unless the area is one.
    """
    found = [area]
    while (above := _above(found[-1])) is not None:
        found.append(above)
    return tuple(reversed(found))


def _above(unit: Area) -> Area | None:
    return None if unit.parent is None else area(unit.edition, unit.parent)


def regions(edition: str) -> tuple[Area, ...]:
    """List the regions of an edition.

    Returns
    -------
    tuple of Area
        Six; those of the 63 and of the 34 provinces differ.

    Raises
    ------
    UnknownEdition
        Where there is no such edition.
    """
    return areas(edition, Level.REGION)
