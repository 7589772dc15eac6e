"""Targets: what was to be reached where and by when, and how far it has been."""

from html import escape

import streamlit as st

from metrics.messages import t
from metrics.progress import progress
from ui.frame import text_page
from ui.page import refusals
from ui.state import store
from ui.targeting import PARAMS, chosen, controls, read_choices, tally_html
from ui.targets import rules_html, summary_text, table_html

lang = text_page("targets.title", extra=PARAMS)
figures = store()
found = progress(figures)
choices, refused = read_choices(figures, found)
refusals(refused, lang)
shown = chosen(found, choices, lang)
st.html(
    f'<div class="atlas-text"><p>{escape(summary_text(figures, shown, lang))}</p>'
    f"{tally_html(shown, lang)}</div>"
)
with st.container(key="filters"):
    controls(figures, found, choices, lang)
with st.expander(t("targets.rules.title", lang)):
    st.html(rules_html(lang))
if shown:
    st.html(table_html(figures, shown, lang))
