"""Methods and glossary: how the figures are shown, and what the terms of Đề án 06 mean."""

import streamlit as st

from ui.about import glossary_html, methods_text
from ui.shell import show_html, text_page

lang = text_page("methods.title")
st.markdown(methods_text(lang))
show_html(glossary_html(lang))
