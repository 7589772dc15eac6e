"""What the cells of a row are: figures, units, numbers of the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from base.reading import Cell
from metrics.importing.cells import looks_numeric, plain, read_unit
from metrics.importing.time import read_period

# "(10)": what numbers a column is no longer, unless a formula follows.
MOST_OF_A_NUMBER: Final = 4
# A number that is no year: known without reading it, as nearly every row of data has one.
_PLAINLY_FIGURE: Final = re.compile(r"[+-]?\d{1,3}(?:[.,]?\d{3})*(?:[.,]\d+)?\s?%?")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d(?:[.,]0+)?")
# "A  B  1  2  3" or "(1) (2) (3)" under the header.
_NUMBERING: Final = re.compile(r"[(\[]?(?:([a-dđ])|(\d{1,2}))[)\]]?\s*(?:=.*)?", re.IGNORECASE)


def has_figures(row: Sequence[Cell]) -> bool:
    """Tell whether a row has a number that is no year."""
    return any(cell is not None and is_figure(cell) for cell in row)


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell is a number that is no year."""
    if isinstance(cell, str):
        if _PLAINLY_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell):
            return True
        # What has no digit is none.
        return any(map(str.isdigit, cell)) and _reads_as_figure(cell)
    return looks_numeric(cell) and read_period(cell) is None


@lru_cache(maxsize=1 << 12)
def _reads_as_figure(text: str) -> bool:
    return looks_numeric(text) and read_period(text) is None


def is_units(row: Sequence[Cell]) -> bool:
    """Tell whether a row below a header says the unit of each column, and nothing else."""
    cells = [cell for cell in row if cell is not None]
    return bool(cells) and all(isinstance(c, str) and read_unit(c) is not None for c in cells)


def is_numbering(row: Sequence[Cell]) -> bool:
    """Tell whether a row numbers the columns: letters in their order, then numbers in theirs."""
    cells = [c for c in row if c is not None]
    if len(cells) < 2 or not all(map(may_number_a_column, cells)):
        return False
    texts = [str(int(c)) if isinstance(c, float) and c == int(c) else str(c) for c in cells]
    found = [_NUMBERING.fullmatch(text.strip()) for text in texts]
    if not all(found):
        return False
    letters = [m[1].lower() for m in found if m and m[1]]
    digits = [int(m[2]) for m in found if m and m[2]]
    in_order = digits == list(range(digits[0], digits[0] + len(digits))) if digits else False
    if letters:
        return in_order and letters == sorted(set(letters)) and digits[0] in (0, 1, 2)
    return in_order and len(digits) >= 2 and digits[0] in (0, 1, 2, 3)


def may_number_a_column(cell: Cell) -> bool:
    """Tell whether a cell may be the number of a column, by its length or its value."""
    if isinstance(cell, str):
        return len(cell) <= MOST_OF_A_NUMBER or "=" in cell
    return isinstance(cell, float) and 0 <= cell < 100


def texts_of_row(row: Sequence[Cell]) -> list[str]:
    """Return the texts of a row, plainly written."""
    return [plain(cell) for cell in row if isinstance(cell, str)]


def n_filled(row: Sequence[Cell]) -> int:
    """Count the cells of a row that hold anything."""
    return sum(cell is not None for cell in row)


def n_distinct(row: Sequence[Cell]) -> int:
    """Count the different cells of a row."""
    return len({cell for cell in row if cell is not None})
