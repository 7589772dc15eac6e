"""The words of an upload button, which are not Streamlit's to translate."""

from __future__ import annotations

import streamlit as st


def upload_words(words: str) -> None:
    """Write the button of the upload field of a page in the reader's language."""
    st.html(f"<style>:root {{ --atlas-upload: '{words}'; }}</style>")
