"""The pieces of the page of coverage gaps: its three parts, and the controls between them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from base.html import Markup
from base.words import Lang, t
from geo.coverage.ground import Result
from geo.coverage.output import FORMATS, tables
from geo.coverage.search import on_edition
from geo.editions import COUNTRY_CODE
from ui.gaps import book, upload, weighing
from ui.gaps.controls import clicked, controls, segments
from ui.gaps.counts import counts_data, place_sentence, unplaced_text
from ui.gaps.figured import figure_downloads
from ui.gaps.found import (
    clusters_html,
    file_of,
    gaps_html,
    left_out_html,
    mark_html,
    new_sites_html,
    problems_text,
    report_html,
    settlements_html,
)
from ui.gaps.gapmap import gap_map
from ui.gaps.ledgered import show_ledger
from ui.gaps.paths import profile_part
from ui.gaps.pick import row_of
from ui.gaps.settings import MODE, MODES, OVERS, PART, PARTS, SORT, Settings, go
from ui.gaps.simulated import (
    simulated_ground,
    simulated_ledger,
    simulated_result,
    simulated_weighed,
)
from ui.gaps.terrain import Held
from ui.gaps.verdicts import beside_html, ground_html, summits_html
from ui.gaps.watched import watch
from ui.gaps.weighed import show_weighed
from ui.parts import show_map
from ui.shell import ask, counts_table, show, show_html, status, store


def choose_part(settings: Settings, lang: Lang) -> None:
    """Show the choice of the part, and the switch to the simulated country."""
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        segments(settings, PART, PARTS, lang, label_visibility="collapsed")
    if settings.part != PARTS[0]:
        with right:
            label, said = t("gaps.simulate", lang), t("gaps.simulate.help", lang)
            on = settings.simulated
            ask(st.toggle, label, key="gaps_mode", value=on, act=_switch, help=said)


def search_part(settings: Settings, lang: Lang) -> None:
    """Show the form and what its files hold, or the simulated country."""
    upload.take_ended(lang)
    result, ground = upload.held(), upload.held_ground()
    if settings.simulated:
        if result is None or not result.simulated:
            with st.spinner(t("gaps.working", lang)):
                ground = simulated_ground() if settings.over_ground else None
                result = simulated_result() if ground is None else ground.result
    else:
        given = upload.form(lang)
        watch(upload.under_way(), lang)
        result, ground = upload.held(), upload.held_ground()
        if result is not None and result.simulated:
            _to_simulated()
        if result is None and not given:
            show_html(upload.hints_html(lang))
    if result is None:
        return
    if result.simulated:
        show_html(mark_html(result.simulated))
    if len(result.problems):
        with st.expander(problems_text(result, lang)):
            show_html(left_out_html(result, lang))
    if settings.over_ground and result.terrain is None:
        status(t("gaps.over.no_terrain", lang))
        settings = replace(settings, over=OVERS[0])
    _view(_on(result, settings.edition, lang), ground, settings, lang)


def _on(result: Result, edition_id: str, lang: Lang) -> Result:
    """Return a result by the areas of an edition, worked out once while it is looked at."""
    if result.options.edition == edition_id:
        return result
    kept = st.session_state.get(upload.VIEWED)
    if kept is None or kept[0] is not result or kept[1] != edition_id:
        with st.spinner(t("gaps.working", lang)):
            kept = (result, edition_id, on_edition(result, edition_id))
        st.session_state[upload.VIEWED] = kept
    moved: Result = kept[2]
    return moved


def _view(result: Result, ground: Held | None, settings: Settings, lang: Lang) -> None:
    """Show the map and the tables of a result."""
    if settings.province and row_of(result, settings.province) is None:
        settings = replace(settings, place=COUNTRY_CODE)
    controls(result, settings, lang)
    said = place_sentence(row_of(result, settings.place), settings, lang)
    if settings.place == COUNTRY_CODE:
        said = f"{said} {unplaced_text(result, lang)}".strip()
    if result.by_range:
        said = f"{said} {t('coverage.range', lang)}"
    show("p.atlas-text.atlas-here", said, role="status")
    view, legend = gap_map(result, settings, lang)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        show_map(view, lang, key="map_gaps", chosen=lambda code: clicked(settings, code, result))
        show_html(legend)
    with right:
        if settings.over_ground:
            show_html(beside_html(result, settings, lang))
        counts_table(
            "gaps_counts",
            counts_data(result, settings, lang),
            open=lambda code: clicked(settings, str(code)),
            sort=lambda column: go(SORT, str(column)),
        )
    figure_downloads(result, settings, lang)
    if result.terrain is not None and not settings.over_ground:
        show_html(beside_html(result, settings, lang))
    if result.terrain is not None and ground is not None:
        profile_part(result, ground, settings, lang)
    if listed := _lists(result, settings, lang):
        show_html(listed)
    show("h2.atlas-list", t("gaps.report", lang))
    show_html(report_html(result, lang))
    _downloads(result, lang)


def _lists(result: Result, settings: Settings, lang: Lang) -> Markup:
    """Write the list of what is drawn over the map, so that the map is not the only way to it."""
    if settings.over == OVERS[1]:
        return clusters_html(result, settings, lang)
    if settings.over == OVERS[2]:
        return new_sites_html(result, settings, lang)
    if settings.over == OVERS[3]:
        return ground_html(result, settings, lang)
    if settings.over == OVERS[4]:
        return summits_html(result, settings, lang)
    if settings.place == COUNTRY_CODE:
        return Markup()
    if settings.place == settings.province:
        return gaps_html(result, settings, lang)
    return settlements_html(result, settings, lang)


def ledger_part(settings: Settings, lang: Lang) -> None:
    """Show the form and the ledger of its lists, or that of the simulated country."""
    kept = book.held()
    if settings.simulated:
        if kept is None or not kept[0].simulated:
            with st.spinner(t("gaps.working", lang)):
                kept = (simulated_ledger(), None)
    else:
        book.form(lang)
        kept = book.held()
        if kept is not None and kept[0].simulated:
            _to_simulated()
    if kept is None:
        show("p.atlas-text", t("gaps.no_lists_yet", lang))
        return
    show_ledger(store(), kept[0], kept[1], settings, lang)


def evidence_part(settings: Settings, lang: Lang) -> None:
    """Show the form and what measurements say of claims, or those that are made up."""
    found = upload.outcome(weighing.JOB, lang)
    if found is not None:
        st.session_state[weighing.WEIGHED] = found
    kept = weighing.held()
    if settings.simulated:
        if kept is None or not kept.simulated:
            with st.spinner(t("gaps.working", lang)):
                kept = simulated_weighed()
    else:
        given = weighing.form(lang)
        watch(upload.under_way(weighing.JOB), lang)
        kept = weighing.held()
        if kept is not None and kept.simulated:
            _to_simulated()
        if kept is None and not given:
            show_html(weighing.hints_html(lang))
    if kept is not None:
        show_weighed(kept, settings, lang)


def _to_simulated() -> None:
    """Show files that carry the mark of made-up data in the mode that is for such data."""
    go(MODE, MODES[1])
    st.rerun()


def _switch(on: bool) -> None:
    """Follow the switch; without simulated data, what is held of them goes too."""
    if not on:
        upload.forget_simulated()
        book.forget_simulated()
        weighing.forget_simulated()
    go(MODE, MODES[on])


def _file(result: Result, name: str, kind: str) -> tuple[str, bytes, str]:
    """Make a file once for as long as the same one is offered."""
    kept = st.session_state.get(upload.FILE)
    if kept is None or kept[0] is not result or kept[1] != (name, kind):
        kept = (result, (name, kind), file_of(result, name, kind))
        st.session_state[upload.FILE] = kept
    made: tuple[str, bytes, str] = kept[2]
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
            format_func=lambda key: t(f"gaps.format.{key}", lang),
        )
    with right:
        file, data, mime = _file(result, name, kind)
        st.download_button(t("gaps.download", lang), data, file, mime, on_click="ignore")
