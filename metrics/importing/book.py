"""A user's file as sheets of cells: CSV, TSV, XLSX, XLS, ODS, Parquet or pasted text."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import pickle
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any, Final

from base.folders import ROOT
from base.reading import legacy_font, reencoded
from metrics.importing.decode import decode
from metrics.importing.limits import (
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    ImportRefused,
    check_archive,
    check_shape,
    check_size,
)

Cell = str | float | date | None
DELIMITERS: Final = "\t;,|"
_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
_SAMPLE_LINES: Final = 200
PASTED: Final = "paste.tsv"
WORKER_SECONDS: Final = 180
# Merged areas that are looked at, and cells that they are written into.
MAX_MERGED: Final = 20_000
MAX_MERGED_CELLS: Final = 3_000_000


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
    percents
        Columns (from 0) whose numbers the workbook shows as percentages: 0.25 for 25 %.
    """

    name: str
    rows: list[list[Cell]]
    numbers: Sequence[int]
    percents: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was read.

    Attributes
    ----------
    name, sha256, size
        Of the file.
    format
        csv, xlsx, xls, ods or parquet.
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


def read_book(name: str, data: bytes) -> Book:
    """Read a file by what it is, not by what it is called.

    Parameters
    ----------
    name
        Its name; only the last part is kept.

    Raises
    ------
    ImportRefused
        If it is too large, damaged, of another format, or holds nothing.
    """
    name = PurePath(name.replace("\\", "/")).name or "table"
    check_size(name, len(data))
    encoding = delimiter = ""
    if data.startswith(_PARQUET):
        kind, sheets = "parquet", [_parquet(name, data)]
    elif data.startswith((_ZIP, _OLE)):
        kind, sheets = _workbook(name, data)
    else:
        decoded = decode(name, data)
        encoding = decoded.encoding
        delimiter = delimiter_of(decoded.text)
        kind, sheets = "csv", [_text_sheet(name, decoded.text, delimiter)]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise ImportRefused("empty", file=name)
    font = legacy_font(_texts(sheets)) if kind != "csv" else None
    if font:
        sheets = [_in_unicode(sheet, font) for sheet in sheets]
    digest = hashlib.sha256(data).hexdigest()
    return Book(name, digest, len(data), kind, encoding, delimiter, font or "", tuple(sheets))


