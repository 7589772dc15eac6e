"""Where is my province now: old and new places side by side."""

import streamlit as st

from ui.frame import text_page
from ui.map import show_map
from ui.page import refusals
from ui.story import story_html
from ui.units import PARAM, choose_unit, read_unit, unit_search
from ui.where import map_title_html, side_view, sides

lang = text_page("where.title", "where.lead", extra=(PARAM,))
edition, unit, refused = read_unit()
refusals(refused, lang)
search, story = st.columns([1, 2], gap="medium")
with search:
    unit_search(edition, unit, lang)
with story:
    st.html(story_html(edition, unit, lang))
for column, side in zip(st.columns(2, gap="medium"), sides(edition, unit), strict=True):
    with column:
        st.html(map_title_html(side, lang))
        view = side_view(side, lang)
        show_map(view, lang, key=f"map_{side.edition}", chosen=choose_unit(side.edition))
