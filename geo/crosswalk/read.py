"""Read the tables of data/crosswalk."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from base.folders import DATA
from geo.crosswalk.old import OLD_COMMUNE_COLUMNS, OldCommune
from geo.crosswalk.records import Extent, Link
from geo.editions import EDITION_2024, Level

CROSSWALK_DIR = DATA / "crosswalk"
LINK_COLUMNS = (
    "from_code",
    "from_name",
    "to_code",
    "to_name",
    "extent",
    "share_count",
    "share_area",
    "share_population",
    "exact",
    "method",
    "effective",
    "resolution",
    "origin",
    "note",
)


def links_name(level: Level, from_edition: str, to_edition: str) -> str:
    """Name the table of a pair of editions."""
    return f"{level}_{from_edition}_{to_edition}.csv"


def old_communes_name() -> str:
    """Name the table of the communes of before July 2025."""
    return f"communes_{EDITION_2024}.csv"


def read_links(
    level: Level, from_edition: str, to_edition: str, folder: Path = CROSSWALK_DIR
) -> tuple[Link, ...]:
    """Read the links of one level between two editions.

    Parameters
    ----------
    folder
        Where it is.

    Returns
    -------
    tuple of Link
        In the order of the file.

    Raises
    ------
    ValueError
        Where the columns or a row are not as they must be; names file and line.
    """
    path = folder / links_name(level, from_edition, to_edition)
    found = []
    for line, row in _rows(path, LINK_COLUMNS):
        try:
            found.append(_link(row, from_edition, to_edition))
        except ValueError as error:
            raise ValueError(f"{path.name}, line {line} ({row[0]}): {error}") from error
    return tuple(found)


@cache
def read_old_communes(folder: Path = CROSSWALK_DIR) -> dict[str, OldCommune]:
    """Read the communes of before July 2025, by code.

    Raises
    ------
    ValueError
        Where the columns or a row are not as they must be; names file and line.
    """
    path = folder / old_communes_name()
    found: dict[str, OldCommune] = {}
    for line, row in _rows(path, OLD_COMMUNE_COLUMNS):
        if row[0] in found:
            raise ValueError(f"{path.name}, line {line}: code {row[0]!r} occurs a second time")
        found[row[0]] = OldCommune(*row)
    return found


def _link(row: list[str], from_edition: str, to_edition: str) -> Link:
    exact = {"yes": True, "no": False}.get(row[8])
    if exact is None:
        raise ValueError(f"exact is {row[8]!r}; it must be yes or no")
    return Link(
        from_edition,
        row[0],
        to_edition,
        row[2],
        Extent(row[4]),
        _share(row[5]),
        _share(row[6]),
        _share(row[7]),
        exact,
        row[9],
        row[12],
        row[10],
        row[11],
        row[13],
    )


def _share(text: str) -> float | None:
    if not text:
        return None
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(f"share is {text}; it must be between 0 and 1, or empty where unknown")
    return value


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = tuple(next(reader, ()))
        if header != columns:
            raise ValueError(f"{path.name}: columns are {header}; they must be {columns}")
        for line, row in enumerate(reader, start=2):
            if len(row) != len(columns):
                raise ValueError(
                    f"{path.name}, line {line}: {len(row)} cells instead of {len(columns)}"
                )
            yield line, row
