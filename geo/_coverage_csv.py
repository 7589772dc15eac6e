"""Read CSV files of unknown hands: delimiter, header, rows that do not fit, other encodings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo._coverage_columns import NAMES, key
from geo._coverage_geodesy import Ints
from geo._coverage_problems import Problems
from geo._coverage_raw import MAX_COLUMNS, Asked, Raw
from geo._coverage_records import CoverageError

if TYPE_CHECKING:
    import pandas as pd

# A header may stand below a few lines of titles.
HEADER_WITHIN: Final = 15
_KNOWN: Final = frozenset(name for names in NAMES.values() for name in names)
_DELIMITERS: Final = ",;\t|"
_OPENCELLID: Final = (
    *("radio", "mcc", "net", "area", "cell", "unit", "lon", "lat", "range", "samples"),
    *("changeable", "created", "updated", "averageSignal"),
)
_RADIOS: Final = frozenset({"GSM", "UMTS", "LTE", "NR", "CDMA", "NBIOT"})


def read_csv(data: bytes, problems: Problems, asked: Asked) -> Raw:
    """Read the bytes of a CSV file.

    Raises
    ------
    CoverageError
        Where it is too large, or mostly in another encoding.
    """
    from pyarrow import csv  # noqa: PLC0415

    name, limits = asked.name, asked.limits
    text = _decode(data, name, asked.encoding)
    above, delimiter = _header_line(text)
    text = text.split("\n", above)[-1]
    first = text.split("\n", 1)[0].rstrip("\r")
    cells = [cell.strip().strip('"') for cell in first.split(delimiter)]
    headless = len(cells) == len(_OPENCELLID) and cells[0].upper() in _RADIOS
    names = list(_OPENCELLID) if headless else _header(first, delimiter)
    if len(names) > MAX_COLUMNS:
        raise CoverageError("many_columns", file=name, limit=MAX_COLUMNS)
    wrong: list[tuple[int, str]] = []

    def skip(row: Any) -> str:
        wrong.append((row.number or 0, f"{row.actual_columns} ≠ {row.expected_columns}"))
        return "skip"

    table = csv.read_csv(
        io.BytesIO(text.encode()),
        read_options=csv.ReadOptions(use_threads=False, column_names=names, skip_rows=0),
        parse_options=csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            invalid_row_handler=skip,
            ignore_empty_lines=len(names) == 1,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, "string"), strings_can_be_null=False
        ),
    )
    lost = np.array([number for number, _ in wrong], dtype=np.int64)
    n = table.num_rows + len(lost)
    row = np.setdiff1d(np.arange(1, n + 1), lost) + above
    frame, lost = table.to_pandas(), lost + above
    if not headless:
        frame, row = frame.iloc[1:].reset_index(drop=True), row[1:]
    if len(frame) > limits.max_rows:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    problems.add(name, lost, "cells", values=[note for _, note in wrong])
    frame, row = _without_blank(frame, row)
    n = len(frame) + len(lost)
    frame, row = _without_undecoded(frame, row, problems, name)
    return Raw(name, frame, row, None, n)


def _header_line(text: str) -> tuple[int, str]:
    """Find the header below lines of titles: how many lines are above it, and the delimiter.

    It is the line, among the first, that names most columns that are known; the first line where
    none names two.
    """
    lines = text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
    delimiters = [max(_DELIMITERS, key=line.count) for line in lines]
    cells = [line.split(delimiter) for line, delimiter in zip(lines, delimiters, strict=True)]
    at = header_at(cells)
    return at, delimiters[at]


def header_at(rows: Sequence[Sequence[object]]) -> int:
    """Find the row that names most columns that are known; the first where none names two."""
    named = [sum(key(cell) in _KNOWN for cell in row) for row in rows]
    return named.index(max(named)) if max(named, default=0) >= 2 else 0


def _decode(data: bytes, name: str, encoding: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in data[:4096]:
        raise CoverageError("kind", file=name)
    try:
        return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    except LookupError as error:
        raise CoverageError("encoding_name", encoding=encoding) from error


def _header(line: str, delimiter: str) -> list[str]:
    import csv  # noqa: PLC0415

    return unique([cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])])


def unique(names: list[str]) -> list[str]:
    """Tell names apart that are missing or there twice, by their position."""
    # Names that are missing or there twice would be one column to Arrow.
    seen: dict[str, int] = {}
    for at, cell in enumerate(names):
        seen[cell] = seen.get(cell, 0) + 1
        if seen[cell] > 1 or not cell:
            names[at] = f"{cell or 'column'} ({at + 1})"
    return names


def _without_blank(frame: pd.DataFrame, row: Ints) -> tuple[pd.DataFrame, Ints]:
    """Leave out lines without anything in them."""
    blank = np.ones(len(frame), dtype=bool)
    for column in frame.columns:
        blank[blank] = (frame[column][blank] == "").to_numpy(dtype=bool)
    return frame[~blank].reset_index(drop=True), row[~blank]


def _without_undecoded(
    frame: pd.DataFrame, row: Ints, problems: Problems, name: str
) -> tuple[pd.DataFrame, Ints]:
    bad = np.zeros(len(frame), dtype=bool)
    for column in frame.columns:
        bad |= frame[column].str.contains("\ufffd", regex=False).to_numpy(dtype=bool)
    if not bad.any():
        return frame, row
    if bad.mean() > 0.5:
        raise CoverageError("encoding", file=name)
    problems.add(name, row[bad], "encoding")
    return frame[~bad].reset_index(drop=True), row[~bad]
