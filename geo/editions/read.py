"""Read the tables of data/editions into records, indexed for look-ups in constant time."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path

from base.folders import DATA
from geo.editions.records import Area, Edition, Level

EDITIONS_DIR = DATA / "editions"
EDITION_COLUMNS = tuple(field.name for field in fields(Edition))
AREA_COLUMNS = tuple(field.name for field in fields(Area))
LEVEL_SEPARATOR = "|"

_day = lru_cache(maxsize=None)(date.fromisoformat)


@dataclass(frozen=True, slots=True)
class AreaIndex:
    """Hold the areas of one edition, ready to be looked up.

    Attributes
    ----------
    by_code
        Every area by its code, in the order of the file.
    within
        Areas by (level, ancestor): those of a level that lie in an area, be it their parent, their
        region or the country.
    """

    by_code: dict[str, Area]
    within: dict[tuple[Level, str], tuple[Area, ...]]


def read_editions(folder: Path = EDITIONS_DIR) -> dict[str, Edition]:
    """Read the editions, oldest first.

    Raises
    ------
    ValueError
        Where the columns or a row are not as they must be; names file and line.
    """
    found: dict[str, Edition] = {}
    path = folder / "editions.csv"
    for line, row in _rows(path, EDITION_COLUMNS):
        try:
            levels = tuple(Level(name) for name in row[5].split(LEVEL_SEPARATOR))
            found[row[0]] = Edition(row[0], row[1], row[2], _day(row[3]), _date(row[4]), levels)
        except ValueError as error:
            raise ValueError(f"{path.name}, line {line} ({row[0]}): {error}") from error
    return found


def read_areas(edition: str, folder: Path = EDITIONS_DIR) -> AreaIndex:
    """Read and index the areas of one edition.

    Parameters
    ----------
    folder
        Where areas_<edition>.csv is.

    Returns
    -------
    AreaIndex
        The areas in the order of the file: from the country down, each level by code.

    Raises
    ------
    ValueError
        Where the columns or a row are not as they must be; names file and line.
    """
    path = folder / f"areas_{edition}.csv"
    by_code: dict[str, Area] = {}
    for line, row in _rows(path, AREA_COLUMNS):
        try:
            area = _area(row)
        except ValueError as error:
            raise ValueError(f"{path.name}, line {line} ({row[1]}): {error}") from error
        if area.edition != edition or area.code in by_code:
            raise ValueError(
                f"{path.name}, line {line}: edition {area.edition!r}, code {area.code!r}; "
                f"every row must be of edition {edition!r} and every code must occur once"
            )
        by_code[area.code] = area
    groups: dict[tuple[Level, str], list[Area]] = defaultdict(list)
    for area in by_code.values():
        for ancestor in _ancestors(area, by_code):
            groups[area.level, ancestor].append(area)
    return AreaIndex(by_code, {key: tuple(group) for key, group in groups.items()})


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = tuple(next(reader, ()))
        if header != columns:
            raise ValueError(f"{path.name}: columns are {header}; they must be {columns}")
        rows = list(enumerate(reader, start=2))
    for line, row in rows:
        if len(row) != len(columns):
            raise ValueError(
                f"{path.name}, line {line}: {len(row)} cells instead of {len(columns)}"
            )
    return rows


def _date(text: str) -> date | None:
    return _day(text) if text else None


def _area(row: list[str]) -> Area:
    return Area(
        edition=row[0],
        code=row[1],
        level=Level(row[2]),
        name_vi=row[3],
        name_en=row[4],
        type=row[5],
        parent=row[6] or None,
        region=row[7] or None,
        area_km2=float(row[8]) if row[8] else None,
        population=int(row[9]) if row[9] else None,
        lon=float(row[10]) if row[10] else None,
        lat=float(row[11]) if row[11] else None,
        valid_from=_date(row[12]),
        valid_to=_date(row[13]),
    )


def _ancestors(area: Area, by_code: dict[str, Area]) -> set[str]:
    found = {area.region} if area.region else set()
    code = area.parent
    while code is not None:
        if code not in by_code:
            raise ValueError(
                f"area {area.code!r} of edition {area.edition!r} has parent {code!r}, which is not "
                "an area of the edition above it in the file"
            )
        found.add(code)
        code = by_code[code].parent
    return found