def delimiter_of(text: str) -> str:
    r"""Tell the delimiter of a text: the one that gives most lines the same number of cells.

    Examples
    --------
    >>> delimiter_of("Tỉnh;Tỷ lệ\nHà Nội;98,5\nHuế;97,1\n")
    ';'
    """
    lines = [line for line in text[:200_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:  # a cell beyond all bounds; reading the table says where
            continue
        wide = [count for count in counts if count > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        found = (wide.count(usual) / len(counts), usual)
        if found > score:
            best, score = delimiter, found
    return best


def _text_sheet(name: str, text: str, delimiter: str) -> Sheet:
    # Equal cells are one object: a column of places costs no more than its distinct names.
    known: dict[str, str] = {}
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    csv.field_size_limit(MAX_CELL * 8)
    cells = 0
    line = 1
    try:
        for row in reader:
            cells += len(row)
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS or cells > MAX_CELLS:
                check_shape(name, "", len(rows) + MAX_ROWS, len(row))
            if any(cell and not cell.isspace() for cell in row):
                rows.append(
                    [known.setdefault(c, c) if (c := cell.strip()) else None for cell in row]
                )
                numbers.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportRefused("csv", file=name, row=reader.line_num, error=error) from None
    return _squared(name, "", rows, numbers)


def _workbook(name: str, data: bytes) -> tuple[str, list[Sheet]]:
    if data.startswith(_ZIP):
        check_archive(name, data)
        kind = "ods" if b"opendocument.spreadsheet" in data[:200] else "xlsx"
    else:
        kind = "xls"
    *sheets, percents = _apart(name, data)
    return kind, [
        replace(_work_sheet(name, *sheet), percents=percents.get(sheet[0], frozenset()))
        for sheet in sheets
    ]


def _apart(name: str, data: bytes) -> list[Any]:
    """Read a workbook in a process of its own; see `base.reading.worker`.

    Raises
    ------
    ImportRefused
        If it cannot be read, exceeds a limit, or ends that process.
    """
    limits = {
        "sheets": MAX_SHEETS,
        "rows": MAX_ROWS,
        "columns": MAX_COLUMNS,
        "cells": MAX_CELLS,
        "merged": MAX_MERGED,
    }
    command = [sys.executable, "-W", "ignore", "-m", "base.reading.worker", json.dumps(limits)]
    try:
        told = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=WORKER_SECONDS,
            check=True,
        )
        key, found = pickle.loads(told.stdout)
    except subprocess.TimeoutExpired:
        raise ImportRefused("slow", file=name, seconds=WORKER_SECONDS) from None
    except (subprocess.CalledProcessError, OSError, pickle.UnpicklingError, EOFError):
        raise ImportRefused("unreadable", file=name) from None
    if key == "too_large":
        check_shape(name, found["sheet"], found["rows"], found["columns"])
    if key != "read":
        raise ImportRefused(key, file=name, **found)
    return list(found)


def _work_sheet(
    name: str, sheet_name: str, start: tuple[int, int], cells: list[list[Any]], merged: list[Any]
) -> Sheet:
    rows, numbers = [], []
    for at, row in enumerate(cells):
        read = [_cell(value) for value in row]
        if any(cell is not None for cell in read):
            rows.append(read)
            numbers.append(at + start[0] + 1)
    if merged:
        _fill_merged(rows, numbers, merged, start[1])
    return _squared(name, sheet_name, rows, numbers)


def _fill_merged(
    rows: list[list[Cell]], numbers: list[int], merged: Iterable[Any], left: int
) -> None:
    """Write the content of a merged area into all its cells, as a reader sees it."""
    at = {number - 1: row for number, row in zip(numbers, rows, strict=True)}
    left_to_do = MAX_MERGED_CELLS
    for (top, first), (bottom, last) in merged:
        left_to_do -= (bottom - top + 1) * (min(last, MAX_COLUMNS + left) - first + 1)
        if left_to_do < 0:
            break
        source = at.get(top)
        if source is None or not 0 <= first - left < len(source) or (bottom - top) > 10_000:
            continue
        value = source[first - left]
        for number in range(top, bottom + 1):
            row = at.get(number)
            for column in range(first - left, min(last - left + 1, len(row or ()))):
                if row is not None and row[column] is None:
                    row[column] = value


def _parquet(name: str, data: bytes) -> Sheet:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only here
    from pyarrow import ArrowException  # noqa: PLC0415

    try:
        file = pq.ParquetFile(io.BytesIO(data))
        check_shape(name, "", file.metadata.num_rows, file.metadata.num_columns)
        unpacked = sum(
            file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups)
        )
        if unpacked > 1024 * 1024 * 1024:
            raise ImportRefused(
                "bomb", file=name, size=len(data) >> 10, unpacked=unpacked >> 20, n=1
            )
        table = file.read()
    except (ArrowException, OSError, ValueError):
        raise ImportRefused("damaged", file=name) from None
    columns = [[_cell(value) for value in column.to_pylist()] for column in table.columns]
    header: list[Cell] = [str(column)[:MAX_CELL] for column in table.column_names]
    rows = [header, *(list(row) for row in zip(*columns, strict=True))]
    return _squared(name, "", rows, range(1, len(rows) + 1))


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str):
        text = unicodedata.normalize("NFC", value.strip()) if value else ""
        return text[: MAX_CELL + 1] or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)[:MAX_CELL] or None


def _squared(name: str, sheet: str, rows: list[list[Cell]], numbers: Sequence[int]) -> Sheet:
    width = max(map(len, rows), default=0)
    check_shape(name, sheet, len(rows), width)
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
