"""Delimited text without quotes, a column at a time: each distinct cell is written once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from base.reading.delimited import LONGEST_CELL
from base.reading.limits import Most

# Shorter texts gain nothing.
FEWEST_LINES: Final = 5_000
_AT_ONCE: Final = 1_000_000  # characters


@dataclass(slots=True)
class Coded:
    """One column: which of its distinct texts each row has."""

    texts: dict[str, int] = field(default_factory=dict)
    parts: list[np.ndarray] = field(default_factory=list)

    @classmethod
    def empty(cls, rows: int) -> Coded:
        """Make a column of which so many rows hold nothing."""
        return cls({"": 0}, [np.zeros(rows, np.int32)])

    def add(self, cells: list[str]) -> None:
        """Put cells below those that there are."""
        texts = self.texts
        for cell in dict.fromkeys(cells):
            texts.setdefault(cell, len(texts))
        self.parts.append(np.fromiter(map(texts.__getitem__, cells), np.int32, len(cells)))

    def ids(self) -> np.ndarray:
        """Return the position in `texts` of each cell."""
        return np.concatenate(self.parts)


def coded_columns(text: str, delimiter: str, most: Most) -> list[Coded] | None:
    """Read a text as its columns, a row for each line; short lines are filled up with "".

    Returns
    -------
    list of Coded
        The same cells as `records` gives; None where only that can read, or refuse, the text:
        with quotes, or beyond a limit.
    """
    if '"' in text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    rows = text.count("\n") + 1
    if "\r" in text or not FEWEST_LINES <= rows <= most.rows:
        return None
    columns: list[Coded] = []
    read = 0
    for lines in _parts(text):
        marks = [line.count(delimiter) for line in lines]
        short = min(marks) != max(marks) or len(columns) > marks[0] + 1
        while len(columns) <= max(marks):
            columns.append(Coded.empty(read))
        width = len(columns)
        if width > most.columns or width * rows > most.cells or _is_long(lines):
            return None
        if short:
            each = zip(lines, marks, strict=True)
            filled = [line + delimiter * (width - 1 - n) for line, n in each]
        cells = delimiter.join(filled if short else lines).split(delimiter)
        for at, column in enumerate(columns):
            column.add(cells[at::width])
        read += len(lines)
    return columns


def _parts(text: str) -> Iterator[list[str]]:
    """Yield the lines of a text, some at a time."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start + _AT_ONCE)
        end = len(text) if end < 0 else end
        yield text[start:end].split("\n")
        start = end + 1


def _is_long(lines: list[str]) -> bool:
    # No cell is longer than its line.
    return max(map(len, lines)) > LONGEST_CELL
