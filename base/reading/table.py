"""Read and write the tables that names are matched in, so that nothing in them changes."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from base.words import Refusal

DELIMITERS = ",;\t"
MAX_BYTES = 256 * 1024 * 1024
_BOM = "\ufeff"
_ZIP, _UTF16 = b"PK\x03\x04", (b"\xff\xfe", b"\xfe\xff")


class TableError(Refusal):
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


def read_table(path: Path, name: str = "") -> Table:
    """Read a CSV file in UTF-8.

    Parameters
    ----------
    name
        A column that it should have: helps to tell the delimiter.

    Returns
    -------
    Table
        Its cells as they are.

    Raises
    ------
    TableError
        Where it cannot be read as such.
    """
    text = _text(path)
    bom = text.startswith(_BOM)
    text = text.removeprefix(_BOM)
    first_line = text.split("\n", 1)[0]
    delimiter = _delimiter(first_line, name)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    table: list[list[str]] = []
    try:
        table.extend(lines)
    except csv.Error as error:
        raise TableError("csv", path=path, row=lines.line_num, error=error) from error
    if not table or not any(table[0]):
        raise TableError("no_header", path=path)
    header = table[0]
    for number, row in enumerate(table[1:], start=2):
        if len(row) > len(header):
            raise TableError("long_row", path=path, row=number, cells=len(row), columns=len(header))
        row.extend([""] * (len(header) - len(row)))
    line_end = "\r\n" if first_line.endswith("\r") else "\n"
    return Table(header, table[1:], delimiter, bom, line_end)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TableError("too_big", path=path, size=size >> 20, limit=MAX_BYTES >> 20)
        data = path.read_bytes()
    except OSError as error:
        raise TableError("unreadable", path=path, error=error.strerror or error) from error
    if data.startswith(_ZIP):
        raise TableError("workbook", path=path)
    if data.startswith(_UTF16) or b"\x00" in data[:4096]:
        raise TableError("encoding", path=path, byte=0)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableError("encoding", path=path, byte=error.start) from error


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
        if path.is_dir():
            raise IsADirectoryError(21, "is a directory")
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.write(_BOM if table.bom else "")
                writer = csv.writer(
                    stream, delimiter=table.delimiter, lineterminator=table.line_end
                )
                writer.writerow(table.header)
                writer.writerows(table.rows)
            Path(part).chmod(0o644)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TableError("unwritable", path=path, error=error.strerror or error) from error
