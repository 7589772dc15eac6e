"""From a figure to its row and its source, and to the figures that contradict it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.words import Lang, numbers, partial_day, pick, t
from geo.editions import area, edition
from metrics.catalog import Indicator, Origin
from metrics.harmonise import carried_note
from metrics.store import SHIPPED_ID, Store
from ui.address import ALL
from ui.parts.fresh import fresh_html, fresh_of
from ui.parts.history import history_html
from ui.parts.seam import seam_html
from ui.parts.sourced import cite_sources, map_sources
from ui.scene import (
    FIGURES,
    Scene,
    headline,
    licence_text,
    period_text,
    place_name,
    records,
    role_text,
    state_text,
    value_text,
    with_unit,
)
from ui.shell import go, show_html, unbroken


def provenance(scene: Scene, code: str) -> None:
    """Open the dialog about the figure of an area, or `ALL` of the map; none for an empty code."""
    if not code:
        return
    if code == ALL:
        map_sources(scene)
        return
    lang = scene.lang

    @st.dialog(t("source.title", lang), width="large", on_dismiss=lambda: go(source=""))
    def dialog() -> None:
        show_html(provenance_html(scene, code))
        if fresh := fresh_of(scene.store, scene.indicator.id):
            show_html(fresh_html(fresh, lang))
        shown = _shown(scene, code)
        if shown:
            cite_sources(scene, shown.get("origins") or (str(shown["origin"]),))

    dialog()


def provenance_html(scene: Scene, code: str) -> str:
    """Write everything known about one figure.

    Returns
    -------
    str
        HTML; everything that comes from data is escaped.
    """
    lang, indicator, store = scene.lang, scene.indicator, scene.store
    if scene.carried:
        return _carried_html(scene, code)
    rows = store.row(indicator.id, scene.view.edition, code)
    heading = f"<h3>{escape(pick(indicator.title, lang))}</h3>"
    where = escape(scene.name(code, full=True))
    if rows.empty:
        unknown = escape(state_text("no_data", lang))
        return f'<div class="atlas-source">{heading}<p>{where}: {unknown}.</p></div>'
    shown = _shown(scene, code)
    first = [row for row in records(rows) if _same(row, shown)]
    rest = [row for row in records(rows) if not _same(row, shown)]
    parts = [heading, f"<p class='where'>{where}</p>"]
    parts += [_figure(row, store, indicator, lang, large=True) for row in first]
    parts += [history_html(scene, row, code) for row in first[:1]]
    if rest:
        parts.append(f"<h4>{escape(t('source.others', lang))}</h4>")
        parts += [_figure(row, store, indicator, lang) for row in rest]
    parts.append(seam_html(scene, code))
    parts += _definition(indicator, lang)
    return f'<div class="atlas-source">{"".join(parts)}</div>'


def _carried_html(scene: Scene, code: str) -> str:
    """Write how a figure was carried from another edition, and the figures that went into it."""
    lang, indicator, store = scene.lang, scene.indicator, scene.store
    found = records(scene.panel.frame[scene.panel.frame["code"] == code])
    if not found:
        return f"<p>{escape(state_text('no_data', lang))}</p>"
    row = found[0]
    value = with_unit(value_text(row, indicator, lang), indicator, lang)
    told = value or state_text(str(row["state"]), lang)
    how = carried_note(row, lang)
    where = scene.name(code, full=True)
    parts = [
        f"<h3>{escape(pick(indicator.title, lang))}</h3>",
        f"<p class='where'>{escape(where)}</p>",
        f'<p class="figure large">{escape(told)}</p><p>{escape(how)}</p>',
        f"<h4>{escape(t('source.parts_of', lang))}</h4>",
    ]
    for part in row["parts"]:
        name = place_name(area(part.edition, part.code), lang, full=True)
        known = records(store.row(indicator.id, part.edition, part.code))
        same = [
            own for own in known if own["role"] == "result" and own["period_end"] == part.period_end
        ]
        written = "".join(_figure(own, store, indicator, lang) for own in same)
        missing = f"<p class='figure'>{escape(state_text('no_data', lang))}</p>"
        parts.append(f"<p class='where'>{escape(name)}</p>{written or missing}")
    parts.append(seam_html(scene, code))
    parts += _definition(indicator, lang)
    return f'<div class="atlas-source">{"".join(parts)}</div>'


def _shown(scene: Scene, code: str) -> Mapping[str, Any]:
    frame = scene.panel.frame
    found = frame[frame["code"] == code]
    if len(found):
        return records(found)[0]
    return scene.panel.parent_row or {}


def _same(row: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    """Tell whether a row is what the map shows; all of them where the sources disagree."""
    if not shown or row["role"] != "result" or row["period_end"] != shown.get("period_end"):
        return False
    if shown["state"] == "conflicting":
        return True
    return bool(row["origin"] == shown["origin"] and row["locator"] == shown["locator"])


def _figure(
    row: Mapping[str, Any], store: Store, indicator: Indicator, lang: Lang, *, large: bool = False
) -> str:
    value = with_unit(value_text(row, indicator, lang), indicator, lang)
    if row["state"] not in FIGURES:
        value = state_text(str(row["state"]), lang)
    role = role_text(str(row["role"]), lang)
    facts = _facts(row, store.catalog.origins.get(str(row["origin"])), lang)
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{text}</dd>" for name, text in facts if text)
    size = "large" if large else ""
    return (
        f'<section><p class="figure {size}">{escape(role + value)}</p><dl>{listed}</dl></section>'
    )


def _facts(row: Mapping[str, Any], origin: Origin | None, lang: Lang) -> list[tuple[str, str]]:
    def plain(key: str, text: object) -> tuple[str, str]:
        return t(f"source.{key}", lang), escape(str(text)) if text else ""

    stated = str(row["period_text"])
    when = period_text(row, lang)
    # Vietnamese sources speak Vietnamese; what a table's column says in figures is no wording.
    if not stated.isascii():
        when = f"{when} ({t('source.wording', lang)}: “{stated}”)"
    facts = [plain("period", when)]
    parts = [row["numerator"], row["denominator"]]
    if not any(pd.isna(part) for part in parts):
        over, under = numbers(parts, lang)
        facts.append(plain("parts", f"{over} / {under}"))
    if row["state"] == "recomputed" or row["qualifier"] == "computed":
        facts.append(plain("computed", t("source.computed.text", lang)))
    if row["edition"]:
        found = edition(str(row["edition"]))
        facts.append(plain("edition", found.name_vi if lang == "vi" else found.name_en))
    facts.append(plain("note", row["note"]))
    if origin is not None:
        facts += _origin(origin, lang)
    facts.append(plain("locator", row["locator"]))
    if row["dataset"] == SHIPPED_ID:
        facts.append(plain("dataset", t("dataset.shipped", lang)))
    else:
        facts.append(plain("dataset", row["dataset"]))
    return facts


def _origin(origin: Origin, lang: Lang) -> list[tuple[str, str]]:
    title = f"{headline(origin, lang)} ({pick(origin.producer, lang)})"
    published = escape(t("source.unknown", lang))
    if origin.date_published:
        kind = t(f"date_kind.{origin.date_published_kind}", lang)
        published = escape(f"{partial_day(str(origin.date_published), lang)} ({kind})")
    told = [
        (t("source.origin", lang), unbroken(title)),
        (t("source.published", lang), published),
        (t("source.republished", lang), escape(origin.republished_in or "")),
        (t("source.document", lang), escape(origin.document or "")),
        (t("source.address", lang), _link(origin.url)),
        (t("source.licence", lang), escape(licence_text(origin, lang))),
    ]
    if origin.notes:
        told.append((t("source.origin_notes", lang), escape(pick(origin.notes, lang))))
    return told


def _link(url: str | None) -> str:
    if not url:
        return ""
    text = escape(url)
    if not url.startswith(("https://", "http://")):
        return text
    return f'<a href="{text}" target="_blank" rel="noopener noreferrer">{text}</a>'


def _definition(indicator: Indicator, lang: Lang) -> list[str]:
    parts = [
        f"<h4>{escape(t('source.definition', lang))}</h4>",
        f"<p>{escape(pick(indicator.definition, lang))}</p>",
    ]
    parts += [f"<p class='caveat'>{escape(pick(caveat, lang))}</p>" for caveat in indicator.caveats]
    return parts
