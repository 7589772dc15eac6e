"""What is known: by domain and family, how many areas, which dates, which sources."""

from html import escape

import streamlit as st

from base.words import pick
from metrics.briefs import coverage
from ui.about import coverage_html, summary
from ui.shell import store, text_page

lang = text_page("known.title", "known.lead")
figures = store()
found = coverage(figures)
st.html(f'<p class="atlas-text">{escape(summary(figures, found, lang))}</p>')
for domain in figures.catalog.domains.values():
    rows = [row for row in found if row.indicator.domain == domain.id]
    if rows:
        st.html(
            f'<div class="atlas-text"><h2>{escape(pick(domain.title, lang))}</h2>'
            f"{coverage_html(figures, rows, lang)}</div>"
        )
