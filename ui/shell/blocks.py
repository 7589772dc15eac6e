"""Notes to the reader on a page: what was refused, and what there is to know."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st


def note_html(text: str, role: Literal["alert", "status"]) -> str:
    """Write a note; `text` may be hostile."""
    return f'<p class="atlas-note" role="{role}">{escape(text)}</p>'


def alert(text: str) -> None:
    """Show what was refused or went wrong; screen readers say it at once."""
    st.html(note_html(text, "alert"))


def status(text: str) -> None:
    """Show what there is to know; screen readers say it when they are done."""
    st.html(note_html(text, "status"))


def upload_words(words: str) -> None:
    """Write the button of the upload field of a page in the reader's language."""
    st.html(f"<style>:root {{ --atlas-upload: '{words}'; }}</style>")


def title_block(heading: str, below: str) -> None:
    """Show the title of a view and the sentence below it."""
    st.html(f'<div class="atlas-title"><h1>{escape(heading)}</h1><p>{escape(below)}</p></div>')
