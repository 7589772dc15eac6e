"""Breadcrumb, search, edition and language: the bar above every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from base.words import LANGS, Lang, t
from geo.editions import COUNTRY_CODE, edition, path
from geo.maps import versioned
from ui.address import View, mapped_editions, profile_href
from ui.scene import place_name
from ui.shell.asking import ask
from ui.shell.components import combobox, links, static_url
from ui.shell.state import go, write_language


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

    def name(id_: str) -> str:
        found = edition(id_)
        return found.name_vi if view.lang == "vi" else found.name_en

    ask(
        st.selectbox,
        t("picker.edition", view.lang),
        mapped_editions(),
        key="edition",
        value=view.edition,
        format_func=name,
        label_visibility="collapsed",
    )


def language_picker(view: View) -> None:
    """Show the languages of the app, each in its own name."""
    _languages(view.lang, lambda lang: go(lang=lang))


def page_language_picker(lang: Lang, extra: tuple[str, ...] = ()) -> None:
    """Show the languages on a page that has no view, keeping its `extra` parameters."""
    _languages(lang, lambda chosen: write_language(chosen, extra))


def _languages(lang: Lang, act: Callable[[Lang], None]) -> None:
    ask(
        st.segmented_control,
        t("picker.language", lang),
        LANGS,
        key="lang",
        value=lang,
        act=act,
        format_func=str.upper,
        label_visibility="collapsed",
    )
