"""The day that this run of a page shows the atlas as it was known on, and ways that keep to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from base.html import el
from base.words import DEFAULT_LANG, Lang, t
from metrics.store import current_store, known_words, read_as_of, when_words
from ui.address import AS_OF, Told, asked_as_of, carry, carry_data, carry_html
from ui.shell.framing import framed

# The view of this session, as the parameters of an address.
LAST: Final = "atlas_last_view"
# Pages for what is done now, whatever day the reader looks at.
OF_NOW: Final = frozenset({"load", "datasets", "indicators", "refresh", "boundaries"})


def as_of() -> str:
    """Return the day that the address of this run asks for; "" for now.

    An address that says nothing at all means the day that this session asked for last. What cannot
    be followed is now; the page says so.
    """
    said = st.query_params.to_dict()
    try:
        return asked_as_of(said or st.session_state.get(LAST, {}), DEFAULT_LANG)
    except Told:
        return ""


def led(params: Mapping[str, str]) -> dict[str, str]:
    """Have the parameters of a way to a page ask for the same day."""
    return carry(params, as_of())


def led_html(html: str, pages: tuple[str, ...]) -> str:
    """Have the links of a piece of HTML ask for the same day."""
    return carry_html(html, as_of(), pages)


def led_data(data: dict[str, Any], pages: tuple[str, ...]) -> dict[str, Any]:
    """Have the links in what a component is handed ask for the same day."""
    day = as_of()
    return carry_data(data, day, pages) if day else data


def known_line(page: str, lang: Lang) -> None:
    """Say of when a page shows the atlas, with the way back to now; nothing where that is now.

    It stands at the same place of every page.
    """
    day = as_of()
    if not day:
        return
    told = [el("b", known_words(day, lang)), "."]
    store, moment = current_store(), read_as_of(day)
    since = store.vintages_since
    if store.at(moment).datasets().empty:
        told += [" ", t("as_of.nothing", lang, since=when_words(since, lang))]
    elif moment < since:
        told += [" ", t("as_of.before", lang, since=when_words(since, lang))]
    if page in OF_NOW:
        told += [" ", t("as_of.of_now", lang)]
    if not framed():
        asked = {"lang": lang, **st.query_params.to_dict()}
        rest = urlencode({name: text for name, text in asked.items() if name != AS_OF})
        # Not by `show_html`: this one link leads to now.
        told += [" ", el("a", t("as_of.now", lang), href=f"{page}?{rest}")]
    st.html(el("p.atlas-known", told, role="note", aria_label=t("as_of.label", lang)))
