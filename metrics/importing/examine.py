"""A user's table: read, understood, matched and checked, before anything is stored.

`preview` reads a file; `propose` says what its columns seem to be; `examine` applies a mapping
and reports all that was and was not understood. Only `metrics.datasets` stores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Accepted
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from base.reading import COMMAND, Most
from base.words import Lang
from geo.coverage.output import texts_marked
from geo.editions import Area, edition
from geo.names import Method
from metrics.catalog import Catalog, Origin
from metrics.importing.blocks import Block, find_blocks
from metrics.importing.book import Book, read_book, texts_of
from metrics.importing.cell_units import units_to_headings
from metrics.importing.checks import check, without_repeats
from metrics.importing.doubts import doubts, of_another_time
from metrics.importing.export import COLUMNS as EXPORTED
from metrics.importing.export import (
    export_findings,
    is_export,
    left_out,
    new_origins,
    observed,
    read_export,
    simulated_findings,
)
from metrics.importing.findings import (
    ERROR,
    WARNING,
    Finding,
    Findings,
    Severity,
    findings_csv,
    shown,
)
from metrics.importing.headings import group_of
from metrics.importing.layouts import upright
from metrics.importing.left import columns_left, rows_left
from metrics.importing.limits import ImportRefused
from metrics.importing.mapping import (
    Mapping,
    Measure,
    Time,
    check_columns,
    make_mapping,
    read_mapping,
    write_mapping,
)
from metrics.importing.memory import MAPPINGS, mappings_folder, remember, remembered
from metrics.importing.numbers import looks_numeric, read_number
from metrics.importing.periods import plain, read_period
from metrics.importing.personal import personal_findings
from metrics.importing.places import (
    BY_HAND,
    GROUP,
    NOT_PLACES,
    absent,
    is_total_row,
    match_places,
    other_editions,
    place_key,
)
from metrics.importing.propose import likely_indicators, propose, why_likely
from metrics.importing.rows import category_of, read_rows
from metrics.importing.totals import stored_totals, total_findings
from metrics.observations import KEY_COLUMNS
from metrics.store import Store

__all__ = [
    "MAPPINGS",
    "Block",
    "Book",
    "Finding",
    "ImportRefused",
    "Mapping",
    "Measure",
    "Preview",
    "Report",
    "Time",
    "category_of",
    "examine",
    "findings_csv",
    "group_of",
    "likely_indicators",
    "looks_numeric",
    "make_mapping",
    "mappings_folder",
    "nearest",
    "place_key",
    "preview",
    "propose",
    "read_mapping",
    "read_number",
    "read_period",
    "remember",
    "remembered",
    "write_mapping",
]

# What figures of before are compared by.
COMPARED: Final = (
    *("indicator", "role", "edition", "area", "period_start", "period_end", "grain", "value"),
)
# Why a row matches nothing, where the nearest name may be taken unseen.
_SURE_ENOUGH: Final = (str(Method.UNKNOWN), str(Method.DIACRITICS_CONFLICT))
LIKE_ENOUGH: Final = 82
# The origin that observations name until their dataset has one.
PENDING: Final = "pending"


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was read.

    Attributes
    ----------
    book
        The file, with how it was read.
    blocks
        The tables found on its sheets.
    personal
        Columns that look like personal data; with any, the file is refused.
    outside
        Rows with figures that are in no table.
    """

    book: Book
    blocks: tuple[Block, ...]
    personal: tuple[Finding, ...]
    outside: tuple[Finding, ...] = ()

    def without_rows(self) -> Preview:
        """Let the rows go: what stores a table that was examined needs only what it is called."""
        blocks = tuple(replace(block, rows=[], numbers=[]) for block in self.blocks)
        return replace(self, book=replace(self.book, sheets=()), blocks=blocks)


