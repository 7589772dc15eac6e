"""The only home of edition, level, area code, parent and region.

Areas are (edition, code): the same code can be another place in another edition (15, 44 and 91
among provinces; 769, 682 and 753 among districts), so every look-up names the edition.
"""

from __future__ import annotations

from geo._editions_codes import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    TRUONG_SA,
)
from geo._editions_lookup import area, areas, child_level, edition, editions, has_area
from geo._editions_lookup import area as _area
from geo._editions_read import AREA_COLUMNS, EDITION_COLUMNS, EDITIONS_DIR
from geo._editions_records import (
    TYPE_WORDS,
    Area,
    Edition,
    Level,
    TypeWords,
    UnknownArea,
    UnknownEdition,
    UnknownLevel,
)

__all__ = [
    "AREA_COLUMNS",
    "COUNTRY_CODE",
    "EDITIONS_DIR",
    "EDITION_2019",
    "EDITION_2024",
    "EDITION_2025",
    "EDITION_COLUMNS",
    "HOANG_SA",
    "TRUONG_SA",
    "TYPE_WORDS",
    "Area",
    "Edition",
    "Level",
    "TypeWords",
    "UnknownArea",
    "UnknownEdition",
    "UnknownLevel",
    "area",
    "areas",
    "child_level",
    "children",
    "edition",
    "editions",
    "has_area",
    "path",
    "regions",
]


def children(area: Area) -> tuple[Area, ...]:
    """List the areas one step further down.

    Parameters
    ----------
    area
        The country or a region (gives provinces) or a province (gives districts or communes).

    Returns
    -------
    tuple of Area
        In the order of their codes; empty at the lowest level.
    """
    return areas(area.edition, parent=area.code)


def path(area: Area) -> tuple[Area, ...]:
    """Trace an area from the country down to itself.

    Parameters
    ----------
    area
        Any area.

    Returns
    -------
    tuple of Area
        Country first, the area last; regions are left out unless the area is one.
    """
    found = [area]
    while (above := found[-1].parent) is not None:
        found.append(_area(area.edition, above))
    return tuple(reversed(found))


def regions(edition: str) -> tuple[Area, ...]:
    """List the regions of an edition.

    Parameters
    ----------
    edition
        Id of the edition.

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
