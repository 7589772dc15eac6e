"""What a column holds, by its heading and its cells: periods, units, figures, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from base.reading import Cell
from metrics.importing.cells import (
    JOIN,
    is_unnamed,
    looks_numeric,
    plain,
    read_number,
    read_unit,
    unit_of_cell,
)
from metrics.importing.figures import short_kind
from metrics.importing.time import are_day_serials, part_headed, read_period

SAMPLE_ROWS: Final = 400
# A column is of places, periods or numbers where so many of its cells are.
MOSTLY: Final = 0.6
# Of so many numbers and words for none, a column is of figures, too.
FEWEST: Final = 0.3
LONGEST_WORD: Final = 40
ORDINAL: Final = re.compile(r"(stt|tt|no|so tt|so thu tu|#)( .*)?")
CODES: Final = re.compile(r"(ma|code)( .*)?")
# "Ngày ban hành", "Ngày gửi": when something was done, not what figures are of.
_DONE: Final = (
    r"(?:ban hanh|ky|gui|nop|lap|nhan|cap nhat|hoan thanh|trien khai|phe duyet|cong bo|thanh lap|"
    r"sinh|cap|in|tao|hop|nhap|duyet|bat dau|ket thuc|hieu luc)"
)
PERIODS: Final = re.compile(
    r"(ky( .*)?|thoi (gian|diem|ky)( .*)?|thang|quy|nam|"
    rf"ngay(?! (?:{_DONE})\b)( .*)?|period|date|year|month|quarter)"
)
# What is headed so and is no duration: "Thời gian giải quyết" may be three months.
TIMES: Final = re.compile(
    r"((ky|thoi (gian|diem|ky)|giai doan)( (bao cao|so lieu|thong ke))?|thang|quy|tuan|"
    r"period|month|quarter|week)"
)
PARTS: Final = re.compile(r"(thang|quy|month|quarter)")


def code_column(columns: dict[str, list[Cell]], taken: set[str | None]) -> str | None:
    """Find the column of codes beside the names."""
    for name, cells in columns.items():
        if name in taken or not CODES.fullmatch(plain(last_part(name))):
            continue
        known = [cell for cell in cells if cell is not None]
        if known and sum(looks_numeric(cell) for cell in known) > MOSTLY * len(known):
            return name
    return None


def last_part(name: str) -> str:
    """Return the last part of a heading: what stands right above the cells."""
    return name.rsplit(JOIN, 1)[-1]


def is_period(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells of a column are periods, or all are days kept as numbers."""
    known = [cell for cell in cells if cell is not None]
    if are_day_serials(cells):
        return True
    return bool(known) and sum(read_period(c) is not None for c in known) > MOSTLY * len(known)


def is_year(cell: Cell) -> bool:
    """Tell whether a cell is a year."""
    period = read_period(cell)
    return period is not None and period.grain == "year"


def are_parts(heading: str, cells: Sequence[Cell]) -> bool:
    """Tell whether all cells of a column are parts of a year, by their heading."""
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(part_headed(heading, cell, 2000) for cell in known)


def are_units(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells of a column are units."""
    known = [cell for cell in cells if isinstance(cell, str)]
    return bool(known) and sum(read_unit(cell) is not None for cell in known) > MOSTLY * len(known)


def is_text(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells of a column are words."""
    known = [cell for cell in cells if cell is not None]
    return bool(known) and sum(looks_numeric(c) for c in known) < len(known) / 2


def is_figures(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column is mostly numbers; or numbers and words for none, without a digit."""
    last = plain(last_part(name))
    if ORDINAL.fullmatch(last) or CODES.fullmatch(last) or is_unnamed(name):
        return False
    known = [c for c in cells if c is not None and not _is_no_figure(c)]
    numbers = sum(looks_numeric(c) or _is_said_otherwise(name, c) for c in known)
    return numbers > MOSTLY * len(known) or (
        numbers > FEWEST * len(known) and sum(map(_is_word, known)) + numbers == len(known)
    )


def _is_said_otherwise(name: str, cell: Cell) -> bool:
    """Tell whether a cell is a number in short, or with its unit: to be asked about."""
    if PERIODS.fullmatch(plain(last_part(name))):
        return False
    return short_kind(cell) is not None or unit_of_cell(cell) is not None


def _is_no_figure(cell: Cell) -> bool:
    """Tell whether a cell says that there is no figure, or is the error of a formula."""
    return (isinstance(cell, str) and cell.startswith("#")) or read_number(cell, "comma").missing


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_WORD and not any(map(str.isdigit, cell))


def first_headed(
    names: Sequence[str],
    columns: dict[str, list[Cell]],
    heading: re.Pattern[str],
    holds: object,
) -> str | None:
    """Return the first column with a heading of a kind whose cells are of it."""
    for name in names:
        if heading.fullmatch(plain(last_part(name))) and callable(holds) and holds(columns[name]):
            return name
    return None
