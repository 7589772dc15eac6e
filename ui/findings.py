"""What was found in a table, errors first: on the page, and as a file to pass on."""

from __future__ import annotations

from html import escape

import streamlit as st

from metrics.formats import number
from metrics.importing import Finding, Report, findings_csv
from metrics.messages import Lang, t
from ui.loading import Given

SHOWN_FINDINGS = 200


def findings_shown(file: Given, report: Report, lang: Lang) -> None:
    """Show the errors and the warnings, each with its place, and offer them as a file."""
    for severity, key in (("error", "import.errors"), ("warning", "import.warnings")):
        found = [finding for finding in report.findings if finding.severity == severity]
        if not found:
            continue
        total = report.errors if severity == "error" else len(found)
        role = "alert" if severity == "error" else "status"
        told = escape(t(key, lang, n=number(total, lang)))
        st.html(f'<p class="atlas-note" role="{role}">{told}</p>')
        st.html(_table(found[:SHOWN_FINDINGS], lang))
        if total > SHOWN_FINDINGS:
            rest = number(total - SHOWN_FINDINGS, lang)
            st.html(f"<p>{escape(t('import.more', lang, n=rest))}</p>")
    if report.findings:
        st.download_button(
            t("import.findings.get", lang),
            lambda: findings_csv(file.seen.book.name, report.findings, lang).encode("utf-8-sig"),
            file_name="atlas06_import.csv",
            mime="text/csv",
        )


def _table(found: list[Finding], lang: Lang) -> str:
    head = [t("import.where", lang), t("import.value", lang), t("import.what", lang)]
    rows = [(finding.where(lang), finding.value, finding.say(lang)) for finding in found]
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    return (
        f'<div class="atlas-findings"><table class="atlas-table"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
