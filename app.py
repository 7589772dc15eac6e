"""Atlas 06: the entry of the app. Page settings, language and navigation; nothing else."""

import streamlit as st

from metrics.messages import DEFAULT_LANG, LANGS, t
from ui.page import last_resort

# Read here without the store, so that even a store that cannot be opened is said in a language.
lang = next((known for known in LANGS if known == st.query_params.get("lang")), DEFAULT_LANG)
st.set_page_config(page_title=t("app.name", lang), layout="wide", initial_sidebar_state="collapsed")
page = st.navigation(
    [st.Page("pages/explore.py", title=t("nav.explore", lang), default=True)], position="top"
)
with last_resort(lang):
    page.run()
