"""From the rows of a table to observations, each with the cell that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from metrics._import_blocks import Block
from metrics._import_book import Cell
from metrics._import_findings import ERROR, WARNING, Finding, Findings, Severity, shown
from metrics._import_mapping import Mapping, Measure
from metrics._import_numbers import Number, read_number
from metrics._import_periods import Period, read_period
from metrics.catalog import Catalog, Indicator
from metrics.observations import OBSERVATION_COLUMNS, QUALIFIERS

# Beside the columns of an observation: where it was read.
PLACE_OF_CELL: Final = ("sheet", "row", "column")
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
    catalog
        The indicators.
    origin
        Id of the origin that the observations name.

    Returns
    -------
    Read
        Nothing is rounded, filled or corrected: a cell that cannot be read is a finding.
    """
    keep = [int(i) for i in np.flatnonzero((codes != "").to_numpy())]
    reader = _Reader(block, mapping, catalog, keep)
    frames = [reader.measure(measure) for measure in mapping.measures]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["_at"])
    if len(frame):
        frame["area"] = codes.to_numpy()[frame["_at"].to_numpy(dtype=np.int64)]
    return Read(_observations(frame, block, mapping, origin), reader.findings, reader.empty)


@dataclass(slots=True)
class _Reader:
    """Read the columns of one table; what cannot be read is collected."""

    block: Block
    mapping: Mapping
    catalog: Catalog
    keep: list[int]
    findings: Findings = field(default_factory=Findings)
    empty: int = 0
    periods: list[Period | None] = field(init=False)
    words: list[Cell] | None = field(init=False)

    def __post_init__(self) -> None:
        self.periods = self._periods()
        column = self.mapping.indicator_column
        self.words = self.block.column(column) if column else None
        if self.words is not None:
            self._tell_unknown_words(self.words)

    def measure(self, measure: Measure) -> pd.DataFrame:
        """Read one column of figures: one row per figure, with its position in the block."""
        cells = self.block.column(measure.column)
        ids = self._indicator_ids(measure, len(cells))
        said = self.block.column(measure.qualifier) if measure.qualifier else None
        period = measure.period.period() if measure.period else None
        numbers: dict[Cell, Number] = {}
        found: dict[str, list[Any]] = {name: [] for name in _FIELDS}
        for at in self.keep:
            if not ids[at]:
                continue
            indicator = self.catalog.indicator(ids[at])
            if indicator.kind in ("status", "date"):
                value, qualifier = None, "exact"
                category = self._category(measure, indicator, at, cells[at])
                if not category:
                    continue
            else:
                category = ""
                number = self._number(measure, at, cells[at], numbers)
                if number is None:
                    continue
                value, qualifier = number
            if said is not None and said[at]:
                qualifier = self._qualifier(measure, at, str(said[at]))
            row = (at, indicator.id, value, category, qualifier, period or self.periods[at])
            for name, cell in zip(_FIELDS, row, strict=True):
                found[name].append(cell)
        parts = {
            name: self._part(column, found["_at"])
            for name, column in (
                ("numerator", measure.numerator),
                ("denominator", measure.denominator),
            )
        }
        return pd.DataFrame(found | parts).assign(role=measure.role, column=measure.column)

    def _tell(
        self, severity: Severity, rule: str, at: int, column: str, value: object, **more: object
    ) -> None:
        text = shown(value)
        number = self.block.numbers[at]
        values = {"value": text, **more}
        self.findings.add(Finding(severity, rule, self.block.sheet, number, column, text, values))

    def _periods(self) -> list[Period | None]:
        mapping = self.mapping
        if mapping.period_column is None:
            whole = mapping.period.period() if mapping.period else None
            return [whole] * len(self.block.rows)
        cells = self.block.column(mapping.period_column)
        known = {cell: read_period(cell) for cell in set(cells)}
        for at in self.keep:
            if known[cells[at]] is None:
                self._tell(ERROR, "period", at, mapping.period_column, cells[at])
        return [known[cell] for cell in cells]

    def _tell_unknown_words(self, words: Sequence[Cell]) -> None:
        seen: set[str] = set()
        for at in self.keep:
            word = str(words[at] or "")
            if word and word not in self.mapping.indicators and word not in seen:
                seen.add(word)
                column = self.mapping.indicator_column or ""
                self._tell(WARNING, "indicator_word", at, column, word)

    def _indicator_ids(self, measure: Measure, n: int) -> list[str]:
        if measure.indicator:
            return [measure.indicator] * n
        if self.words is None:
            return [""] * n
        return [self.mapping.indicators.get(str(word or ""), "") for word in self.words]

    def _number(
        self, measure: Measure, at: int, cell: Cell, known: dict[Cell, Number]
    ) -> tuple[float, str] | None:
        number = known.get(cell)
        if number is None:
            number = known[cell] = read_number(cell, self.mapping.decimal)
        if number.value is None:
            self.empty += number.missing
            if not number.missing:
                self._tell(ERROR, f"number_{self.mapping.decimal}", at, measure.column, cell)
            return None
        value = number.value
        if measure.scale != 1 and not number.percent:
            value = float(f"{value * measure.scale:.12g}")
        return value, number.qualifier

    def _qualifier(self, measure: Measure, at: int, said: str) -> str:
        if said not in QUALIFIERS:
            allowed = ", ".join(QUALIFIERS)
            self._tell(ERROR, "qualifier", at, measure.qualifier or "", said, allowed=allowed)
        return said

    def _part(self, column: str | None, at: Sequence[int]) -> list[float | None]:
        """Read a column of numerators or denominators, for the rows that have a figure."""
        if column is None:
            return [None] * len(at)
        cells = self.block.column(column)
        found: list[float | None] = []
        for i in at:
            number = read_number(cells[i], self.mapping.decimal)
            if number.value is None and not number.missing:
                self._tell(ERROR, f"number_{self.mapping.decimal}", i, column, cells[i])
            found.append(number.value)
        return found

    def _category(self, measure: Measure, indicator: Indicator, at: int, cell: Cell) -> str:
        if cell is None:
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


