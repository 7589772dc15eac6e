"""Tables that stand side by side, or with the places in the heading: told, and put upright."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from base.reading import Cell
from metrics.importing.cells import JOIN, Block, looks_numeric, plain
from metrics.importing.names import fits
from metrics.importing.tables.header_rows import PLACE_HEADINGS, is_unit_heading

_AGAIN: Final = re.compile(r" \(\d+\)$")
_ORDINAL: Final = re.compile(r"stt|tt|no|so tt|so thu tu|#")
FEWEST_PLACES: Final = 3
MOST_ROWS: Final = 400
PLACES: Final = "[1]"


def upright(block: Block) -> list[Block]:
    """Return the tables that a block holds: each with its places in one column.

    Two tables side by side with the same headings are one that goes on in the next columns; with
    other headings they are two. A table whose places are its headings is turned.
    """
    parts = _side_by_side(block)
    return [_turned(part) for part in parts]


def _side_by_side(block: Block) -> list[Block]:
    heads = [_last(name) for name in block.columns]
    places = [i for i, head in enumerate(heads) if PLACE_HEADINGS.fullmatch(plain(head))]
    again = [i for i in places if heads[i] == heads[places[0]]]
    if len(again) < 2:
        return [block]
    starts = [i - 1 if i and _ORDINAL.fullmatch(plain(heads[i - 1])) else i for i in again]
    starts[0] = 0
    ends = [*starts[1:], len(heads)]
    parts = [_columns(block, first, end) for first, end in zip(starts, ends, strict=True)]
    if len({tuple(map(_once, part.columns)) for part in parts}) == 1:
        return [_stacked(parts)]
    return [replace(part, columns=tuple(map(_once, part.columns))) for part in parts]


def _once(name: str) -> str:
    return _AGAIN.sub("", name)


def _last(name: str) -> str:
    return _once(name).rsplit(JOIN, 1)[-1]


def _columns(block: Block, first: int, end: int) -> Block:
    """Return some neighbouring columns of a table, without the rows that are empty there."""
    kept = [at for at, row in enumerate(block.rows) if any(c is not None for c in row[first:end])]
    line = {at: new for new, at in enumerate(kept)}

    def inside(cells: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((line[r], c - first) for r, c in cells if r in line and first <= c < end)

    return replace(
        block,
        columns=block.columns[first:end],
        rows=[block.rows[at][first:end] for at in kept],
        numbers=[block.numbers[at] for at in kept],
        merged=inside(block.merged),
        unvalued=inside(block.unvalued),
        hidden=frozenset(line[at] for at in block.hidden if at in line),
        hidden_columns=frozenset(c - first for c in block.hidden_columns if first <= c < end),
    )


def _stacked(parts: Sequence[Block]) -> Block:
    """Put tables of the same columns one below the other."""
    whole = parts[0]
    for part in parts[1:]:
        down = len(whole.rows)

        def lower(cells: frozenset[tuple[int, int]], down: int = down) -> set[tuple[int, int]]:
            return {(r + down, c) for r, c in cells}

        whole = replace(
            whole,
            rows=[*whole.rows, *part.rows],
            numbers=[*whole.numbers, *part.numbers],
            merged=whole.merged | lower(part.merged),
            unvalued=whole.unvalued | lower(part.unvalued),
            hidden=whole.hidden | {at + down for at in part.hidden},
            hidden_columns=whole.hidden_columns | part.hidden_columns,
        )
    return whole


def _turned(block: Block) -> Block:
    """Turn a table whose headings are places: a row for each of them, a column for each row."""
    heads = [_last(name) for name in block.columns]
    if len(heads) <= FEWEST_PLACES or not 0 < len(block.rows) <= MOST_ROWS:
        return block
    if any(PLACE_HEADINGS.fullmatch(plain(head)) for head in heads):
        return block
    first = next(_first_figures(block), 0)
    # A column of dashes or errors is one of figures, too, where its heading is a place.
    while first > 1 and _is_place(heads[first - 1]):
        first -= 1
    if not 0 < first < len(heads) - FEWEST_PLACES + 1:
        return block
    best = fits(heads[first:])[0]
    if best.n < FEWEST_PLACES or best.share < 0.6:
        return block
    labels = [_label(heads[:first], row) for row in block.rows]
    if not all(labels) or len(set(labels)) < len(labels):
        return block
    rows: list[list[Cell]] = [
        [head, *(row[at] for row in block.rows)] for at, head in enumerate(heads) if at >= first
    ]

    def turned(cells: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((c - first, r + 1) for r, c in cells if c >= first)

    return replace(
        block,
        columns=(PLACES, *labels),
        rows=rows,
        numbers=list(range(first + 1, len(heads) + 1)),
        merged=turned(block.merged),
        unvalued=turned(block.unvalued),
        hidden=frozenset(c - first for c in block.hidden_columns if c >= first),
        hidden_columns=frozenset(r + 1 for r in block.hidden),
        turned=True,
    )


def _is_place(heading: str) -> bool:
    return not is_unit_heading(heading) and fits([heading])[0].n > 0


def _first_figures(block: Block) -> Iterator[int]:
    """Yield the columns that hold figures, but for the numbers of the rows."""
    for at, name in enumerate(block.columns):
        if _ORDINAL.fullmatch(plain(_last(name))):
            continue
        known = [row[at] for row in block.rows if row[at] is not None]
        if known and sum(map(looks_numeric, known)) * 2 > len(known):
            yield at


def _label(heads: Sequence[str], row: Sequence[Cell]) -> str:
    """Return what a row is about: its texts before the figures, the unit in parentheses."""
    words, unit = [], ""
    for head, cell in zip(heads, row, strict=False):
        if not isinstance(cell, str) or _ORDINAL.fullmatch(plain(head)):
            continue
        if is_unit_heading(head):
            unit = f" ({cell})"
        else:
            words.append(" ".join(cell.split())[:200])
    return JOIN.join(dict.fromkeys(words)) + unit if words else ""
