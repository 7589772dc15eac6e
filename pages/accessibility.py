"""Accessibility: what is checked, by what, and what is known to be missing."""

import streamlit as st

from ui.about import statement
from ui.shell import text_page

lang = text_page("a11y.title")
st.markdown(statement(lang))
