"""A theme on its page: the article, with its map in the middle."""

from __future__ import annotations

import streamlit as st

from base.html import Markup, el
from base.words import Lang
from geo.editions import COUNTRY_CODE
from metrics.store import Store
from ui.address import Asked, View
from ui.parts import show_map
from ui.shell import (
    is_dark,
    read_language,
    refusals,
    show_html,
    store,
    style,
    take_row,
    visit,
    write_language,
)
from ui.theme.overview import lines_html
from ui.theme.story import story


def theme_page(domain: str) -> None:
    """Show the page of a theme."""
    style()
    lang, refused = read_language()
    write_language(lang)
    figures = store()
    found = story(figures, domain, lang, is_dark())
    with st.container(key="story"):
        refusals(refused, lang)
        show_html(found.lead)
        map_block(figures, domain, lang)
        show_html(found.below)


def map_block(figures: Store, domain: str, lang: Lang, above: Markup | None = None) -> None:
    """Show the map of a theme's best-covered indicator; a click goes to the place on Explore.

    Parameters
    ----------
    domain
        Id of the subject; where it has too few places for a map, that is said.
    above
        HTML above the map; by default the caption that the theme's own page has.
    """
    found = story(figures, domain, lang, is_dark())
    heading, below = found.caption
    if told := above or heading:
        show_html(told)
    if found.drawn is None or not found.mapped:
        return
    view = found.drawn.scene.view
    show_map(found.drawn.map, lang, key="map_theme", chosen=lambda code: visit(view, code))
    show_html(el("div.atlas-story", Markup(found.drawn.legend)) + below)
    take_row(Asked(view), here=False)


def lines(store: Store, view: View) -> None:
    """Show a line for each theme below the map of the country, with the way to its page."""
    if view.place == COUNTRY_CODE and not view.pins:
        show_html(lines_html(store, view.lang))
