"""Rows as an Excel workbook: data, notes and sources, written row by row in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from base.reading import cell, mapped
from base.words import t
from metrics.exporting.about import About, Tally
from metrics.exporting.rows import FLAG_COLUMNS, FLOAT_COLUMNS, RANK_COLUMNS
from metrics.exporting.spreadsheet import sheet_columns, sheet_heads, worded
from metrics.store import DATE_COLUMNS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Rows of a sheet of Excel below its header; what is more goes on in further sheets.
SHEET_ROWS: Final = 1_048_575
# Excel counts days from here; what is older is written as text.
FIRST_YEAR: Final = 1900
# The same file for the same rows: no time of writing in it.
CREATED: Final = datetime(2025, 1, 1)
WIDTHS: Final = {
    "indicator": 44,
    "indicator_id": 26,
    "area_name": 24,
    "period_start": 12,
    "period_end": 12,
    "period_text": 20,
    "origins": 60,
    "origin_ids": 28,
    "origin_urls": 40,
    "locator": 28,
    "note": 40,
    "numerator": 14,
    "denominator": 14,
    "value": 12,
}
USUAL_WIDTH: Final = 11
FLAGS: Final = ("false", "true")
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_xlsx(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write a workbook.

    Parameters
    ----------
    out
        The file; it should not be there yet.
    """
    return _write(frames, columns, out, about, people=False)


def write_xlsx_for_people(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write a workbook with the reader's headings and words, without what only programs read.

    Parameters
    ----------
    out
        The file; it should not be there yet.
    """
    return _write(frames, sheet_columns(columns), out, about, people=True)


def _write(
    frames: Iterator[pd.DataFrame],
    columns: Sequence[str],
    out: Path,
    about: About,
    *,
    people: bool,
) -> Tally:
    # Imported here because pages that only draw never need it.
    from xlsxwriter import Workbook  # noqa: PLC0415

    tally = Tally()
    with Workbook(str(out), OPTIONS) as book:
        book.set_properties({"title": cell(about.title), "created": CREATED, "author": "Atlas 06"})
        heads = sheet_heads(columns, about.lang) if people else columns
        data = _Data(book, columns, heads, about)
        for frame in frames:
            tally.add(frame)
            data.write(worded(frame, about.lang, about.catalog) if people else frame)
        notes = about.notes(tally, columns, heads)
        _table(book, t("export.sheet.notes", about.lang), notes, (34, 110))
        _table(book, t("export.sheet.sources", about.lang), about.sources(tally), (28, 60))
    return tally


class _Data:
    """The sheet of the rows, and further ones where it is full."""

    def __init__(
        self, book: Workbook, columns: Sequence[str], heads: Sequence[str], about: About
    ) -> None:
        self._book, self._columns, self._heads, self._about = book, tuple(columns), heads, about
        self._people = heads is not columns
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._sheets = 0
        self._row = 0
        self._sheet = self._start()

    def _start(self) -> Worksheet:
        self._sheets += 1
        name = t("export.sheet.data", self._about.lang)
        sheet = self._book.add_worksheet(name if self._sheets == 1 else f"{name} {self._sheets}")
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, WIDTHS.get(column, USUAL_WIDTH))
        sheet.freeze_panes(1, 0)
        for at, head in enumerate(self._heads):
            sheet.write_string(0, at, head, self._bold)
        self._row = 0
        return sheet

    def write(self, frame: pd.DataFrame) -> None:
        flags = [t(f"export.flag.{flag}", self._about.lang) for flag in FLAGS]
        told = flags if self._people else FLAGS
        cells = (_plain(frame[column], told) for column in self._columns)
        rows = list(zip(*cells, strict=True))
        while rows:
            room = SHEET_ROWS - self._row
            self._fill(rows[:room])
            rows = rows[room:]
            if rows:
                self._sheet = self._start()

    def _fill(self, rows: list[tuple[Any, ...]]) -> None:
        writers = [self._writer(column) for column in self._columns]
        for values in rows:
            self._row += 1
            for at, (value, write) in enumerate(zip(values, writers, strict=True)):
                if value is not None and value != "":
                    write(self._row, at, value)

    def _writer(self, column: str) -> Callable[[int, int, Any], Any]:
        if column in (*FLOAT_COLUMNS, *RANK_COLUMNS):
            return self._sheet.write_number
        return self._date if column in DATE_COLUMNS else self._sheet.write_string

    def _date(self, row: int, at: int, value: datetime) -> None:
        if value.year < FIRST_YEAR:
            self._sheet.write_string(row, at, f"{value:%Y-%m-%d}")
        else:
            self._sheet.write_datetime(row, at, value, self._day)


def _plain(column: pd.Series, flags: Sequence[str]) -> list[Any]:
    """Return the values as Python has them; None where there is none, texts made safe."""
    if column.name in (*FLOAT_COLUMNS, *RANK_COLUMNS):
        return [None if pd.isna(value) else float(value) for value in column.tolist()]
    if column.name in FLAG_COLUMNS:
        # As words: LibreOffice would make formulas of truth values, =FALSE().
        return [flags[int(flag)] for flag in column.astype(bool)]
    if column.name in DATE_COLUMNS:
        return [None if pd.isna(day) else day.to_pydatetime() for day in column]
    return mapped(column, cell).tolist()


def _table(
    book: Workbook, name: str, lines: Sequence[Sequence[str]], widths: tuple[int, ...]
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at in range(max((len(line) for line in lines), default=0)):
        sheet.set_column(at, at, widths[min(at, len(widths) - 1)])
    for row, line in enumerate(lines):
        for at, text in enumerate(line):
            sheet.write_string(row, at, cell(text), bold if at == 0 else wrapped)
