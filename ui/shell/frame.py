"""The frames of pages: the bar above a map; the heading of a page of text."""

from __future__ import annotations

import streamlit as st

from base.html import el
from base.words import Lang, t
from ui.address import View
from ui.shell import bar
from ui.shell.blocks import show
from ui.shell.page import refusals, style
from ui.shell.state import read_language, write_language


def top_bar(view: View) -> None:
    """Show the bar above a map: where it is, search, edition, language."""
    with st.container(key="top"):
        crumbs, search, edition, language = st.columns([4, 3, 3.4, 1])
        with crumbs:
            bar.breadcrumb(view)
        with search:
            bar.place_search(view)
        with edition:
            bar.edition_picker(view)
        with language:
            bar.language_picker(view)


def text_page(heading: str, lead: str = "", *, extra: tuple[str, ...] = ()) -> Lang:
    """Start a page of text: its heading, its first sentence, the language switch.

    Parameters
    ----------
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
        show("div.atlas-title", el("h1", t(heading, lang)), lead and el("p", t(lead, lang)))
    with language:
        bar.page_language_picker(lang, extra)
    refusals(refused, lang)
    return lang
