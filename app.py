"""Atlas 06: the entry of the app. Page settings, language and navigation; nothing else."""

import streamlit as st

from metrics.messages import t
from ui.page import last_resort, stay_offline
from ui.state import plain_language

PAGES = ("explore", "where", "convert", "known", "sources", "methods")

stay_offline()
lang = plain_language()
st.set_page_config(page_title=t("app.name", lang), layout="wide", initial_sidebar_state="collapsed")
page = st.navigation(
    [
        st.Page(f"pages/{name}.py", title=t(f"nav.{name}", lang), default=name == PAGES[0])
        for name in PAGES
    ],
    position="top",
)
with last_resort(lang):
    page.run()
