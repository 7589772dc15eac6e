"""Pinned areas on the page: the list, their figures, and their figures over time."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.words import t
from geo.editions import COUNTRY_CODE, area
from metrics.panel import panel
from metrics.store import Store, kept_in_store
from ui.address import MOST_PINS, Asked, View, pin_colours, pins_after
from ui.charts import areas_of, none_text, series_html
from ui.scene import (
    Scene,
    period_text,
    place_name,
    records,
    sources_named,
    state_text,
    unit_text,
    value_text,
)
from ui.shell import go, led, pin_list, read_view, search_places, series_link, show_html

TABLES_KEPT = 64


def toggle_pin(code: str) -> None:
    """Pin an area of the map of Explore, or take its pin away; nothing beyond the most pins."""
    view, _ = read_view(None)
    go(pins=pins_after(view, code))


def add_pin(code: str) -> None:
    """Pin an area, unless it is pinned already."""
    view, _ = read_view(None)
    if code not in view.pins:
        toggle_pin(code)


def pins_and_series(scene: Scene) -> None:
    """Show the pinned areas, their figures, and the time series of them and of the place."""
    view = scene.view
    with st.container(key="pinned"):
        show_html(f'<h2 class="atlas-section">{escape(t("pins.title", view.lang))}</h2>')
        pin_controls(view)
        table = pinned_table(scene)
        if table:
            show_html(table)
        codes = areas_of(scene)
        chart = series_html(
            scene.store, scene.indicator.id, view.edition, codes, view.lang, pins=view.pins
        )
        none = none_text(view.edition, codes, view.lang)
        show_html(chart or f'<p class="atlas-small">{escape(none)}</p>')
        if 'class="plot"' in chart:
            series_link(Asked(view))


def pin_controls(view: View) -> None:
    """Show the pinned areas, each to be taken off, and the search for more."""
    listed, added = st.columns([3, 1.2], gap="medium", vertical_alignment="center")
    with listed:
        _pin_list(view)
    with added:
        _pin_search(view)


def compare_link(view: View) -> None:
    """Show the way from the pinned areas, and the place looked at, to them side by side."""
    place = () if view.place == COUNTRY_CODE else (view.place,)
    pins = tuple(dict.fromkeys((*view.pins, *place)))[:MOST_PINS]
    if pins:
        key = "pins.compare" if len(pins) > 1 else "pins.compare_one"
        text = t(key, view.lang, n=len(pins))
        params = replace(view, pins=pins, place=COUNTRY_CODE).params()
        with st.container(key="compare_link"):
            st.page_link("pages/places.py", label=text, query_params=led(params))


def _pin_list(view: View) -> None:
    lang = view.lang
    items = []
    for code, colour in pin_colours(view.pins).items():
        name = place_name(area(view.edition, code), lang)
        items.append([code, name, colour, t("pins.remove", lang, name=name)])
    add = None
    if view.place != COUNTRY_CODE and view.place not in view.pins and len(items) < MOST_PINS:
        name = place_name(view.area(), lang)
        add = {"code": view.place, "text": t("pins.add", lang, name=name)}
    lead = t("pins.lead", lang, most=MOST_PINS) if len(items) < 2 else ""
    data = {
        "label": t("pins.title", lang),
        "lead": t("pins.most", lang) if len(items) == MOST_PINS else lead,
        "items": items,
        "add": add,
        "clear": t("pins.clear", lang),
    }
    pin_list("pins", data, toggled=toggle_pin, cleared=lambda _: go(pins=()))


def _pin_search(view: View) -> None:
    lang = view.lang
    search_places(
        "pin_search",
        lang,
        _pin,
        edition=view.edition,
        only=True,
        label=t("pins.search", lang),
        quiet=True,
        placeholder=t("pins.search", lang),
        clear=True,
    )


def _pin(key: str) -> None:
    add_pin(key.partition(":")[2])


def pinned_table(scene: Scene) -> str:
    """Write what the view shows of each pinned area: figure, rank, date and source.

    Returns
    -------
    str
        HTML, everything in it escaped; "" where nothing is pinned. An area that is not among those
        on the map has its newest published figure up to the date, and no rank.
    """
    if not scene.view.pins:
        return ""
    lang = scene.lang
    shown = dict(zip(scene.codes, records(scene.panel.frame), strict=True))
    numbers = dict(zip(shown, scene.measure.texts, strict=True))
    names = ["place", "value", "rank", "period", "source"]
    measured = bool(scene.measure.phrase)
    if measured:
        names.insert(2, "drawn")
    heads = {
        "place": t("series.place", lang),
        "value": _with(t("series.value", lang), unit_text(scene.indicator, lang)),
        "drawn": _with(scene.measure.head or scene.measure.phrase, scene.measure.unit),
        "rank": t("ranking.rank", lang),
        "period": t("series.period", lang),
        "source": t("series.source", lang),
    }
    body = []
    for code, colour in pin_colours(scene.view.pins).items():
        row = shown.get(code) or _elsewhere(scene.store, scene.view, code)
        cells = {"value": t("state.no_data", lang), "rank": "", "period": "", "source": ""}
        if row is not None:
            told = value_text(row, scene.indicator, lang)
            cells = {
                "value": told or state_text(str(row["state"]), lang),
                "rank": _rank(row),
                "period": period_text(row, lang),
                "source": sources_named(scene.store, row.get("origins") or (row["origin"],), lang),
            }
        cells["drawn"] = numbers.get(code, "")
        name = escape(scene.name(code, full=True))
        key = f'<i class="pin" style="background:{colour}"></i>'
        line = "".join(f"<td>{escape(cells[cell])}</td>" for cell in names[1:])
        body.append(f'<tr class="top"><th scope="row">{key}{name}</th>{line}</tr>')
    head = "".join(f'<th scope="col">{escape(heads[name])}</th>' for name in names)
    caption = escape(t("pins.table", lang))
    return (
        f'<div class="atlas-pinned"><table class="atlas-table"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _with(head: str, unit: str) -> str:
    return f"{head} ({unit})" if unit else head


def _rank(row: dict[str, Any]) -> str:
    return "" if pd.isna(row["rank"]) else str(int(row["rank"]))


@kept_in_store(TABLES_KEPT)
def _elsewhere(store: Store, view: View, code: str) -> dict[str, Any] | None:
    """Return the newest figure of an area that is not among those on the map."""
    place = area(view.edition, code)
    found = panel(store, view.indicator, view.edition, place.level, code, at=view.at).frame
    return records(found)[0]
