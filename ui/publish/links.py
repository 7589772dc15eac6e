"""Ways within the published folder, from the addresses that the app has for the same things."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from base.html import Markup, el
from base.words import Lang
from geo.editions import COUNTRY_CODE
from metrics.briefs import THEMES
from metrics.store import Store
from ui.address import ALL, AS_OF, NO_CHANGE, NOTHING, PROFILE, PUBLISHED, View, carry_href, parse
from ui.publish.site import ABOUT, HOME, Site, map_of, place_path, spoken, theme_path
from ui.scene import opened

ANCHOR: Final = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
HREF: Final = re.compile(r'\s*\bhref="([^"]*)"')
DROPPED: Final = re.compile(r'\s*\b(?:target|rel)="[^"]*"')
HEADING: Final = re.compile(r"(</?h)([3-6])(?=[ >])")
OUTSIDE: Final = ("https://", "http://")
# What only leads on says nothing where it leads nowhere.
ONWARD: Final = re.compile(r'<p class="on"><span>.*?</span></p>')
SEE: Final = 'class="see"'
# The page that shows a view, as addresses name it.
MAPS: Final = ("explore", "")
# Where the row of an area is on the page of a map.
ROW: Final = "a-"


class Ways:
    """The ways from one page.

    Parameters
    ----------
    page
        Where the page is, in its language.
    """

    def __init__(self, site: Site, store: Store, page: str, lang: Lang) -> None:
        self.site, self.lang, self.page = site, lang, page
        self._store, self._known = store, store.catalog.indicators

    def to(self, path: str, lang: Lang | None = None) -> str:
        """Write the way to a page, or to a file that there is in each language."""
        return self.file(spoken(path, lang or self.lang))

    def file(self, path: str) -> str:
        """Write the way to a file that there is once."""
        return relpath(path, dirname(self.page) or ".")

    def href(self, href: str) -> str:
        """Write the way to what an address of the app shows; "" where that is not published.

        What the living atlas alone shows leads there.
        """
        if href.startswith(("#", *OUTSIDE)):
            return href
        parts = urlsplit(href)
        given = dict(parse_qsl(parts.query))
        # The folder is of one moment; another one is in the living atlas.
        here = given.get(AS_OF, self.site.as_of) == self.site.as_of
        path, mark = self._found(parts.path, given) if here else ("", "")
        if path:
            mark = mark or parts.fragment
            return self.to(path) + (f"#{mark}" if mark else "")
        away = f"{self.site.live}{carry_href(href, self.site.as_of)}"
        return away if self.site.live and parts.path else ""

    def _found(self, page: str, given: dict[str, str]) -> tuple[str, str]:
        """Return where a page of the app is published, and which row of it is meant."""
        if page == PROFILE:
            place = (given.get("edition", ""), given.get("place", ""))
            return (place_path(*place) if place in self.site.has_place else ""), ""
        if page in THEMES:
            return (theme_path(page) if page in self.site.themes else ""), ""
        if page in ABOUT:
            return f"{page}.html", ""
        if page in MAPS:
            return self._map(given)
        return "", ""

    def _map(self, given: dict[str, str]) -> tuple[str, str]:
        view, refused = parse(given, self._known)
        plain = (view.change, view.against, view.per) == (NO_CHANGE, NOTHING, "")
        if refused or not plain or view.basis != PUBLISHED or view.filters.names:
            return "", ""
        if not given.get("edition") and not view.indicator:
            return HOME, ""
        return self._nearest(view if view.indicator else opened(self._store, view, view.area()))

    def _nearest(self, view: View) -> tuple[str, str]:
        asked = map_of(view)
        row = view.source if view.source not in ("", ALL) else view.place
        row = f"{ROW}{row}" if row != asked.place else ""
        if asked in self.site.has_map:
            return asked.path(), row
        # Of areas below provinces there is one map of the country, or one each of some provinces.
        whole = replace(asked, place=COUNTRY_CODE)
        alike = (one for one in self.site.maps if replace(one, place=COUNTRY_CODE) == whole)
        found = whole if whole in self.site.has_map else None
        if asked == whole:
            found = next(alike, None)
        return (found.path() if found else ""), ""

    def within(self, html: str) -> Markup:
        """Turn the ways of HTML that the app shows into those of the folder.

        What leads nowhere here is left as its words.
        """
        return Markup(ONWARD.sub("", ANCHOR.sub(self._anchor, html)))

    def _anchor(self, hit: re.Match[str]) -> str:
        attributes, words = hit[1], hit[2]
        found = HREF.search(attributes)
        href = self.href(unescape(found[1])) if found else ""
        if not href:
            return "" if SEE in attributes else f"<span>{words}</span>"
        rest = DROPPED.sub("", HREF.sub("", attributes))
        away = "noopener noreferrer" if href.startswith(OUTSIDE) else None
        opened = str(el("a", href=href, rel=away)).removesuffix("></a>")
        return f"{opened}{rest}>{words}</a>"


def raised(html: str) -> Markup:
    """Raise the headings of HTML by a step: above it stands less than in the app."""
    return Markup(HEADING.sub(lambda hit: f"{hit[1]}{int(hit[2]) - 1}", html))
