"""The map of Explore: one base map for all views, one small message for each."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.choropleth import MapView, base_map, view_layer
from geo.editions import has_area
from metrics.messages import Lang, t
from ui.state import go, read_view

KEY = "atlas_map"
# The style sheet decides the height on screen; this is what the frame is told.
HEIGHT = 560


def show_map(view: MapView, lang: Lang) -> None:
    """Draw a view; a click goes to the area clicked."""
    with st.container(key="map"):
        st_folium(
            base_map(t("map.zoom_in", lang), t("map.zoom_out", lang)),
            key=KEY,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=view_layer(view),
            on_change=clicked,
        )


def clicked() -> None:
    """Go to the area that was clicked, unless this click was followed before."""
    answer: Any = st.session_state.get(KEY) or {}
    properties = (answer.get("last_active_drawing") or {}).get("properties") or {}
    code, click = str(properties.get("code", "")), properties.get("click")
    if click == st.session_state.get("atlas_last_click"):
        return
    st.session_state["atlas_last_click"] = click
    view, _ = read_view()
    if has_area(view.edition, code) and code != view.place:
        go(place=code)
