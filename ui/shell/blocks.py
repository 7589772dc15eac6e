"""Notes to the reader and other pieces of HTML that pages share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

import streamlit as st
from markupsafe import escape

from base.html import Markup, el, items
from geo.editions import COUNTRY_CODE, EDITION_2025, area
from ui.shell.doors import pages
from ui.shell.known import led_html

_DAY = r"\d{2}/\d{2}/\d{4}"
_DATES = rf"{_DAY} – {_DAY}|\(\d+ [A-Z][a-z]+ \d{{4}}\)"


def show_html(html: str, **how: Any) -> None:
    """Show a piece of HTML; its links to pages ask for the day that this page is of.

    Parameters
    ----------
    **how
        As of `st.html`.
    """
    st.html(led_html(html, pages()), **how)


def show(tag: str, *content: object, **attributes: object) -> None:
    """Show an element; see `base.html.el`."""
    show_html(el(tag, *content, **attributes))


def note_html(text: object, role: Literal["alert", "status"]) -> Markup:
    """Write a note."""
    return el("p.atlas-note", text, role=role)


def alert(text: object) -> None:
    """Show what was refused or went wrong; screen readers say it at once."""
    show_html(note_html(text, "alert"))


def status(text: object) -> None:
    """Show what there is to know; screen readers say it when they are done."""
    show_html(note_html(text, "status"))


def mark_html(kind: str, name: str) -> Markup:
    """Write the name of a state with its mark."""
    return el(f"span.atlas-state.{kind}", el("i"), name)


def tally_html(told: Iterable[tuple[str, str, int, str]]) -> Markup:
    """Write how many there are of each state, as a bar with its key.

    Parameters
    ----------
    told
        Of each state what it is, its name, how many there are, and that as written.
    """
    states = list(told)
    bar = [el(f"i.{kind}", style=f"flex:{n}") for kind, _, n, _ in states if n]
    keys = items((mark_html(kind, name), " ", el("b", text)) for kind, name, _, text in states)
    return el("div.atlas-tally", el("div", bar, aria_hidden="true"), keys)


def upload_words(words: str) -> None:
    """Write the button of the upload field of a page in the reader's language."""
    st.html(f"<style>:root {{ --atlas-upload: '{words}'; }}</style>")


def title_block(heading: str, below: str) -> None:
    """Show the title of a view and the sentence below it."""
    show_html(title_html(heading, below))


def title_html(heading: str, below: str) -> Markup:
    """Write the title of a view and the sentence below it."""
    return el("div.atlas-title", el("h1", unbroken(heading)), el("p", unbroken(below)))


def unbroken(text: str) -> Markup:
    """Write a text in which no line ends within numbers of documents (766/QĐ-TTg) or the country.

    Its name stays on one line with the figure after it, and so do the two ends of a range of dates.
    """
    kept = rf"(?:{'|'.join(_country_names())})(?:: [\d.,]+%?)?|{_DATES}|\d+/[\w-]+-\w+"
    return Markup(re.sub(kept, r'<span class="unbroken">\g<0></span>', str(escape(text))))


@cache
def _country_names() -> tuple[str, str]:
    country = area(EDITION_2025, COUNTRY_CODE)
    return country.name_vi, country.name_en
