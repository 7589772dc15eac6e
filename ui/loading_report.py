"""What was and was not understood of a table, and the button that stores it."""

from __future__ import annotations

from html import escape

import streamlit as st
from pydantic import ValidationError

from metrics import datasets
from metrics.formats import number
from metrics.generations import StoreError
from metrics.importing import (
    Block,
    Finding,
    ImportRefused,
    Mapping,
    Report,
    examine,
    place_key,
    remember,
)
from metrics.messages import Lang, t
from metrics.queries import Store
from metrics.tables import SHIPPED_ID
from ui.actor import current_actor
from ui.loading import Given
from ui.outage import why_not
from ui.view import View

SHOWN_NAMES = 12
SHOWN_FINDINGS = 200
MOST_SUGGESTED = 30
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


def report_and_store(file: Given, block: Block, mapping: Mapping, store: Store, lang: Lang) -> None:
    """Show the report of a table, let spellings be accepted, and offer to store it."""
    head = escape(t("import.understood", lang))
    st.html(f'<div class="atlas-text"><h2>{head}</h2></div>')
    try:
        report = examine(file.seen, block, mapping, store, lang=lang)
        accepted = _accepted(report, lang)
        leave_out = _leave_out(report, lang)
        if accepted or leave_out:
            mapping = mapping.model_copy(update={"places": mapping.places | accepted})
            report = examine(file.seen, block, mapping, store, lang=lang, leave_out=leave_out)
    except ImportRefused as refused:
        st.html(f'<p class="atlas-note" role="alert">{escape(refused.say(lang))}</p>')
        return
    _summary(report, lang)
    _findings(report, lang)
    if not report.blocked:
        _store(file, block, report, store, lang)


def _accepted(report: Report, lang: Lang) -> dict[str, str]:
    """Offer the suggestions for rows that are no place, one by one."""
    accepted: dict[str, str] = {}
    rows = report.unmatched.drop_duplicates(["place", "parent"])
    rows = rows[rows["suggestions"].map(bool)]
    for row in rows.head(MOST_SUGGESTED).to_dict("records"):
        near = {"": t("import.accept.none", lang)}
        near |= {area.code: area.name_vi for area in row["suggestions"]}
        chosen = st.selectbox(
            t("import.accept", lang, row=row["row"], place=row["place"][:60]),
            list(near),
            format_func=near.__getitem__,
            key=f"accept {row['place']} {row['parent']}",
        )
        if chosen:
            accepted[place_key(row["place"], row["parent"])] = chosen
    return accepted


def _leave_out(report: Report, lang: Lang) -> bool:
    n = len(report.unmatched)
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
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<div class="atlas-text"><ul>{items}</ul></div>')


def _method(method: str, lang: Lang) -> str:
    return t(f"import.method.{method if method in METHODS else 'other'}", lang)


def _findings(report: Report, lang: Lang) -> None:
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


def _store(file: Given, block: Block, report: Report, store: Store, lang: Lang) -> None:
    st.html(f'<div class="atlas-text"><h2>{escape(t("import.details", lang))}</h2></div>')
    known = store.datasets()
    known = known[(known["id"] != SHIPPED_ID) & known["id"].isin(store.in_force())]
    titles = dict(zip(known["id"], known["title"], strict=True))
    with st.form("store"):
        stem = file.seen.book.name.rsplit(".", 1)[0]
        title = st.text_input(t("import.dataset.title", lang), stem, max_chars=200)
        producer = st.text_input(t("import.dataset.producer", lang), max_chars=200)
        published = st.text_input(t("import.dataset.date", lang), max_chars=10)
        supersedes = st.selectbox(
            t("import.dataset.supersedes", lang),
            ["", *titles],
            format_func=lambda id_: titles.get(id_) or t("import.dataset.new", lang),
        )
        pressed = st.form_submit_button(t("import.store", lang), type="primary")
    if pressed:
        details = datasets.Details(title, producer, published.strip(), supersedes=supersedes)
        _stored(file, block, report, details, lang)


def _stored(
    file: Given, block: Block, report: Report, details: datasets.Details, lang: Lang
) -> None:
    try:
        actor = current_actor()
        datasets.keep_file(file.data, actor)
        dataset = datasets.load(file.seen, report, details, actor)
        remember(report.mapping, block)
    except ValidationError:
        told = t("import.dataset.date.bad", lang, value=details.date_published)
        st.html(f'<p class="atlas-note" role="alert">{escape(told)}</p>')
        return
    except StoreError as error:
        told = t("import.refused.store", lang, why=why_not(error, lang))
        st.html(f'<p class="atlas-note" role="alert">{escape(told)}</p>')
        return
    told = t("import.stored", lang, id=dataset.id, rows=number(dataset.rows, lang))
    first = report.observations["indicator"].iloc[0]
    mapping = report.mapping
    href = View(lang=lang, edition=mapping.edition, level=mapping.level, indicator=first).href()
    link = f'<a href="{escape(href)}" target="_self">{escape(t("import.stored.see", lang))}</a>'
    st.html(f'<p class="atlas-note" role="status">{escape(told)} {link}</p>')
