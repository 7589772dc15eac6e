"""The row below a view: where the figures are from, and ways to take them away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from base.words import Lang, t
from ui.address import BARS, MAP, PROFILE, SERIES, Asked
from ui.shell.asking import put

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
        _link("take.sources", "sources", view.lang, {"lang": view.lang})
        for part in offered:
            if here:
                label = t(f"take.{part}", view.lang)
                st.button(label, key=f"take {part}", type="tertiary", on_click=_open, args=(part,))
            else:
                _link(f"take.{part}", "explore", view.lang, view.params() | {PART: part})
        if kind == PROFILE:
            there = {"lang": view.lang, "place": view.place, "map": view.edition}
            _link("take.data", "tables", view.lang, there)


def series_link(asked: Asked) -> None:
    """Show the way from a chart over time to its figure."""
    with st.container(key="take_series"):
        label = t("take.series", asked.view.lang)
        st.button(label, key="take series", type="tertiary", on_click=_open_series)


def _open(part: str) -> None:
    put(PART, part)


def _open_series() -> None:
    put("kind", SERIES)
    _open("figure")


def close_part() -> None:
    """Close the panel; for the callback of its button."""
    put(PART, "")


def _link(message: str, page: str, lang: Lang, params: Mapping[str, str]) -> None:
    st.page_link(f"pages/{page}.py", label=t(message, lang), query_params=params)
