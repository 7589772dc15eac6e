"""What pages share: style sheet, typeface, scripts, boundaries, the index of the search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from base.folders import STATIC, STYLES
from base.words import LANGS, Lang, t
from geo.maps import base_script
from metrics.store import Store
from ui.publish.geometry import geometry_files
from ui.publish.maps import SCRIPTS, drawn_of
from ui.publish.searched import index_file
from ui.publish.site import Site

# Style sheets in the order in which they count: of the map, of the app's pages, of these.
MAP_STYLES: Final = ("vendor/leaflet.css", "map/atlas-map.css")
OWN: Final = "publish/site.css"
WEIGHTS: Final = (400, 500, 600, 700)
SUBSETS: Final = {
    "latin": "",
    "latin-ext": "U+0100-02BA,U+1E00-1E9F",
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
}
FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}\n?")
# Pictures of controls that no map here has.
PICTURE: Final = re.compile(r"url\((?!data:|#)[^)]*\)")
EXPORTED: Final = re.compile(r"(?m)^export (?:default )?")
# The live map has its place before it is made there.
LIVE: Final = 'document.documentElement.classList.add("live");'
LICENCES: Final = ("LICENSE.leaflet", "LICENSE.topojson-client", "fonts/LICENSE.be-vietnam-pro")


def jobs(_: Site) -> Iterator[tuple[()]]:
    """Yield the one job."""
    yield ()


def write(site: Site, store: Store) -> Iterator[tuple[str, bytes]]:
    """Write what pages share."""
    yield "assets/site.css", _style().encode()
    yield "assets/icon.svg", (STATIC / "brand/atlas06-light.svg").read_bytes()
    for weight in WEIGHTS:
        for subset in SUBSETS:
            name = _font(subset, weight)
            yield f"assets/fonts/{name}", (STATIC / "vendor/fonts" / name).read_bytes()
    for name in LICENCES:
        yield f"assets/{name}", (STATIC / "vendor" / name).read_bytes()
    for path in SCRIPTS:
        text = (STATIC / path.removeprefix("assets/")).read_text(encoding="utf-8")
        yield path, re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text).encode()
    for name in ("search", "site"):
        yield f"assets/{name}.js", _script(name).encode()
    for lang in LANGS:
        base = base_script(t("map.zoom_in", lang), t("map.zoom_out", lang))
        yield f"assets/map-{lang}.js", f"{LIVE}\n{base}".encode()
        yield f"assets/places-{lang}.js", index_file(site, store, lang)
    yield from _geometry(site, store, LANGS[0])


def _geometry(site: Site, store: Store, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Write each layer once that a map is drawn of."""
    maps = {(one.edition, one.level, one.place): one for one in site.newest}
    for one in maps.values():
        yield from geometry_files(drawn_of(site, store, one, lang))


def _style() -> str:
    maps = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in MAP_STYLES)
    pages = "\n".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    own = (STATIC / OWN).read_text(encoding="utf-8")
    plain = PICTURE.sub("none", FACE.sub("", maps))
    return "\n".join((_faces(), plain, pages, own))


def _faces() -> str:
    return "\n".join(
        f'@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight}; '
        f'font-display: swap; src: url(fonts/{_font(subset, weight)}) format("woff2");'
        f"{f' unicode-range: {reach};' if reach else ''} }}"
        for weight in WEIGHTS
        for subset, reach in SUBSETS.items()
    )


def _font(subset: str, weight: int) -> str:
    return f"be-vietnam-pro-{subset}-{weight}-normal.woff2"


def _script(name: str) -> str:
    """Return a script; what the app loads as a module becomes one that a page on a disk may run."""
    if name != "search":
        return (STATIC / f"publish/{name}.js").read_text(encoding="utf-8")
    text = EXPORTED.sub("", (STATIC / "ui/search.js").read_text(encoding="utf-8"))
    return f"(() => {{\n{text}\nwindow.AtlasSearch = {{ prepared, search }};\n}})();\n"
