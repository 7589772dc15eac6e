"""Draw classes on a folium map: geometry once by address, colours alone after that.

The base map is the same for every view of the app, so the browser mounts it once. A view travels
as one small message inside a feature group; static/map/atlas-map.js draws it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from base.folders import STATIC

# From the frame of the map component to the app's static files: relative, so that the app also
# works under a sub-path.
STATIC_FROM_FRAME = "../../app/static/"

# The marks of areas without a class, as the browser reads them.
MARK_NO_DATA = "n"
MARK_SPLIT = "s"
MARK_CONFLICT = "c"
MARK_NOT_NAMED = "m"
MARK_NOT_APPLICABLE = "x"
MARK_NOT_EXISTING = "e"
MARK_PARTIAL = "p"
MARK_MIXED = "u"
MARK_CANNOT = "k"
MARK_NOT_COMPUTED = "d"
MARK_WITHHELD = "w"  # has a figure that compares nothing
MARK_OUTSIDE = "f"  # has a figure, but is not among those singled out
MARK_ASIDE = "o"  # has a figure, but not what the map is of: one of two, or no neighbours

DOTS = ("dots", "dot_names", "dot_colors", "dot_sizes", "dot_marks", "dot_codes")
ZOOM_CONTROL = "ZoomControl"  # name of the zoom buttons among the parts of a map
OPENER = re.compile(r"\{(?=[{%#])")
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Symbol:
    """An archipelago drawn at a size that can be seen.

    Attributes
    ----------
    code
        Area of the layer that it belongs to.
    name, label, place
        Short name, name on the map, and the province in brackets.
    points
        Longitude and latitude of each islet, EPSG:4326.
    """

    code: str
    name: str
    label: str
    place: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """What the browser needs to draw one view.

    Attributes
    ----------
    layer, names
        Addresses of the geometry and of the layer that lends its names while the areas are too
        small to carry their own, relative to the static files; ``names`` may be None.
    lang
        Language of the names.
    focus
        Province whose areas are in focus; the others are faint context. None: all are.
    selected
        Area with the outline, or None.
    bounds
        West, south, east, north in degrees: what the map shows.
    codes, marks, text, when
        For each area in focus: code, class digit or mark, the figure as written, index in `dates`.
    dates
        The distinct dates, as written.
    sizes
        For circles: area of the circle in thousandths of the largest, -1 where there is none.
    spots
        Where each area stands along the histogram of the legend, in thousandths of its width, -1
        where it does not; empty where the legend has none.
    palette
        Colours of the classes, ``#rrggbb``.
    circles, card
        Whether figures are drawn as proportional circles, or as markers beside a fact card.
    plain
        Whether areas without a code are plain land rather than areas without a figure.
    together
        Name of a group of maps on one page that are moved and pointed at together; "" for none.
    dots
        Points over the areas: longitude and latitude in ten-thousandths of a degree and the index
        of their colour, one after the other.
    dot_names, dot_colors
        What each point is called (empty where there are too many), and the colours.
    dot_sizes, dot_marks
        Radius of each point in tenths of a pixel, and a word or number written in it; empty where
        all are alike.
    dot_codes
        What a click on each point tells, after ``dot:``, -1 where it leads nowhere; empty where
        none does.
    watermark
        Words written across the map, on what is simulated; "" for none.
    off
        For each area in focus ``1`` where filters leave it out, else ``0``; "" where none do.
    pins
        Outlines of pinned areas: code to colour.
    notes
        A remark for single areas, such as a conflict between sources.
    unit, alt, credit
        Unit beside figures, description for those who do not see the map, line about boundaries.
    words
        What the browser says by itself, by mark.
    symbols
        The archipelagos.
    accent
        Colour of markers.
    """

    layer: str
    names: str | None
    lang: str
    focus: str | None
    selected: str | None
    bounds: Bounds
    codes: Sequence[str]
    marks: str
    text: Sequence[str]
    when: Sequence[int]
    dates: Sequence[str]
    palette: Sequence[str]
    unit: str
    alt: str
    credit: str
    words: Mapping[str, str]
    symbols: Sequence[Symbol]
    accent: str
    sizes: Sequence[int] = ()
    spots: Sequence[int] = ()
    circles: bool = False
    card: bool = False
    plain: bool = False
    together: str = ""
    dots: Sequence[int] = ()
    dot_names: Sequence[str] = ()
    dot_colors: Sequence[str] = ()
    dot_sizes: Sequence[int] = ()
    dot_marks: Sequence[str] = ()
    dot_codes: Sequence[int] = ()
    watermark: str = ""
    off: str = ""
    pins: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def message(self) -> str:
        """Write the view as a JavaScript value that is safe inside a script.

        Returns
        -------
        str
            JSON without ``<``, ``>``, ``&``, braces in pairs or line separators, so that nothing
            in a name can end the script or be taken for a template.
        """
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        told["codes"] = ",".join(self.codes)
        told["symbols"] = [asdict(symbol) for symbol in self.symbols]
        # Most maps have none of these: what is not there need not travel.
        for name in (*DOTS, "watermark"):
            if not told[name]:
                del told[name]
        told["id"] = ""
        told["id"] = sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:10]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        for char in "<>&\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
        # Openers of a template stand in texts only, where they can be written otherwise.
        return OPENER.sub(r"\\u007b", text).replace("}}", "} }")


def versioned(path: str) -> str:
    """Return the address of one of our own static files, with its content in the query.

    Returns
    -------
    str
        The path and ``?v=`` with the first characters of its SHA-256.
    """
    return f"{path}?v={sha256((STATIC / path).read_bytes()).hexdigest()[:8]}"


class _Attach(JSCSSMixin, folium.MacroElement):
    """Hand the Leaflet map to our script once it exists."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        AtlasMap.attach({{ this._parent.get_name() }});
        {% endmacro %}
    """)


class _Show(folium.MacroElement):
    """Tell our script what to draw."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        AtlasMap.show({{ this.message }});
        {% endmacro %}
    """)

    def __init__(self, message: str) -> None:
        super().__init__()
        self._name = "Show"
        self.message = message


class _OfflineMap(folium.Map):
    """A folium map whose scripts are served by the app itself."""

    default_js = [  # noqa: RUF012
        (name, STATIC_FROM_FRAME + versioned(path))
        for name, path in (
            ("leaflet", "vendor/leaflet.js"),
            ("topojson", "vendor/topojson-client.min.js"),
            ("atlas", "map/atlas-map.js"),
        )
        if (STATIC / path).exists()
    ]
    default_css = [  # noqa: RUF012
        (name, STATIC_FROM_FRAME + versioned(path))
        for name, path in (("styles", "vendor/leaflet.css"), ("own_styles", "map/atlas-map.css"))
        if (STATIC / path).exists()
    ]


def base_map(zoom_in: str, zoom_out: str) -> folium.Map:
    """Make the base map: no tiles, no figures, the same script in every view.

    Parameters
    ----------
    zoom_in, zoom_out
        What the two zoom buttons are called.

    Returns
    -------
    folium.Map
        To be shown with `view_layer` as its feature group.
    """
    base = _OfflineMap(
        location=(16.0, 108.0),
        zoom_start=5,
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        zoom_snap=0.1,
        zoom_delta=0.75,
        wheel_px_per_zoom_level=110,
        min_zoom=4,
        max_zoom=12,
        max_bounds=False,
    )
    base.add_child(_Attach())
    base.add_child(_ZoomControl(zoom_in, zoom_out))
    return base


class _ZoomControl(folium.MacroElement):
    """Zoom buttons named in the reader's language."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        L.control.zoom({
          zoomInTitle: {{ this.zoom_in|tojson }}, zoomOutTitle: {{ this.zoom_out|tojson }}
        }).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, zoom_in: str, zoom_out: str) -> None:
        super().__init__()
        self._name = ZOOM_CONTROL
        self.zoom_in, self.zoom_out = zoom_in, zoom_out


def view_layer(view: MapView | str) -> folium.FeatureGroup:
    """Make the feature group that carries a view to the browser.

    Parameters
    ----------
    view
        What is to be drawn, or its message.

    Returns
    -------
    folium.FeatureGroup
        A few kilobytes; no geometry.
    """
    group = folium.FeatureGroup()
    group.add_child(_Show(view if isinstance(view, str) else view.message()))
    return group
