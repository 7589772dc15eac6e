"""Coverage gaps: what is known, a search in the reader's own files, and the ledger."""

from html import escape

import streamlit as st

from base.words import t
from ui.gaps import PARAMS, choose_part, ledger_part, read, search_part, show_known, write
from ui.shell import refusals, store, text_page

lang = text_page("gaps.title", "gaps.lead", extra=PARAMS)
settings, refused = read(st.query_params.to_dict())
write(settings)
refusals(refused, lang)
theme = f'<a href="coverage?lang={lang}" target="_self">{escape(t("gaps.theme", lang))}</a>'
st.html(f'<p class="atlas-text">{theme}</p>')
choose_part(settings, lang)
if settings.part == "known":
    show_known(store(), lang)
elif settings.part == "search":
    search_part(settings, lang)
else:
    ledger_part(settings, lang)
