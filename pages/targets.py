"""Targets: what was to be reached where and by when, and how far it has been."""

import streamlit as st

from base.html import details, el
from base.words import number, t, tn
from metrics.targets import progress
from ui.shell import read_address, refusals, show, show_html, store, text_page
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

# So many are shown before the others are folded.
FEW = 30

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
    show_html(rules_html(lang))
if shown:
    first, rest = shown[:FEW], shown[FEW:]
    show_html(table_html(figures, first, lang))
    if rest:
        more = tn("targets.more", len(rest), lang, n=number(len(rest), lang))
        show_html(details(more, table_html(figures, rest, lang)))
