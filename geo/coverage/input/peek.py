"""Look into a file before it is used: its columns, what they are taken for, the first rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from base.reading import AUTO
from geo.coverage.ground import CoverageError
from geo.coverage.input.columns import FIELDS, columns, texts
from geo.coverage.input.csv import read_csv
from geo.coverage.input.files import first_bytes, is_csv, read_file
from geo.coverage.input.problems import Problems
from geo.coverage.input.raw import Asked, Limits, Raw

if TYPE_CHECKING:
    import pandas as pd

# Of a CSV file no more is read than this; the other forms are read whole.
_HEAD_BYTES: Final = 256 * 1024
_SAMPLE_ROWS: Final = 3
_LONGEST_CELL: Final = 60


@dataclass(frozen=True, slots=True)
class Peek:
    """What a file seems to hold.

    Attributes
    ----------
    columns
        Names of its columns.
    found
        From keys of `geo.coverage.input.columns.FIELDS` to the column that is taken for it.
    sample
        The first rows, cell by cell.
    shapes
        Whether it has geometry.
    encoding
        How its text was read, where that was found out and is not Unicode; else "".
    missing
        What it cannot be used without and was not found: "place", "shapes", "dbm"; of claims and
        measurements "claims", "figure", "operator", "date".
    """

    columns: tuple[str, ...]
    found: Mapping[str, str]
    sample: tuple[tuple[str, ...], ...]
    shapes: bool
    encoding: str
    missing: tuple[str, ...]


def peek(
    path: Path,
    what: str,
    *,
    name: str = "",
    crs: str = "",
    encoding: str = AUTO,
    limits: Limits | None = None,
) -> Peek:
    """Look into a file.

    Parameters
    ----------
    path, name
        The file, and what messages call it.
    what
        A key of `FIELDS`: what the file is meant to be.
    crs, encoding, limits
        As of `geo.coverage.input.files.read_file`.

    Raises
    ------
    CoverageError
        Where it cannot be read at all.
    """
    problems = Problems()
    asked = Asked(name or path.name, crs, encoding, limits or Limits())
    head = first_bytes(path, asked)
    if is_csv(head):
        raw = _beginning(path, problems, asked)
    else:
        raw = read_file(
            path, problems, name=asked.name, crs=crs, encoding=encoding, limits=asked.limits
        )
    told = problems.frame()
    said = told.loc[told["reason"] == "encoding_read", "value"]
    found = recognised(raw.frame, what)
    return Peek(
        tuple(str(column) for column in raw.frame.columns),
        found,
        _sample(raw),
        raw.geometry is not None,
        str(said.iloc[0]) if len(said) else "",
        missing(found, what, shapes=raw.geometry is not None),
    )


def _beginning(path: Path, problems: Problems, asked: Asked) -> Raw:
    """Read whole lines of the beginning of a CSV file."""
    with path.open("rb") as stream:
        data = stream.read(_HEAD_BYTES)
    if len(data) == _HEAD_BYTES and b"\n" in data and b"\0" not in data[:4096]:
        data = data[: data.rindex(b"\n") + 1]
    return read_csv(data, problems, asked)


def recognised(frame: pd.DataFrame, what: str) -> dict[str, str]:
    """Tell what the columns are taken for; one that could be several is left open."""
    found: dict[str, str] = {}
    for field in FIELDS[what]:
        try:
            found |= columns(frame, field)
        except CoverageError:  # two columns could be meant: their owner says which
            continue
    if {"lon", "lat"} <= set(found):
        found.pop("point", None)
    return found


def missing(found: Mapping[str, str], what: str, *, shapes: bool) -> tuple[str, ...]:
    """Name what a file cannot be used without: a place, and of measurements the strength."""
    placed = shapes or "point" in found or {"lon", "lat"} <= set(found)
    if what == "claims":
        lacking = [] if shapes or "id" in found else ["claims"]
        return (*lacking, *(name for name in ("operator", "date") if name not in found))
    if what == "settlements":
        placed = placed or bool({"area", "commune"} & set(found))
    lacking = [] if placed or what == "polygons" else ["place"]
    if what == "polygons" and not shapes:
        lacking.append("shapes")
    if what == "measurements" and "dbm" not in found:
        lacking.append("dbm")
    if what == "facts":
        lacking += [] if {"dbm", "mbps", "complaint"} & set(found) else ["figure"]
        lacking += [name for name in ("operator", "date") if name not in found]
    return tuple(lacking)


def _sample(raw: Raw) -> tuple[tuple[str, ...], ...]:
    first = raw.frame.head(_SAMPLE_ROWS)
    cells = [texts(first, str(column)) for column in first.columns]
    rows = np.array(cells, dtype=object).T if cells else np.empty((0, 0), dtype=object)
    return tuple(tuple(str(cell)[:_LONGEST_CELL] for cell in row) for row in rows)
