"""Columns whose cells bear several units, or some a unit and some none: told with their cells."""

from __future__ import annotations

from typing import Final

import numpy as np

from metrics.importing.cells import ERROR, looks_numeric, shown, unit_of_cell
from metrics.importing.mapping import Measure, Source

MOST_ROWS: Final = 6
MOST_UNITS: Final = 6


def tell_units(
    source: Source, measure: Measure, unread: np.ndarray, *, at: np.ndarray, cells: np.ndarray
) -> np.ndarray:
    """Tell which cells of a column bear which unit, in one finding.

    Parameters
    ----------
    unread
        Positions among the cells of those that are no numbers.

    Returns
    -------
    np.ndarray
        The positions of those without a unit either.
    """
    said = [unit_of_cell(cells[i]) for i in unread]
    has_unit = np.array([unit is not None for unit in said], dtype=bool)
    bearing = unread[has_unit]
    if not len(bearing):
        return unread
    by_unit: dict[str, list[int]] = {}
    for i, unit in zip(unread.tolist(), said, strict=True):
        if unit is not None:
            by_unit.setdefault(unit.casefold(), []).append(i)
    others = set(unread.tolist())
    bare = [i for i, cell in enumerate(cells) if looks_numeric(cell) and i not in others]
    groups = [*list(by_unit.values())[:MOST_UNITS], *([bare] if bare else [])]
    lines = [int(source.block.numbers[int(at[i])]) for i in range(len(at))]
    listed = "; ".join(
        f"“{shown(cells[rows[0]])}” ({', '.join(str(lines[i]) for i in rows[:MOST_ROWS])}"
        f"{', …' if len(rows) > MOST_ROWS else ''})"
        for rows in groups
    )
    first = int(bearing[0])
    told = {"heading": measure.column, "listed": listed, "n": len(bearing)}
    source.tell(ERROR, "units_mixed", int(at[first]), measure.column, cells[first], **told)
    return unread[~has_unit]
