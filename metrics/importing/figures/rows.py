"""From the rows of a table to observations, each with the cell that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from metrics.catalog import Catalog, Indicator
from metrics.importing.cells import (
    ERROR,
    WARNING,
    Block,
    Findings,
    Number,
    decimal_of,
    qualifier_of,
    read_number,
    shown,
)
from metrics.importing.figures.decimal_marks import decimal_mark
from metrics.importing.figures.percents import tell_fractions, tell_mixture
from metrics.importing.figures.row_periods import RowPeriods
from metrics.importing.figures.scales import times_of
from metrics.importing.figures.shorthand import read_short, tell_short
from metrics.importing.figures.statuses import categories
from metrics.importing.figures.units_mixed import tell_units
from metrics.importing.mapping import (
    PLACE_OF_CELL,
    Mapping,
    Measure,
    Source,
    distinct,
    observations,
)
from metrics.observations import OBSERVATION_COLUMNS, QUALIFIERS

_FIELDS: Final = ("_at", "indicator", "value", "category", "qualifier", "period")


@dataclass(frozen=True, slots=True)
class Read:
    """What came out of a table.

    Attributes
    ----------
    frame
        Observations with `OBSERVATION_COLUMNS` and `PLACE_OF_CELL`.
    findings
        Cells that could not be read, words that mean nothing yet.
    empty
        Number of cells that say that there is no figure: no observation was made of them.
    """

    frame: pd.DataFrame
    findings: Findings
    empty: int


def read_rows(
    block: Block, mapping: Mapping, codes: pd.Series, catalog: Catalog, origin: str
) -> Read:
    """Make observations of the rows that have an area.

    Parameters
    ----------
    block, mapping
        The table and what its columns are.
    codes
        Code of the area of each row; "" where there is none.

    Returns
    -------
    Read
        Nothing is rounded, filled or corrected: a cell that cannot be read is a finding.
    """
    keep = np.flatnonzero((codes != "").to_numpy())
    reader = _Reader(Source(block, mapping, catalog, keep))
    reader.tell_hidden()
    frames = [frame for m in mapping.measures if len(frame := reader.measure(m))]
    if not frames:
        nothing = pd.DataFrame(columns=[*OBSERVATION_COLUMNS, *PLACE_OF_CELL])
        return Read(nothing, reader.source.findings, reader.source.empty)
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    frame["area"] = pd.Series(codes.to_numpy()[frame["_at"].to_numpy()], dtype="str")
    made = observations(frame, block, mapping, reader.periods.periods, origin)
    return Read(made, reader.source.findings, reader.source.empty)


@dataclass(slots=True)
class _Reader:
    """Read the columns of one table; what cannot be read is told.

    Each distinct cell of a column is read once.
    """

    source: Source
    periods: RowPeriods = field(init=False)
    words: np.ndarray | None = field(init=False)

    def __post_init__(self) -> None:
        self.periods = RowPeriods(self.source)
        column = self.source.mapping.indicator_column
        self.words = self.source.cells(column) if column else None
        if self.words is not None:
            self._tell_unknown_words(self.words)

    def measure(self, measure: Measure) -> pd.DataFrame:
        """Read one column of figures: one row per figure, with its position in the block."""
        cells = self._own_figures(measure.column)
        found = []
        for indicator, at in self._by_indicator(measure):
            if indicator.kind in ("status", "date"):
                rows = categories(self.source, measure, indicator, at, cells[at])
            else:
                rows = self._numbers(measure, indicator, at, cells[at])
            found.append(rows.assign(indicator=indicator.id))
        if not found:
            return pd.DataFrame(columns=list(_FIELDS))
        frame = pd.concat(found, ignore_index=True)
        if len(found) > 1:
            frame = frame.sort_values("_at", kind="stable", ignore_index=True)
        places = frame["_at"].to_numpy()
        if measure.qualifier:
            frame["qualifier"] = self._qualifiers(measure.qualifier, places, frame["qualifier"])
        frame["numerator"] = self._part(measure.numerator, places)
        frame["denominator"] = self._part(measure.denominator, places)
        frame["period"] = self.periods.of(measure, places)
        return frame.assign(role=measure.role, column=measure.column)

    def _own_figures(self, column: str) -> np.ndarray:
        """Return the cells of a column without figures that are of several rows; these are told."""
        block, cells = self.source.block, self.source.cells(column)
        where = block.columns.index(column)
        kept = set(self.source.keep.tolist())
        for at in sorted(row for row, c in block.merged if c == where and row in kept):
            self.source.tell(WARNING, "merged_figure", at, column, cells[at])
            cells[at] = None
        for at in sorted(row for row, c in block.unvalued if c == where and row in kept):
            self.source.tell(WARNING, "formula", at, column, "")
            cells[at] = None
        wrong = any(text.startswith("#") for text in block.texts(column))
        for at in self.source.keep if wrong else ():
            if isinstance(cells[at], str) and cells[at].startswith("#"):
                self.source.tell(WARNING, "formula_error", int(at), column, cells[at])
                cells[at] = None
        return cells

    def tell_hidden(self) -> None:
        """Say which rows with a place a reader of the workbook does not see."""
        block = self.source.block
        if block.unseen:
            self.source.tell(WARNING, "hidden_sheet", 0, "", block.sheet)
        kept = set(self.source.keep.tolist())
        for at in sorted(block.hidden_columns):
            column = block.columns[at]
            if column in {m.column for m in self.source.mapping.measures}:
                self.source.tell(WARNING, "hidden_column", 0, column, column)
        rows = sorted(at for at in block.hidden if at in kept)
        if rows:
            lines = ", ".join(str(block.numbers[at]) for at in rows[:8])
            self.source.tell(WARNING, "hidden_rows", rows[0], "", "", n=len(rows), rows=lines)

    def _tell_unknown_words(self, words: np.ndarray) -> None:
        seen: set[str] = set()
        for at in self.source.keep:
            word = str(words[at] or "")
            if word and word not in self.source.mapping.indicators and word not in seen:
                seen.add(word)
                column = self.source.mapping.indicator_column or ""
                self.source.tell(WARNING, "indicator_word", int(at), column, word)

    def _by_indicator(self, measure: Measure) -> list[tuple[Indicator, np.ndarray]]:
        """Return the indicators of a column, each with the positions of its rows."""
        if measure.indicator:
            return [(self.source.catalog.indicator(measure.indicator), self.source.keep)]
        if self.words is None:
            return []
        ids, known = distinct(self.words[self.source.keep])
        meant = [self.source.mapping.indicators.get(str(word or ""), "") for word in known]
        of_row = np.array(meant, dtype=object)[ids] if meant else np.array([], dtype=object)
        wanted = dict.fromkeys(id_ for id_ in meant if id_)
        catalog, keep = self.source.catalog, self.source.keep
        return [(catalog.indicator(id_), keep[of_row == id_]) for id_ in wanted]

    def _numbers(
        self, measure: Measure, indicator: Indicator, at: np.ndarray, cells: np.ndarray
    ) -> pd.DataFrame:
        ids, known = distinct(cells)
        decimal = decimal_mark(self.source, measure, indicator, known)
        times = times_of(self.source, measure, indicator, at)
        numbers = [read_short(cell, decimal, measure) for cell in known]
        missing = np.array([number.missing for number in numbers], dtype=bool)[ids]
        values = _scaled(times, numbers, ids)
        self.source.empty += int(missing.sum())
        unread = np.flatnonzero(np.isnan(values) & ~missing)
        unread = tell_short(self.source, measure, indicator, unread, at=at, cells=cells)
        for i in tell_units(self.source, measure, unread, at=at, cells=cells):
            if isinstance(cells[i], str) and not any(map(str.isdigit, cells[i])):
                self.source.empty += 1
                self.source.tell(WARNING, "words", int(at[i]), measure.column, cells[i])
                continue
            rule = f"number_{decimal}"
            self.source.tell(ERROR, rule, int(at[i]), measure.column, cells[i])
        percents = np.array([n.percent for n in numbers], dtype=bool)[ids]
        tell_mixture(self.source, measure, indicator, percents, at=at, cells=cells)
        if measure.scale is None and indicator.kind == "rate" and "%" in indicator.unit.vi:
            bare = ~percents & ~np.isnan(values)
            tell_fractions(self.source, measure, values, bare, at=at, cells=cells)
        marked = np.array([number.mark for number in numbers], dtype=bool)[ids]
        for i in np.flatnonzero(marked):
            read = shown(values[i])
            self.source.tell(WARNING, "mark", int(at[i]), measure.column, cells[i], read=read)
        qualifiers = np.array([number.qualifier for number in numbers], dtype=object)[ids]
        good = ~np.isnan(values)
        return pd.DataFrame(
            {
                "_at": at[good],
                "value": values[good],
                "category": "",
                "qualifier": pd.Series(qualifiers[good], dtype="str"),
            }
        )

    def _qualifiers(self, column: str, at: np.ndarray, read: pd.Series) -> pd.Series:
        """Take the qualifiers of a column, those read from the figures where it says nothing."""
        cells = self.source.cells(column)[at]
        said = pd.Series([qualifier_of(cell) for cell in cells], index=read.index, dtype=object)
        for i in np.flatnonzero(said.isna().to_numpy()):
            allowed = ", ".join(QUALIFIERS)
            self.source.tell(ERROR, "qualifier", int(at[i]), column, cells[i], allowed=allowed)
        return read.where(said.isna() | (said == ""), said).astype("str")

    def _part(self, column: str | None, at: np.ndarray) -> np.ndarray:
        """Read a column of numerators or denominators, for the rows that have a figure."""
        if column is None:
            return np.full(len(at), np.nan)
        cells = self.source.cells(column)[at]
        ids, known = distinct(cells)
        decimal = decimal_of(known) or self.source.mapping.decimal
        numbers = [read_number(cell, decimal) for cell in known]
        values = [np.nan if n.value is None else n.value for n in numbers]
        unread = np.array([n.value is None and not n.missing for n in numbers], dtype=bool)
        for i in np.flatnonzero(unread[ids]):
            rule = f"number_{decimal}"
            self.source.tell(ERROR, rule, int(at[i]), column, cells[i])
        return np.array(values, dtype=float)[ids]


def _scaled(times: np.ndarray, numbers: Sequence[Number], ids: np.ndarray) -> np.ndarray:
    """Multiply numbers by what their unit says, those that are percentages apart."""
    raw = np.array([np.nan if n.value is None else n.value for n in numbers], dtype=float)[ids]
    shown_in_percent = np.array([n.percent for n in numbers], dtype=bool)[ids]
    scaled = (times != 1) & ~shown_in_percent & ~np.isnan(raw)
    if scaled.any():
        raw[scaled] = [float(f"{n:.12g}") for n in raw[scaled] * times[scaled]]
    return raw
