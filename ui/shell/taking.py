"""The row below a view: where the figures are from, and ways to take them away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from base.html import el
from base.words import Lang, t
from ui.address import ALL, BARS, MAP, PROFILE, SERIES, Asked, View
from ui.shell.asking import put
from ui.shell.blocks import show
from ui.shell.known import led
from ui.shell.state import go

# Kinds of which a map can be put on other pages, and that have files of figures.
EMBEDDED: Final = (MAP, BARS)
# What the panel beside a map can show, in the order of the row; see `ui.explore.panel`.
PARTS: Final = ("data", "figure", "embed")
PART: Final = "part"


def take_row(asked: Asked, kind: str = MAP, *, here: bool = True) -> None:
    """Show the ways to take a view away.

    Parameters
    ----------
    kind
        As which kind of figure: one of `ui.address.KINDS`.
    here
        Whether the page has a panel for them; else they lead to the map, where it opens.
    """
    view = asked.view
    offered = PARTS if kind in EMBEDDED else ("figure",)
    with st.container(key=f"take_{kind}", horizontal=True, gap="small"):
        _sources(asked, kind, here=here)
        for part in offered:
            if here:
                label = t(f"take.{part}", view.lang)
                st.button(label, key=f"take {part}", type="tertiary", on_click=_open, args=(part,))
            else:
                _link(f"take.{part}", "explore", view.lang, view.params() | {PART: part})
        if kind == PROFILE:
            there = {"lang": view.lang, "place": view.place, "map": view.edition}
            _link("take.data", "tables", view.lang, there)


def _sources(asked: Asked, kind: str, *, here: bool) -> None:
    """Show the way to the sources of what is shown, never to those of everything."""
    view, label = asked.view, t("take.sources", asked.view.lang)
    if kind == PROFILE:
        show("p.take-sources", el("a", label, href="#atlas-sources"))
    elif here:
        st.button(label, key="take sources", type="tertiary", on_click=_open_sources)
    else:
        _link("take.sources", "explore", view.lang, view.params() | {"source": ALL})


def series_link(asked: Asked) -> None:
    """Show the way from a chart over time to its figure."""
    with st.container(key="take_series"):
        label = t("take.series", asked.view.lang)
        st.button(label, key="take series", type="tertiary", on_click=_open_series)


def _open(part: str) -> None:
    put(PART, part)


def _open_sources() -> None:
    go(source=ALL)


def _open_series() -> None:
    put("kind", SERIES)
    _open("figure")


def close_part() -> None:
    """Close the panel; for the callback of its button."""
    put(PART, "")


def map_link(view: View, label: str) -> None:
    """Show a link to a view that opens it within the session."""
    st.page_link("pages/explore.py", label=label, query_params=led(view.params()), width="content")


def _link(message: str, page: str, lang: Lang, params: Mapping[str, str]) -> None:
    st.page_link(f"pages/{page}.py", label=t(message, lang), query_params=led(params))
