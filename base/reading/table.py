"""Read and write the tables that names are matched in, so that nothing in them changes."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from base.reading.atomic import replacing
from base.reading.decode import decode
from base.reading.delimited import records
from base.reading.limits import COMMAND, Most, check_text
from base.reading.refusal import Unreadable
from base.reading.zips import BEGINS

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
    """

    header: list[str]
    rows: list[list[str]]
    delimiter: str
    bom: bool
    line_end: str

    def names(self) -> list[str]:
        """Give the names of the columns, without blanks around them."""
        return [cell.strip() for cell in self.header]

    def column(self, name: str) -> list[str]:
        """Give the cells of a column.

        Raises
        ------
        TableError
            Where there is no such column, or there are two.
        """
        header = self.names()
        count = header.count(name.strip())
        if count != 1:
            key = "column_missing" if count == 0 else "column_twice"
            raise TableError(key, column=name, columns=", ".join(header))
        at = header.index(name.strip())
        return [row[at] for row in self.rows]


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
    data = _content(given, file, most)
    text = _text(data, file)
    first_line = text.split("\n", 1)[0]
    delimiter = _delimiter(first_line, name)
    table = [row for _, row in records(text, delimiter, file, most, strict=True)]
    if not table or not any(table[0]):
        raise TableError("no_header", file=file)
    header = table[0]
    for number, row in enumerate(table[1:], start=2):
        if len(row) > len(header):
            raise TableError("long_row", file=file, row=number, cells=len(row), columns=len(header))
        row.extend([""] * (len(header) - len(row)))
    line_end = "\r\n" if first_line.endswith("\r") else "\n"
    return Table(header, table[1:], delimiter, data.startswith(BOM_UTF8), line_end)


def _content(given: Path | bytes, file: str, most: Most) -> bytes:
    try:
        size = len(given) if isinstance(given, bytes) else given.stat().st_size
        if size:  # an empty one has no header
            check_text(file, size, most)
        return given if isinstance(given, bytes) else given.read_bytes()
    except OSError as error:
        raise Unreadable("unreadable", file=file, error=error.strerror or error) from error


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
        raise TableError("unwritable", file=path, error=error.strerror or error) from error
