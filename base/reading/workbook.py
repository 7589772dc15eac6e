"""Read workbooks (XLSX, XLS, ODS): sheets of cells, in a process of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from base.reading.apart import Apart, Room
from base.reading.limits import Most, check_shape
from base.reading.marks import marks_of
from base.reading.markup import sheets_of_markup
from base.reading.refusal import Unreadable
from base.reading.sheets import SheetOfCells, sheets_told, told_of
from base.reading.zips import BEGINS, OF_WORKBOOK, archive


def read_workbook(
    given: Path | bytes, file: str, most: Most, room: Room | None = None
) -> list[SheetOfCells]:
    """Read all sheets of a workbook.

    Parameters
    ----------
    file
        What messages call it.

    Raises
    ------
    Unreadable
        If it is damaged, protected, or exceeds a limit.
    """
    return list(sheets_told(_sheets(given, file, room, most=asdict(most))))


def read_markup(
    given: Path | bytes, file: str, most: Most, room: Room | None = None
) -> list[SheetOfCells]:
    """Read the tables of a web page, or the sheets of a workbook in the XML of 2003.

    Parameters
    ----------
    file
        What messages call it.

    Raises
    ------
    Unreadable
        If it holds no table, or exceeds a limit.
    """
    return list(sheets_told(_markup(given, file, room, most=asdict(most))))


@Apart
def _markup(path: Path, folder: Path, *, file: str, most: dict[str, int]) -> dict[str, Any]:
    sheets = sheets_of_markup(path, file, Most(**most))
    return told_of(folder, sheets) | {"marks": {s.name: s.marks.told() for s in sheets}}


@Apart
def _sheets(path: Path, folder: Path, *, file: str, most: dict[str, int]) -> dict[str, Any]:
    limits = Most(**most)
    names, sheets = open_workbook(path, file, limits)
    if len(names) > limits.sheets:
        raise Unreadable("sheets", file=file, n=len(names), limit=limits.sheets)
    return told_of(folder, sheets) | {"marks": marks_of(path)}


def open_workbook(path: Path, file: str, most: Most) -> tuple[list[str], Iterator[Any]]:
    """Open a workbook, in a process that may break off: see `Apart`.

    Returns
    -------
    names, sheets
        Of all its sheets; each as the library has it, within the limits.

    Raises
    ------
    Unreadable
        If it is damaged, protected, or exceeds a limit.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    with path.open("rb") as stream:
        is_archive = stream.read(len(BEGINS)) == BEGINS
    try:
        if is_archive:
            with archive(path, file, replace(OF_WORKBOOK, unpacked=most.unpacked)):
                pass
        book = CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise _damaged(file, error) from error
    except Unreadable as error:
        raise (_damaged(file, error) if error.key == "broken" else error) from error
    return book.sheet_names, (_sheet(book, name, file, most) for name in book.sheet_names)


def _sheet(book: Any, name: str, file: str, most: Most) -> Any:
    try:
        sheet = book.get_sheet_by_name(name)
    except Exception as error:  # the library's own, and those of its parts
        raise _damaged(file, error) from error
    check_shape(file, name, sheet.height, sheet.width, most)
    return sheet


def _damaged(file: str, error: Exception) -> Unreadable:
    said = str(error).lower()
    key = "password" if "password" in said or "encrypt" in said else "damaged"
    return Unreadable(key, file=file)
