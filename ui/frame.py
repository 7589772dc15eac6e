"""The frame of the pages of text: style, language, a column of readable width."""

from __future__ import annotations

from html import escape

import streamlit as st

from metrics.messages import Lang, t
from ui import pickers
from ui.page import refusals, style
from ui.state import read_language, write_language


def text_page(heading: str, lead: str = "", *, extra: tuple[str, ...] = ()) -> Lang:
    """Start a page of text: its heading, its first sentence, the language switch.

    Parameters
    ----------
    heading, lead
        Ids of the messages.
    extra
        Parameters of the address, besides the language, that the page reads itself.

    Returns
    -------
    Lang
        Language of the reader.
    """
    style()
    lang, refused = read_language(extra)
    write_language(lang, extra)
    title, language = st.columns([8, 1])
    with title:
        below = f"<p>{escape(t(lead, lang))}</p>" if lead else ""
        st.html(f'<div class="atlas-title"><h1>{escape(t(heading, lang))}</h1>{below}</div>')
    with language:
        pickers.page_language_picker(lang, extra)
    refusals(refused, lang)
    return lang
