"""The heading of a view."""

from html import escape

import streamlit as st


def title_block(heading: str, below: str) -> None:
    """Show the title of a view and the sentence below it."""
    st.html(f'<div class="atlas-title"><h1>{escape(heading)}</h1><p>{escape(below)}</p></div>')
