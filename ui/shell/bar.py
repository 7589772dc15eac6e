"""Breadcrumb, search, edition and language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from base.words import LANGS, Lang, t
from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area, edition, path, regions
from ui.address import View, mapped_editions, profile_href
from ui.scene import opened, place_name
from ui.shell.asking import ask, put
from ui.shell.components import links
from ui.shell.searching import search_places
from ui.shell.state import store, write_view


def breadcrumb(view: View) -> None:
    """Show the way from the country to the place, each step a link."""
    items: list[dict[str, Any]] = []
    for step in path(view.area()):
        there = _step(view, step)
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
        chosen=lambda code: write_view(_step(view, area(view.edition, code))),
    )


def _step(view: View, place: Area) -> View:
    """Return the view of a place above: its parts where they are drawn, else it among its fellows.

    Where the indicator has no figures there, it opens on one that has.
    """
    if place.level is Level.PROVINCE and view.level is not Level.PROVINCE:
        return view.to(place=place.code, level=view.level)
    return opened(store(), view, place)


def place_search(
    lang: Lang, edition_id: str, chosen: Callable[[str], None], *, regions_too: bool = False
) -> None:
    """Show the search for a place of any edition, by any of its names or by code.

    Parameters
    ----------
    edition_id
        Of two places alike, the one on its map comes first.
    chosen
        What is done with the place, given as ``edition:code``.
    regions_too
        Whether the country and its regions stand first before anything is typed.
    """
    search_places(
        "place_search",
        lang,
        chosen,
        edition=edition_id,
        quiet=True,
        clear=True,
        first=_above_provinces(lang) if regions_too else [],
    )


@lru_cache(maxsize=2)
def _above_provinces(lang: Lang) -> list[dict[str, str]]:
    """List the country and the regions of each map, which the file of places has not."""
    country = place_name(area(EDITION_2025, COUNTRY_CODE), lang)
    found = [{"v": f"{EDITION_2025}:{COUNTRY_CODE}", "t": country}]
    for id_ in mapped_editions():
        one = edition(id_)
        name = one.name_vi if lang == "vi" else one.name_en
        found += [
            {"v": f"{id_}:{region.code}", "t": place_name(region, lang), "s": name}
            for region in regions(id_)
        ]
    return found


def language_picker(lang: Lang) -> None:
    """Show the languages of the app, each in its own name; the rest of the address stays."""
    ask(
        st.segmented_control,
        t("picker.language", lang),
        LANGS,
        key="lang",
        value=lang,
        act=lambda chosen: put("lang", chosen),
        format_func=str.upper,
        label_visibility="collapsed",
    )
