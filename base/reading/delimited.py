"""The records of delimited text, read one by one and never more than the limits."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator

from base.reading.limits import Most
from base.reading.refusal import Unreadable

DELIMITERS = "\t;,|"
LONGEST_RECORD = 8 << 20
MOST_SHARED = 100_000
LONGEST_CELL = 32_767  # as of Excel
_SAMPLE_LINES = 200
_SAMPLE = 200_000
# As files are split into lines; a text of a file with its mark as one more would be four times it.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def records(
    text: str, delimiter: str, file: str, most: Most, *, strict: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Read records, each with the line that it begins on, the first being 1.

    Equal cells are one object.

    Parameters
    ----------
    file
        What messages call it.
    strict
        Whether a quote in the wrong place is refused.

    Raises
    ------
    Unreadable
        Where it is no such text, or at what exceeds a limit.
    """
    line, cells, rows, held = 1, 0, 0, 0
    share = _sharing()

    def over() -> Unreadable:
        limits = {"max_rows": most.rows, "max_columns": most.columns, "max_cells": most.cells}
        return Unreadable("over", file=file, **limits)

    def lines() -> Iterator[str]:
        nonlocal held
        for found in _LINE.finditer(text):
            held += len(found[0])
            if held > LONGEST_RECORD:
                raise over()
            yield found[0]

    reader = csv.reader(lines(), delimiter=delimiter, strict=strict)
    try:
        for record in reader:
            cells, rows = cells + len(record), rows + 1
            if rows > most.rows or cells > most.cells or len(record) > most.columns:
                raise over()
            if held > LONGEST_CELL and max(map(len, record), default=0) > LONGEST_CELL:
                long = f"field larger than field limit ({LONGEST_CELL})"
                raise Unreadable("csv", file=file, row=line, error=long)
            yield line, [share(cell) for cell in record]
            line, held = reader.line_num + 1, 0
    except csv.Error as error:
        raise Unreadable("csv", file=file, row=reader.line_num, error=error) from error


def _sharing() -> Callable[[str], str]:
    """Give what makes equal cells one object: a column of places costs its distinct names."""
    known: dict[str, str] = {}

    def share(cell: str) -> str:
        # Where most are distinct, remembering them costs more than they do.
        if len(known) < MOST_SHARED:
            return known.setdefault(cell, cell)
        return known.get(cell, cell)

    return share


def delimiter_of(text: str) -> str:
    r"""Tell the delimiter of a text: the one that gives most lines the same number of cells.

    Examples
    --------
    >>> delimiter_of("Tỉnh;Tỷ lệ\nHà Nội;98,5\nHuế;97,1\n")
    ';'
    """
    lines = [line for line in text[:_SAMPLE].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:  # a cell beyond all bounds; reading the table says where
            continue
        wide = [count for count in counts if count > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        found = (wide.count(usual) / len(counts), usual)
        if found > score:
            best, score = delimiter, found
    return best
