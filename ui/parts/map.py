"""A map on a page: one base map for all views, one small message for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from base.words import Lang, t
from geo.maps import MapView, base_map, view_layer
from ui.parts.pinned import toggle_pin
from ui.shell import open_area, show

KEY = "map"
# The style sheet decides the height on screen; this is what the frame is told.
HEIGHT = 560


def show_map(
    view: MapView | str, lang: Lang, *, key: str = KEY, chosen: Callable[[str], None] | None = None
) -> None:
    """Draw a view; a click goes to the area clicked.

    Parameters
    ----------
    view
        What is to be drawn, or its message.
    key
        Name of the map on its page, beginning with `KEY`.
    chosen
        What a click on an area does with its code; by default Explore goes there.
    """
    with st.container(key=key):
        # Behind the frame, which is empty until it is painted.
        show("p.atlas-coming", t("map.coming", lang), aria_hidden="true")
        st_folium(
            base_map(t("map.zoom_in", lang), t("map.zoom_out", lang)),
            key=f"atlas_{key}",
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=view_layer(view),
            on_change=lambda: clicked(key, chosen or go_to),
        )


def clicked(key: str, chosen: Callable[[str], None]) -> None:
    """Follow a click on a map, unless it was followed before."""
    answer: Any = st.session_state.get(f"atlas_{key}") or {}
    properties = (answer.get("last_active_drawing") or {}).get("properties") or {}
    code, click = str(properties.get("code", "")), properties.get("click")
    if click == st.session_state.get(f"atlas_click_{key}"):
        return
    st.session_state[f"atlas_click_{key}"] = click
    if properties.get("pin") is True and chosen is go_to:
        toggle_pin(code)
        return
    chosen(code)


def go_to(code: str) -> None:
    """Go to an area of the map of Explore."""
    open_area(code)
