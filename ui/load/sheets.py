"""A sheet for each month: tables of one shape are read alike, and stored together."""

from __future__ import annotations

import streamlit as st

from base.words import Lang, number, period, t
from metrics.datasets import spellings
from metrics.importing import (
    ImportRefused,
    Mapping,
    Report,
    alike,
    examine,
    joined,
    kept_columns,
    put_columns,
    told_twice,
)
from metrics.store import Store
from ui.load.loading import Given
from ui.shell import status

SHOWN_SHEETS = 12


def sheets_wanted(file: Given, report: Report, store: Store, lang: Lang, team: str) -> bool:
    """Ask whether all tables of this shape are meant; say where they cannot go together.

    What the columns are is answered once; each table says its own period, map and unit.
    """
    blocks = [] if report.mapping.export else alike(file.seen, file.block)
    if not blocks:
        return False
    names = ", ".join(block.sheet for block in blocks[:SHOWN_SHEETS])
    others: list[Report] = []
    try:
        others = _of_others(file, report, store, lang, team=team, leave_out=False)
        why = _why_apart([report, *others], lang)
    except ImportRefused as refused:
        why = refused.say(lang)
    if why:
        status(t("import.sheets.apart", lang, names=names, why=why))
        return False
    pairs = list(zip(blocks, others, strict=True))[:SHOWN_SHEETS]
    names = ", ".join(_dated(block.sheet, one.mapping, lang) for block, one in pairs)
    label = t("import.sheets", lang, n=number(len(blocks) + 1, lang), names=names)
    return st.checkbox(label, value=True, key=f"sheets {file.table}")


def of_all_sheets(
    file: Given, report: Report, store: Store, lang: Lang, *, team: str, leave_out: bool
) -> Report:
    """Return the report of all tables of this shape as one."""
    others = _of_others(file, report, store, lang, team=team, leave_out=leave_out)
    return joined([report, *others])


def _of_others(
    file: Given, report: Report, store: Store, lang: Lang, *, team: str, leave_out: bool
) -> list[Report]:
    mapping = report.mapping
    key = (file.key, store.generation, mapping.model_dump_json(), lang, team, leave_out)
    return _others(key, file, mapping, store)


def _dated(sheet: str, mapping: Mapping, lang: Lang) -> str:
    time = mapping.period
    return f"{sheet} ({period(time.start, time.end, time.grain, lang)})" if time else sheet


def _why_apart(reports: list[Report], lang: Lang) -> str:
    if len({(r.mapping.edition, r.mapping.level) for r in reports}) > 1:
        return t("import.sheets.maps", lang)
    twice = told_twice(reports)
    return t("import.sheets.twice", lang, n=number(twice, lang)) if twice else ""


@st.cache_resource(max_entries=3, show_spinner=False, scope="session")
def _others(
    choices: tuple[str, str, str, Lang, str, bool], _file: Given, _mapping: Mapping, _store: Store
) -> list[Report]:
    *_, lang, team, leave_out = choices
    seen = _file.seen
    kept = kept_columns(_mapping, _file.block)
    found = []
    for block in alike(seen, _file.block):
        mapping = put_columns(kept, block, _store.catalog, seen.book.name)
        mapping = mapping.model_copy(update={"places": _mapping.places})
        known = spellings(_store, mapping.edition, mapping.level, team)
        found.append(
            examine(seen, block, mapping, _store, lang=lang, leave_out=leave_out, aliases=known)
        )
    return found
