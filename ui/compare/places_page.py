"""The page of places side by side: their figures, their lines over time, where they lie."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from base.html import el
from base.words import pick, t
from geo.editions import COUNTRY_CODE, Level, area
from ui.address import Refusal, View
from ui.charts import none_text, series_html
from ui.compare.peers import peer_buttons
from ui.compare.places import FEWEST, Line, csv_bytes, side_by_side, table_html
from ui.parts import pin_controls, show_map, toggle_pin
from ui.scene import draw, place_name
from ui.shell import ask, go, is_dark, refusals, show, show_html, status, store, write_view

PAGE: Final = "places"
# What stands side by side as long as fewer places are chosen: the two largest cities.
EXAMPLE: Final = ("01", "79")


def places_page(asked: View, refused: list[Refusal]) -> None:
    """Show the places pinned side by side.

    Parameters
    ----------
    refused
        What of the address could not be followed.
    """
    figures, lang, chosen = store(), asked.lang, asked.pins
    asked = replace(asked, pins=_with_example(asked))
    lines = side_by_side(figures, asked) if len(asked.pins) >= FEWEST else ()
    known = [line.indicator.id for line in lines]
    indicator = asked.indicator if asked.indicator in known or not known else known[0]
    view = asked.to(indicator=indicator, place=COUNTRY_CODE, at=None, level=_level(asked))
    write_view(replace(view, source="", pins=chosen))
    names = t("places.title", lang)
    show("div.atlas-title", el("h1", names), el("p", t("side.lead", lang)))
    refusals(refused, lang)
    with st.container(key="pinned"):
        pin_controls(replace(view, pins=chosen))
        peer_buttons(replace(view, pins=chosen))
    if view.pins != chosen:
        first, last = (place_name(area(view.edition, code), lang) for code in view.pins)
        status(t("side.example", lang, names=t("where.and", lang, names=first, last=last)))
    if len(view.pins) < FEWEST:
        status(t("side.few", lang))
        return
    if not lines:
        status(t("side.nothing", lang))
        return
    show_html(table_html(lines, view, PAGE))
    st.download_button(
        t("side.download", lang),
        csv_bytes(lines, view),
        file_name=f"atlas06-{view.edition}-{'-'.join(view.pins)}.csv",
        mime="text/csv",
    )
    _over_time(lines, view)


def _with_example(view: View) -> tuple[str, ...]:
    """Return the places chosen, and beside less than two provinces the largest cities."""
    if len(view.pins) >= FEWEST or any(_level(view) is not Level.PROVINCE for _ in view.pins):
        return view.pins
    more = (code for code in EXAMPLE if code not in view.pins)
    return (*view.pins, *more)[:FEWEST]


def _level(view: View) -> Level:
    return area(view.edition, view.pins[0]).level if view.pins else view.level


def _over_time(lines: tuple[Line, ...], view: View) -> None:
    lang = view.lang
    texts = {line.indicator.id: pick(line.indicator.short, lang) for line in lines}
    ask(
        st.selectbox,
        t("picker.indicator", lang),
        list(texts),
        key="side_indicator",
        value=view.indicator,
        act=lambda id_: go(indicator=id_),
        format_func=texts.__getitem__,
    )
    drawn = draw(store(), view, dark=is_dark())
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        chart = series_html(store(), view.indicator, view.edition, view.pins, lang, pins=view.pins)
        show_html(chart or str(el("p.atlas-small", none_text(view.edition, view.pins, lang))))
    with right:
        show_map(drawn.map, lang, key="map_side", chosen=toggle_pin)
        show_html(drawn.legend)
