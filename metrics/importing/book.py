"""A user's file as sheets of cells: CSV, TSV, XLSX, XLS, ODS, Parquet or pasted text."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any, Final

from base.reading import (
    COMMAND,
    Most,
    SheetOfCells,
    Unreadable,
    check_shape,
    check_size,
    check_text,
    coded_columns,
    decode,
    delimiter_of,
    is_markup,
    legacy_font,
    other_kind,
    read_markup,
    read_parquet,
    read_workbook,
    records,
    reencoded,
)
from metrics.importing.columns import Columns, columns_of_text

Cell = str | float | date | None
_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
# Cells that the contents of merged areas are written into.
MAX_MERGED_CELLS: Final = 3_000_000


class Percent(float):
    """A number that the workbook shows as a percentage: 0.25 where a reader sees 25 %."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of cells, all of one length.

    Attributes
    ----------
    name
        Name in the workbook; "" for a text file.
    rows
        Text, numbers, dates, or None for an empty cell.
    numbers
        The number of each row as a spreadsheet counts them, from 1.
    merged
        Cells, as (row as in `numbers`, column), that one figure was merged over: it is of none of
        them alone.
    unvalued
        Cells with a formula whose value the file does not hold.
    hidden, hidden_columns
        Rows, by their numbers, and columns that a reader of the workbook does not see.
    unseen
        Whether the sheet itself is hidden.
    """

    name: str
    rows: Sequence[list[Cell]]
    numbers: Sequence[int]
    merged: frozenset[tuple[int, int]] = frozenset()
    unvalued: frozenset[tuple[int, int]] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unseen: bool = False

    def texts(self) -> Iterator[str]:
        """Yield the texts of all cells, of columns each distinct one at least once."""
        if isinstance(self.rows, Columns):
            found = (cell for cells in self.rows.cells for cell in cells)
        else:
            found = (cell for row in self.rows for cell in row)
        return (cell for cell in found if isinstance(cell, str))


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was read.

    Attributes
    ----------
    name, sha256, size
        Of the file.
    format
        csv, xlsx, xls, ods, html, xml or parquet.
    encoding, delimiter
        Of a text file, else "".
    font
        ``tcvn3`` or ``vni`` where cells were typed in a font of before Unicode and have been read
        accordingly; else "".
    sheets
        Those that hold anything.
    """

    name: str
    sha256: str
    size: int
    format: str
    encoding: str
    delimiter: str
    font: str
    sheets: tuple[Sheet, ...]


def read_book(name: str, data: bytes, most: Most = COMMAND) -> Book:
    """Read a file by what it is, not by what it is called.

    Parameters
    ----------
    name
        Its name; only the last part is kept.

    Raises
    ------
    Unreadable
        If it is too large, damaged, of another format, or holds nothing.
    """
    name = PurePath(name.replace("\\", "/")).name or "table"
    check_size(name, len(data), most)
    encoding = delimiter = ""
    if kind_of_it := other_kind(data):
        raise Unreadable(kind_of_it, file=name)
    if data.startswith(_PARQUET):
        kind, sheets = "parquet", [_parquet(name, data, most)]
    elif data.startswith((_ZIP, _OLE)):
        kind, sheets = _kind(data), _workbook(name, data, most)
    else:
        check_text(name, len(data), most)
        decoded = decode(data, name)
        encoding = decoded.encoding
        if is_markup(decoded.text):
            kind = "html" if "<table" in decoded.text.lower() else "xml"
            sheets = [work_sheet(name, one, most) for one in read_markup(data, name, most)]
        else:
            text = unicodedata.normalize("NFC", decoded.text)
            delimiter = delimiter_of(text)
            kind, sheets = "csv", [_text_sheet(name, text, delimiter, most)]
    # What a reader sees comes first.
    sheets = sorted((sheet for sheet in sheets if sheet.rows), key=lambda sheet: sheet.unseen)
    if not sheets:
        raise Unreadable("empty", file=name)
    font = legacy_font(_texts(sheets)) if kind != "csv" else None
    if font:
        sheets = [_in_unicode(sheet, font) for sheet in sheets]
    digest = hashlib.sha256(data).hexdigest()
    return Book(name, digest, len(data), kind, encoding, delimiter, font or "", tuple(sheets))


def _text_sheet(name: str, text: str, delimiter: str, most: Most) -> Sheet:
    coded = coded_columns(text, delimiter, most)
    if coded is not None:
        columns, lines = columns_of_text(coded)
        check_shape(name, "", len(columns), len(columns.ids), most)
        return Sheet("", columns, lines)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    for line, row in records(text, delimiter, name, most):
        if any(cell and not cell.isspace() for cell in row):
            rows.append([cell.strip() or None for cell in row])
            numbers.append(line)
    return _squared(name, "", rows, numbers, most)


def _kind(data: bytes) -> str:
    if not data.startswith(_ZIP):
        return "xls"
    return "ods" if b"opendocument.spreadsheet" in data[:200] else "xlsx"


def _workbook(name: str, data: bytes, most: Most) -> list[Sheet]:
    return [work_sheet(name, sheet, most) for sheet in read_workbook(data, name, most)]