def _observations(frame: pd.DataFrame, block: Block, mapping: Mapping, origin: str) -> pd.DataFrame:
    if frame.empty:
        return pd.DataFrame(columns=[*OBSERVATION_COLUMNS, *PLACE_OF_CELL])
    periods: list[Period | None] = frame["period"].tolist()
    numbers = [block.numbers[i] for i in frame["_at"]]
    notes = block.column(mapping.note) if mapping.note else None
    where = f"{block.sheet}!" if block.sheet else ""
    out = pd.DataFrame(
        {
            "indicator": frame["indicator"],
            "role": frame["role"],
            "edition": mapping.edition,
            "area": frame["area"],
            "period_start": [p.start.isoformat() if p and p.start else "" for p in periods],
            "period_end": [p.end.isoformat() if p else "" for p in periods],
            "grain": [p.grain if p else "" for p in periods],
            "period_text": [p.text if p else "" for p in periods],
            "value": pd.to_numeric(frame["value"]).astype("float64"),
            "category": frame["category"],
            "state": "reported",
            "numerator": pd.to_numeric(frame["numerator"]).astype("float64"),
            "denominator": pd.to_numeric(frame["denominator"]).astype("float64"),
            "qualifier": frame["qualifier"],
            "origin": origin,
            "locator": [
                f"{where}{number} · {column}"
                for number, column in zip(numbers, frame["column"], strict=True)
            ],
            "note": [str(notes[i] or "") for i in frame["_at"]] if notes else "",
            "sheet": block.sheet,
            "row": numbers,
            "column": frame["column"],
        }
    )
    # Parts are kept where both are known.
    both = out["numerator"].notna() & out["denominator"].notna()
    out.loc[~both, ["numerator", "denominator"]] = np.nan
    return out
