"""A map in one HTML file that needs nothing else: no server, no network, no other file.

The same Leaflet, the same map script and the same message as in the app, with the geometry inside.
For pages of others, so everything in it is escaped for the place where it stands.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import folium
from folium.template import Template

from base.folders import STATIC
from base.html import Markup, el, escape, paragraphs, table
from geo.boundaries import NoBoundariesError, web_layers
from geo.maps.choropleth import ZOOM_CONTROL, base_map
from geo.maps.cut import cut
from geo.maps.framed import Script, name_parts

Theme = Literal["light", "dark"]
STYLES: Final = ("vendor/leaflet.css", "map/atlas-map.css", "map/embed.css")
SCRIPTS: Final = ("vendor/leaflet.js", "vendor/topojson-client.min.js", "map/atlas-map.js")
FONT: Final = re.compile(r'url\("?(\.\./vendor/fonts/[\w.-]+\.woff2)"?\)')
PICTURE: Final = re.compile(r"url\((?!data:|#)[^)]*\)")
# Rows of the ranking table at most: more than that is a file to download, not a table to read.
MOST_ROWS: Final = 800


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ranking table: code of the area, and its cells as written."""

    code: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Embed:
    """What the file says.

    Attributes
    ----------
    message
        The view (`geo.maps.choropleth.MapView.message`).
    lang
        Language of the texts.
    title, subtitle
        Plain text.
    legend
        HTML, escaped by whoever made it.
    legend_style
        CSS of the legend.
    lines
        Plain text below: sources, boundaries, state of the file.
    link, link_text
        Whole address of the live view and what it is called; "" for none.
    watermark
        Plain text over the map, for simulated figures; "" for none.
    heads, rows
        The ranking table; no rows for none.
    locked
        Whether the map cannot be moved or zoomed.
    theme
        Light or dark.
    zoom_in, zoom_out
        What the two zoom buttons are called.
    """

    message: str
    lang: str
    title: str
    subtitle: str
    legend: str
    legend_style: str
    lines: Sequence[str]
    link: str = ""
    link_text: str = ""
    watermark: str = ""
    heads: Sequence[str] = ()
    rows: Sequence[Row] = ()
    locked: bool = False
    theme: Theme = "light"
    zoom_in: str = "+"
    zoom_out: str = "-"


def embed_html(what: Embed) -> str:
    """Write the file.

    Returns
    -------
    str
        A whole HTML document, the same for the same `what`.
    """
    base = base_map(what.zoom_in, what.zoom_out)
    base.default_js, base.default_css = [], []
    if what.locked:
        base.options |= dict.fromkeys(_MOVES, False)
        named = base._children.items()
        base._children = type(base._children)(
            (key, child) for key, child in named if child._name != ZOOM_CONTROL
        )
    base.add_child(Script(f"AtlasMap.show({what.message});"))
    base.add_child(Script(_PAGE_SCRIPT))
    root: Any = base.get_root()
    name_parts(base, "atlas")
    root.title = None
    view = json.loads(what.message)
    box = tuple(view["bounds"]) if view.get("focus") else None
    layers = {
        address: layer_data(address, box) for address in (view["layer"], view["names"]) if address
    }
    root.header.add_child(_Raw(_head(what, layers)), name="atlas_head")
    root.html.add_child(_Raw(_body(what)), name="atlas_body")
    html = str(root.render())
    attributes = f'lang="{escape(what.lang)}" data-theme="{escape(what.theme)}"'
    return html.replace("<html>", f"<html {attributes}>", 1)


_MOVES: Final = (
    "dragging",
    "scroll_wheel_zoom",
    "double_click_zoom",
    "box_zoom",
    "touch_zoom",
    "keyboard",
    "tap_hold",
)
# Rows of the table and areas of the map point at each other.
_PAGE_SCRIPT: Final = """
for (const row of document.querySelectorAll("tr[data-code]")) {
  const tell = (code) => dispatchEvent(new CustomEvent("atlas:row-hover", { detail: code }));
  row.addEventListener("mouseenter", () => tell(row.dataset.code));
  row.addEventListener("mouseleave", () => tell(null));
}
addEventListener("atlas:map-hover", (event) => {
  document.querySelector("tr.here")?.classList.remove("here");
  if (!event.detail) return;
  document.querySelector(`tr[data-code="${CSS.escape(event.detail)}"]`)?.classList.add("here");
});
"""


class _Raw(folium.Element):
    """Text that is put in as it is: nothing in it is taken for a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def _head(what: Embed, layers: dict[str, dict[str, Any]]) -> str:
    geometry = _script_json(layers)
    scripts = "".join(f"<script>{_read(name)}</script>" for name in SCRIPTS[:-1])
    own = _read(SCRIPTS[-1])
    return (
        f"{el('title', what.title)}"
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
        'font-src data:">'
        f"<style>{_styles()}{_no_end(what.legend_style)}</style>{scripts}"
        f"<script>window.ATLAS_GEOMETRY = {geometry};</script><script>{own}</script>"
    )


def _body(what: Embed) -> Markup:
    lines = paragraphs(what.lines)
    if what.link.startswith(("https://", "http://")):
        live = el("a", what.link_text, href=what.link, target="_blank", rel="noopener")
        lines += el("p", live)
    mark = el("p.atlas-watermark", what.watermark) if what.watermark else ""
    head = el("header.atlas-title", el("h1", what.title), el("p", what.subtitle))
    foot = el("footer", Markup(what.legend), el("div.atlas-lines", lines))
    return head + _ranking(what) + mark + foot


def _ranking(what: Embed) -> Markup:
    if not what.rows:
        return Markup()
    rows = (
        el("tr", map(_cell, found.cells), data_code=found.code) for found in what.rows[:MOST_ROWS]
    )
    return el("aside", table(what.heads, rows), tabindex=0)


def _cell(text: str) -> Markup:
    return el("td", text)


def layer_data(address: str, box: tuple[float, ...] | None) -> dict[str, Any]:
    """Read a layer of the map by its address, cut to a box."""
    known = {layer.url for layer in web_layers()}
    if address not in known:
        raise NoBoundariesError("address", address=address, allowed=", ".join(sorted(known)))
    topology = json.loads((STATIC / address).read_text(encoding="utf-8"))
    return cut(topology, box)  # type: ignore[arg-type]


def _script_json(value: Any) -> str:
    """Write JSON that cannot end the script it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda hit: f"\\u{ord(hit[0]):04x}", text)


def _no_end(css: str) -> str:
    return css.replace("</", "<\\/")


@lru_cache(maxsize=8)
def _read(name: str) -> str:
    text = (STATIC / name).read_text(encoding="utf-8")
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text)


@lru_cache(maxsize=1)
def _styles() -> str:
    """Return the style sheets with the typeface inside, and without pictures of controls."""
    css = "".join(_read(name) for name in STYLES)
    css = FONT.sub(lambda hit: f"url({_font(hit[1])})", css)
    return _no_end(PICTURE.sub("none", css))


def _font(path: str) -> str:
    file = STATIC / path.removeprefix("../")
    return f"data:font/woff2;base64,{base64.b64encode(file.read_bytes()).decode()}"
