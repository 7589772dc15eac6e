"""The rows of a long table, held as its columns: each distinct cell is there once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from base.reading import Coded


@dataclass(frozen=True, slots=True, eq=False)
class Columns(Sequence[list[Any]]):
    """Rows that are put together when they are asked for.

    Attributes
    ----------
    cells
        The cells of each column, each distinct one at least once.
    ids
        For each column, the position in its `cells` of the cell of each row.
    """

    cells: tuple[np.ndarray, ...]
    ids: tuple[np.ndarray, ...]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.ids[0]) if self.ids else 0

    @overload
    def __getitem__(self, at: int) -> list[Any]: ...
    @overload
    def __getitem__(self, at: slice) -> Columns: ...
    def __getitem__(self, at: int | slice) -> list[Any] | Columns:
        """Return one row, or some as the same kind of rows."""
        if isinstance(at, slice):
            return Columns(self.cells, tuple(ids[at] for ids in self.ids))
        return [cells[ids[at]] for cells, ids in zip(self.cells, self.ids, strict=True)]

    def __iter__(self) -> Iterator[list[Any]]:
        """Yield the rows, one by one."""
        every = range(len(self.ids))
        return map(list, zip(*(self.column(at) for at in every), strict=True))

    def __eq__(self, other: object) -> bool:
        """Tell whether other rows, however they are held, have the same cells."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(list.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def column(self, at: int) -> list[Any]:
        """Return the cells of a column."""
        found: list[Any] = self.cells[at][self.ids[at]].tolist()
        return found

    def texts(self, at: int) -> Counter[str]:
        """Count the texts of a column."""
        counts = np.bincount(self.ids[at], minlength=len(self.cells[at]))
        found: Counter[str] = Counter()
        for cell, n in zip(self.cells[at], counts.tolist(), strict=True):
            if n and isinstance(cell, str):
                found[cell] += n
        return found

    def take(self, rows: Sequence[int], columns: Sequence[int]) -> Columns:
        """Return some rows of some columns."""
        where = np.asarray(rows, dtype=np.int64)
        ids = tuple(self.ids[at][where] for at in columns)
        return Columns(tuple(self.cells[at] for at in columns), ids)

    def any_cell(self, holds: Callable[[Any], bool]) -> np.ndarray:
        """Tell which rows have a cell of a kind; None is of none."""
        left = np.arange(len(self))
        for cells, ids in sorted(zip(self.cells, self.ids, strict=True), key=lambda c: len(c[0])):
            asked, which = np.unique(ids[left], return_inverse=True)
            told = np.array([c is not None and holds(c) for c in cells[asked]], dtype=bool)
            left = left[~told[which]]
        found = np.ones(len(self), dtype=bool)
        found[left] = False
        return found


def columns_of_text(coded: Sequence[Coded]) -> tuple[Columns, Sequence[int]]:
    """Take columns of text as rows, each with its line; rows without a cell are left out.

    Returns
    -------
    rows : Columns
        Of texts without space around them, or None.
    lines : sequence of int
        Counted from 1.
    """
    cells = tuple(_stripped(column) for column in coded)
    ids = tuple(column.ids() for column in coded)
    filled = np.zeros(len(ids[0]), dtype=bool)
    for known, of_row in zip(cells, ids, strict=True):
        filled |= (known != None)[of_row]  # noqa: E711 - of each of them
    if filled.all():
        return Columns(cells, ids), range(1, len(filled) + 1)
    lines = np.flatnonzero(filled)
    if (
        len(lines) and len(lines) == lines[-1] - lines[0] + 1
    ):  # as most files end with an empty line
        rows = Columns(cells, ids)[int(lines[0]) : int(lines[-1]) + 1]
        return rows, range(int(lines[0]) + 1, int(lines[-1]) + 2)
    return Columns(cells, tuple(of_row[lines] for of_row in ids)), (lines + 1).tolist()


def _stripped(column: Coded) -> np.ndarray:
    made = np.empty(len(column.texts), dtype=object)
    made[:] = [text.strip() or None for text in column.texts]
    return made
