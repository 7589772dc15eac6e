"""A sheet as its reader sees it: percentages, months, errors of formulas, merged areas."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from base.reading.limits import Most, check_shape
from base.reading.sheets import SheetOfCells

Cell = str | float | date | None
# Cells that the contents of merged areas are written into.
MAX_MERGED_CELLS: Final = 3_000_000


class Percent(float):
    """A number that the workbook shows as a percentage: 0.25 where a reader sees 25 %."""

    __slots__ = ()


SOFT_HYPHEN: Final = "\u00ad"
_NO_WIDTH: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANK: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


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


def work_sheet(name: str, sheet: SheetOfCells, most: Most) -> Sheet:
    """Take a sheet of a workbook as a reader sees it: percentages, months, merged areas."""
    rows, numbers = [], []
    _as_percents(sheet)
    _as_months(sheet)
    _as_errors(sheet)
    for at, row in enumerate(sheet.rows):
        read = [cell_seen(value, most) for value in row]
        if any(cell is not None for cell in read):
            rows.append(read)
            numbers.append(at + sheet.top + 1)
    merged: set[tuple[int, int]] = set()
    if sheet.merged:
        merged = _fill_merged(rows, numbers, sheet.merged, sheet.left, most)
    seen = squared(name, sheet.name, rows, numbers, most)
    return replace(
        seen,
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


def visible(text: str) -> str:
    """Write a text as it is seen: without what has no width, every blank as a usual one.

    Examples
    --------
    >>> visible("Nghìn\u00a0người\u200b")
    'Nghìn người'
    """
    if text.isascii():
        return text
    return _BLANK.sub(" ", _NO_WIDTH.sub("", unicodedata.normalize("NFC", text)))


def cell_seen(value: Any, most: Most) -> Cell:
    """Take what a file holds in a cell: text, number, date, or None for nothing."""
    if value is None or isinstance(value, str):
        # A soft hyphen is a letter in an old font: it goes when the font is known.
        text = SOFT_HYPHEN.join(map(visible, value.split(SOFT_HYPHEN))).strip() if value else ""
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


def squared(
    name: str, sheet: str, rows: list[list[Cell]], numbers: Sequence[int], most: Most
) -> Sheet:
    """Make a sheet of rows, all of one length.

    Raises
    ------
    Unreadable
        If it exceeds a limit.
    """
    width = max(map(len, rows), default=0)
    check_shape(name, sheet, len(rows), width, most)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Sheet(sheet, rows, numbers)
