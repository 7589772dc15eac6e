"""The period of each row of a table, and of each column that says its own."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from base.reading import Cell
from metrics.importing.cells import ERROR
from metrics.importing.mapping import Measure, Source, distinct, first_days, is_first_day
from metrics.importing.time import (
    COUNTED_FROM,
    Period,
    are_day_serials,
    day_of,
    of_first_day,
    part_headed,
    read_period,
)


@dataclass(slots=True)
class RowPeriods:
    """The periods of the figures of a table.

    Attributes
    ----------
    periods
        The distinct ones; None where none is said or it cannot be read.
    ids
        Which of them each row has.
    """

    source: Source
    periods: list[Period | None] = field(init=False)
    ids: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        """Read them."""
        self.periods, self.ids = self._read()

    def _read(self) -> tuple[list[Period | None], np.ndarray]:
        """Return the distinct periods of the rows, and which of them each row has."""
        mapping = self.source.mapping
        if mapping.period_column is None:
            whole = mapping.period.period() if mapping.period else None
            return [whole], np.zeros(len(self.source.block.rows), dtype=np.int64)
        cells = self.source.cells(mapping.period_column)
        if mapping.part_column:
            return self._parts_of_years(cells, mapping.part_column)
        ids, found = distinct(cells)
        known = [self._period(cell) for cell in found]
        known = self._as_headed(mapping.period_column, known)
        unread = np.array([period is None for period in known], dtype=bool)
        open_ = self.source.keep[unread[ids[self.source.keep]]]
        if len(open_) and are_day_serials(cells[open_].tolist()):
            at, column = int(open_[0]), mapping.period_column
            told = {f"from_{one}": _written(cells[at], one) for one in COUNTED_FROM}
            told["heading"] = column
            self.source.tell(ERROR, "day_serials", at, column, cells[at], **told)
            return known, ids
        for at in open_:
            self.source.tell(ERROR, "period", int(at), mapping.period_column, cells[at])
        return known, ids

    def _period(self, cell: Cell) -> Period | None:
        """Read a cell: a period, a part of the year of the whole table, a day as a number.

        A number is a day where a person has said what days are counted from.
        """
        mapping = self.source.mapping
        found = read_period(cell)
        if found is None and mapping.period and mapping.period.grain == "year":
            found = part_headed(mapping.period_column or "", cell, mapping.period.end.year)
        return found or (day_of(cell, mapping.serial_days) if mapping.serial_days else None)

    def _parts_of_years(
        self, years: np.ndarray, column: str
    ) -> tuple[list[Period | None], np.ndarray]:
        """Put the part that a column says together with the year of another."""
        parts = self.source.cells(column)
        pairs = np.empty(len(years), dtype=object)
        pairs[:] = list(zip(years, parts, strict=True))
        ids, found = pd.factorize(pairs)
        known = []
        for year, part in found:
            whole = read_period(year)
            known.append(part_headed(column, part, whole.end.year) if whole else None)
        unread = np.array([period is None for period in known], dtype=bool)
        for at in self.source.keep[unread[ids[self.source.keep]]]:
            self.source.tell(ERROR, "period", int(at), column, parts[at])
        return known, ids

    def _as_headed(self, column: str, known: list[Period | None]) -> list[Period | None]:
        """Read dates under "Tháng" that are all first days as the months they show; else ask."""
        dated = [p for p in known if p is not None and p.grain == "instant"]
        if (
            not dated
            or any(p.end.day != 1 for p in dated)
            or "period" in self.source.mapping.settled
        ):
            return known
        grain = first_days(self.source.mapping.first_days, column)
        if grain is None:
            at = int(self.source.keep[0]) if len(self.source.keep) else 0
            self.source.tell(ERROR, "first_days", at, column, dated[0].end, heading=column)
            return known
        return [of_first_day(p, grain) if p and p.grain == "instant" else p for p in known]

    def of(self, measure: Measure, at: np.ndarray) -> np.ndarray:
        """Return the position in `periods` of the period of each figure."""
        if measure.period is None:
            return self.ids[at]
        own = measure.period.period()
        if is_first_day(measure.column) and own.grain == "instant":
            grain = first_days(self.source.mapping.first_days, measure.column)
            own = of_first_day(own, grain or own.grain)
        if own not in self.periods:
            self.periods.append(own)
        return np.full(len(at), self.periods.index(own))


def _written(cell: Cell, counted_from: str) -> str:
    """Write the day that a number is, as people write days."""
    day = day_of(cell, counted_from)
    return f"{day.end:%d/%m/%Y}" if day else "?"
