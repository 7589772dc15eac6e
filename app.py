"""Atlas 06: the entry of the app. Page settings, language and navigation; nothing else."""

import streamlit as st

from metrics.messages import t
from ui.state import read_view

lang = read_view()[0].lang
st.set_page_config(page_title=t("app.name", lang), layout="wide", initial_sidebar_state="collapsed")
st.logo("static/brand/atlas06-light.svg", size="large")
st.navigation(
    [st.Page("pages/explore.py", title=t("nav.explore", lang), default=True)], position="top"
).run()
