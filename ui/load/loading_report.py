"""What was and was not understood of a table, and the button that stores it."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from base.html import Markup, el, items, link, table
from base.words import Lang, number, t
from geo.editions import COUNTRY_CODE, Level, area
from metrics import datasets
from metrics.importing import (
    Finding,
    ImportRefused,
    Mapping,
    Report,
    evidence_rows,
    findings_csv,
    remember,
    written,
)
from metrics.store import SHIPPED_ID, Store, StoreError
from ui.address import View
from ui.load.accepting import accept_form, accepted_so_far
from ui.load.loading import Given, evidenced, reported
from ui.load.settling import settling_form
from ui.load.sheets import of_all_sheets, sheets_wanted
from ui.load.suggesting import open_columns
from ui.shell import alert, current_actor, is_private, note_html, show, status, why_not

SHOWN_FINDINGS = 200

SHOWN_NAMES = 12
METHODS = (
    *(
        "by_hand",
        "team_alias",
        "parent_row",
        "code",
        "name",
        "alias",
        "no_diacritics",
        "diacritics_differ",
    ),
    *("type_differs", "total", "region", "country"),
)


def report_and_store(file: Given, mapping: Mapping, store: Store, lang: Lang, team: str) -> None:
    """Show the report of a table, let spellings be accepted, and offer to store it."""
    show("div.atlas-text", el("h2", t("import.understood", lang)))
    try:
        report = reported(file, mapping, store, lang, team=team, leave_out=False)
        asked = settling_form(file, report, lang)
        asked |= _columns_open(report, lang)
        accept_form(file, report, lang)
        accepted = accepted_so_far(file, (mapping.edition, str(mapping.level)))
        if accepted:
            mapping = mapping.model_copy(update={"places": mapping.places | accepted})
            report = reported(file, mapping, store, lang, team=team, leave_out=False)
        together = sheets_wanted(file, report, store, lang, team)
        whole = of_all_sheets if together else _as_it_is
        rest = whole(file, report, store, lang, team=team, leave_out=False)
        if _leave_out(rest, lang):
            report = reported(file, mapping, store, lang, team=team, leave_out=True)
            rest = whole(file, report, store, lang, team=team, leave_out=True)
    except ImportRefused as refused:
        alert(refused.say(lang))
        return
    _summary(rest, lang)
    _evidence(file, report, store, lang)
    findings_shown(file, rest, store, lang, asked)
    if not rest.blocked:
        _store(file, rest, store, lang, team)


def _as_it_is(file: Given, report: Report, store: Store, lang: Lang, **more: object) -> Report:
    del file, store, lang, more
    return report


def _columns_open(report: Report, lang: Lang) -> set[str]:
    """Say which columns want an indicator, in one sentence instead of an error for each."""
    told = "" if report.mapping.indicator_column else open_columns(report.mapping.measures, lang)
    if told:
        alert(told)
    return {"no_indicator"} if told else set()


def _leave_out(report: Report, lang: Lang) -> bool:
    n = len(report.unmatched) + report.counts.get("no_place", 0)
    return bool(n) and st.checkbox(t("import.leave_out", lang, n=number(n, lang)))


def _summary(report: Report, lang: Lang) -> None:
    n = int((report.places["code"] != "").sum())
    lines = [
        t(
            "import.matched",
            lang,
            n=number(n, lang),
            of=number(len(report.places), lang),
            figures=number(len(report.observations), lang),
            empty=number(report.empty, lang),
        )
    ]
    by = [
        f"{_method(method, lang)} {number(count, lang)}"
        for method, count in report.methods.most_common()
    ]
    lines.append(t("import.methods", lang, list=", ".join(by)))
    if report.absent:
        names = ", ".join(area.name_vi for area in report.absent[:SHOWN_NAMES])
        more = "…" if len(report.absent) > SHOWN_NAMES else ""
        lines.append(
            t("import.absent", lang, n=number(len(report.absent), lang), names=names + more)
        )
    show("div.atlas-text", items(lines))


def _evidence(file: Given, report: Report, store: Store, lang: Lang) -> None:
    """Show, for each part of the reading, the cells that speak for it and against it."""
    found = evidenced(file, report, store)
    heads = [t(f"import.evidence.head.{name}", lang) for name in ("part", "for", "against")]
    rows = [
        (
            one.what(lang),
            _counted(one.n_for, one.speaking_for(lang), lang),
            _counted(one.n_against, one.speaking_against(lang), lang),
        )
        for one in found
    ]
    with st.expander(
        t("import.evidence.title", lang), expanded=any(one.n_against for one in found)
    ):
        show("div.atlas-evidence", table(heads, rows, "table.atlas-table"))


def _counted(n: int, cells: str, lang: Lang) -> str:
    return t("import.evidence.counted", lang, n=number(n, lang), cells=cells) if n else "–"


def _method(method: str, lang: Lang) -> str:
    return t(f"import.method.{method if method in METHODS else 'other'}", lang)


def _store(file: Given, report: Report, store: Store, lang: Lang, team: str) -> None:
    show("div.atlas-text", el("h2", t("import.details", lang)))
    known = store.datasets()
    known = known[(known["id"] != SHIPPED_ID) & known["id"].isin(store.in_force())]
    known = known[known["team"].fillna("").map(current_actor().may_write).astype(bool)]
    titles = dict(zip(known["id"], known["title"], strict=True))
    with st.form("store"):
        stem = file.seen.book.name.rsplit(".", 1)[0]
        title = st.text_input(t("import.dataset.title", lang), stem, max_chars=200)
        producer = st.text_input(t("import.dataset.producer", lang), max_chars=200)
        published = st.text_input(t("import.dataset.date", lang), max_chars=30)
        supersedes = st.selectbox(
            t("import.dataset.supersedes", lang),
            ["", *titles],
            format_func=lambda id_: titles.get(id_) or t("import.dataset.new", lang),
        )
        private = is_private(lang)
        pressed = st.form_submit_button(t("import.store", lang), type="primary")
    if pressed:
        details = datasets.Details(
            title, producer, published.strip(), supersedes=supersedes, team=team, private=private
        )
        _stored(file, report, details, lang)


def _stored(file: Given, report: Report, details: datasets.Details, lang: Lang) -> None:
    try:
        actor = current_actor()
        with st.spinner(t("import.storing", lang, rows=number(len(report.observations), lang))):
            datasets.keep_file(file.data, actor)
            dataset = datasets.load(file.seen, report, details, actor)
            remember(report.mapping, file.block, details.team)
    except ValidationError:
        told = t("import.dataset.date.bad", lang, value=details.date_published)
        alert(told)
        return
    except StoreError as error:
        told = t("import.refused.store", lang, why=why_not(error, lang))
        alert(told)
        return
    told = t("import.stored", lang, id=dataset.id, rows=number(dataset.rows, lang))
    status((told, " ", link(_on_the_map(report, lang).href(), t("import.stored.see", lang))))


def _on_the_map(report: Report, lang: Lang) -> View:
    """Return the view of what was stored: its first indicator at its last period."""
    rows, mapping = report.observations, report.mapping
    first = rows["indicator"].iloc[0]
    last = pd.Timestamp(rows.loc[rows["indicator"] == first, "period_end"].max())
    return View(
        lang=lang,
        edition=mapping.edition,
        place=_place_of(report),
        level=mapping.level,
        indicator=first,
        at=last.date(),
    )


def _place_of(report: Report) -> str:
    """Return the province that a table is about, the country for several."""
    mapping = report.mapping
    if mapping.level is Level.PROVINCE:
        return COUNTRY_CODE
    codes = report.observations["area"].unique()
    homes = {area(mapping.edition, str(code)).parent for code in codes}
    return homes.pop() or COUNTRY_CODE if len(homes) == 1 else COUNTRY_CODE


def findings_shown(file: Given, report: Report, store: Store, lang: Lang, asked: set[str]) -> None:
    """Show the errors and the warnings, each with its place, and offer them as a file.

    What is asked about above is not said again.
    """
    for severity, key in (("error", "import.errors"), ("warning", "import.warnings")):
        found = [
            f
            for f in report.findings
            if f.severity == severity and (f.rule not in asked or f.sheet != file.block.sheet)
        ]
        if not found:
            continue
        total = len(found)
        if severity == "error":
            total = report.errors - sum(report.counts.get(rule, 0) for rule in asked)
        told = t(key, lang, n=number(total, lang))
        st.html(note_html(told, "alert" if severity == "error" else "status"))
        st.html(_table(found[:SHOWN_FINDINGS], lang))
        if total > SHOWN_FINDINGS:
            rest = number(total - SHOWN_FINDINGS, lang)
            show("p", t("import.more", lang, n=rest))
    if report.findings:
        st.download_button(
            t("import.findings.get", lang),
            lambda: _csv(file, report, store, lang),
            file_name="atlas06_import.csv",
            mime="text/csv",
        )


def _csv(file: Given, report: Report, store: Store, lang: Lang) -> bytes:
    """Write the findings, and below them what the reading rests on."""
    known = evidence_rows(file.block.sheet, evidenced(file, report, store), lang)
    return findings_csv(file.seen.book.name, report.findings, lang, known).encode("utf-8-sig")


def _table(found: list[Finding], lang: Lang) -> Markup:
    heads = (t(f"import.{name}", lang) for name in ("where", "value", "what"))
    rows = (
        (finding.where(lang), written(finding.value, lang), finding.say(lang)) for finding in found
    )
    return el("div.atlas-findings", table(heads, rows, "table.atlas-table"))
