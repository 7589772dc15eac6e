"""A mapping applied to a table: all that was and was not understood; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping as Accepted
from datetime import date
from typing import Final

from base.words import Lang
from metrics.catalog import Catalog
from metrics.importing.asked import doubts, of_another_time
from metrics.importing.cells import ERROR, Block, Finding, Findings, ImportRefused
from metrics.importing.examined.before import figures_before
from metrics.importing.examined.examine_export import examine_export
from metrics.importing.figures import (
    check,
    read_rows,
    stored_totals,
    total_findings,
    without_repeats,
)
from metrics.importing.mapping import Mapping, Report, check_columns, group_of, simulated_findings
from metrics.importing.places import absent, match_places, other_editions, place_findings
from metrics.importing.previewing import Preview, columns_left
from metrics.importing.proposal import likely_indicators, why_likely
from metrics.store import Store

# The origin that observations name until their dataset has one.
PENDING: Final = "pending"


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
        return examine_export(seen, block, mapping, store, today or date.today())
    _check_indicators(mapping, store, seen.book.name)
    findings = Findings()
    findings.extend(seen.personal)
    findings.extend(seen.outside)
    findings.extend(columns_left(block, mapping, seen.book.delimiter))
    findings.extend(simulated_findings(seen.book.name, block))
    places = match_places(block, mapping, lang, aliases or {})
    strangers = other_editions(places, mapping)
    findings.extend(place_findings(places, block, mapping, strangers, leave_out=leave_out))
    findings.extend(doubts(block, mapping, places, store.catalog))
    read = read_rows(block, mapping, places["code"], store.catalog, PENDING)
    findings.extend(_unsaid(mapping, block, store.catalog))
    findings.extend(read.findings.kept)
    _count_rest(findings, read.findings)
    frame = read.frame
    before = figures_before(store, frame)
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


def _check_indicators(mapping: Mapping, store: Store, file: str) -> None:
    named = {m.indicator for m in mapping.measures if m.indicator} | set(
        mapping.indicators.values()
    )
    unknown = sorted(named - set(store.catalog.indicators))
    if unknown:
        raise ImportRefused("indicator", file=file, ids=", ".join(unknown)[:200])


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
