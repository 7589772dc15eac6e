"""For those who look for pages: what may be read (robots.txt) and what there is (sitemap.xml)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from base.html import Markup, el
from base.words import LANGS
from geo.editions import EDITION_2025, Level, areas
from metrics.exporting import permalink, public_url
from metrics.store import Store
from ui.address import mapped_editions
from ui.serving.base import base_path
from ui.serving.published import is_closed, mark, published
from ui.shell import FIRST, pages

ROBOTS, SITEMAP = "robots.txt", "sitemap.xml"
KEPT: Final = {"Cache-Control": "public, max-age=3600"}
XMLNS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"


def robots(_: Request) -> Response:
    """Answer ``GET /robots.txt``: all that is published, nothing where one must sign in."""
    lines = ["User-agent: *"]
    if is_closed():
        lines.append("Disallow: /")
    else:
        lines.append(f"Disallow: {base_path()}/_stcore/")
        lines += [f"Sitemap: {permalink(SITEMAP)}"] if public_url() else []
    return PlainTextResponse("\n".join(lines) + "\n", headers=KEPT)


def sitemap(request: Request) -> Response:
    """Answer ``GET /sitemap.xml``: 404 without a public address, for it lists whole ones."""
    if not public_url() or is_closed():
        return PlainTextResponse("Not Found\n", 404, {"Cache-Control": "no-store"})
    store = published()
    headers = {**KEPT, "ETag": mark(store, LANGS[0])}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    urls = Markup("\n").join(_url(page, asked) for page, asked in listed(store))
    root = el("urlset", "\n", urls, "\n", xmlns=XMLNS, **{"xmlns:xhtml": XHTML})
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'
    return Response(text, headers=headers, media_type="application/xml")


def listed(store: Store) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the pages there are: each page, the map of each indicator, each province's profile."""
    for page in pages():
        yield page, {}
    counts = store.availability()
    for id_ in store.indicators():
        found = counts[(counts["indicator"] == id_) & counts["edition"].isin(mapped_editions())]
        if len(found):
            first = found.iloc[0]
            yield FIRST, {"edition": first["edition"], "level": first["level"], "indicator": id_}
    for place in areas(EDITION_2025, Level.PROVINCE):
        yield "profile", {"edition": EDITION_2025, "place": place.code}


def _url(page: str, asked: dict[str, str]) -> Markup:
    """Write a page in the first language, with the same in each of them."""
    hrefs = {lang: _href(page, {"lang": lang, **asked}) for lang in LANGS}
    others = [
        el("xhtml:link", rel="alternate", hreflang=lang, href=href) for lang, href in hrefs.items()
    ]
    return el("url", el("loc", hrefs[LANGS[0]]), others)


def _href(page: str, asked: dict[str, str]) -> str:
    return permalink(f"{'' if page == FIRST else page}?{urlencode(asked)}")
