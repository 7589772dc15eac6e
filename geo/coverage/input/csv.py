"""Read CSV files of unknown hands: delimiter, header, rows that do not fit, other encodings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from base.reading import AUTO, LEGACY, LOST, Unreadable, decode
from geo.coverage.ground import Ints
from geo.coverage.input.columns import NAMES, heading
from geo.coverage.input.count import TITLES, check_records
from geo.coverage.input.problems import Problems
from geo.coverage.input.raw import MAX_COLUMNS, Asked, Raw

if TYPE_CHECKING:
    import pandas as pd

# A header may stand below a few lines of titles.
HEADER_WITHIN: Final = TITLES
HEADER_CHARS: Final = 65_536
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
    Unreadable
        Where it is too large, or mostly in another encoding.
    """
    from pyarrow import csv  # noqa: PLC0415

    name, limits = asked.name, asked.limits
    check_records(data, asked)
    decoded = decode(data, name, asked.encoding, lenient=True)
    text = decoded.text
    above, delimiter, header = _header_line(text)
    text = text.split("\n", above)[-1]
    headless = len(header) == len(_OPENCELLID) and header[0].strip().upper() in _RADIOS
    if not any(map(_said, header)):
        raise Unreadable("empty", file=name)
    names = list(_OPENCELLID) if headless else unique([cell.strip() for cell in header])
    if len(names) > MAX_COLUMNS:
        raise Unreadable("many_columns", file=name, limit=MAX_COLUMNS)
    wrong: list[tuple[int, str, int]] = []

    def skip(row: Any) -> str:
        note = f"{row.actual_columns} ≠ {row.expected_columns}"
        wrong.append((row.number or 0, note, str(row.text).strip("\r\n").count("\n")))
        return "skip" if len(wrong) <= limits.max_rows else "error"

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
    lost = np.array([number for number, _, _ in wrong], dtype=np.int64)
    broken = np.array([breaks for _, _, breaks in wrong], dtype=np.int64)
    n = table.num_rows + len(lost)
    row = np.setdiff1d(np.arange(1, n + 1), lost)
    lines = _first_lines(row, _breaks(table), lost, broken, n) + above
    frame, row, lost = table.to_pandas(), lines[row - 1], lines[lost - 1]
    if not headless:
        frame, row = frame.iloc[1:].reset_index(drop=True), row[1:]
    if len(frame) > limits.max_rows:
        raise Unreadable("many_rows", file=name, limit=limits.max_rows)
    problems.add(name, lost, "cells", values=[note for _, note, _ in wrong])
    frame, row = _without_blank(frame, row)
    n = len(frame) + len(lost)
    frame, row = _without_undecoded(frame, row, problems, name)
    if asked.encoding == AUTO and decoded.encoding in LEGACY and len(frame):
        line, told = np.zeros(1, np.int64), [decoded.encoding]
        problems.add(name, line, "encoding_read", values=told, kept=True, n=len(frame))
    return Raw(name, frame, row, None, n, asked.crs)


def _breaks(table: Any) -> Ints:
    """Count the line breaks inside the quoted cells of each record."""
    from pyarrow import compute  # noqa: PLC0415

    found = np.zeros(table.num_rows, dtype=np.int64)
    for column in table.columns:
        found += compute.count_substring(column, "\n").to_numpy()
    return found


def _first_lines(row: Ints, breaks: Ints, lost: Ints, broken: Ints, n: int) -> Ints:
    """Return the line of the file on which each of n records begins, the first being 1."""
    inside = np.zeros(n, dtype=np.int64)
    inside[row - 1], inside[lost - 1] = breaks, broken
    return np.arange(1, n + 1) + np.cumsum(inside) - inside


def _header_line(text: str) -> tuple[int, str, list[str]]:
    """Find the header below lines of titles: how many lines are above it, delimiter, cells.

    It is the record, among the first, that names most columns that are known; the first where
    none names two. A cell of it may hold a line break.
    """
    first = text.split("\n", 1)[0]
    delimiters = sorted(_DELIMITERS, key=first.count, reverse=True)
    tried = [_records(text[:HEADER_CHARS], delimiter) for delimiter in delimiters]
    named = [max((_n_known(cells) for _, cells in records), default=0) for records in tried]
    best = named.index(max(named)) if max(named) >= 2 else 0
    records = tried[best]
    above, cells = records[header_at([cells for _, cells in records])] if records else (0, [])
    return above, delimiters[best], cells


def _records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Read the first records, each with how many lines are above it."""
    import csv  # noqa: PLC0415

    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, above = [], 0
    try:
        for cells in reader:
            found.append((above, cells))
            above = reader.line_num
            if len(found) == HEADER_WITHIN:
                break
    except csv.Error:  # a cell of over 128 KB: no header of anyone
        pass
    return found


def _n_known(cells: Sequence[object]) -> int:
    return len({heading(cell) for cell in cells} & _KNOWN)


def header_at(rows: Sequence[Sequence[object]]) -> int:
    """Find the row that names most known columns; the first not empty if none names two."""
    named = [_n_known(row) for row in rows]
    if max(named, default=0) >= 2:
        return named.index(max(named))
    return next((at for at, row in enumerate(rows) if any(_said(cell) for cell in row)), 0)


def _said(cell: object) -> bool:
    return cell is not None and str(cell).strip() not in {"", "nan"}


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
        bad |= frame[column].str.contains(LOST, regex=False).to_numpy(dtype=bool)
    if not bad.any():
        return frame, row
    if bad.mean() > 0.5:
        raise Unreadable("encoding", file=name, byte=0)
    problems.add(name, row[bad], "encoding")
    return frame[~bad].reset_index(drop=True), row[~bad]
