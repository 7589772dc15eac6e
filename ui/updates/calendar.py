"""A calendar (RFC 5545) of the figures that are expected, by the rhythm that sources state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from base.words import Lang, day, period, pick, t
from metrics.people import VISITOR, seen_by
from metrics.store import Store
from metrics.updates import Expected, Scope, expected
from ui.address import View
from ui.scene import source_name
from ui.updates.words import scope_text

CALENDAR_MEDIA: Final = "text/calendar"
CALENDAR: Final = "api/v1/calendar.ics"
ZONE: Final = "Asia/Ho_Chi_Minh"
OFFSET: Final = timedelta(hours=7)
PRODUCT: Final = "-//Atlas 06//Atlas 06//"


def calendar_href(scope: Scope, lang: Lang) -> str:
    """Return the address of a calendar, relative to the app."""
    return f"{CALENDAR}?{urlencode({'lang': lang, **scope.params})}"


def calendar_name(store: Store, scope: Scope, lang: Lang) -> str:
    """Name a calendar."""
    what = scope_text(store, scope, lang)
    return t("updates.calendar.of", lang, what=what) if what else t("updates.calendar", lang)


def calendar_bytes(store: Store, scope: Scope, lang: Lang, *, at: Callable[[str], str]) -> bytes:
    """Write a calendar; where nothing is expected, one that says so.

    Parameters
    ----------
    at
        Makes an address of the app whole; "" where it leads nowhere.
    """
    store = seen_by(store, VISITOR)
    found = expected(store, scope)
    told = Calendar()
    told.add("prodid", f"{PRODUCT}{lang.upper()}")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", plain(calendar_name(store, scope, lang)))
    about = "updates.calendar.about" if found else "updates.calendar.none"
    told.add("x-wr-caldesc", t(about, lang))
    # A calendar has at least one component, whatever is expected.
    told.add_component(_zone())
    stamp = datetime.fromisoformat(max(store.datasets()["time"])).astimezone(UTC)
    for one in found:
        told.add_component(_event(store, one, lang, at, stamp))
    made: bytes = told.to_ical()
    return made


def _zone() -> Timezone:
    """Make the time zone of Viet Nam, which knows no summer time."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _event(
    store: Store, one: Expected, lang: Lang, at: Callable[[str], str], stamp: datetime
) -> Event:
    indicator, rhythm = one.indicator, one.rhythm
    when = period(one.start, one.end, rhythm.every, lang)
    said = {
        "wording": pick(rhythm.wording, lang),
        "source": source_name(store.catalog.origin(rhythm.origin), lang),
        "when": when,
        "day": day(one.day, lang),
    }
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{indicator.id} {one.end} {lang}')}@atlas06")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    key = "stated" if one.is_stated else "after"
    name = pick(indicator.short, lang)
    event.add("summary", plain(t(f"updates.expected.{key}", lang, what=name, when=when)))
    event.add("description", plain(t(f"updates.expected.{key}.how", lang, **said)))
    event.add("categories", [plain(pick(store.catalog.domains[indicator.domain].title, lang))])
    if href := at(View(lang=lang).to(indicator=indicator.id).href()):
        event.add("url", href)
    return event


def plain(text: str) -> str:
    """Leave out what no line of a calendar holds: controls, but for the ends of lines."""
    return "".join(c for c in text if c == "\n" or c.isprintable())
