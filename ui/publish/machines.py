"""What is published, for programs that look for data: DCAT in JSON-LD, a sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from base.html import Markup, el
from base.words import LANGS, Lang, pick, t
from geo.editions import COUNTRY_CODE, Level, area
from metrics.exporting import dumped
from metrics.store import Store
from ui.publish.site import MapOf, Site, spoken
from ui.scene import level_name, map_name, place_name

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
XMLNS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
CATALOG: Final = "dcat.jsonld"
NAME: Final = "Atlas 06"


def dataset(
    site: Site,
    store: Store,
    one: MapOf,
    title: str,
    lang: Lang,
    *,
    files: Mapping[str, str],
    at: Callable[[str], str],
) -> dict[str, Any]:
    """Describe the figures of a map as a dataset of DCAT.

    Parameters
    ----------
    files
        Place of each file to its media type.
    at
        Writes the address of what lies at a place.
    """
    indicator = store.catalog.indicators[one.indicator]
    page = at(spoken(one.path(), lang))
    return {
        "@type": "dcat:Dataset",
        "@id": page,
        "dct:title": _text(title, lang),
        "dct:description": _text(pick(indicator.definition, lang), lang),
        "dct:issued": _day(site),
        "dcat:keyword": _text(pick(store.catalog.domains[indicator.domain].title, lang), lang),
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:mediaType": media,
                "dcat:downloadURL": {"@id": at(path)},
            }
            for path, media in files.items()
        ],
    }


def catalog(
    site: Site, store: Store, files: Callable[[MapOf, Lang], Mapping[str, str]]
) -> tuple[str, bytes]:
    """Write the catalogue: each map of the newest figures in each language.

    Parameters
    ----------
    files
        The files of a map in a language: place to media type.
    """

    def at(path: str) -> str:
        return site.base + path

    told = [
        dataset(site, store, one, titled(store, one, lang), lang, files=files(one, lang), at=at)
        for one in site.newest
        for lang in LANGS
    ]
    document = {
        "@context": CONTEXT,
        "@type": "dcat:Catalog",
        "@id": at("") or ".",
        "dct:title": NAME,
        "dct:description": [_text(t("foot.what", lang), lang) for lang in LANGS],
        "dct:language": list(LANGS),
        "dct:issued": _day(site),
        "dcat:dataset": told,
    }
    return CATALOG, dumped(document).encode()


def titled(store: Store, one: MapOf, lang: Lang) -> str:
    """Name a map: what it shows, of which areas, on which map of the country."""
    parts = [pick(store.catalog.indicators[one.indicator].title, lang)]
    parts.append(level_name(Level(one.level), lang, 2))
    if one.place != COUNTRY_CODE:
        parts.append(place_name(area(one.edition, one.place), lang))
    return " · ".join((*parts, map_name(one.edition, lang)))


def _text(text: str, lang: Lang) -> dict[str, str]:
    return {"@value": text, "@language": lang}


def _day(site: Site) -> dict[str, str]:
    return {"@value": site.frozen.isoformat(), "@type": "xsd:date"}


def found_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Write what says what may be read, and what there is: the latter lists whole addresses."""
    lines = ["User-agent: *", "Allow: /"]
    if site.base:
        lines.append(f"Sitemap: {site.base}sitemap.xml")
        urls = Markup("\n").join(_url(site, path) for path in site.pages())
        root = el("urlset", "\n", urls, "\n", xmlns=XMLNS, **{"xmlns:xhtml": XHTML})
        yield "sitemap.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()
    yield "robots.txt", ("\n".join(lines) + "\n").encode()


def _url(site: Site, path: str) -> Markup:
    """Write a page in each language, with the same in the others."""
    hrefs = {lang: site.base + spoken(path, lang) for lang in LANGS}
    others = [
        el("xhtml:link", rel="alternate", hreflang=lang, href=href) for lang, href in hrefs.items()
    ]
    when = el("lastmod", site.frozen.isoformat())
    return Markup("\n").join(el("url", el("loc", href), when, others) for href in hrefs.values())
