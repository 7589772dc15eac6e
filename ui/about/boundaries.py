"""The page of boundaries: what is in force, and for administrators how to replace it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import streamlit as st

from base.html import Markup, el, items, table
from base.words import Lang, day, number, t
from geo.boundaries import KIND_APPROXIMATE
from geo.boundaries.official import FINEST, FileOptions, Finding, LayerState, Refused, Weight
from geo.editions import Level, edition
from metrics import boundaries as boundary_changes
from metrics.catalog import boundary_note_short, origin_text
from metrics.people import Actor, NotAllowed
from ui.shell import note_html, show_html, upload_words

MAX_UPLOAD_MB: Final = 200
TOLD: Final = "boundaries_told"
Done = Callable[[Callable[[str], None]], Iterable[Finding]]


def status_html(states: list[LayerState], lang: Lang) -> Markup:
    """Write what is in force, a row a layer, and below each edition what was found out."""
    heads = [t(f"boundaries.{h}", lang) for h in ("layer", "kind", "origin", "date", "made")]
    rows = [
        [
            el("td", cell, data_label=head)
            for head, cell in zip(heads, _cells(state, lang), strict=True)
        ]
        for state in states
    ]
    return el("div.atlas-boundaries", table(heads, rows, "table.atlas-table"), tabindex=0)


def _cells(state: LayerState, lang: Lang) -> tuple[object, ...]:
    layer = state.layer
    name = edition(layer.edition)
    units = t(f"boundaries.units.{layer.level}", lang)
    what = f"{number(layer.n, lang)} {units}"
    map_name = name.name_vi if lang == "vi" else name.name_en
    kind = boundary_note_short(layer.edition, layer.level, lang)
    counts = [
        t(f"boundaries.count.{status}", lang, n=number(n, lang))
        for status, n in sorted(state.counts.items())
        if n and status in ("carried", "split")
    ]
    bundled = layer.kind == KIND_APPROXIMATE and not layer.origin_name
    origin = t("boundaries.origin.bundled", lang) if bundled else origin_text(layer, lang)
    when = (
        f"{day(date.fromisoformat(state.made[:10]), lang)} {state.made[11:16]}"
        if state.made
        else ""
    )
    by = t("boundaries.made.by", lang, when=when, who=state.actor or "–") if when else "–"
    return (
        (what, el("br"), el("small", map_name)),
        "; ".join([kind, *counts]),
        origin,
        "–" if bundled else layer.origin_date or t("boundaries.date.unknown", lang),
        by,
    )


def found_when_replaced(states: list[LayerState], lang: Lang) -> None:
    """Show, for each edition, what was found out when its boundaries were replaced."""
    for id_, findings in {s.layer.edition: s.findings for s in states}.items():
        if findings:
            with st.expander(t("boundaries.findings", lang, edition=id_)):
                show_html(findings_html(findings, lang))


def findings_html(findings: Iterable[Finding], lang: Lang) -> Markup:
    """Write findings as a list, what was refused first."""
    order = list(Weight)
    listed = sorted(findings, key=lambda finding: order.index(finding.weight))
    return items(
        (
            (el("b", t(f"boundaries.weight.{one.weight}", lang)), ": ", one.text(lang))
            for one in listed
        ),
        "ul.atlas-text",
    )


def told_last(lang: Lang) -> None:
    """Say once how the last change went."""
    told = st.session_state.pop(TOLD, None)
    if told is None:
        return
    key, findings = told
    show_html(note_html(t(key, lang), "alert" if key == "boundaries.refused" else "status"))
    show_html(findings_html(findings, lang))


def fetch_form(actor: Actor, lang: Lang) -> None:
    """Offer the public sets."""
    _heading("fetch", lang)
    editions = st.multiselect(
        t("boundaries.fetch.editions", lang),
        list(FINEST),
        default=list(FINEST),
        format_func=lambda id_: _edition_name(id_, lang),
        placeholder=t("boundaries.fetch.none", lang),
        key="boundaries_editions",
    )
    partial = st.checkbox(t("boundaries.fetch.partial", lang), key="boundaries_partial")
    words = t("boundaries.fetch.do", lang)
    if not st.button(words, type="primary", disabled=not editions, key="boundaries_fetch"):
        return
    bar = st.progress(0.0, text=t("boundaries.step.fetch", lang))

    def progress(done: int, of: int, what: str) -> None:
        words = t(
            "boundaries.fetch.progress",
            lang,
            done=number(done, lang),
            of=number(of, lang),
            set=what,
        )
        bar.progress(done / of, text=words)

    _do(
        lambda step: boundary_changes.fetch(
            actor, editions, partial=partial, progress=progress, step=step
        ),
        "boundaries.replaced",
        lang,
    )


def import_form(actor: Actor, lang: Lang) -> None:
    """Offer to take the boundaries of a file."""
    _heading("import", lang)
    upload_words(t("boundaries.import.choose", lang))
    file = st.file_uploader(
        t("boundaries.import.file", lang),
        type=("geojson", "json", "topojson", "gpkg", "fgb", "kml", "parquet", "zip"),
        max_upload_size=MAX_UPLOAD_MB,
    )
    first, second = st.columns(2)
    with first:
        id_ = st.selectbox(
            t("boundaries.import.edition", lang),
            list(FINEST),
            index=len(FINEST) - 1,
            format_func=lambda id_: _edition_name(id_, lang),
        )
        title = st.text_input(t("boundaries.import.title", lang), max_chars=200)
    with second:
        level = st.selectbox(
            t("boundaries.import.level", lang),
            [FINEST[id_], Level.PROVINCE],
            format_func=lambda level: t(f"boundaries.units.{level}", lang),
        )
        dated = st.text_input(t("boundaries.import.date", lang), max_chars=40)
    partial = st.checkbox(t("boundaries.import.partial", lang))
    ready = file is not None
    with st.container(horizontal=True, gap="small"):
        check, do = t("boundaries.import.check", lang), t("boundaries.import.do", lang)
        checked = st.button(check, disabled=not ready, key="boundaries_check")
        wanted = st.button(do, type="primary", disabled=not ready, key="boundaries_import")
    if file is None or not (checked or wanted):
        return
    name = re.sub(r"[^\w.-]", "_", file.name)[-80:]
    options = FileOptions(
        edition=id_,
        level=level,
        title=title.strip() or file.name[:80],
        date=dated.strip(),
        partial=partial,
    )
    with _on_disk(name, file.getvalue()) as path:
        _do(
            lambda step: boundary_changes.import_file(
                actor, path, options, only_check=checked, step=step
            ),
            "boundaries.checked" if checked else "boundaries.replaced",
            lang,
        )


def undo_form(actor: Actor, lang: Lang) -> None:
    """Offer to take the last change back."""
    _heading("undo", lang)
    if st.button(t("boundaries.undo.do", lang), key="boundaries_undo"):
        _do(lambda _: _undone(actor), "boundaries.undone", lang)


def _heading(form: str, lang: Lang) -> None:
    about = el("p.atlas-text", t(f"boundaries.{form}.about", lang))
    show_html(el("h2", t(f"boundaries.{form}", lang)) + about)


def _undone(actor: Actor) -> tuple[Finding, ...]:
    boundary_changes.undo(actor)
    return ()


def _do(work: Done, went_well: str, lang: Lang) -> None:
    """Do a change in sight of whoever asked for it, and show the page anew with how it went."""
    place = st.empty()

    def step(key: str) -> None:
        place.html(note_html(_step(key, lang), "status"))

    try:
        told: Any = (went_well, tuple(work(step)))
    except Refused as refused:
        told = ("boundaries.refused", refused.findings)
    except NotAllowed as refused:
        place.html(note_html(refused.say(lang), "alert"))
        return
    st.session_state[TOLD] = told
    st.rerun()


def _step(key: str, lang: Lang) -> str:
    return t(f"boundaries.step.{key}", lang)


@contextmanager
def _on_disk(name: str, content: bytes) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def _edition_name(id_: str, lang: Lang) -> str:
    found = edition(id_)
    return found.name_vi if lang == "vi" else found.name_en
