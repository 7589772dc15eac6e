"""Which cells speak for each reading of a table, and which against it: as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from base.words import Lang, t
from metrics.importing.blocks import Block
from metrics.importing.book import Percent
from metrics.importing.examine import Report
from metrics.importing.findings import shown, written
from metrics.importing.headings import column_period, period_above
from metrics.importing.mapping import Mapping, Measure
from metrics.importing.numbers import decimal_of
from metrics.importing.periods import find_period, read_period

EXAMPLES: Final = 3
# Rows that are counted: the first ones tell it.
MOST_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as evidence: its row (0 above the table) and what stands there."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one reading of a table rests on.

    Attributes
    ----------
    part, column
        place, period, decimal or percent; the column that it is about, "" for the whole table.
    taken
        The reading.
    n_for, n_against
        How many cells speak for it and against it, of the first `MOST_ROWS` rows.
    cells_for, cells_against
        The first of them.
    """

    part: str
    column: str
    taken: str
    n_for: int
    n_against: int
    cells_for: tuple[Cell, ...]
    cells_against: tuple[Cell, ...]

    def say(self, lang: Lang) -> str:
        """Say it in a line."""
        for_, against = (_listed(cells, lang) for cells in (self.cells_for, self.cells_against))
        part = t(f"import.evidence.{self.part}", lang, column=self.column, taken=self.taken)
        said = t("import.evidence.for", lang, part=part, n=self.n_for, cells=for_ or "–")
        if not self.n_against:
            return said
        return said + "; " + t("import.evidence.against", lang, n=self.n_against, cells=against)


def _listed(cells: Iterable[Cell], lang: Lang) -> str:
    return ", ".join(
        t("import.evidence.cell", lang, row=one.row, text=written(one.text, lang))
        if one.row
        else f"“{one.text}”"
        for one in cells
    )


def evidence(block: Block, report: Report) -> Iterator[Evidence]:
    """Give the evidence of the readings of a table, cell by cell."""
    mapping = report.mapping
    if mapping.export:
        return
    yield _places(report, mapping)
    if mapping.period is not None or any(m.period for m in mapping.measures):
        yield from _periods(block, mapping)
    for measure in mapping.measures:
        yield from _marks(block, mapping, measure)


def _made(part: str, column: str, taken: str, good: list[Cell], bad: list[Cell]) -> Evidence:
    some = (tuple(good[:EXAMPLES]), tuple(bad[:EXAMPLES]))
    return Evidence(part, column, taken, len(good), len(bad), *some)


def _places(report: Report, mapping: Mapping) -> Evidence:
    places = report.places.head(MOST_ROWS)
    cells = [
        Cell(int(row), str(place)[:60])
        for row, place in zip(places["row"], places["place"], strict=True)
    ]
    good = [cell for cell, code in zip(cells, places["code"], strict=True) if code]
    open_ = set(report.unmatched.index)
    bad = [cell for at, cell in enumerate(cells) if at in open_]
    return _made("place", mapping.place, f"{mapping.edition} {mapping.level}", good, bad)


def _periods(block: Block, mapping: Mapping) -> Iterator[Evidence]:
    above = period_above(block)
    sheet = read_period(block.sheet)
    lines = [(text, find_period(text)) for text in block.titles]
    for time, column in (
        (mapping.period, ""),
        *((m.period, m.column) for m in mapping.measures if m.period),
    ):
        if time is None:
            continue
        said = [*lines, (block.sheet, sheet), (column, column_period(column, above))]
        known = [(Cell(0, text[:60]), one) for text, one in said if one is not None and text]
        good = [cell for cell, one in known if (one.start, one.end) == (time.start, time.end)]
        bad = [cell for cell, one in known if (one.start, one.end) != (time.start, time.end)]
        yield _made("period", column, time.text or str(time.end), good, bad if not column else [])


def _marks(block: Block, mapping: Mapping, measure: Measure) -> Iterator[Evidence]:
    taken = measure.decimal or mapping.decimal
    where = block.columns.index(measure.column)
    cells = [row[where] for row in block.rows[:MOST_ROWS]]
    good: list[Cell] = []
    bad: list[Cell] = []
    shown_so: list[Cell] = []
    for row, value in zip(block.numbers[:MOST_ROWS], cells, strict=True):
        if isinstance(value, Percent):
            shown_so.append(Cell(row, shown(float(value))))
        elif isinstance(value, str) and (mark := decimal_of((value,))):
            (good if mark == taken else bad).append(Cell(row, value[:60]))
    if good or bad:
        yield _made("decimal", measure.column, "," if taken == "comma" else ".", good, bad)
    if shown_so:
        yield _made("percent", measure.column, "%", shown_so, [])
