"""Addresses of before: pages that have become a part of another one."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from base.html import link
from base.words import Lang, t
from ui.address import AS_OF, CLUSTERS, MULTIPLES, PAIR, PROFILE
from ui.shell.blocks import show
from ui.shell.components import redirect
from ui.shell.known import led

# The page that shows what a kind of figure is of; the map does so for the others.
SHOWN_BY: Final = {
    PAIR: ("compare", {"way": PAIR}),
    MULTIPLES: ("compare", {"way": MULTIPLES}),
    CLUSTERS: ("clusters", {}),
    PROFILE: ("profile", {}),
}


def moved(page: str, lang: Lang) -> None:
    """Lead from an address of before to where it is now, with all that it asks.

    The browser puts the new address in place of the old one: going back does not meet it again.
    """
    to = address_now(page, led({"lang": lang, **st.query_params.to_dict()}))
    redirect(to)
    show("p.atlas-text", link(to, t("moved.here", lang)))


def address_now(page: str, asked: dict[str, str]) -> str:
    """Return the address, relative to the app, of what an address of before asks for."""
    if page == "overview":
        kept: dict[str, str] = {name: asked[name] for name in ("lang", AS_OF) if name in asked}
        return f"explore?{urlencode(kept)}"
    if page == "download":
        return f"explore?{urlencode({**asked, 'part': asked.get('part') or 'data'})}"
    there, more = SHOWN_BY.get(asked.get("kind", ""), ("explore", {}))
    return f"{there}?{urlencode({**asked, **more, 'part': 'figure'})}"