def work_sheet(name: str, sheet: SheetOfCells, most: Most) -> Sheet:
    """Take a sheet of a workbook as a reader sees it: percentages, months, merged areas."""
    rows, numbers = [], []
    _as_percents(sheet)
    _as_months(sheet)
    _as_errors(sheet)
    for at, row in enumerate(sheet.rows):
        read = [_cell(value, most) for value in row]
        if any(cell is not None for cell in read):
            rows.append(read)
            numbers.append(at + sheet.top + 1)
    merged: set[tuple[int, int]] = set()
    if sheet.merged:
        merged = _fill_merged(rows, numbers, sheet.merged, sheet.left, most)
    squared = _squared(name, sheet.name, rows, numbers, most)
    return replace(
        squared,
        merged=frozenset(merged),
        unvalued=frozenset(
            (row + 1, column - sheet.left) for row, column in sheet.marks.get("unvalued", ())
        ),
        hidden=frozenset(row + 1 for row in sheet.marks.get("hidden_rows", ())),
        hidden_columns=frozenset(
            column - sheet.left for column in sheet.marks.get("hidden_columns", ())
        ),
        unseen=sheet.hidden,
    )


def _as_percents(sheet: SheetOfCells) -> None:
    """Mark the numbers that are shown as percentages, cell by cell."""
    for row, at in _runs(sheet, "percents"):
        value = row[at]
        if isinstance(value, int | float) and not isinstance(value, bool):
            row[at] = Percent(value)


def _as_months(sheet: SheetOfCells) -> None:
    """Write dates that are shown as months as they are shown: "09/2026"."""
    for row, at in _runs(sheet, "months"):
        value = row[at]
        if isinstance(value, date):
            row[at] = f"{value:%m/%Y}"


def _runs(sheet: SheetOfCells, mark: str) -> Iterator[tuple[list[Any], int]]:
    """Yield the cells with a mark: the row, and where in it."""
    for column, runs in sheet.marks.get(mark, {}).items():
        at = int(column) - sheet.left
        for first, last in runs:
            for row in sheet.rows[max(first - sheet.top, 0) : max(last - sheet.top + 1, 0)]:
                if 0 <= at < len(row):
                    yield row, at


def _as_errors(sheet: SheetOfCells) -> None:
    """Write the errors of formulas where the reader of the workbook leaves the cell empty."""
    for row, column, text in sheet.marks.get("errors", ()):
        down, right = row - sheet.top, column - sheet.left
        if 0 <= down < len(sheet.rows) and 0 <= right < len(sheet.rows[down]):
            sheet.rows[down][right] = text


def _fill_merged(
    rows: list[list[Cell]], numbers: list[int], merged: Iterable[Any], left: int, most: Most
) -> set[tuple[int, int]]:
    """Write the content of a merged area into all its cells, as a reader sees it.

    Returns
    -------
    set
        The cells that one number was merged over.
    """
    at = {number - 1: row for number, row in zip(numbers, rows, strict=True)}
    left_to_do = MAX_MERGED_CELLS
    shared: set[tuple[int, int]] = set()
    for (top, first), (bottom, last) in merged:
        left_to_do -= (bottom - top + 1) * (min(last, most.columns + left) - first + 1)
        if left_to_do < 0:
            break
        source = at.get(top)
        if source is None or not 0 <= first - left < len(source) or (bottom - top) > 10_000:
            continue
        value = source[first - left]
        figure = looks_like_figure(value)
        for number in range(top, bottom + 1):
            row = at.get(number)
            for column in range(first - left, min(last - left + 1, len(row or ()))):
                if row is not None and row[column] is None:
                    row[column] = value
                if figure:
                    shared.add((number + 1, column))
    return shared


def looks_like_figure(value: Cell) -> bool:
    """Tell whether a cell holds a number, or a text that begins as one."""
    return isinstance(value, float) or (isinstance(value, str) and value[:1].isdigit())


def _parquet(name: str, data: bytes, most: Most) -> Sheet:
    table = read_parquet(data, name, most)
    columns = [[_cell(value, most) for value in column.to_pylist()] for column in table.columns]
    header: list[Cell] = [str(column)[: most.cell] for column in table.column_names]
    rows = [header, *(list(row) for row in zip(*columns, strict=True))]
    return _squared(name, "", rows, range(1, len(rows) + 1), most)


def _cell(value: Any, most: Most) -> Cell:
    if value is None or isinstance(value, str):
        text = unicodedata.normalize("NFC", value.strip()) if value else ""
        return text[: most.cell + 1] or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, Percent):
        return value
    if isinstance(value, int | float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)[: most.cell] or None


def _squared(
    name: str, sheet: str, rows: list[list[Cell]], numbers: Sequence[int], most: Most
) -> Sheet:
    width = max(map(len, rows), default=0)
    check_shape(name, sheet, len(rows), width, most)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Sheet(sheet, rows, numbers)


def _texts(sheets: list[Sheet]) -> list[str]:
    return list(
        dict.fromkeys(
            cell
            for sheet in sheets
            for row in sheet.rows[:5_000]
            for cell in row
            if isinstance(cell, str)
        )
    )


def _in_unicode(sheet: Sheet, font: Any) -> Sheet:
    known: dict[str, str] = {}

    def read(cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        if cell not in known:
            known[cell] = reencoded(cell, font)
        return known[cell]

    return replace(sheet, rows=[[read(cell) for cell in row] for row in sheet.rows])
