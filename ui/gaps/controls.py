"""The controls above the map of gaps: which map and place, rates of what, what is over it."""

from __future__ import annotations

import streamlit as st

from base.words import Lang, t
from geo.coverage.ground import Result
from geo.editions import COUNTRY_CODE, Level, areas, has_area
from geo.names import vietnamese_key
from ui.gaps.options import map_name
from ui.gaps.pick import row_of
from ui.gaps.settings import (
    MAP,
    MAPS,
    OVER,
    OVERS,
    PER,
    PERS,
    PLACE,
    UNIT_KINDS,
    UNITS,
    Settings,
    go,
)
from ui.scene import level_name

WHOLE = "whole"


def controls(result: Result, settings: Settings, lang: Lang) -> None:
    """Show the choices of a view of the result."""
    with st.container(key="gaps_controls"):
        left, middle, right = st.columns([3, 2, 2], gap="small", vertical_alignment="bottom")
        with left:
            _edition(settings, lang)
        with middle:
            _province(result, settings, lang)
        with right:
            _lowest(result, settings, lang)
        left, middle, right = st.columns([3, 2, 2], gap="small", vertical_alignment="bottom")
        with left:
            _segments("gaps.over", OVER, OVERS, settings.over, lang)
        with middle:
            _segments("gaps.per", PER, PERS, settings.per, lang)
        if settings.place == COUNTRY_CODE:
            with right:
                _units(settings, lang)


def _segments(label: str, name: str, options: tuple[str, ...], value: str, lang: Lang) -> None:
    key = f"gaps_{name}"
    st.session_state[key] = value
    st.segmented_control(
        t(label, lang),
        options,
        key=key,
        format_func=lambda option: t(f"gaps.{name}.{option}", lang),
        on_change=lambda: go(name, st.session_state[key] or value),
    )


def _units(settings: Settings, lang: Lang) -> None:
    levels = dict(zip(UNIT_KINDS, (Level.PROVINCE, settings.lowest), strict=True))
    st.session_state["gaps_units"] = settings.units
    st.segmented_control(
        t("gaps.units", lang),
        UNIT_KINDS,
        key="gaps_units",
        format_func=lambda kind: level_name(levels[kind], lang, 2),
        on_change=lambda: go(UNITS, st.session_state["gaps_units"] or settings.units),
    )


def _edition(settings: Settings, lang: Lang) -> None:
    st.session_state["gaps_map"] = settings.edition
    st.segmented_control(
        t("gaps.map", lang),
        MAPS,
        key="gaps_map",
        format_func=lambda id_: map_name(id_, lang),
        on_change=lambda: go(MAP, st.session_state["gaps_map"] or settings.edition),
    )


def _select(label: str, key: str, names: dict[str, str], value: str, lang: Lang) -> None:
    codes = [code for code in names if code != WHOLE]
    ordered = sorted(codes, key=lambda code: vietnamese_key(names[code]))
    st.session_state[key] = value
    st.selectbox(
        t(label, lang),
        [WHOLE, *ordered],
        key=key,
        format_func=lambda code: names[code],
        on_change=lambda: _chosen(key),
    )


def _chosen(key: str) -> None:
    code = str(st.session_state[key])
    if code == WHOLE:
        code = str(st.session_state[f"{key}_whole"])
    go(PLACE, code)


def _province(result: Result, settings: Settings, lang: Lang) -> None:
    names = {WHOLE: t("gaps.country", lang)}
    for place in areas(settings.edition, Level.PROVINCE):
        if row_of(result, place.code):
            names[place.code] = place.name_vi if lang == "vi" else place.name_en
    st.session_state["gaps_place_whole"] = COUNTRY_CODE
    value = settings.province if settings.province in names else WHOLE
    _select("gaps.place.choose", "gaps_place", names, value, lang)


def _lowest(result: Result, settings: Settings, lang: Lang) -> None:
    if not settings.province:
        return
    label = f"gaps.place.{settings.lowest}"
    names = {WHOLE: t("gaps.whole_province", lang)}
    for place in areas(settings.edition, settings.lowest):
        if place.parent == settings.province and row_of(result, place.code):
            names[place.code] = place.name_vi if lang == "vi" else place.name_en
    st.session_state["gaps_lowest_whole"] = settings.province
    value = settings.place if settings.place in names else WHOLE
    _select(label, "gaps_lowest", names, value, lang)


def clicked(settings: Settings, code: str) -> None:
    """Follow a click on an area of the map or a row of the table."""
    if has_area(settings.edition, code):
        go(PLACE, code)
