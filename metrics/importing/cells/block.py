"""One table of a sheet: its titles, its columns, its rows and what the sheet says of its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from base.reading import Cell
from metrics.importing.cells.columns import Columns

JOIN: Final = " – "
# A column without a heading is called by its letter.
UNNAMED: Final = "[{}]"
_UNNAMED: Final = re.compile(r"\[[A-Z]+\]")


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet.

    Attributes
    ----------
    sheet
        Name of the sheet.
    titles
        Lines above the table (unit, period, source), as written.
    columns
        One name a column, unique; headers of several rows are joined from top to bottom.
    rows, numbers
        The data rows and their numbers in the sheet.
    merged, unvalued
        Cells of the rows, as (row, column), that one figure was merged over, or with a formula
        whose value the file does not hold.
    hidden, hidden_columns
        Positions of the rows and columns that a reader of the workbook does not see.
    unseen
        Whether the sheet itself is hidden.
    heading
        Number of the row in the sheet where its heading begins; 0 where that is not known.
    turned
        Whether its places stood in the heading: then `numbers` are those of the columns.
    """

    sheet: str
    titles: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Sequence[list[Cell]]
    numbers: Sequence[int]
    merged: frozenset[tuple[int, int]] = frozenset()
    unvalued: frozenset[tuple[int, int]] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unseen: bool = False
    heading: int = 0
    turned: bool = False

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column.

        Raises
        ------
        KeyError
            If there is no such column.
        """
        at = self._at(name)
        if isinstance(self.rows, Columns):
            return self.rows.column(at)
        return [row[at] for row in self.rows]

    def texts(self, name: str) -> Counter[str]:
        """Count the texts of a column.

        Raises
        ------
        KeyError
            If there is no such column.
        """
        at = self._at(name)
        if isinstance(self.rows, Columns):
            return self.rows.texts(at)
        return Counter(cell for row in self.rows if isinstance(cell := row[at], str))

    def _at(self, name: str) -> int:
        if name not in self.columns:
            raise KeyError(name)
        return self.columns.index(name)


def is_unnamed(name: str) -> bool:
    """Tell whether a column has no heading and is called by its letter."""
    return _UNNAMED.fullmatch(name) is not None
