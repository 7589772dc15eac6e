"""A calendar (RFC 5545) of the figures that are expected, by the rhythm that is stated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from base.words import Lang, day, period, pick, t
from metrics.people import VISITOR, seen_by
from metrics.refresh import Fresh, freshness
from metrics.store import VIET_NAM, Store
from metrics.updates import Expected, Scope, expected
from ui.address import View
from ui.scene import source_name
from ui.updates.words import scope_text

CALENDAR_MEDIA: Final = "text/calendar"
CALENDAR: Final = "api/v1/calendar.ics"
ZONE: Final = "Asia/Ho_Chi_Minh"
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
    asked_again = _asked_again(store, scope)
    # A rhythm that is asked by comes before one that is stated.
    again = {one.indicator.id for one, _ in asked_again}
    found = [one for one in expected(store, scope) if one.indicator.id not in again]
    told = Calendar()
    told.add("prodid", f"{PRODUCT}{lang.upper()}")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", plain(calendar_name(store, scope, lang)))
    about = "updates.calendar.about" if found or asked_again else "updates.calendar.none"
    told.add("x-wr-caldesc", t(about, lang))
    # A calendar has at least one component, whatever is expected.
    told.add_component(_zone())
    stamp = datetime.fromisoformat(max(store.datasets()["time"])).astimezone(UTC)
    for one in found:
        told.add_component(_event(store, one, lang, at, stamp))
    for fresh, on in asked_again:
        told.add_component(_event_of(fresh, on, lang, at, stamp))
    made: bytes = told.to_ical()
    return made


def anything_expected(store: Store, scope: Scope) -> bool:
    """Tell whether the calendar has anything."""
    return bool(expected(store, scope) or _asked_again(store, scope))


def _asked_again(store: Store, scope: Scope) -> list[tuple[Fresh, date]]:
    """List what is asked for again, with the day that something new is expected on."""
    return [
        (one, one.expected)
        for id_, one in freshness(store, VISITOR).items()
        if one.source is not None
        and one.expected is not None
        and scope.indicator in ("", id_)
        and scope.domain in ("", one.indicator.domain)
    ]


def _event_of(
    fresh: Fresh, on: date, lang: Lang, at: Callable[[str], str], stamp: datetime
) -> Event:
    """Write that something new is expected of an indicator that is asked for again."""
    what = pick(fresh.indicator.short, lang)
    how = {
        "every": t(f"refresh.every.{fresh.every}", lang),
        "newest": day(fresh.newest, lang),
    }
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{fresh.indicator.id} {on} {lang}')}@atlas06")
    event.add("dtstamp", stamp)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", plain(t("updates.expected.source", lang, what=what)))
    event.add("description", plain(t("updates.expected.source.how", lang, **how)))
    if href := at(View(lang=lang).to(indicator=fresh.indicator.id).href()):
        event.add("url", href)
    return event


def _zone() -> Timezone:
    """Make the time zone of Viet Nam, which knows no summer time."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", VIET_NAM.utcoffset(None))
    standard.add("tzoffsetto", VIET_NAM.utcoffset(None))
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
