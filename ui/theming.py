"""A theme on its page: the article, with its map in the middle."""

from __future__ import annotations

import streamlit as st

from ui import pickers
from ui.map import show_map
from ui.page import refusals, style
from ui.state import read_language, store, write_language
from ui.theme_story import story
from ui.visit import follow, visit


def theme_page(domain: str) -> None:
    """Show the page of a theme.

    Parameters
    ----------
    domain
        Id of the subject.
    """
    follow()
    style()
    lang, refused = read_language()
    write_language(lang)
    found = story(store(), domain, lang)
    with st.container(key="story"):
        with st.container(key="story_language"):
            pickers.page_language_picker(lang)
        refusals(refused, lang)
        st.html(found.lead)
        if found.drawn is not None:
            view = found.drawn.scene.view
            above, below = found.caption
            st.html(above)
            show_map(
                found.drawn.map,
                lang,
                key="map_theme",
                chosen=lambda code: visit(view, code),
            )
            st.html(f'<div class="atlas-story">{found.drawn.legend}</div>{below}')
        st.html(found.below)
