"""Days written as numbers, as spreadsheets keep them: counted from 1900 or from 1904."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from base.reading import Cell
from metrics.importing.cells import read_number
from metrics.importing.time.period import Period, instant
from metrics.importing.time.periods import FIRST_YEAR, LAST_YEAR

# The day before the first one of each way of counting; that of 1900 counts a day that never was.
_BEFORE: Final = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
COUNTED_FROM: Final = tuple(_BEFORE)


def day_of(cell: Cell, counted_from: str) -> Period | None:
    """Read a number as a day; None where it is none, or of a year that no figure is of.

    Examples
    --------
    >>> day_of(46295.0, "1900").end.isoformat(), day_of("44833", "1904").end.isoformat()
    ('2026-09-30', '2026-09-30')
    """
    value = read_number(cell, "comma").value if isinstance(cell, str | float | int) else None
    if value is None or value != int(value) or not 30_000 < value < 80_000:
        return None
    day = _BEFORE[counted_from] + timedelta(days=int(value))
    text = day.isoformat()
    return instant(text, day.year, day.month, day.day) if _is_known(day) else None


def _is_known(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


def are_day_serials(cells: Sequence[Cell]) -> bool:
    """Tell whether all cells of a column are numbers that days are kept as."""
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(day_of(cell, COUNTED_FROM[0]) is not None for cell in known)