@dataclass(frozen=True, slots=True)
class Report:
    """What was and was not understood of a table.

    Attributes
    ----------
    mapping
        What the columns were taken for.
    places
        One row per data row; see `metrics.importing.places.match_places`.
    observations
        What would be stored, with the cell of each; see `metrics.importing.rows.Read`.
    findings, counts
        Errors first; and how many there were of each rule.
    errors
        Number of errors; with any, nothing is stored.
    absent
        Areas that the table says nothing about.
    strangers
        Rows that only another edition has: edition to their numbers.
    empty
        Cells that say that there is no figure.
    origins
        Records of origins that an export names and the store lacks.
    """

    mapping: Mapping
    places: pd.DataFrame
    observations: pd.DataFrame
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    errors: int
    absent: tuple[Area, ...]
    strangers: dict[str, list[int]]
    empty: int
    origins: tuple[Origin, ...] = ()

    @property
    def methods(self) -> Counter[str]:
        """How many rows were matched by which method, or why not."""
        return Counter(self.places["method"])

    @property
    def unmatched(self) -> pd.DataFrame:
        """Rows that should be an area and are none, with reason and suggestions."""
        return self.places[is_unmatched(self.places)]

    @property
    def by_hand(self) -> tuple[tuple[str, str, str], ...]:
        """The spellings that were accepted by hand: place, parent, code."""
        rows = self.places[self.places["method"] == BY_HAND]
        told = rows[["place", "parent", "code"]].drop_duplicates()
        return tuple((str(p), str(above), str(c)) for p, above, c in told.to_numpy())

    @property
    def blocked(self) -> bool:
        """Whether the table cannot be stored as it is."""
        return self.errors > 0 or self.observations.empty


def is_unmatched(places: pd.DataFrame) -> pd.Series:
    """Tell which rows should be an area and are none; totals and headings are none by right."""
    by_right = places["method"].isin(NOT_PLACES)
    return (places["code"] == "") & ~by_right


def nearest(report: Report) -> dict[str, str]:
    """Return the suggestions that can be accepted all at once: spelling to code.

    Left out is what is ambiguous (a name of several areas), what names a unit of another level or
    edition, and what differs in a number: these need a person to look at each.
    """
    rows = report.unmatched.drop_duplicates(["place", "parent"])
    rows = rows[rows["suggestions"].map(bool) & rows["method"].isin(_SURE_ENOUGH)]
    found = {
        place_key(row["place"], row["parent"]): row["suggestions"][0].code
        for row in rows.to_dict("records")
        if _digits(row["place"]) == _digits(row["suggestions"][0].name_vi)
        and _likeness(row["place"], row["suggestions"][0]) >= LIKE_ENOUGH
    }
    # A place that another row is already, or that two spellings are nearest to, is nobody's.
    told = Counter(found.values()) + Counter(set(report.places["code"]))
    return {spelling: code for spelling, code in found.items() if told[code] == 1}


