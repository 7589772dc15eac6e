"""What was and was not understood of a table, and the button that stores it."""

from __future__ import annotations

import streamlit as st

from base.html import Markup, el, items, table
from base.words import Lang, number, t, tn
from metrics.importing import (
    Finding,
    ImportRefused,
    Mapping,
    Report,
    evidence_rows,
    findings_csv,
    written,
)
from metrics.store import Store
from ui.load.accepting import accept_form, accepted_so_far
from ui.load.loading import Given, evidenced, reported
from ui.load.settling import settling_form
from ui.load.sheets import of_all_sheets, sheets_wanted
from ui.load.storing import store_form
from ui.load.suggesting import open_columns
from ui.shell import alert, note_html, show, show_html

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
        store_form(file, rest, store, lang, team)


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
        first = [a.name_vi if lang == "vi" else a.name_en for a in report.absent[:SHOWN_NAMES]]
        more = t("import.absent.more", lang, n=number(len(report.absent) - len(first), lang))
        names = ", ".join(first) + (more if len(first) < len(report.absent) else "")
        lines.append(
            tn(
                "import.absent",
                len(report.absent),
                lang,
                n=number(len(report.absent), lang),
                names=names,
            )
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
        show_html(note_html(told, "alert" if severity == "error" else "status"))
        show_html(_table(found[:SHOWN_FINDINGS], lang))
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
