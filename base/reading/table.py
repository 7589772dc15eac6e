"""Read and write the tables that names are matched in, so that nothing in them changes."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from base.reading.atomic import replacing
from base.reading.decode import decode
from base.reading.delimited import records
from base.reading.limits import COMMAND, Most, check_text
from base.reading.refusal import Unreadable
from base.reading.seen import visible
from base.reading.zips import BEGINS
from base.words import system_reason

DELIMITERS: Final = ",;\t"
MOST: Final = replace(COMMAND, rows=20_000_000, columns=2_000, cells=60_000_000)


class TableError(Unreadable):
    """A table that cannot be read or written; the sentence says what to do."""

    prefix = "csv."


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a CSV table as text.

    Attributes
    ----------
    header, rows
        Cells; every row has as many as the header.
    delimiter, bom, line_end
        How the file was written, to write the next one alike.
    numbers
        The row of each in the file; by default 2, 3, ….
    notes
        What is to be said of how it was read: messages ``csv.note.<key>`` with their values.
    foreign
        Whether it came as a workbook, whose texts are disarmed before they are written as CSV.
    """

    header: list[str]
    rows: list[list[str]]
    delimiter: str
    bom: bool
    line_end: str
    numbers: Sequence[int] = ()
    notes: tuple[tuple[str, dict[str, Any]], ...] = ()
    foreign: bool = False

    def names(self) -> list[str]:
        """Give the names of the columns, without blanks around them."""
        return [called(cell) for cell in self.header]

    def in_file(self, row: int) -> int:
        """Tell which row of the file is row `row` of the table (the header is 1)."""
        return self.numbers[row - 2] if 2 <= row < len(self.numbers) + 2 else row

    def column(self, name: str) -> list[str]:
        """Give the cells of a column.

        Raises
        ------
        TableError
            Where there is no such column, or there are two.
        """
        header = self.names()
        count = header.count(called(name))
        if count != 1:
            key = "column_missing" if count == 0 else "column_twice"
            raise TableError(key, column=name, columns=", ".join(header))
        at = header.index(called(name))
        return [row[at] for row in self.rows]


def called(cell: str) -> str:
    """Return the name of a column as it is compared: composed, without blanks around it."""
    return visible(cell).strip()


def read_table(given: Path | bytes, name: str = "", *, file: str = "", most: Most = MOST) -> Table:
    """Read a CSV file in UTF-8.

    Parameters
    ----------
    name
        A column that it should have: helps to tell the delimiter.
    file
        What messages call it; by default its path.

    Returns
    -------
    Table
        Its cells as they are.

    Raises
    ------
    TableError, Unreadable
        Where it cannot be read as such.
    """
    file = file or str(given)
    data = content(given, file, most)
    text = _text(data, file)
    first_line = text.split("\n", 1)[0]
    delimiter = _delimiter(first_line, name)
    table = [row for _, row in records(text, delimiter, file, most, strict=True)]
    if not table or not any(table[0]):
        raise TableError("no_header", file=file)
    rows = as_wide(table[0], table[1:], range(2, len(table) + 1), file)
    return Table(table[0], rows, delimiter, data.startswith(BOM_UTF8), line_end_of(first_line))


def as_wide(
    header: list[str], rows: list[list[str]], numbers: Sequence[int], file: str
) -> list[list[str]]:
    """Give every row as many cells as the header has.

    Raises
    ------
    TableError
        At a row that has more.
    """
    for number, row in zip(numbers, rows, strict=True):
        if len(row) > len(header):
            raise TableError("long_row", file=file, row=number, cells=len(row), columns=len(header))
        row.extend([""] * (len(header) - len(row)))
    return rows


def line_end_of(first_line: str) -> str:
    """Tell how the lines of a file end by its first one."""
    return "\r\n" if first_line.endswith("\r") else "\n"


def content(given: Path | bytes, file: str, most: Most) -> bytes:
    """Read the bytes of a file.

    Raises
    ------
    Unreadable
        If it is too large, or cannot be read.
    """
    try:
        size = len(given) if isinstance(given, bytes) else given.stat().st_size
        if size:  # an empty one has no header
            check_text(file, size, most)
        return given if isinstance(given, bytes) else given.read_bytes()
    except OSError as error:
        raise Unreadable("unreadable", file=file, error=system_reason(error)) from error


def _text(data: bytes, file: str) -> str:
    if data.startswith(BEGINS):
        raise TableError("workbook", file=file)
    try:
        decoded = decode(data, file, "utf-8")
    except Unreadable as error:
        raise TableError("encoding", file=file, byte=error.values.get("byte", 0)) from error
    if decoded.encoding != "utf-8":
        raise TableError("encoding", file=file, byte=0)
    return decoded.text


def _delimiter(header: str, name: str) -> str:
    def score(delimiter: str) -> tuple[bool, int]:
        cells = next(csv.reader([header.rstrip("\r")], delimiter=delimiter), [])
        return name in [cell.strip() for cell in cells], len(cells)

    return max(DELIMITERS, key=score)


def write_table(path: Path, table: Table) -> None:
    """Write a CSV file, whole or not at all.

    Parameters
    ----------
    path
        The file; replaced where it exists.

    Raises
    ------
    TableError
        Where it cannot be written.
    """
    try:
        with replacing(path) as stream:
            stream.write("\ufeff" if table.bom else "")
            writer = csv.writer(stream, delimiter=table.delimiter, lineterminator=table.line_end)
            writer.writerow(table.header)
            writer.writerows(table.rows)
    except OSError as error:
        raise TableError("unwritable", file=path, error=system_reason(error)) from error
