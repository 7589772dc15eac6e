"""Read a table of any kind of file, as an import does: workbooks, web pages, text of any encoding.

Its header is the first row that has all the columns that are named.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from base.reading.decode import decode
from base.reading.delimited import records
from base.reading.kinds import other_kind
from base.reading.limits import COMMAND, check_size
from base.reading.markup import is_markup
from base.reading.numbers import DecimalMark, is_either, mark_of, plain_digits, says_no_figure
from base.reading.refusal import Unreadable
from base.reading.seen import Cell, Percent, Sheet, work_sheet
from base.reading.table import (
    DELIMITERS,
    MOST,
    Table,
    TableError,
    as_wide,
    called,
    content,
    line_end_of,
    read_table,
)
from base.reading.workbook import read_markup, read_workbook
from base.reading.zips import BEGINS

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A header stands among so many rows.
SEARCHED: Final = 60
_SAMPLE: Final = 1 << 18
# A column is of numbers where so many of its cells are.
MOSTLY: Final = 0.6
Notes = list[tuple[str, dict[str, Any]]]


def read_any_table(
    path: Path,
    columns: Sequence[str],
    *,
    decimal: DecimalMark | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a table of a file of any kind.

    Parameters
    ----------
    columns
        Columns that it must have: the first row with all of them is its header.
    decimal
        Which mark stands before the decimals, where a person says it.
    sheet
        The sheet of a workbook that is meant; needed where several have the columns.

    Returns
    -------
    Table
        Its cells as text, numbers of a workbook with the mark that its texts have.

    Raises
    ------
    TableError, Unreadable
        Where it cannot be read, or what it says is not settled.
    """
    file = str(path)
    data = content(path, file, MOST)
    if kind := other_kind(data):
        raise Unreadable(kind, file=file)
    if data.startswith((BEGINS, _OLE)):
        check_size(file, len(data), COMMAND)
        return _of_sheets(read_workbook(data, file, COMMAND), file, columns, decimal, sheet)
    if not data:
        return read_table(data, file=file)
    decoded = decode(data, file)
    if is_markup(decoded.text):
        return _of_sheets(read_markup(data, file, COMMAND), file, columns, decimal, sheet)
    return _of_text(decoded.text, decoded.encoding, data, file, columns)


def _of_text(text: str, encoding: str, data: bytes, file: str, columns: Sequence[str]) -> Table:
    # Where one is missing, the row with the first of them says which there are.
    header = _header(text, columns) or _header(text, columns[:1])
    if header is None:
        return read_table(text.encode(), columns[0] if columns else "", file=file)
    delimiter, above = header
    found = list(islice(records(text, delimiter, file, MOST, strict=True), above, None))
    numbers = range(above + 2, above + 1 + len(found))
    rows = as_wide(found[0][1], [row for _, row in found[1:]], numbers, file)
    notes: Notes = [("header", {"row": above + 1})] if above else []
    if encoding != "utf-8":
        notes.append(("encoding", {"encoding": encoding}))
    marked = data.startswith(BOM_UTF8) or encoding != "utf-8"
    end = line_end_of(text.split("\n", 1)[0])
    return Table(found[0][1], rows, delimiter, marked, end, numbers, tuple(notes))


def _header(text: str, columns: Sequence[str]) -> tuple[str, int] | None:
    """Find the delimiter by which a row has all columns, and how many records stand above it."""
    lines = text[:_SAMPLE].splitlines(keepends=True)[:SEARCHED]
    found: dict[str, tuple[int, int]] = {}
    for delimiter in (*DELIMITERS, "|"):
        try:
            for at, row in enumerate(csv.reader(lines, delimiter=delimiter)):
                if _has(row, columns):
                    found[delimiter] = len(row), at
                    break
        except csv.Error:
            continue
    best = max(found, key=lambda delimiter: found[delimiter][0], default="")
    return (best, found[best][1]) if best else None


def _has(row: Sequence[str], columns: Sequence[str]) -> bool:
    names = {called(cell) for cell in row}
    return bool(columns) and all(called(column) in names for column in columns)


def _of_sheets(
    sheets: Sequence[Any],
    file: str,
    columns: Sequence[str],
    decimal: DecimalMark | None,
    wanted: str | None,
) -> Table:
    seen = [work_sheet(file, one, COMMAND) for one in sheets]
    named = [one for one in seen if wanted in (None, one.name)]
    if not named:
        raise TableError("no_sheet", sheet=wanted, sheets=", ".join(one.name for one in seen))
    places = _places(named, columns) or _places(named, columns[:1])
    shown = [place for place in places if not place[0].unseen] or places
    if len(shown) > 1:
        raise TableError("sheets", sheets=", ".join(one.name for one, _ in shown))
    if not shown:
        rows = [_names(row) for one in named for row in one.rows[:SEARCHED]]
        near = max(rows, key=lambda row: sum(map(bool, row)), default=[])
        missing = [c for c in columns if called(c) not in near] or list(columns)
        raise TableError("column_missing", column=missing[0], columns=", ".join(filter(None, near)))
    return _of_sheet(*shown[0], decimal)


