"""The frames of pages: the bar above a map; the heading of a page of text."""

from __future__ import annotations

from html import escape

import streamlit as st

from metrics.messages import Lang, t
from ui import pickers
from ui.page import refusals, style
from ui.state import read_language, write_language
from ui.view import View


def top_bar(view: View) -> None:
    """Show the bar above a map: where it is, search, edition, language."""
    with st.container(key="top"):
        crumbs, search, edition, language = st.columns([4, 3, 3.4, 1])
        with crumbs:
            pickers.breadcrumb(view)
        with search:
            pickers.place_search(view)
        with edition:
            pickers.edition_picker(view)
        with language:
            pickers.language_picker(view)


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
