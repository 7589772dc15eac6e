"""The document of a page: Streamlit's, and in it what its first view needs is asked for at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Scope
from streamlit import config

from base.folders import STATIC
from base.html import Markup, el
from base.words import DEFAULT_LANG
from geo.boundaries import web_layer
from geo.editions import Level
from geo.maps import versioned
from metrics.people import VISITOR, seen_by
from metrics.store import current_store
from ui.address import as_known, asked_as_of, parse
from ui.explore import NAMES
from ui.serving.base import Answer, Answering, base_path
from ui.serving.cards import card, card_html, links_html
from ui.serving.first import first_map, first_script
from ui.serving.policy import page_policy, streamlits
from ui.serving.published import LONGEST_QUERY
from ui.shell import FIRST, pages

MAP: Final = "explore"
# What the map's frame loads, and the modules of the page beside it.
SCRIPTS: Final = ("vendor/leaflet.js", "vendor/topojson-client.min.js", "map/atlas-map.js")
MODULES: Final = ("combobox", "links", "ranking", "timeline", "filters", "early")
FONTS: Final = ("vietnamese-400", "latin-400", "vietnamese-600", "latin-600")
# Streamlit's own script, and what it is while static/ui/first.js holds it back.
LATER: Final = ('<script type="module"', '<script type="later"')


class Documents(Answering):
    """Answer for the documents of pages."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        base = base_path()
        self._pages = {f"{base}/{name}": (name, name) for name in pages()}
        self._pages[f"{base}/"] = (FIRST, "")

    def asked(self, scope: Scope) -> Answer | None:
        """Return what writes the document of a page."""
        found = self._pages.get(scope["path"])
        query = scope["query_string"].decode("latin-1")
        return partial(_answer, *found, query, Request(scope).cookies) if found else None


def _answer(page: str, path: str, query: str, cookies: Mapping[str, str]) -> HTMLResponse:
    text = document(page, path, query, cookies)
    policy = page_policy(_told(path), _back(), first_script())
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie", "Content-Security-Policy": policy}
    return HTMLResponse(text, headers=headers)


def document(
    page: str, path: str, query: str, cookies: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Write the document of a page for an address.

    Parameters
    ----------
    page
        Name of the page.
    path
        Its path below that of the app.
    query
        What follows the question mark, as it arrived.
    cookies
        The cookies that came with it.
    """
    plain = streamlits()
    # Readers that look for it look at the beginning.
    head = [el("meta", charset="utf-8"), el("script", _back())]
    head.append(Markup(f"<script>{_told(path)}</script>"))
    if page == MAP:
        layer, first = _first_view(query, cookies)
        head += [first, _links(_needed()), layer]
        if first:
            plain = plain.replace(*LATER, 1)
    found, lang = card(page, query)
    head += [*card_html(found, lang), *links_html(page, query, found)]
    plain = plain.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    plain = plain.replace("<title>Streamlit</title>", el("title", found.title), 1)
    return plain.replace("<head>", "<head>" + "".join(head), 1)


def _told(path: str) -> str:
    """Tell Streamlit's script what it would ask two addresses for before it begins.

    The browser itself knows best under which path the app is.
    """
    told = {
        "allowedOrigins": list(config.get_option("client.allowedOrigins")),
        "useExternalAuthToken": False,
        "enableCustomParentMessages": False,
        "enforceDownloadInNewTab": False,
        "metricsUrl": "",
        "blockErrorDialogs": False,
        "resourceCrossOriginMode": None,
    }
    text = json.dumps(told).replace("<", "\\u003c")
    base = f"location.origin + location.pathname.replace(/{path}$/, '')"
    return f"window.__streamlit = {{BACKEND_BASE_URL: {base}, HOST_CONFIG: {text}}};"


@cache
def _back() -> Markup:
    """Return the script that leads back to the page that was left to sign in."""
    return Markup((STATIC / "ui/back.js").read_text(encoding="utf-8"))


def _needed() -> list[tuple[str, str]]:
    fonts = (f"vendor/fonts/be-vietnam-pro-{name}-normal.woff2" for name in FONTS)
    return [
        *((versioned(name), "script") for name in SCRIPTS if (STATIC / name).exists()),
        *((versioned(f"ui/{name}.js"), "module") for name in MODULES),
        *((name, "font") for name in fonts if (STATIC / name).exists()),
    ]


def _first_view(query: str, cookies: Mapping[str, str]) -> tuple[Markup, Markup]:
    """Ask for the boundaries of the address and for its map; not of one that leads nowhere."""
    if len(query) > LONGEST_QUERY:
        return Markup(), Markup()
    try:
        params = {k: v for k, v in parse_qsl(query) if k not in NAMES}
        as_of = asked_as_of(params, DEFAULT_LANG)
        store = seen_by(as_known(current_store(), as_of), VISITOR)
        view, refused = parse(params, store.catalog.indicators)
        detail = view.area().level is not Level.COUNTRY
        layer = web_layer(view.edition, view.level, detail=detail)
        first = Markup() if refused else first_map(store, params, view, cookies)
    except Exception:  # the page itself says what is wrong
        return Markup(), Markup()
    return _links([(layer.url, "fetch")]), first


def _links(needed: Iterable[tuple[str, str]]) -> Markup:
    base = base_path()
    made = []
    for path, kind in needed:
        rel = "modulepreload" if kind == "module" else "preload"
        as_ = {} if kind == "module" else {"as_": kind}
        shared = {"crossorigin": "anonymous"} if kind in ("font", "fetch") else {}
        made.append(el("link", rel=rel, href=f"{base}/app/static/{path}", **as_, **shared))
    return Markup("".join(made))