def _likeness(text: str, near: Area) -> float:
    """Return how alike a spelling and a name are, with the type of the unit and without."""
    name = plain(text)
    return max(
        fuzz.ratio(name, plain(near.name_vi)),
        fuzz.ratio(name, plain(near.name_vi).split(" ", 1)[-1]),
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def preview(name: str, data: bytes, most: Most = COMMAND) -> Preview:
    """Read a file and find its tables.

    Parameters
    ----------
    name
        Its name; may be hostile.

    Returns
    -------
    Preview
        With at least one table.

    Raises
    ------
    Unreadable
        If it cannot be read.
    ImportRefused
        If no table is found in it, or it carries the mark of made-up data: these are never put
        among real figures.
    """
    book = read_book(name, data, most)
    if texts_marked(book.name, (cell for sheet in book.sheets for cell in texts_of(sheet))):
        raise ImportRefused("simulated", file=book.name)
    found = [(sheet, find_blocks(sheet)) for sheet in book.sheets]
    tables = [
        (sheet, [units_to_headings(one) for block in some for one in upright(block)])
        for sheet, some in found
    ]
    blocks = tuple(block for _, some in tables for block in some)
    if not blocks:
        raise ImportRefused("no_table", file=book.name)
    return Preview(book, blocks, tuple(personal_findings(tables)), tuple(rows_left(found)))


def examine(
    seen: Preview,
    block: Block,
    mapping: Mapping,
    store: Store,
    *,
    lang: Lang = "vi",
    today: date | None = None,
    leave_out: bool = False,
    aliases: Accepted | None = None,
) -> Report:
    """Apply a mapping to a table, and report everything; nothing is stored.

    Parameters
    ----------
    mapping
        What its columns are.
    store
        What there is: the catalog, and the figures of before.
    lang
        Language of the notes about places.
    today
        Results of later days are errors; the day it is where None.
    leave_out
        Whether rows without an area are left out; else they are errors.
    aliases
        Spellings that the team has accepted before, for this map: see `metrics.datasets.aliases`.

    Returns
    -------
    Report
        With the observations that would be stored.

    Raises
    ------
    ImportRefused
        If the mapping names columns that the table lacks, or indicators that do not exist.
    """
    check_columns(mapping, block, seen.book.name)
    if mapping.export:
        return _examine_export(seen, block, mapping, store, today or date.today())
    _check_indicators(mapping, store, seen.book.name)
    findings = Findings()
    findings.extend(seen.personal)
    findings.extend(seen.outside)
    findings.extend(columns_left(block, mapping, seen.book.delimiter))
    findings.extend(simulated_findings(seen.book.name, block))
    places = match_places(block, mapping, lang, aliases or {})
    strangers = other_editions(places, mapping)
    findings.extend(_place_findings(places, block, mapping, strangers, leave_out=leave_out))
    findings.extend(doubts(block, mapping, places, store.catalog))
    read = read_rows(block, mapping, places["code"], store.catalog, PENDING)
    findings.extend(_unsaid(mapping, block, store.catalog))
    findings.extend(read.findings.kept)
    _count_rest(findings, read.findings)
    frame = read.frame
    before = _before(store, frame)
    scaled = {m.column for m in mapping.measures if m.scale is not None}
    findings.extend(of_another_time(frame, mapping))
    findings.extend(check(frame, store.catalog, before, today or date.today(), scaled=scaled))
    findings.extend(total_findings(block, mapping, places, store.catalog))
    if len(frame):
        findings.extend(stored_totals(frame, store.catalog, before, mapping.edition, mapping.level))
    return Report(
        mapping=mapping,
        places=places,
        observations=without_repeats(frame) if len(frame) else frame,
        findings=tuple(findings.ordered()),
        counts=findings.counts,
        errors=findings.errors,
        absent=tuple(absent(places, mapping)),
        strangers=strangers,
        empty=read.empty,
    )


def _examine_export(
    seen: Preview, block: Block, mapping: Mapping, store: Store, today: date
) -> Report:
    """Report on an export of the atlas, whose rows say themselves what they are."""
    if not is_export(block):
        missing = ", ".join(sorted(set(EXPORTED.values()) - set(block.columns)))
        columns = ", ".join(block.columns)
        raise ImportRefused("columns", file=seen.book.name, missing=missing, columns=columns)
    whole = read_export(block)
    kept = observed(whole)
    frame = whole[kept]
    findings = Findings()
    findings.extend(seen.personal)
    findings.extend(simulated_findings(seen.book.name, block))
    findings.extend(export_findings(block, frame, store.catalog))
    findings.extend(left_out(block, int((~kept).sum())))
    origins = new_origins(block, frame, store.catalog)
    sound = frame
    if not findings.errors:
        findings.extend(check(frame, store.catalog, _before(store, frame), today, key=KEY_COLUMNS))
        sound = without_repeats(frame, KEY_COLUMNS)
    return Report(
        mapping=mapping,
        places=_export_places(whole, kept),
        observations=sound.reset_index(drop=True),
        findings=tuple(findings.ordered()),
        counts=findings.counts,
        errors=findings.errors,
        absent=(),
        strangers={},
        empty=0,
        origins=origins,
    )


def _export_places(frame: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    method = pd.Series(str(Method.CODE), index=frame.index).where(kept, str(Method.EMPTY))
    return pd.DataFrame(
        {
            "row": frame["row"],
            "place": frame["area"],
            "parent": "",
            "code": frame["area"].where(kept, ""),
            "method": method,
            "note": "",
            "suggestions": [()] * len(frame),
        }
    )


def _before(store: Store, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what the store holds of the same indicators, as far as it is compared with."""
    ids = sorted(frame["indicator"].unique()) if len(frame) else []
    if not ids:
        return pd.DataFrame()
    return store.read(
        lambda rows: rows.filter(rows.indicator.isin(ids), rows.value.notnull()).select(*COMPARED),
        ordered=False,
    )


def _check_indicators(mapping: Mapping, store: Store, file: str) -> None:
    named = {m.indicator for m in mapping.measures if m.indicator} | set(
        mapping.indicators.values()
    )
    unknown = sorted(named - set(store.catalog.indicators))
    if unknown:
        raise ImportRefused("indicator", file=file, ids=", ".join(unknown)[:200])


def _place_findings(
    places: pd.DataFrame,
    block: Block,
    mapping: Mapping,
    strangers: dict[str, list[int]],
    *,
    leave_out: bool,
) -> list[Finding]:
    found = []
    n = int((places["code"] != "").sum())
    for other, rows in strangers.items():
        name = edition(other).name_vi
        values = {
            "n": len(rows),
            "rows": ", ".join(map(str, rows[:8])),
            "edition": name,
            "here": edition(mapping.edition).name_vi,
            "matched": n,
        }
        rule = "mixed_editions" if n else "other_edition"
        found.append(Finding(ERROR, rule, block.sheet, rows[0], mapping.place, "", values))
    told = {row for rows in strangers.values() for row in rows}
    severity: Severity = WARNING if leave_out else ERROR
    found += _without_place(places, block, mapping, severity)
    columns = [block.columns.index(m.column) for m in mapping.measures]
    open_ = places[is_unmatched(places)]
    for at, row in zip(open_.index, open_.to_dict("records"), strict=True):
        if int(row["row"]) in told:
            continue
        near = ", ".join(area.name_vi for area in row["suggestions"])
        values = {"value": row["place"][:60], "note": row["note"], "near": near or "–"}
        # What has no cell of figures at all is a heading among the rows: nothing is lost of it.
        bare = columns and all(block.rows[at][c] is None for c in columns)
        grade: Severity = WARNING if bare else severity
        rule = "heading_row" if bare else "place"
        line, place = int(row["row"]), row["place"][:60]
        found.append(Finding(grade, rule, block.sheet, line, mapping.place, place, values))
    return found


def _without_place(
    places: pd.DataFrame, block: Block, mapping: Mapping, severity: Severity
) -> list[Finding]:
    """Find figures that no place is written beside, and sums of groups: neither is stored."""
    found = []
    columns = [block.columns.index(m.column) for m in mapping.measures]
    methods = [str(Method.EMPTY), str(Method.PLACEHOLDER), GROUP]
    for at in np.flatnonzero(places["method"].isin(methods).to_numpy()).tolist():
        row, method = block.rows[at], places["method"].iat[at]
        cell = next((row[c] for c in columns if looks_numeric(row[c])), None)
        if cell is None or is_total_row(row, mapping):
            continue
        rule = "group" if method == GROUP else "no_place"
        place = str(places["place"].iat[at])[:60]
        told = {"value": shown(cell), "place": place}
        grade = WARNING if method == GROUP else severity
        line = int(block.numbers[at])
        found.append(Finding(grade, rule, block.sheet, line, mapping.place, place, told))
    return found


def _unsaid(mapping: Mapping, block: Block, catalog: Catalog) -> list[Finding]:
    """Say what nobody has said yet: no column of figures, or figures of nothing known."""
    if not mapping.measures and block.unvalued:
        at, first = min(block.unvalued)
        where = (block.sheet, block.numbers[at], block.columns[first])
        return [Finding(ERROR, "formula", *where, "", {"value": ""})]
    if not mapping.measures:
        return [Finding(ERROR, "no_measure", block.sheet, 0, "", "")]
    if mapping.indicator_column:
        if not mapping.indicators:
            column = mapping.indicator_column
            words = list(dict.fromkeys(str(c) for c in block.column(column) if c is not None))
            told = {"column": column, "near": _near(words[0], catalog) if words else "–"}
            return [Finding(ERROR, "no_indicator", block.sheet, 0, column, "", told)]
        return []
    return [
        Finding(
            *(ERROR, "no_indicator", block.sheet, 0, m.column, ""),
            {"column": m.column, "near": _near(m.column, catalog)},
        )
        for m in mapping.measures
        if not m.indicator
    ]


def _near(heading: str, catalog: Catalog) -> str:
    """Say which indicators a heading may mean, and why; none is taken."""
    found = likely_indicators(group_of(heading) or heading, catalog, 3)
    said = (f"{one.id} – {one.title.vi} ({why_likely(heading, one)})" for one, _ in found)
    return "; ".join(said) or "–"


def _count_rest(findings: Findings, more: Findings) -> None:
    # Of each rule only the first findings were kept: the others count all the same.
    for rule, n in more.counts.items():
        kept = [f for f in more.kept if f.rule == rule]
        findings.counts[rule] += n - len(kept)
        findings.errors += (n - len(kept)) * (kept[0].severity == ERROR)
