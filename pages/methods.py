"""Methods and glossary: how the figures are shown, and what the terms of Đề án 06 mean."""

import streamlit as st

from ui.frame import text_page
from ui.methods import glossary_html, methods_text

lang = text_page("methods.title")
st.markdown(methods_text(lang))
st.html(glossary_html(lang))
