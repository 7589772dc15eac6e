"""Coverage gaps: what is known, a search in the reader's own files, and the ledger."""

import streamlit as st

from base.html import link
from base.words import t
from ui.gaps import PARAMS, choose_part, ledger_part, read, search_part, show_known, write
from ui.shell import refusals, show, store, text_page

lang = text_page("gaps.title", "gaps.lead", extra=PARAMS)
settings, refused = read(st.query_params.to_dict())
write(settings)
refusals(refused, lang)
show("p.atlas-text", link(f"coverage?lang={lang}", t("gaps.theme", lang)))
choose_part(settings, lang)
if settings.part == "known":
    show_known(store(), lang)
elif settings.part == "search":
    search_part(settings, lang)
else:
    ledger_part(settings, lang)
