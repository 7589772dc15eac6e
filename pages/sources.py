"""Sources: every origin, its licence, what was taken from it, how its date is known."""

import streamlit as st

from metrics.briefs import taken
from ui.about import origin_html
from ui.shell import store, text_page

lang = text_page("sources.title", "sources.lead")
items = sorted(taken(store()), key=lambda item: item.observations == 0)
listed = "".join(origin_html(item, lang) for item in items)
st.html(f'<div class="atlas-text atlas-sources">{listed}</div>')
