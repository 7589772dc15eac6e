"""Which cells speak for each reading of a table, and which against it: as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from base.reading import Percent
from base.words import Lang, t
from geo.editions import area, areas, editions
from metrics.catalog import Catalog
from metrics.importing.cells import Block, decimal_of, factor, named, shown, written
from metrics.importing.mapping import Mapping, Measure, Report, column_period, period_above
from metrics.importing.names import level_named
from metrics.importing.proposal import of_its_time, provinces_in, role_headed, role_titled
from metrics.importing.time import find_period, read_period

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
        extent, place, level, edition, within, period, role, unit, scale, decimal or percent; the
        column that it is about, "" for the whole table.
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
        told = {"part": self.what(lang), "n": self.n_for, "cells": self.speaking_for(lang) or "–"}
        said = t("import.evidence.for", lang, **told)
        if not self.n_against:
            return said
        told = {"n": self.n_against, "cells": self.speaking_against(lang)}
        return said + "; " + t("import.evidence.against", lang, **told)

    def what(self, lang: Lang) -> str:
        """Say which part it is about, and how that was read."""
        taken = written(self.taken, lang)
        if self.part in ("role", "level"):
            key = "import.role." if self.part == "role" else "names.level."
            taken = t(f"{key}{taken}", lang)
        return t(f"import.evidence.{self.part}", lang, column=self.column, taken=taken)

    def speaking_for(self, lang: Lang) -> str:
        """List the first cells that speak for it."""
        return _listed(self.cells_for, lang)

    def speaking_against(self, lang: Lang) -> str:
        """List the first cells that speak against it."""
        return _listed(self.cells_against, lang)


def evidence_rows(sheet: str, found: Iterable[Evidence], lang: Lang) -> Iterator[tuple[str, ...]]:
    """Give evidence as rows of a file of findings, the first cell for each reading with it."""
    for one in found:
        row = next((str(cell.row) for cell in one.cells_for if cell.row), "")
        told = (one.column, one.taken, f"evidence.{one.part}", one.say(lang))
        yield ("evidence", sheet, row, *told)


def _listed(cells: Iterable[Cell], lang: Lang) -> str:
    return ", ".join(
        t("import.evidence.cell", lang, row=one.row, text=written(one.text, lang))
        if one.row
        else f"“{one.text}”"
        for one in cells
    )


def evidence(block: Block, report: Report, catalog: Catalog) -> Iterator[Evidence]:
    """Give the evidence of the readings of a table, cell by cell."""
    mapping = report.mapping
    if mapping.export:
        return
    yield _extent(block, mapping)
    yield _places(report, mapping)
    yield from _map(block, report)
    if mapping.period is not None or any(m.period for m in mapping.measures):
        yield from _periods(block, mapping)
    for measure in mapping.measures:
        yield from _of_column(block, measure, catalog)
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


def _extent(block: Block, mapping: Mapping) -> Evidence:
    """Name the heading that a table begins at, its first row and its last one."""
    places = block.column(mapping.place)
    lines = [Cell(block.heading, mapping.place)] if block.heading else []
    lines += [Cell(block.numbers[at], shown(places[at])) for at in (0, -1) if block.numbers]
    first, last = (block.numbers[0], block.numbers[-1]) if block.numbers else (0, 0)
    return _made("extent", "", f"{first}–{last}", lines, [])


def _map(block: Block, report: Report) -> Iterator[Evidence]:
    """Say what speaks for the level, the edition and the province."""
    mapping = report.mapping
    heading = Cell(block.heading, mapping.place)
    headed = level_named(mapping.place)
    told = [heading] if headed is mapping.level else []
    other = [heading] if headed not in (None, mapping.level) else []
    yield _made("level", "", str(mapping.level), told or _named(report), other)
    good = _only_here(report)
    bad = [Cell(row, _place_at(report, row)) for rows in report.strangers.values() for row in rows]
    times = [m.period for m in mapping.measures if m.period] + [mapping.period]
    for time in dict.fromkeys(time for time in times if time):
        fits = of_its_time(mapping.edition, [time.end])
        (good if fits else bad).append(Cell(0, time.text or str(time.end)))
    yield _made("edition", "", mapping.edition, good, bad)
    if mapping.within:
        said = [(x, provinces_in([x], mapping.edition)) for x in (block.sheet, *block.titles) if x]
        good = [Cell(0, text[:60]) for text, codes in said if mapping.within in codes]
        bad = [Cell(0, text[:60]) for text, codes in said if codes and mapping.within not in codes]
        yield _made("within", "", named(area(mapping.edition, mapping.within)), good, bad)


def _named(report: Report) -> list[Cell]:
    places = report.places.head(MOST_ROWS)
    known = places[places["code"] != ""]
    pairs = zip(known["row"], known["place"], strict=True)
    return [Cell(int(row), str(place)[:60]) for row, place in pairs]


def _place_at(report: Report, row: int) -> str:
    return str(report.places.loc[report.places["row"] == row, "place"].iloc[0])[:60]


def _only_here(report: Report) -> list[Cell]:
    """Return the places whose name no other edition has at their level."""
    mapping = report.mapping
    others = {
        one.name_vi
        for edition in editions()
        if edition.id != mapping.edition and mapping.level in edition.levels
        for one in areas(edition.id, mapping.level)
    }
    places = report.places.head(MOST_ROWS)
    known = places[places["code"] != ""]
    return [
        Cell(int(row), str(place)[:60])
        for row, place, code in zip(known["row"], known["place"], known["code"], strict=True)
        if area(mapping.edition, str(code)).name_vi not in others
    ]


def _of_column(block: Block, measure: Measure, catalog: Catalog) -> Iterator[Evidence]:
    """Say what speaks for the role, the unit and the scale of a column."""
    column, heading = measure.column, Cell(block.heading, measure.column[:60])
    titles = [(Cell(0, text[:60]), role_titled([text])) for text in block.titles]
    said = [(heading, role_headed(column)), *((c, r) for c, r in titles if r)]
    good = [cell for cell, role in said if role == measure.role]
    bad = [cell for cell, role in said if role not in (None, measure.role)]
    if good or bad:
        yield _made("role", column, measure.role, good, bad)
    indicator = catalog.indicators.get(measure.indicator or "")
    if measure.scale is not None:
        yield _made("scale", column, str(measure.scale), [], [])
    elif measure.unit:
        where = heading if measure.unit_beside else Cell(0, measure.unit[:60])
        own = indicator.unit.vi if indicator else ""
        times = factor(measure.unit, own, beside=measure.unit_beside) if own else None
        yield _made("unit", column, measure.unit, [where], [])
        if times is not None and times != 1:
            yield _made("scale", column, f"{times:g}", [where], [])


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
