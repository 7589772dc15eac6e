"""What the columns of a table are called, by the rows of its header."""

from __future__ import annotations

from collections.abc import Sequence

from base.reading import Cell
from metrics.importing.cells import JOIN, UNNAMED, looks_numeric, read_number
from metrics.importing.tables.cell_kinds import is_units
from metrics.importing.time import find_period


def column_names(header: Sequence[list[Cell]]) -> list[str]:
    """Join the rows of a header into one name a column; "" for a column without any."""
    if not header:
        return []
    width = len(header[0])
    filled = [list(row) for row in header]
    for depth, row in enumerate(filled[:-1]):
        for column in range(1, width):
            below = any(filled[d][column] is not None for d in range(depth + 1, len(filled)))
            if row[column] is None and row[column - 1] is not None and below:
                beside = [filled[d][column] == filled[d][column - 1] for d in range(depth)]
                if all(beside):
                    row[column] = row[column - 1]
    unit_row = next((row for row in header if is_units(row)), None)
    units = unit_row
    if units is not None:
        units = _said_once(units, filled[0])
    names = []
    for column in range(width):
        cells = [
            row[column] for row, own in zip(filled, header, strict=True) if own is not unit_row
        ]
        parts = [heading_of(cell) for cell in cells if cell is not None]
        name = JOIN.join(dict.fromkeys(part for part in parts if part))
        said = heading_of(units[column]).strip("() ") if units and units[column] is not None else ""
        names.append(f"{name} ({said})" if name and said and unit_row is not header[0] else name)
    return _unique(names)


def _said_once(units: list[Cell], names: Sequence[Cell]) -> list[Cell]:
    """Return the units of columns; one below the first of several years is that of them all."""
    said = [at for at, cell in enumerate(units) if cell is not None]
    years = [at for at, cell in enumerate(names) if cell is not None]
    alike = len(said) == 1 and said == years[:1]
    if not alike or not all(find_period(heading_of(names[at])) for at in years[:-1]):
        return units
    return [units[said[0]] if at in years else None for at in range(len(units))]


def heading_of(cell: Cell) -> str:
    """Write a cell of a header as a heading."""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return " ".join(str(cell).split())[:200]


def _unique(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return unique


def with_unnamed(
    names: Sequence[str], rows: Sequence[list[Cell]], data: Sequence[int]
) -> list[str]:
    """Call a column of texts or figures without a heading by its letter, as yearbooks have it."""
    called = list(names)
    for i in [at for at, name in enumerate(names) if not name]:
        cells = [rows[at][i] for at in data[:200]]
        texts = sum(isinstance(cell, str) and not looks_numeric(cell) for cell in cells)
        if texts * 2 > len(cells) or _holds_figures([rows[at][i] for at in data]):
            called[i] = UNNAMED.format(_letters(i))
    return called


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0."""
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _holds_figures(cells: Sequence[Cell]) -> bool:
    """Tell whether some cells hold a number, but for those that count the rows: 1, 2, 3."""
    figures = [cell for cell in cells if looks_numeric(cell)]
    read = [read_number(cell, "comma").value for cell in figures]
    counted = all(
        now == 1 or (before is not None and now == before + 1)
        for before, now in zip([None, *read], read, strict=False)
    )
    return bool(figures) and not counted