def _places(sheets: Sequence[Sheet], columns: Sequence[str]) -> list[tuple[Sheet, int]]:
    return [(one, at) for one in sheets if (at := _header_row(one, columns)) is not None]


def _header_row(sheet: Sheet, columns: Sequence[str]) -> int | None:
    return next(
        (at for at, r in enumerate(sheet.rows[:SEARCHED]) if _has(_names(r), columns)), None
    )


def _names(row: Sequence[Cell]) -> list[str]:
    return [called(_text(cell, "point")) for cell in row]


def _of_sheet(sheet: Sheet, at: int, decimal: DecimalMark | None) -> Table:
    """Take the rows below a header as text, and note what a reader sees otherwise."""
    numbers = list(sheet.numbers[at + 1 :])
    rows = [list(row) for row in sheet.rows[at + 1 :]]
    notes: Notes = [("sheet", {"sheet": sheet.name, "row": sheet.numbers[at]})]
    line = {number: i for i, number in enumerate(numbers)}
    for key, cells in (("merged", sheet.merged), ("formula", sheet.unvalued)):
        inside = [(line[row], c) for row, c in cells if row in line]
        for row, c in inside:
            rows[row][c] = None
        if inside:
            lines = sorted({numbers[row] for row, _ in inside})
            notes.append((key, {"n": len(inside), "rows": ", ".join(map(str, lines[:8]))}))
    if hidden := sorted(sheet.hidden & line.keys()):
        notes.append(("hidden", {"n": len(hidden), "rows": ", ".join(map(str, hidden[:8]))}))
    header = [_text(cell, "point") for cell in sheet.rows[at]]
    texts = [[row[c] for row in rows] for c in range(len(header))]
    for name, cells_of in zip(header, texts, strict=True):
        notes += _percents(name, cells_of, numbers)
    mark = decimal or _mark(header, texts, numbers)
    told = [[_text(cell, mark) for cell in row] for row in zip(*texts, strict=True)]
    return Table(header, told, ",", True, "\r\n", numbers, tuple(notes), foreign=True)


def _percents(name: str, cells: list[Cell], numbers: Sequence[int]) -> Notes:
    """Write shares that are shown in percent as percentages; a mixture is refused."""
    shares = [i for i, cell in enumerate(cells) if isinstance(cell, Percent)]
    if not shares:
        return []
    other = [i for i, cell in enumerate(cells) if _is_number(cell) and i not in set(shares)]
    if other:
        where = {"row": numbers[shares[0]], "other": numbers[other[0]]}
        raise TableError("mixed_percent", column=name, **where)
    for i in shares:
        value = cells[i]
        if isinstance(value, Percent):
            cells[i] = float(f"{value * 100:.12g}")
    return [("percent", {"column": name})]


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return any(plain_digits(cell.removesuffix("%").strip(), m) for m in ("comma", "point"))
    return isinstance(cell, float)


def _mark(
    header: Sequence[str], columns: Sequence[Sequence[Cell]], numbers: Sequence[int]
) -> DecimalMark:
    """Tell which mark the numbers that are texts have; refuse where they do not tell it."""
    texts = {}
    for name, cells in zip(header, columns, strict=True):
        known = [c for c in cells if c is not None and not (_is_text(c) and says_no_figure(str(c)))]
        if known and sum(map(_is_number, known)) >= MOSTLY * len(known):
            texts[name] = cells
    every = [c for cells in texts.values() for c in cells if isinstance(c, str)]
    mark = mark_of(every)
    for name, cells in texts.items() if mark is None else ():
        parted = any(isinstance(c, float) and c != int(c) for c in cells)
        for row, cell in zip(numbers, cells, strict=True):
            if parted and isinstance(cell, str) and is_either(cell):
                raise TableError("decimal_unsaid", column=name, row=row, value=cell)
    return mark or "point"


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str)


def _text(cell: Cell, mark: DecimalMark) -> str:
    """Write a cell; its number with all the digits that it has."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        text = str(int(cell)) if whole else format(cell, ".15g")
        return text.replace(".", ",") if mark == "comma" else text
    return cell.isoformat() if not isinstance(cell, str) else cell
