"""How much of a file is read: more than any honest table holds is refused while it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from base.reading.refusal import Unreadable


@dataclass(frozen=True, slots=True)
class Most:
    """How much of a table is read.

    Attributes
    ----------
    size, text, unpacked
        Bytes of the file, of one that is text, and of what it unpacks to.
    sheets, rows, columns, cells
        The last three of each sheet.
    cell
        Characters of a cell.
    """

    size: int = 256 << 20
    text: int = 256 << 20
    unpacked: int = 1 << 30
    sheets: int = 60
    rows: int = 1_100_000
    columns: int = 600
    cells: int = 30_000_000
    cell: int = 4_000


# A command has a process to itself. The memory of the app is shared by all readers: none of its
# files may cost half a gigabyte of it, and what anyone may bring is less than what editors may.
COMMAND: Final = Most()
EDITOR: Final = replace(COMMAND, size=200 << 20, text=64 << 20, cells=3_000_000)
VISITOR: Final = replace(COMMAND, size=50 << 20, text=48 << 20, unpacked=256 << 20, cells=2_000_000)


def check_size(file: str, size: int, most: Most) -> None:
    """Refuse a file that is empty or too large.

    Raises
    ------
    Unreadable
        Naming the file, its size and the limit.
    """
    if size == 0:
        raise Unreadable("empty", file=file)
    _check(file, size, most.size)


def check_text(file: str, size: int, most: Most) -> None:
    """Refuse a text file that is empty or too large.

    Raises
    ------
    Unreadable
        Naming the file, its size and the limit.
    """
    check_size(file, size, most)
    _check(file, size, most.text)


def _check(file: str, size: int, limit: int) -> None:
    if size > limit:
        raise Unreadable("too_big", file=file, size=-(-size >> 20), limit=limit >> 20)


def check_shape(file: str, sheet: str, rows: int, columns: int, most: Most) -> None:
    """Refuse a sheet with more rows, columns or cells than the limits.

    Raises
    ------
    Unreadable
        Naming the sheet, its shape and the limits.
    """
    if rows > most.rows or columns > most.columns or rows * columns > most.cells:
        limits = {"max_rows": most.rows, "max_columns": most.columns, "max_cells": most.cells}
        shape = {"sheet": sheet, "rows": rows, "columns": columns}
        raise Unreadable("too_large", file=file, **shape, **limits)
