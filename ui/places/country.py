"""The map and the ranking that open the profile of the country; both lead to profiles."""

from __future__ import annotations

import streamlit as st

from base.html import el, link
from base.words import Lang, t
from metrics.store import Store
from ui.address import View, mapped_editions
from ui.parts import ranking, show_map
from ui.places.profile import go_to
from ui.scene import draw
from ui.shell import show, show_html


def country(store: Store, edition: str, lang: Lang, *, dark: bool) -> None:
    """Show the map of the country by the indicator that maps open with, beside its ranking.

    Parameters
    ----------
    edition
        Of the map; nothing is shown where it has no boundaries.
    dark
        Whether the paper is dark.
    """
    if edition not in mapped_editions():
        return
    drawn = draw(store, View(lang=lang, edition=edition), dark=dark)
    view = drawn.scene.view

    def open_profile(code: str) -> None:
        go_to(f"{view.edition}:{code}")

    with st.container(key="country"):
        way = link(view.href(), t("profile.to_map", lang))
        show("div.atlas-text", el("h2", drawn.scene.words.title), el("p", way))
        shown, ranked = st.columns([1.5, 1], gap="medium")
        with shown:
            show_map(drawn.map, lang, key="map_country", chosen=open_profile)
            show_html(drawn.legend)
        with ranked:
            data = {**drawn.ranking, "pins": None}
            ranking(data, open=open_profile, source=open_profile)
