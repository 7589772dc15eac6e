"""The controls of Explore: indicator, period, classes, place, edition, language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo.choropleth import versioned
from geo.editions import COUNTRY_CODE, edition, path
from metrics.messages import LANGS, Lang, pick, t
from metrics.queries import Store
from ui.components import combobox, links, static_url
from ui.indicators import basis_options, indicator_options
from ui.periods import period_options
from ui.places import profile_href
from ui.scene import Scene
from ui.sentences import basis_name, level_name, place_name
from ui.state import go, write_language
from ui.view import View, levels_at, mapped_editions


def indicator_picker(store: Store, scene: Scene) -> None:
    """Show the list of indicators by domain: featured first, with how many areas and when."""
    lang = scene.view.lang
    combobox(
        "indicator",
        {
            "label": t("picker.indicator", lang),
            "value": scene.view.indicator,
            "shown": pick(scene.indicator.short, lang),
            "placeholder": t("picker.indicator.hint", lang),
            "empty": t("picker.none", lang),
            "more": t("picker.more", lang),
            "options": indicator_options(store, scene.view),
        },
        chosen=lambda value: go(indicator=value),
    )


def period_picker(store: Store, scene: Scene) -> None:
    """Show the as-of dates that have figures; a single one is said, not asked."""
    lang, view = scene.view.lang, scene.view
    texts = period_options(store, view)
    if not texts:
        return
    st.session_state["at"] = view.at or next(iter(texts))
    st.selectbox(
        t("picker.period", lang),
        list(texts),
        key="at",
        format_func=texts.__getitem__,
        on_change=lambda: go(at=st.session_state["at"]),
        disabled=len(texts) == 1,
        help=t("picker.period.help", lang),
    )


def basis_picker(store: Store, scene: Scene) -> None:
    """Show the switch between figures as published here and carried from another edition."""
    lang, view = scene.view.lang, scene.view
    options = basis_options(store, view)
    if len(options) < 2:
        return
    st.session_state["basis"] = view.basis
    st.radio(
        t("picker.basis", lang),
        options,
        key="basis",
        format_func=lambda basis: basis_name(basis, view.level, lang),
        on_change=lambda: go(basis=st.session_state["basis"]),
        help=t("picker.basis.help", lang),
    )


def level_picker(scene: Scene) -> None:
    """Show the switch between provinces and all their parts, at country scope."""
    lang, view = scene.view.lang, scene.view
    levels = levels_at(scene.place)
    if len(levels) < 2:
        return
    st.session_state["level"] = view.level
    st.segmented_control(
        t("picker.level", lang),
        levels,
        key="level",
        format_func=lambda level: level_name(level, lang, 2),
        on_change=lambda: go(level=st.session_state["level"] or view.level),
    )


def breadcrumb(view: View) -> None:
    """Show the way from the country to the place, each step a link."""
    items: list[dict[str, Any]] = []
    for step in path(view.area()):
        there = view.to(place=step.code)
        items.append(
            {
                "v": step.code,
                "t": place_name(step, view.lang, full=step.code != COUNTRY_CODE),
                "href": there.href(),
                "here": step.code == view.place,
            }
        )
    to_profile = profile_href(view.edition, view.place, view.lang)
    items.append({"t": t("profile.open", view.lang), "href": to_profile, "leaves": True})
    links(
        "crumbs",
        {"label": t("crumbs.label", view.lang), "items": items, "style": "crumbs"},
        chosen=lambda code: go(place=code),
    )


def place_search(view: View, chosen: Callable[[str], None] | None = None) -> None:
    """Show the search for a place, by name without diacritics or by code.

    Parameters
    ----------
    view
        Its edition has the places.
    chosen
        What is done with the code of the place; by default Explore goes there.
    """
    lang = view.lang
    combobox(
        "place_search",
        {
            "label": t("search.label", lang),
            "quiet": True,
            "placeholder": t("search.hint", lang),
            "empty": t("search.none", lang),
            "more": t("picker.more", lang),
            "value": None,
            "clear": True,
            "url": static_url(versioned(f"places/{view.edition}-{lang}.json")),
        },
        chosen=chosen or (lambda code: go(place=code)),
    )


def edition_picker(view: View) -> None:
    """Show the editions of the map that can be drawn."""
    lang = view.lang
    st.session_state["edition"] = view.edition

    def name(id_: str) -> str:
        found = edition(id_)
        return found.name_vi if lang == "vi" else found.name_en

    st.selectbox(
        t("picker.edition", lang),
        mapped_editions(),
        key="edition",
        format_func=name,
        on_change=lambda: go(edition=st.session_state["edition"]),
        label_visibility="collapsed",
    )


def language_picker(view: View) -> None:
    """Show the languages of the app, each in its own name."""
    st.session_state["lang"] = view.lang
    st.segmented_control(
        t("picker.language", view.lang),
        LANGS,
        key="lang",
        format_func=str.upper,
        on_change=lambda: go(lang=st.session_state["lang"] or view.lang),
        label_visibility="collapsed",
    )


def page_language_picker(lang: Lang, extra: tuple[str, ...] = ()) -> None:
    """Show the languages on a page that has no view, keeping its `extra` parameters."""
    st.session_state["lang"] = lang
    st.segmented_control(
        t("picker.language", lang),
        LANGS,
        key="lang",
        format_func=str.upper,
        on_change=lambda: write_language(st.session_state["lang"] or lang, extra),
        label_visibility="collapsed",
    )
