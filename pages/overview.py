"""Overview: the three themes, how current the atlas is, a place to look up, what is not known."""

import streamlit as st

from metrics.briefs import overview
from ui.address import View
from ui.shell import follow, place_search, store, text_page, visit
from ui.theme import about_html, map_block, map_heading_html, themes_html, unknowns_html

follow()
lang = text_page("overview.title", "overview.lead")
figures = store()
found = overview(figures)
about, search = st.columns([2, 1], gap="large")
with about:
    st.html(about_html(figures, found, lang))
with search, st.container(key="front_search"):
    place_search(View(lang=lang), lambda code: visit(View(lang=lang), code))
st.html(themes_html(figures, found, lang))
unknown, shown = st.columns([1, 1.2], gap="large")
with unknown:
    st.html(unknowns_html(found, lang))
with shown, st.container(key="front_map"):
    if found.widest:
        map_block(figures, found.widest, lang, map_heading_html(figures, found.widest, lang))
