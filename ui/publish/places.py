"""The profile of a place, as the app has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from base.html import el, join
from base.words import LANGS, Lang, t
from geo.editions import COUNTRY_CODE, Area, area
from metrics.briefs import profile
from metrics.exporting import Filtered, title_of
from metrics.store import Store
from ui.download import file_bytes
from ui.places import lede, portrait
from ui.publish.api import answers_about
from ui.publish.document import Page, document
from ui.publish.links import Ways
from ui.publish.paper import adapted
from ui.publish.site import Site, place_path, spoken
from ui.scene import place_name
from ui.shell import title_html

BELOW: Final = re.compile(r'<details class="below".*?</details>', re.DOTALL)
# Files of the figures of a place: for people, and for programs.
FILES: Final = (("csv", True), ("json", False))


def jobs(site: Site) -> Iterator[tuple[str, str]]:
    """Yield each place: what is known of it is worked out once for its pages and its answers."""
    yield from site.places


def write(site: Site, store: Store, edition: str, code: str) -> Iterator[tuple[str, bytes]]:
    """Write the pages of a place, and what the API answers about it."""
    for lang in LANGS:
        yield from _page(site, store, edition, code, lang)
    yield from answers_about(site, store, edition, code)


def _page(
    site: Site, store: Store, edition: str, code: str, lang: Lang
) -> Iterator[tuple[str, bytes]]:
    """Write the profile of a place in a language, and its figures as files."""
    path, place = place_path(edition, code), area(edition, code)
    ways = Ways(site, store, spoken(path, lang), lang)
    name = place_name(place, lang, full=True)
    told = portrait(store, edition, place, lang, dark=False)
    stem = path.removesuffix(".html")
    files = [
        el("a", label, href=ways.to(f"{stem}.{form}"), download=True)
        for (form, _), label in zip(FILES, (t("publish.csv", lang), "JSON"), strict=True)
    ]
    title = t("publish.take", lang)
    body = join(
        title_html(name, ""),
        adapted(BELOW.sub(_linked, ways.within(told))),
        el(
            "nav.more.files",
            el("h2", title),
            el("ul", [el("li", f) for f in files]),
            aria_label=title,
        ),
    )
    about = lede(profile(store, edition, code), lang)
    page = Page(path=path, title=name, about=about, body=body)
    yield ways.page, document(page, ways)
    what = _rows(place, site.as_of)
    for form, people in FILES:
        content, _ = file_bytes(
            store, what, form, lang, title=title_of(store, what, lang), link="", bom=people
        )
        yield spoken(f"{stem}.{form}", lang), content


def _linked(hit: re.Match[str]) -> str:
    """Keep the list of the parts of a place where any of them has a page."""
    return hit[0] if "<a " in hit[0] else ""


def _rows(place: Area, as_of: str) -> Filtered:
    if place.code == COUNTRY_CODE:
        return Filtered(edition="", as_of=as_of)
    return Filtered(edition=place.edition, place=place.code, as_of=as_of)
