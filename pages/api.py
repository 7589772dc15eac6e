"""The figures for programs: what can be asked over HTTP, and how."""

import streamlit as st

from ui.serving.api import described
from ui.shell import text_page

lang = text_page("api.title", "api.lead")
st.html(described(lang))
