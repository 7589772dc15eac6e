"""Where the tables of a sheet are: titles above, header rows, data rows, repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from base.reading import Cell, Sheet
from metrics.importing.cells import Block, Columns
from metrics.importing.tables.cell_kinds import (
    has_figures,
    is_figure,
    is_numbering,
    may_number_a_column,
    n_distinct,
)
from metrics.importing.tables.footers import without_footers
from metrics.importing.tables.header_names import column_names, with_unnamed
from metrics.importing.tables.header_rows import begins_another, next_header
from metrics.importing.time import find_period

MOST_BLOCKS: Final = 40


def find_blocks(sheet: Sheet) -> list[Block]:
    """Find the tables of a sheet.

    A table begins with its header: the rows, after any titles, before the first row that holds
    figures. A header that comes again (as on every printed page) continues the table; another one
    begins the next.

    Returns
    -------
    list of Block
        Those with at least one column and one row of data.
    """
    blocks: list[Block] = []
    at = 0
    while at < len(sheet.rows) and len(blocks) < MOST_BLOCKS:
        header = next_header(sheet.rows, at)
        if header is None:
            break
        first, end = header
        block, at = _block(sheet, at, first, end)
        if block.rows and block.columns:
            blocks.append(block)
    return blocks


def _block(sheet: Sheet, start: int, first: int, end: int) -> tuple[Block, int]:
    rows, header = sheet.rows, sheet.rows[first:end]
    titles = [text for row in rows[start:first] for text in _lines(row)]
    names = column_names([row for row in header if not is_numbering(row)])
    kept: list[int] = []
    odd = _odd_rows(rows, header)
    at = end
    while at < len(rows):
        if odd is not None:
            stop = int(odd[at])
            kept.extend(range(at, stop))
            at = stop
            if at == len(rows):
                break
        repeated = _repeats(rows, at, header)
        if repeated and _of_another_time(rows, at, kept, titles):
            # The lines since the last figures are the titles of the next table.
            at = kept[-1] + 1 if kept else at
            break
        if repeated:
            at += repeated
            continue
        if begins_another(rows[at]):
            break
        if not is_numbering(rows[at]):
            kept.append(at)
        at += 1
    stop = at
    data = without_footers(rows, kept)
    if stop < len(rows):
        # What stands between two tables is the title of the next one.
        stop = data[-1] + 1 if data else stop
    names = with_unnamed(names, rows, data)
    used = [i for i, name in enumerate(names) if name]
    return (
        Block(
            sheet.name,
            tuple(dict.fromkeys(titles)),
            tuple(names[i] for i in used),
            _picked(rows, data, used),
            _lines_of(sheet, data),
            heading=sheet.numbers[first],
            **_marked(sheet, data, used),
        ),
        max(stop, end),
    )


def _of_another_time(
    rows: Sequence[list[Cell]], at: int, kept: list[int], titles: Sequence[str]
) -> bool:
    """Tell whether lines of one cell above a repeated header name another period; drop them."""
    above = at
    while kept and kept[-1] == above - 1 and n_distinct(rows[kept[-1]]) == 1:
        above = kept.pop()
    lines = [text for row in rows[above:at] for text in _lines(row)]
    said = {(p.start, p.end) for text in lines if (p := find_period(text))}
    before = {(p.start, p.end) for text in titles if (p := find_period(text))}
    if said and not said <= before:
        return True
    kept.extend(range(above, at))
    return False


def _odd_rows(rows: Sequence[list[Cell]], header: Sequence[list[Cell]]) -> np.ndarray | None:
    """Return, for each row of columns, the next one that may be anything but a row of figures.

    A row with a figure begins no table and repeats no header without one, and one with a cell
    that numbers no column does not number them: these need not be put together to be known.
    """
    if not isinstance(rows, Columns) or any(map(has_figures, (header[0], _named(header)[-1]))):
        return None
    plain_ones = rows.any_cell(is_figure)
    plain_ones &= rows.any_cell(lambda cell: not may_number_a_column(cell))
    odd = np.append(np.flatnonzero(~plain_ones), len(rows))
    return odd[np.searchsorted(odd, np.arange(len(rows)))]


def _marked(sheet: Sheet, data: Sequence[int], used: Sequence[int]) -> dict[str, Any]:
    """Return what the sheet says of the cells of a table, by their positions in it."""
    hidden = sheet.hidden or sheet.hidden_columns or sheet.unseen
    if not (sheet.merged or sheet.unvalued or hidden):
        return {}
    line = {sheet.numbers[i]: at for at, i in enumerate(data)}
    column = {i: at for at, i in enumerate(used)}

    def inside(cells: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((line[r], column[c]) for r, c in cells if r in line and c in column)

    return {
        "merged": inside(sheet.merged),
        "unvalued": inside(sheet.unvalued),
        "hidden": frozenset(line[number] for number in sheet.hidden if number in line),
        "hidden_columns": frozenset(column[c] for c in sheet.hidden_columns if c in column),
        "unseen": sheet.unseen,
    }


def _picked(
    rows: Sequence[list[Cell]], data: Sequence[int], used: Sequence[int]
) -> Sequence[list[Cell]]:
    if isinstance(rows, Columns):
        return rows.take(data, used)
    if data and len(used) == len(rows[data[0]]):
        return [rows[i] for i in data]  # the same lists: nothing is copied
    return [[rows[i][column] for column in used] for i in data]


def _lines_of(sheet: Sheet, data: Sequence[int]) -> Sequence[int]:
    if data and data[-1] - data[0] + 1 == len(data):
        return sheet.numbers[data[0] : data[-1] + 1]
    return [sheet.numbers[i] for i in data]


def _lines(row: Sequence[Cell]) -> Iterator[str]:
    yield from dict.fromkeys(str(cell) for cell in row if cell is not None)


def _repeats(rows: Sequence[list[Cell]], at: int, header: Sequence[list[Cell]]) -> int:
    """Return how many rows from here on are the header over again, in whole or its last row."""
    named = _named(header)
    if rows[at] != header[0] and rows[at] != named[-1]:
        return 0
    for part in (header, named, named[-1:]):
        found = rows[at : at + len(part)]
        if list(found) == list(part):
            return len(part)
    return 0


def _named(header: Sequence[list[Cell]]) -> list[list[Cell]]:
    return [row for row in header if not is_numbering(row)] or list(header)
