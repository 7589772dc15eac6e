"""Targets: what was to be reached where and by when, and how far it has been."""

import streamlit as st

from base.html import el
from base.words import t
from metrics.targets import progress
from ui.shell import read_address, refusals, show, store, text_page
from ui.targets import (
    TARGETS,
    chosen,
    controls,
    options,
    rules_html,
    summary_text,
    table_html,
    tally_html,
)

lang = text_page("targets.title", extra=TARGETS.names)
figures = store()
found = progress(figures)
known = options(figures, found, lang)
choices, refused = read_address(TARGETS, known)
refusals(refused, lang)
shown = chosen(found, choices, lang)
show("div.atlas-text", el("p", summary_text(figures, shown, lang)), tally_html(shown, lang))
with st.container(key="filters"):
    controls(known, choices, lang)
with st.expander(t("targets.rules.title", lang)):
    st.html(rules_html(lang))
if shown:
    st.html(table_html(figures, shown, lang))
