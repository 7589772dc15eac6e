"""Units that are written in the cells, "1.000 người": said once, in the heading of the column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from base.reading import Cell
from metrics.importing.cells.block import JOIN, Block
from metrics.importing.cells.columns import Columns
from metrics.importing.cells.numbers import looks_numeric
from metrics.importing.cells.units import Unit, read_unit, unit_headed

# The number, and behind it a wording without a digit.
_WITH_UNIT: Final = re.compile(r"(?P<number>.*\d)\s*(?P<unit>[^\W\d_][^\d]*)", re.DOTALL)
LONGEST: Final = 60
# A column whose unit does not show in so many rows has none in its cells.
LOOKED_AT: Final = 200


def units_to_headings(block: Block) -> Block:
    """Take a unit out of the cells of a column and into its heading, where all say the same.

    A column in which one number has no unit or another one, or whose heading says another, stays
    as it is: its cells are no numbers, and it is asked about.

    Returns
    -------
    Block
        The same table; cells that say that there is no figure stay.
    """
    names = list(block.columns)
    rows = block.rows
    for at, name in enumerate(block.columns):
        found = _unit_of(block, at)
        said = unit_headed(name.split(JOIN))[1]
        if found is None or (said and read_unit(said) != read_unit(found)):
            continue
        headed = name if said else f"{name} ({found})"
        if headed in names and headed != name:
            continue
        names[at] = headed
        rows = _changed(rows, at, _number)
    return block if rows is block.rows else replace(block, columns=tuple(names), rows=rows)


def _unit_of(block: Block, at: int) -> str | None:
    """Return the unit that all figures of a column bear, as first written; None where not."""
    first_rows = block.rows[:LOOKED_AT]
    if not any(isinstance(cell := row[at], str) and _parted(cell) for row in first_rows):
        return None
    first: tuple[str, Unit] | None = None
    for text in block.texts(block.columns[at]):
        if not any(map(str.isdigit, text)):
            continue
        parted = _parted(text)
        unit = read_unit(parted[1]) if parted else None
        if parted is None or unit is None:
            return None
        first = first or (parted[1], unit)
        if unit != first[1]:
            return None
    if first is None or any(isinstance(cell, float) for cell in block.column(block.columns[at])):
        return None
    return first[0]


def _parted(text: str) -> tuple[str, str] | None:
    """Part a cell into its number and what stands behind it; None for any other cell."""
    found = _WITH_UNIT.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None or looks_numeric(text) or not looks_numeric(found["number"]):
        return None
    return found["number"].strip(), " ".join(found["unit"].split())


def unit_of_cell(cell: Cell) -> str | None:
    """Return the unit that stands behind the number of a cell, as written; None for none."""
    parted = _parted(cell) if isinstance(cell, str) else None
    return parted[1] if parted and read_unit(parted[1]) else None


def _number(cell: Cell) -> Cell:
    parted = _parted(cell) if isinstance(cell, str) else None
    return parted[0] if parted else cell


def _changed(
    rows: Sequence[list[Any]], at: int, change: Callable[[Cell], Cell]
) -> Sequence[list[Any]]:
    """Change every cell of a column, each distinct one once where the rows are held so."""
    if isinstance(rows, Columns):
        made = np.empty(len(rows.cells[at]), dtype=object)
        made[:] = [change(cell) for cell in rows.cells[at]]
        return Columns((*rows.cells[:at], made, *rows.cells[at + 1 :]), rows.ids)
    return [[*row[:at], change(row[at]), *row[at + 1 :]] for row in rows]
