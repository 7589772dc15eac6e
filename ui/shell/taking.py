"""The row of links below a view: where the figures are from, and ways to take them away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from base.words import Lang, t
from ui.address import BARS, MAP, PROFILE, SERIES, Asked

# Kinds of which a map can be put on other pages.
EMBEDDED: Final = (MAP, BARS)


def take_row(asked: Asked, kind: str = MAP) -> None:
    """Show the links of a view; each page opens with the same view.

    Parameters
    ----------
    kind
        As which kind of figure: one of `ui.figure.parts.KINDS`.
    """
    view = asked.view
    params = view.params()
    scope = {"scope": "area"} if kind == PROFILE else {}
    with st.container(key=f"take_{kind}", horizontal=True, gap="small"):
        _link("take.sources", "sources", view.lang, {"lang": view.lang})
        _link("take.data", "download", view.lang, params | {"part": "data"} | scope)
        _link("take.figure", "figure", view.lang, params | _drawn(asked, kind))
        if kind in EMBEDDED:
            _link("take.embed", "download", view.lang, params | {"part": "embed"})


def series_link(asked: Asked) -> None:
    """Show the link from a chart over time to its figure."""
    with st.container(key="take_series"):
        params = asked.view.params() | _drawn(asked, SERIES)
        _link("take.series", "figure", asked.view.lang, params)


def _drawn(asked: Asked, kind: str) -> dict[str, str]:
    more = {name: text for name, text in asked.params(kind).items() if text}
    # A profile is a page.
    return {"kind": kind, **more, **({"size": "a4"} if kind == PROFILE else {})}


def _link(message: str, page: str, lang: Lang, params: Mapping[str, str]) -> None:
    st.page_link(f"pages/{page}.py", label=t(message, lang), query_params=params)
