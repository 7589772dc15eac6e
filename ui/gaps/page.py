"""The pieces of the page of coverage gaps: its three parts, and the controls between them."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from geo.collate import vietnamese_key
from geo.coverage import FORMATS, Result, tables
from geo.editions import COUNTRY_CODE, EDITION_2025, Level, area, areas, has_area
from metrics.messages import Lang, t
from ui.gaps import book, upload
from ui.gaps.found import (
    areas_html,
    file_of,
    gaps_html,
    left_out_html,
    mark_html,
    new_sites_html,
    report_html,
)
from ui.gaps.gapmap import gap_map
from ui.gaps.settings import MODE, MODES, PART, PARTS, PER, PERS, PLACE, Settings, go
from ui.gaps.simulated import simulated_ledger, simulated_result
from ui.map import show_map


def choose_part(settings: Settings, lang: Lang) -> None:
    """Show the choice of the part, and the switch to the simulated country."""
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        st.session_state["gaps_part"] = settings.part
        st.segmented_control(
            t("gaps.part", lang),
            PARTS,
            key="gaps_part",
            format_func=lambda part: t(f"gaps.part.{part}", lang),
            on_change=lambda: go(PART, st.session_state["gaps_part"] or settings.part),
            label_visibility="collapsed",
        )
    if settings.part != PARTS[0]:
        with right:
            st.session_state["gaps_mode"] = settings.simulated
            st.toggle(
                t("gaps.simulate", lang),
                key="gaps_mode",
                help=t("gaps.simulate.help", lang),
                on_change=_switch,
            )


def search_part(settings: Settings, lang: Lang) -> None:
    """Show the form and what its files hold, or the simulated country."""
    result = upload.held()
    if settings.simulated:
        if result is None or not result.simulated:
            with st.spinner(t("gaps.working", lang)):
                result = simulated_result()
    else:
        upload.form(lang)
        result = upload.held()
        if result is not None and result.simulated:
            _to_simulated()
    if result is None:
        st.html(upload.hints_html(lang))
        return
    if not _knows(result, settings.place):
        settings = replace(settings, place=COUNTRY_CODE)
    st.html(mark_html(result.simulated) + report_html(result, lang))
    _controls(result, settings, lang)
    view, legend = gap_map(result, settings, lang)
    left, right = st.columns([3, 3], gap="medium")
    with left:
        show_map(view, lang, key="map_gaps", chosen=_clicked)
        st.html(legend)
    with right:
        st.html(areas_html(result, settings, lang))
    if settings.place != COUNTRY_CODE:
        st.html(gaps_html(result, settings.place, lang))
    if sites := new_sites_html(result, lang):
        with st.expander(t("gaps.new_sites", lang)):
            st.html(sites)
    _downloads(result, lang)
    with st.expander(t("gaps.left_out", lang), expanded=bool((~result.problems["kept"]).any())):
        st.html(left_out_html(result, lang))


def ledger_part(settings: Settings, lang: Lang) -> None:
    """Show the form and the ledger of its lists, or that of the simulated country."""
    kept = book.held()
    if settings.simulated:
        if kept is None or not kept[0].simulated:
            with st.spinner(t("gaps.working", lang)):
                kept = (simulated_ledger(), None)
        book.show(kept[0], kept[1], lang)
        return
    book.form(lang)
    kept = book.held()
    if kept is not None and kept[0].simulated:
        _to_simulated()
    if kept is None:
        st.html(f'<p class="atlas-text">{escape(t("gaps.no_lists_yet", lang))}</p>')
        return
    book.show(kept[0], kept[1], lang)


def _to_simulated() -> None:
    """Show files that carry the mark of made-up data in the mode that is for such data."""
    go(MODE, MODES[1])
    st.rerun()


def _switch() -> None:
    """Follow the switch; without simulated data, what is held of them goes too."""
    on = bool(st.session_state["gaps_mode"])
    if not on:
        upload.forget_simulated()
        book.forget_simulated()
    go(MODE, MODES[on])


def _knows(result: Result, place: str) -> bool:
    return place == COUNTRY_CODE or bool((result.areas["code"] == place).any())


def _clicked(code: str) -> None:
    if not has_area(EDITION_2025, code):
        return
    place = area(EDITION_2025, code)
    if place.level is Level.PROVINCE:
        go(PLACE, code)


def _controls(result: Result, settings: Settings, lang: Lang) -> None:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    here = [place for place in areas(EDITION_2025, Level.PROVINCE) if _knows(result, place.code)]
    names = {p.code: p.name_vi if lang == "vi" else p.name_en for p in here}
    codes = [COUNTRY_CODE, *sorted(names, key=lambda code: vietnamese_key(names[code]))]
    names[COUNTRY_CODE] = t("gaps.country", lang)
    with left:
        st.session_state["gaps_place"] = settings.place
        st.selectbox(
            t("gaps.place.choose", lang),
            codes,
            key="gaps_place",
            format_func=lambda code: names[code],
            on_change=lambda: go(PLACE, st.session_state["gaps_place"]),
        )
    with right:
        st.session_state["gaps_per"] = settings.per
        st.segmented_control(
            t("gaps.per", lang),
            PERS,
            key="gaps_per",
            format_func=lambda per: t(f"gaps.per.{per}", lang),
            on_change=lambda: go(PER, st.session_state["gaps_per"] or settings.per),
        )


def _file(result: Result, name: str, kind: str) -> tuple[str, bytes, str]:
    """Make a file once for as long as the same one is offered."""
    asked = (id(result), name, kind)
    kept = st.session_state.get("atlas_gaps_file")
    if kept is None or kept[0] != asked:
        kept = (asked, file_of(result, name, kind))
        st.session_state["atlas_gaps_file"] = kept
    made: tuple[str, bytes, str] = kept[1]
    return made


def _downloads(result: Result, lang: Lang) -> None:
    left, middle, right = st.columns([2, 2, 2], vertical_alignment="bottom")
    with left:
        name = st.selectbox(
            t("gaps.download.table", lang),
            [name for name in tables(result) if name != "settlements"] + ["settlements"],
            format_func=lambda key: t(f"gaps.table.{key.replace('-', '_')}", lang),
        )
    with middle:
        kind = st.selectbox(
            t("gaps.download.format", lang),
            list(FORMATS),
            format_func=lambda key: {"csv": "CSV", "gpkg": "GeoPackage", "parquet": "GeoParquet"}[
                key
            ],
        )
    with right:
        file, data, mime = _file(result, name, kind)
        st.download_button(t("gaps.download", lang), data, file, mime, on_click="ignore")
