"""A user's file as sheets of cells: CSV, TSV, XLSX, XLS, ODS, Parquet or pasted text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from base.reading import (
    COMMAND,
    SOFT_HYPHEN,
    Cell,
    Most,
    Sheet,
    Unreadable,
    cell_seen,
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
    squared,
    visible,
    work_sheet,
)
from metrics.importing.cells import Columns, columns_of_text

_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"


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
            text = visible(decoded.text)
            delimiter = delimiter_of(text)
            kind, sheets = "csv", [_text_sheet(name, text, delimiter, most)]
    # What a reader sees comes first.
    sheets = sorted((sheet for sheet in sheets if sheet.rows), key=lambda sheet: sheet.unseen)
    if not sheets:
        raise Unreadable("empty", file=name)
    font = legacy_font(_texts(sheets)) if kind != "csv" else None
    if font:
        sheets = [_in_unicode(sheet, font) for sheet in sheets]
    elif kind != "csv" and any(SOFT_HYPHEN in text for text in _texts(sheets)):
        sheets = [_as_seen(sheet) for sheet in sheets]
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
    return squared(name, "", rows, numbers, most)


def _kind(data: bytes) -> str:
    if not data.startswith(_ZIP):
        return "xls"
    return "ods" if b"opendocument.spreadsheet" in data[:200] else "xlsx"


def _workbook(name: str, data: bytes, most: Most) -> list[Sheet]:
    return [work_sheet(name, sheet, most) for sheet in read_workbook(data, name, most)]


def _parquet(name: str, data: bytes, most: Most) -> Sheet:
    table = read_parquet(data, name, most)
    columns = [[cell_seen(value, most) for value in column.to_pylist()] for column in table.columns]
    header: list[Cell] = [str(column)[: most.cell] for column in table.column_names]
    rows = [header, *(list(row) for row in zip(*columns, strict=True))]
    return squared(name, "", rows, range(1, len(rows) + 1), most)


def texts_of(sheet: Sheet) -> Iterator[str]:
    """Yield the texts of all cells of a sheet, of columns each distinct one at least once."""
    if isinstance(sheet.rows, Columns):
        found = (cell for cells in sheet.rows.cells for cell in cells)
    else:
        found = (cell for row in sheet.rows for cell in row)
    return (cell for cell in found if isinstance(cell, str))


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


def _as_seen(sheet: Sheet) -> Sheet:
    rows = [
        [visible(c).strip() or None if isinstance(c, str) else c for c in r] for r in sheet.rows
    ]
    return replace(sheet, rows=rows)


def _in_unicode(sheet: Sheet, font: Any) -> Sheet:
    known: dict[str, str] = {}

    def read(cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        if cell not in known:
            known[cell] = reencoded(cell, font)
        return known[cell]

    return replace(sheet, rows=[[read(cell) for cell in row] for row in sheet.rows])
