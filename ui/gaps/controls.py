"""The controls above the map of gaps: which map and place, rates of what, what is over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from base.words import Lang, t
from geo.coverage.ground import Result
from geo.editions import COUNTRY_CODE, Level, areas, has_area
from ui.gaps.options import map_name
from ui.gaps.paths import CHOSEN
from ui.gaps.pick import row_of
from ui.gaps.settings import (
    GAPS,
    MAP,
    MAPS,
    OVER,
    OVER_GROUND,
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
from ui.shell import ask, by_name

# Of the choice of a place, in pixels.
CHOICE_WIDTH: Final = 260


def controls(result: Result, settings: Settings, lang: Lang) -> None:
    """Show the choices of a view of the result."""
    # Each as wide as its words: what does not fit stands on the next line.
    with st.container(
        key="gaps_controls", horizontal=True, vertical_alignment="bottom", gap="small"
    ):
        segments(settings, MAP, MAPS, lang, format_func=lambda id_: map_name(id_, lang))
        _province(result, settings, lang)
        _lowest(result, settings, lang)
        segments(settings, OVER, overs(result, settings), lang)
        if settings.over_ground:
            return
        segments(settings, PER, PERS, lang)
        if settings.place == COUNTRY_CODE:
            levels = dict(zip(UNIT_KINDS, (Level.PROVINCE, settings.lowest), strict=True))
            names = {kind: level_name(level, lang, 2) for kind, level in levels.items()}
            segments(settings, UNITS, UNIT_KINDS, lang, format_func=names.__getitem__)


def overs(result: Result, settings: Settings) -> tuple[str, ...]:
    """Return what can be drawn over the areas: some of it only where the ground is known."""
    known = result.terrain is not None or settings.simulated
    return OVERS if known else tuple(over for over in OVERS if over not in OVER_GROUND)


def segments(settings: Settings, name: str, options: Sequence[str], lang: Lang, **how: Any) -> None:
    """Show a choice of the page as segments."""
    ask(
        st.segmented_control,
        t(f"gaps.{name}", lang),
        options,
        key=f"gaps_{name}",
        value=GAPS.write(settings)[name],
        act=lambda value: go(name, value),
        **{"format_func": lambda option: t(f"gaps.{name}.{option}", lang)} | how,
    )


def _select(label: str, key: str, whole: str, names: dict[str, str], settings: Settings) -> None:
    """Show the choice of one place, or of the whole that they are parts of."""
    rest = by_name({code: name for code, name in names.items() if code != whole})
    ask(
        st.selectbox,
        label,
        [whole, *rest],
        key=key,
        value=next((c for c in (settings.place, settings.province) if c in names), whole),
        act=lambda code: go(PLACE, code),
        format_func=names.__getitem__,
        width=CHOICE_WIDTH,
    )


def _province(result: Result, settings: Settings, lang: Lang) -> None:
    names = {COUNTRY_CODE: t("gaps.country", lang)}
    for place in areas(settings.edition, Level.PROVINCE):
        if row_of(result, place.code):
            names[place.code] = place.name_vi if lang == "vi" else place.name_en
    _select(t("gaps.place.choose", lang), "gaps_place", COUNTRY_CODE, names, settings)


def _lowest(result: Result, settings: Settings, lang: Lang) -> None:
    if not settings.province:
        return
    names = {settings.province: t("gaps.whole_province", lang)}
    for place in areas(settings.edition, settings.lowest):
        if place.parent == settings.province and row_of(result, place.code):
            names[place.code] = place.name_vi if lang == "vi" else place.name_en
    label = t(f"gaps.place.{settings.lowest}", lang)
    _select(label, "gaps_lowest", settings.province, names, settings)


def clicked(settings: Settings, code: str, result: Result | None = None) -> None:
    """Follow a click on an area or a point of the map, or on a row of the table."""
    point = code.removeprefix("dot:")
    if point != code:
        if result is not None and point.isdigit() and int(point) < len(result.settlements):
            st.session_state[CHOSEN] = str(result.settlements["id"].iloc[int(point)])
        return
    if has_area(settings.edition, code):
        go(PLACE, code)
