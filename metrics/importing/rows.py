"""From the rows of a table to observations, each with the cell that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from base.reading import Cell, DecimalMark
from metrics.catalog import Catalog, Indicator
from metrics.importing.blocks import Block
from metrics.importing.findings import ERROR, WARNING, Finding, Findings, Severity, shown
from metrics.importing.headings import first_days, is_first_day
from metrics.importing.mapping import Mapping, Measure
from metrics.importing.numbers import (
    Number,
    Percent,
    decimal_of,
    is_grouped,
    qualifier_of,
    read_number,
)
from metrics.importing.periods import (
    Period,
    of_first_day,
    part_headed,
    read_period,
)
from metrics.importing.units import factor, read_unit, read_units
from metrics.observations import OBSERVATION_COLUMNS, QUALIFIERS

# Beside the columns of an observation: where it was read.
PLACE_OF_CELL: Final = ("sheet", "row", "column")
# Shares from here on, beside some up to 1, leave a gap that figures of one kind do not.
FAR_FROM_PARTS: Final = 10.0
FEWEST_PARTS: Final = 2
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
    reader = _Reader(block, mapping, catalog, keep)
    reader.tell_hidden()
    frames = [frame for m in mapping.measures if len(frame := reader.measure(m))]
    if not frames:
        nothing = pd.DataFrame(columns=[*OBSERVATION_COLUMNS, *PLACE_OF_CELL])
        return Read(nothing, reader.findings, reader.empty)
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    frame["area"] = pd.Series(codes.to_numpy()[frame["_at"].to_numpy()], dtype="str")
    made = _observations(frame, block, mapping, reader.periods, origin)
    return Read(made, reader.findings, reader.empty)


@dataclass(slots=True)
class _Reader:
    """Read the columns of one table; what cannot be read is collected.

    Each distinct cell of a column is read once.
    """

    block: Block
    mapping: Mapping
    catalog: Catalog
    keep: np.ndarray
    findings: Findings = field(default_factory=Findings)
    empty: int = 0
    periods: list[Period | None] = field(init=False)
    period_ids: np.ndarray = field(init=False)
    words: np.ndarray | None = field(init=False)

    def __post_init__(self) -> None:
        self.periods, self.period_ids = self._periods()
        column = self.mapping.indicator_column
        self.words = self._cells(column) if column else None
        if self.words is not None:
            self._tell_unknown_words(self.words)

    def measure(self, measure: Measure) -> pd.DataFrame:
        """Read one column of figures: one row per figure, with its position in the block."""
        cells = self._own_figures(measure.column)
        found = []
        for indicator, at in self._by_indicator(measure):
            if indicator.kind in ("status", "date"):
                rows = self._categories(measure, indicator, at, cells[at])
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
        frame["period"] = self._period_of(measure, places)
        return frame.assign(role=measure.role, column=measure.column)

    def _own_figures(self, column: str) -> np.ndarray:
        """Return the cells of a column without figures that are of several rows; these are told."""
        cells = self._cells(column)
        where = self.block.columns.index(column)
        kept = set(self.keep.tolist())
        for at in sorted(row for row, c in self.block.merged if c == where and row in kept):
            self._tell(WARNING, "merged_figure", at, column, cells[at])
            cells[at] = None
        for at in sorted(row for row, c in self.block.unvalued if c == where and row in kept):
            self._tell(WARNING, "formula", at, column, "")
            cells[at] = None
        wrong = any(text.startswith("#") for text in self.block.texts(column))
        for at in self.keep if wrong else ():
            if isinstance(cells[at], str) and cells[at].startswith("#"):
                self._tell(WARNING, "formula_error", int(at), column, cells[at])
                cells[at] = None
        return cells

    def _cells(self, column: str) -> np.ndarray:
        cells = self.block.column(column)
        made = np.empty(len(cells), dtype=object)
        made[:] = cells
        return made

    def _tell(
        self, severity: Severity, rule: str, at: int, column: str, value: object, **more: object
    ) -> None:
        text = shown(value)
        number = self.block.numbers[at]
        values = {"value": text, **more}
        self.findings.add(Finding(severity, rule, self.block.sheet, number, column, text, values))

    def _periods(self) -> tuple[list[Period | None], np.ndarray]:
        """Return the distinct periods of the rows, and which of them each row has."""
        mapping = self.mapping
        if mapping.period_column is None:
            whole = mapping.period.period() if mapping.period else None
            return [whole], np.zeros(len(self.block.rows), dtype=np.int64)
        cells = self._cells(mapping.period_column)
        if mapping.part_column:
            return self._parts_of_years(cells, mapping.part_column)
        ids, distinct = _distinct(cells)
        known = [read_period(cell) for cell in distinct]
        known = self._as_headed(mapping.period_column, known)
        unread = np.array([period is None for period in known], dtype=bool)
        for at in self.keep[unread[ids[self.keep]]]:
            self._tell(ERROR, "period", int(at), mapping.period_column, cells[at])
        return known, ids

    def _parts_of_years(
        self, years: np.ndarray, column: str
    ) -> tuple[list[Period | None], np.ndarray]:
        """Put the part that a column says together with the year of another."""
        parts = self._cells(column)
        pairs = np.empty(len(years), dtype=object)
        pairs[:] = list(zip(years, parts, strict=True))
        ids, distinct = pd.factorize(pairs)
        known = []
        for year, part in distinct:
            whole = read_period(year)
            known.append(part_headed(column, part, whole.end.year) if whole else None)
        unread = np.array([period is None for period in known], dtype=bool)
        for at in self.keep[unread[ids[self.keep]]]:
            self._tell(ERROR, "period", int(at), column, parts[at])
        return known, ids

    def _as_headed(self, column: str, known: list[Period | None]) -> list[Period | None]:
        """Read dates under "Tháng" that are all first days as the months they show; else ask."""
        dated = [p for p in known if p is not None and p.grain == "instant"]
        if not dated or any(p.end.day != 1 for p in dated) or "period" in self.mapping.settled:
            return known
        grain = first_days(self.mapping.first_days, column)
        if grain is None:
            at = int(self.keep[0]) if len(self.keep) else 0
            self._tell(ERROR, "first_days", at, column, dated[0].end, heading=column)
            return known
        return [of_first_day(p, grain) if p and p.grain == "instant" else p for p in known]

    def _period_of(self, measure: Measure, at: np.ndarray) -> np.ndarray:
        """Return the position in `periods` of the period of each figure."""
        if measure.period is None:
            return self.period_ids[at]
        own = measure.period.period()
        if is_first_day(measure.column) and own.grain == "instant":
            grain = first_days(self.mapping.first_days, measure.column)
            own = of_first_day(own, grain or own.grain)
        if own not in self.periods:
            self.periods.append(own)
        return np.full(len(at), self.periods.index(own))

    def tell_hidden(self) -> None:
        """Say which rows with a place a reader of the workbook does not see."""
        if self.block.unseen:
            self._tell(WARNING, "hidden_sheet", 0, "", self.block.sheet)
        kept = set(self.keep.tolist())
        for at in sorted(self.block.hidden_columns):
            column = self.block.columns[at]
            if column in {m.column for m in self.mapping.measures}:
                self._tell(WARNING, "hidden_column", 0, column, column)
        rows = sorted(at for at in self.block.hidden if at in kept)
        if rows:
            lines = ", ".join(str(self.block.numbers[at]) for at in rows[:8])
            self._tell(WARNING, "hidden_rows", rows[0], "", "", n=len(rows), rows=lines)

    def _tell_unknown_words(self, words: np.ndarray) -> None:
        seen: set[str] = set()
        for at in self.keep:
            word = str(words[at] or "")
            if word and word not in self.mapping.indicators and word not in seen:
                seen.add(word)
                column = self.mapping.indicator_column or ""
                self._tell(WARNING, "indicator_word", int(at), column, word)

    def _by_indicator(self, measure: Measure) -> list[tuple[Indicator, np.ndarray]]:
        """Return the indicators of a column, each with the positions of its rows."""
        if measure.indicator:
            return [(self.catalog.indicator(measure.indicator), self.keep)]
        if self.words is None:
            return []
        ids, distinct = _distinct(self.words[self.keep])
        meant = [self.mapping.indicators.get(str(word or ""), "") for word in distinct]
        of_row = np.array(meant, dtype=object)[ids] if meant else np.array([], dtype=object)
        wanted = dict.fromkeys(id_ for id_ in meant if id_)
        return [(self.catalog.indicator(id_), self.keep[of_row == id_]) for id_ in wanted]

    def _numbers(
        self, measure: Measure, indicator: Indicator, at: np.ndarray, cells: np.ndarray
    ) -> pd.DataFrame:
        ids, distinct = _distinct(cells)
        decimal = self._decimal(measure, indicator, distinct)
        times = self._times(measure, indicator, at)
        numbers = [read_number(cell, decimal) for cell in distinct]
        missing = np.array([number.missing for number in numbers], dtype=bool)[ids]
        values = _scaled(times, numbers, ids)
        self.empty += int(missing.sum())
        for i in np.flatnonzero(np.isnan(values) & ~missing):
            if isinstance(cells[i], str) and not any(map(str.isdigit, cells[i])):
                self.empty += 1
                self._tell(WARNING, "words", int(at[i]), measure.column, cells[i])
                continue
            rule = f"number_{decimal}"
            self._tell(ERROR, rule, int(at[i]), measure.column, cells[i])
        percents = np.array([n.percent for n in numbers], dtype=bool)[ids]
        self._tell_mixture(measure, indicator, percents, at, cells)
        if measure.scale is None and indicator.kind == "rate" and "%" in indicator.unit.vi:
            self._tell_fractions(measure, values, ~percents & ~np.isnan(values), at, cells)
        marked = np.array([number.mark for number in numbers], dtype=bool)[ids]
        for i in np.flatnonzero(marked):
            self._tell(WARNING, "mark", int(at[i]), measure.column, cells[i], read=shown(values[i]))
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

    def _decimal(
        self, measure: Measure, indicator: Indicator, cells: Sequence[Cell]
    ) -> DecimalMark:
        """Return the decimal mark of a column: as said, as it shows, or as it alone can be."""
        if "decimal" in self.mapping.settled:
            return self.mapping.decimal
        grouped = [cell for cell in cells if is_grouped(cell)]
        if measure.decimal or not grouped:
            return measure.decimal or self.mapping.decimal
        # "1,234": thousands or three decimals. People are whole, and no rate is over 100.
        mark: DecimalMark = "comma" if "," in str(grouped[0]) else "point"
        other: DecimalMark = "point" if mark == "comma" else "comma"
        if len({"," in str(cell) for cell in grouped}) == 1:
            if is_whole(indicator):
                return other
            if "%" in indicator.unit.vi and indicator.kind == "rate":
                return mark
        if not self._unsaid_decimal(measure):
            return self.mapping.decimal
        at = int(self.keep[0]) if len(self.keep) else 0
        self._tell(ERROR, "decimal_unsaid", at, measure.column, grouped[0])
        return self.mapping.decimal

    def _unsaid_decimal(self, measure: Measure) -> bool:
        """Tell whether no other column shows which mark stands before the decimals."""
        shown_by = {m.decimal for m in self.mapping.measures if m is not measure} - {None}
        return shown_by != {self.mapping.decimal}

    def _times(self, measure: Measure, indicator: Indicator, at: np.ndarray) -> np.ndarray:
        """Return what each number is multiplied by; what does not agree is asked."""
        if measure.scale is not None or not len(at):
            return np.full(len(at), float(measure.scale or 1))
        own, column = indicator.unit.vi, measure.column
        said = self._units(at)
        ids, distinct = _distinct(said)
        found = np.ones(len(distinct))
        for i, unit in enumerate(distinct):
            text, beside = (str(unit), True) if unit else (measure.unit, measure.unit_beside)
            times = factor(text, own, beside=beside)
            if times is None or not (beside or self._is_of_some(text)):
                row = int(at[np.flatnonzero(ids == i)[0]])
                self._tell(ERROR, "unit", row, column, text, own=own, heading=column)
            found[i] = 1 if times is None else times
        return found[ids]

    def _units(self, at: np.ndarray) -> np.ndarray:
        """Return the units that a column says of the rows, None where it says none."""
        if self.mapping.unit_column is None:
            return np.full(len(at), None, dtype=object)
        said = self._cells(self.mapping.unit_column)[at]
        said[:] = [c if isinstance(c, str) and read_unit(c) else None for c in said]
        return said

    def _is_of_some(self, said: str | None) -> bool:
        """Tell whether a unit that stands above the table is that of any of its columns."""
        said_units = [unit for unit in read_units(said or "") if unit.base]
        if not said_units:
            return True
        ids = {m.indicator for m in self.mapping.measures} | set(self.mapping.indicators.values())
        owns = [self.catalog.indicator(id_).unit.vi.lower() for id_ in ids if id_]
        return any(
            unit.base in own or (read_unit(own) or unit).base == unit.base
            for own in owns
            for unit in said_units
        )

    def _tell_mixture(
        self,
        measure: Measure,
        indicator: Indicator,
        percent: np.ndarray,
        at: np.ndarray,
        cells: np.ndarray,
    ) -> None:
        """Ask about a column in which some numbers are percentages and others bear no sign."""
        if measure.scale is not None or "%" not in indicator.unit.vi or not percent.any():
            return
        read = [read_number(cell, self.mapping.decimal) for cell in cells]
        plain = np.array([number.value is not None for number in read], dtype=bool) & ~percent
        # "90,5%" beside "90,0" says the same in writing; beside 0,9 it does not.
        if not any(isinstance(cells[i], Percent) for i in np.flatnonzero(percent)):
            values = [read[i].value or 0.0 for i in np.flatnonzero(plain)]
            plain &= bool(values) and min(values) <= 1
        if plain.any():
            one, other = int(np.flatnonzero(percent)[0]), int(np.flatnonzero(plain)[0])
            more = {"other": shown(cells[other]), "line": self.block.numbers[int(at[other])]}
            more["heading"] = measure.column
            self._tell(ERROR, "mixed_percent", int(at[one]), measure.column, cells[one], **more)

    def _tell_fractions(
        self,
        measure: Measure,
        values: np.ndarray,
        bare: np.ndarray,
        at: np.ndarray,
        cells: np.ndarray,
    ) -> None:
        """Ask about numbers without a sign that may be parts of 1: all of them, or some."""
        small = np.flatnonzero(bare & (values > 0) & (values <= 1))
        large = np.flatnonzero(bare & (values > 1))
        if not len(small):
            return
        first = int(small[0])
        more: dict[str, object] = {"heading": measure.column, "n": len(small)}
        if not len(large):
            self._tell(ERROR, "fractions", int(at[first]), measure.column, cells[first], **more)
        elif values[large].min() >= FAR_FROM_PARTS:
            other = int(large[0])
            more |= {"other": shown(cells[other]), "line": self.block.numbers[int(at[other])]}
            grade: Severity = ERROR if len(small) >= FEWEST_PARTS else WARNING
            self._tell(
                grade, "fractions_some", int(at[first]), measure.column, cells[first], **more
            )

    def _qualifiers(self, column: str, at: np.ndarray, read: pd.Series) -> pd.Series:
        """Take the qualifiers of a column, those read from the figures where it says nothing."""
        cells = self._cells(column)[at]
        said = pd.Series([qualifier_of(cell) for cell in cells], index=read.index, dtype=object)
        for i in np.flatnonzero(said.isna().to_numpy()):
            allowed = ", ".join(QUALIFIERS)
            self._tell(ERROR, "qualifier", int(at[i]), column, cells[i], allowed=allowed)
        return read.where(said.isna() | (said == ""), said).astype("str")

    def _part(self, column: str | None, at: np.ndarray) -> np.ndarray:
        """Read a column of numerators or denominators, for the rows that have a figure."""
        if column is None:
            return np.full(len(at), np.nan)
        cells = self._cells(column)[at]
        ids, distinct = _distinct(cells)
        decimal = decimal_of(distinct) or self.mapping.decimal
        numbers = [read_number(cell, decimal) for cell in distinct]
        values = [np.nan if n.value is None else n.value for n in numbers]
        unread = np.array([n.value is None and not n.missing for n in numbers], dtype=bool)
        for i in np.flatnonzero(unread[ids]):
            rule = f"number_{decimal}"
            self._tell(ERROR, rule, int(at[i]), column, cells[i])
        return np.array(values, dtype=float)[ids]

    def _categories(
        self, measure: Measure, indicator: Indicator, at: np.ndarray, cells: np.ndarray
    ) -> pd.DataFrame:
        meant = [
            self._category(measure, indicator, int(i), cell)
            for i, cell in zip(at, cells, strict=True)
        ]
        good = np.array([word != "" for word in meant], dtype=bool)
        return pd.DataFrame(
            {
                "_at": at[good],
                "value": np.nan,
                "category": pd.Series([word for word in meant if word], dtype="str"),
                "qualifier": QUALIFIERS[0],
            }
        )

    def _category(self, measure: Measure, indicator: Indicator, at: int, cell: Cell) -> str:
        if cell is None or (isinstance(cell, str) and read_number(cell, "comma").missing):
            self.empty += 1
            return ""
        if indicator.kind == "date":
            period = read_period(cell)
            if period is not None and period.grain == "instant":
                return period.end.isoformat()
            self._tell(ERROR, "date", at, measure.column, cell)
            return ""
        word = " ".join(str(cell).split())
        meant = self.mapping.categories.get(word) or category_of(word, indicator)
        if not meant:
            allowed = "; ".join(c.title.vi for c in indicator.categories)
            self._tell(ERROR, "category", at, measure.column, cell, allowed=allowed)
        return meant


def _scaled(times: np.ndarray, numbers: Sequence[Number], ids: np.ndarray) -> np.ndarray:
    """Multiply numbers by what their unit says, those that are percentages apart."""
    raw = np.array([np.nan if n.value is None else n.value for n in numbers], dtype=float)[ids]
    shown_in_percent = np.array([n.percent for n in numbers], dtype=bool)[ids]
    scaled = (times != 1) & ~shown_in_percent & ~np.isnan(raw)
    if scaled.any():
        raw[scaled] = [float(f"{n:.12g}") for n in raw[scaled] * times[scaled]]
    return raw


def is_whole(indicator: Indicator) -> bool:
    """Tell whether figures of an indicator are whole numbers: people, records."""
    unit = read_unit(indicator.unit.vi)
    # "nghìn người" may be 12,5.
    return indicator.kind == "count" and (unit is None or unit.times == 1)


def _distinct(cells: np.ndarray) -> tuple[np.ndarray, list[Cell]]:
    """Return which of the distinct cells each cell is, and those; nothing stays None."""
    ids, distinct = pd.factorize(cells, use_na_sentinel=False)
    # pandas writes None as NaN among numbers.
    return ids, [None if pd.isna(cell) else cell for cell in distinct]


def category_of(word: str, indicator: Indicator) -> str:
    """Return the category of a status whose id or title a word is; "" for none."""
    for category in indicator.categories:
        if word.casefold() in (
            category.id,
            category.title.vi.casefold(),
            category.title.en.casefold(),
        ):
            return category.id
    return ""


def _observations(
    frame: pd.DataFrame,
    block: Block,
    mapping: Mapping,
    periods: Sequence[Period | None],
    origin: str,
) -> pd.DataFrame:
    at = frame["_at"].to_numpy()
    numbers = np.asarray(block.numbers, dtype=np.int64)[at]
    out = pd.DataFrame(
        {
            "indicator": frame["indicator"],
            "role": frame["role"],
            "edition": mapping.edition,
            "area": frame["area"],
            **_period_columns(periods, frame["period"].to_numpy()),
            "value": frame["value"].astype("float64"),
            "category": frame["category"],
            "state": "reported",
            "numerator": frame["numerator"].astype("float64"),
            "denominator": frame["denominator"].astype("float64"),
            "qualifier": frame["qualifier"],
            "origin": origin,
            "locator": _locators(block.sheet, numbers, frame["column"]),
            "note": _notes(block, mapping.note, at),
            "sheet": block.sheet,
            "row": numbers,
            "column": frame["column"],
        }
    )
    # Parts are kept where both are known.
    alone = out["numerator"].isna() != out["denominator"].isna()
    if alone.any():
        out.loc[alone, ["numerator", "denominator"]] = np.nan
    return out


def _period_columns(periods: Sequence[Period | None], ids: np.ndarray) -> dict[str, pd.Series]:
    """Write the periods of figures as text, each distinct one once."""
    texts = {
        "period_start": [p.start.isoformat() if p and p.start else "" for p in periods],
        "period_end": [p.end.isoformat() if p else "" for p in periods],
        "grain": [p.grain if p else "" for p in periods],
        "period_text": [p.text if p else "" for p in periods],
    }
    return {
        name: pd.Series(said, dtype="str").take(ids).reset_index(drop=True)
        for name, said in texts.items()
    }


def _locators(sheet: str, numbers: np.ndarray, columns: pd.Series) -> pd.Series:
    where = f"{sheet}!" if sheet else ""
    return where + pd.Series(numbers).astype("str") + " · " + columns.astype("str")


def _notes(block: Block, column: str | None, at: np.ndarray) -> pd.Series | str:
    if column is None:
        return ""
    notes = block.column(column)
    return pd.Series([str(notes[i] or "") for i in at], dtype="str")
