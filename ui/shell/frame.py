"""The frame of every page: the menu with search and language above it, its heading."""

from __future__ import annotations

from typing import Final

import streamlit as st

from base.html import el
from base.words import Lang, t
from ui.address import View, mapped_editions
from ui.shell import bar
from ui.shell.account import account
from ui.shell.asking import put
from ui.shell.blocks import show
from ui.shell.components import sheet_button, skip_links
from ui.shell.doors import FIRST, Room, menu, rooms_row, way
from ui.shell.framing import framed
from ui.shell.known import LAST, led
from ui.shell.page import refusals, style
from ui.shell.state import (
    go_to_place,
    read_language,
    visit_place,
    write_language,
)

# Pages whose own map goes to what is found; the others lead to the map.
WITH_A_MAP: Final = ("explore", "clusters", "compare")


def header(page: str, lang: Lang) -> None:
    """Show what stands above every page at the same spot: doors, search, language.

    Parameters
    ----------
    page
        Name of the page, as its file in pages/ has it.
    """
    if framed():
        return
    goals = ("table", "map", "text") if page in WITH_A_MAP else ("text",)
    told = [[goal, t(f"skip.{goal}", lang)] for goal in goals]
    skip_links({"label": t("skip.label", lang), "items": told})
    with st.container(key="header", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="brand", width="content"):
            st.page_link(f"pages/{FIRST}.py", label="Atlas 06", query_params=led({"lang": lang}))
        menu(page, lang)
        with st.container(key="search"):
            _search(page, lang)
        with st.container(key="language", width="content"):
            bar.language_picker(lang)
        account(lang)
    rooms_row(page, lang)


def _search(page: str, lang: Lang) -> None:
    asked = st.query_params.get("edition") or st.session_state.get(LAST, {}).get("edition")
    edition = asked if asked in mapped_editions() else View().edition
    if page == "profile":
        bar.place_search(lang, edition, _to_profile, regions_too=True)
    else:
        bar.place_search(lang, edition, go_to_place if page in WITH_A_MAP else visit_place)


def _to_profile(unit: str) -> None:
    edition, _, code = unit.partition(":")
    put("edition", edition)
    put("place", code)


def foot(lang: Lang) -> None:
    """Show what stands below every page: what it is made of, and for whom it is made usable.

    Its ways are those of the menu, within the session: what the reader saw last is kept.
    """
    with st.container(key="foot", horizontal=True, gap=None):
        # Shown while there is no connection, which only the browser can tell.
        lost = el("span.atlas-lost", t("foot.lost", lang), role="status")
        show("footer.atlas-foot", t("foot.what", lang), lost)
        for page in ("updates", "methods", "known", "accessibility", "api"):
            way(Room(page), t(f"nav.{page}", lang), lang)


def top_bar(view: View) -> None:
    """Show where a map is, and on a phone the button of its controls."""
    with st.container(key="top"):
        bar.breadcrumb(view)
    with st.container(key="sheet"):
        words = {key: t(f"sheet.{key}", view.lang) for key in ("open", "close")}
        sheet_button(words)


def text_page(heading: str, lead: str = "", *, extra: tuple[str, ...] = ()) -> Lang:
    """Start a page of text: its heading and its first sentence.

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
    show("div.atlas-title", el("h1", t(heading, lang)), lead and el("p", t(lead, lang)))
    refusals(refused, lang)
    return lang
