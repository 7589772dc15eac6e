"""What is new, as feeds, and what is expected, as a calendar: as the living atlas has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from base.words import LANGS, Lang
from metrics.store import Store
from metrics.updates import Scope, changed
from ui.publish.links import Ways
from ui.publish.site import Site, spoken
from ui.updates import calendar_bytes, feed_bytes

ALL: Final = "feeds/all.atom"
CALENDAR: Final = "feeds/calendar.ics"


def jobs(_: Site) -> Iterator[tuple[Lang]]:
    """Yield each language."""
    for lang in LANGS:
        yield (lang,)


def write(site: Site, store: Store, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Write the feeds and the calendar in a language."""
    ways = Ways(site, store, "", lang)

    def at(href: str) -> str:
        way = ways.href(href)
        return way if "://" in way else site.base + way if way and site.base else ""

    for path, scope in scopes(site, store):
        here = spoken(path, lang)
        yield here, feed_bytes(store, scope, lang, at=at, self_href=site.base + here)
    yield spoken(CALENDAR, lang), calendar_bytes(store, Scope(), lang, at=at)


def scopes(site: Site, store: Store) -> Iterator[tuple[str, Scope]]:
    """Yield what there is a feed of, and where: of everything, and of what has changed at all.

    A feed names whole addresses: there is none where that of the folder is not known.
    """
    if not site.base:
        return
    yield ALL, Scope()
    subjects, known = changed(store), store.catalog.indicators
    indicators = {indicator for indicator, _, _ in subjects}
    domains = {known[indicator].domain for indicator in indicators}
    places = {(edition, area) for _, edition, area in subjects}
    for theme in site.themes:
        if theme in domains:
            yield f"feeds/themes/{theme}.atom", Scope(domain=theme)
    for indicator in dict.fromkeys(one.indicator for one in site.newest):
        if indicator in indicators:
            yield feed_path(indicator), Scope(indicator=indicator)
    for edition, code in site.places:
        scope = Scope(edition=edition, place=code)
        if (scope.series, code) in places:
            yield f"feeds/places/{edition}/{code}.atom", scope


def feed_path(indicator: str) -> str:
    """Return where the feed of an indicator is."""
    return f"feeds/indicators/{indicator}.atom"
