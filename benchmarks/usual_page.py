"""A page made the usual way: folium.Choropleth in st_folium, with its geometry embedded.

Same figures (metrics.panel), same classes, same simplified geometry as the app, a table beside
the map. It is given what does not change its nature: the geometry stays parsed in memory, a click
is all that it returns, its only script is Leaflet, and that comes from a local server with the
cache headers of a CDN. Its legend is left out: branca loads d3 for it from a fixed address, and
without a network the whole map then stays blank.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.cases import short_title
from geo.classify import METHODS, classify
from geo.editions import Level
from metrics.panel import panel
from metrics.store import Store, current_store

CDN = os.environ["BENCH_CDN"]
GEOMETRY = Path(os.environ["BENCH_GEOMETRY"])


@st.cache_resource
def geometry(edition: str, level: str) -> dict[str, Any]:
    return json.loads((GEOMETRY / f"{edition}-{level}.geojson").read_text(encoding="utf-8"))


def collection(shapes: dict[str, Any], frame: pd.DataFrame) -> dict[str, Any]:
    """Join names and figures to the shapes, for the tooltip."""
    rows = frame.set_index("code")[["name_vi", "value"]].to_dict("index")
    features = []
    for shape in shapes["features"]:
        row = rows[shape["id"]]
        value = "" if pd.isna(row["value"]) else row["value"]
        features.append({**shape, "properties": {"name": row["name_vi"], "value": value}})
    return {"type": "FeatureCollection", "features": features}


def choropleth(frame: pd.DataFrame, shapes: dict[str, Any], method: str, k: int) -> folium.Map:
    classes = classify(pd.to_numeric(frame["value"]), method, k)
    drawn = folium.Choropleth(
        geo_data=collection(shapes, frame),
        data=frame,
        columns=["code", "value"],
        key_on="feature.id",
        bins=[classes.lower, *classes.breaks],
        fill_color="YlGnBu",
        fill_opacity=1,
        nan_fill_color="#eceeec",
        line_color="white",
        line_weight=0.8,
    )
    if drawn.color_scale is not None:
        drawn._children.pop(drawn.color_scale.get_name())
        drawn.color_scale = None
    drawn.geojson.add_child(folium.GeoJsonTooltip(["name", "value"], labels=False))
    base = folium.Map(location=(16.0, 107.5), zoom_start=5, tiles=None)
    base.add_child(drawn)
    return base


def chosen(store: Store, level: Level) -> tuple[str, str]:
    ids = st.query_params["indicators"].split(",")
    titles = {id_: short_title(store.catalog.indicators[id_]) for id_ in ids}
    indicator = st.selectbox("Chỉ tiêu", ids, key="indicator", format_func=titles.__getitem__)
    method = st.selectbox("Phương pháp", list(METHODS), key="method")
    st.html(f"<h1>{titles[indicator]}, {level}</h1>")
    return indicator, method


def main() -> None:
    st.set_page_config(layout="wide")
    folium.Map.default_js = [("leaflet", f"{CDN}/static/vendor/leaflet.js")]
    folium.Map.default_css = [("leaflet", f"{CDN}/static/vendor/leaflet.css")]
    edition, level = st.query_params["edition"], Level(st.query_params["level"])
    store = current_store()
    controls, middle, right = st.columns([1.1, 2.75, 1.75], gap="medium")
    with controls:
        indicator, method = chosen(store, level)
    frame = panel(store, indicator, edition, level).frame
    with middle:
        st_folium(
            choropleth(frame, geometry(edition, level), method, int(st.query_params["k"])),
            key="map",
            height=560,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
        )
    with right:
        columns = ["rank", "name_vi", "value", "period_end", "origin"]
        st.dataframe(frame.sort_values("rank")[columns], hide_index=True, height=560)


main()
