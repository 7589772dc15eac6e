"""Where is my province now: old and new places side by side."""

import streamlit as st

from ui.parts import show_map
from ui.places import (
    WHERE,
    choose_unit,
    map_title_html,
    read_unit,
    side_view,
    sides,
    story_html,
    unit_search,
)
from ui.shell import refusals, show_html, text_page

lang = text_page("where.title", "where.lead", extra=WHERE.names)
edition, unit, refused = read_unit()
refusals(refused, lang)
search, story = st.columns([1, 2], gap="medium")
with search:
    unit_search(edition, unit, lang)
with story:
    show_html(story_html(edition, unit, lang))
for column, side in zip(st.columns(2, gap="medium"), sides(edition, unit), strict=True):
    with column:
        show_html(map_title_html(side, lang))
        view = side_view(side, lang)
        show_map(view, lang, key=f"map_{side.edition}", chosen=choose_unit(side.edition))
