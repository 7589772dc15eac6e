"""Maps for the browser."""

from geo.maps.choropleth import (
    MARK_ASIDE,
    MARK_CANNOT,
    MARK_CONFLICT,
    MARK_MIXED,
    MARK_NO_DATA,
    MARK_NOT_APPLICABLE,
    MARK_NOT_COMPUTED,
    MARK_NOT_EXISTING,
    MARK_NOT_NAMED,
    MARK_OUTSIDE,
    MARK_PARTIAL,
    MARK_SPLIT,
    MARK_WITHHELD,
    Bounds,
    MapView,
    Symbol,
    base_map,
    versioned,
    view_layer,
)
from geo.maps.embed import MOST_ROWS, Embed, Row, Theme, embed_html, layer_data
from geo.maps.framed import base_script, frame_html
from geo.maps.locator import Drawing, Ink, country_svg, parts_svg
