"""What of a store is published: every map with figures, every profile, every article."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from base.words import LANGS, Refusal
from geo.editions import COUNTRY_CODE, EDITION_2025, Level, areas, edition, has_area, regions
from metrics.briefs import THEMES, taken
from metrics.store import SHIPPED_ID, Store
from ui.address import View, mapped_editions, parse
from ui.publish.site import MapOf, Site, map_of
from ui.scene import draw, provinces_with, stops

DRAWN: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
# Parts of so many provinces are drawn province by province; of more, on one map of the country.
FEW_PROVINCES: Final = 5
WHOLE_DAY: Final = len("2025-07-01")


def planned(
    store: Store,
    only: Collection[str],
    *,
    base: str,
    live: str,
    frozen: date | None,
    as_of: str = "",
) -> Site:
    """Choose what is published.

    Parameters
    ----------
    only
        Indicators, places (``edition:code``) and subjects; empty for everything.
    base, live
        See `ui.publish.site.Site`.
    frozen
        The day to be told; None for that of the figures.
    as_of
        When the store was so, in the words of an address; "" for now.

    Raises
    ------
    Refusal
        If there is nothing of a name.
    """
    _check(store, only)
    themes = tuple(id_ for id_ in THEMES if id_ in store.catalog.domains)
    places = tuple(_places())
    maps = tuple(_maps(store, only))
    front = draw(store, View()).scene.view
    opened: MapOf | None = map_of(front)
    if only:
        themes = tuple(id_ for id_ in themes if id_ in only)
        places = tuple(one for one in places if ":".join(one) in only)
        opened = opened if opened in maps else next(iter(maps), None)
    return Site(
        maps=maps,
        places=places,
        themes=themes,
        front=opened,
        base=base,
        live=live,
        frozen=frozen or frozen_on(store),
        as_of=as_of,
        whole=not only,
    )


def _check(store: Store, only: Collection[str]) -> None:
    for name in only:
        on, _, code = name.partition(":")
        known = name in store.catalog.indicators or name in THEMES
        if not known and not (on in mapped_editions() and has_area(on, code)):
            raise Refusal("publish.only", name=name)


def _maps(store: Store, only: Collection[str]) -> Iterator[MapOf]:
    for id_ in store.catalog.indicators:
        if only and id_ not in only:
            continue
        for on in mapped_editions():
            for level in DRAWN:
                for place in _scopes(store, id_, on, level):
                    yield from _periods(store, MapOf(id_, on, str(level), place))


def _scopes(store: Store, indicator: str, on: str, level: Level) -> tuple[str, ...]:
    if level is Level.PROVINCE:
        return (COUNTRY_CODE,)
    if level not in edition(on).levels:
        return ()
    found = provinces_with(store, indicator, on, level)
    if len(found) > FEW_PROVINCES:
        return (COUNTRY_CODE,)
    return tuple(province.code for province in found)


def _periods(store: Store, newest: MapOf) -> Iterator[MapOf]:
    """Yield the map of the newest figures, then those of each earlier period."""
    view, _ = parse(newest.params(LANGS[0]), store.catalog.indicators)
    found = stops(store, view)
    if found:
        yield newest
    for stop in found[1:]:
        yield MapOf(newest.indicator, newest.edition, newest.level, newest.place, stop.at)


def _places() -> Iterator[tuple[str, str]]:
    for on in mapped_editions():
        yield on, COUNTRY_CODE
        for place in (*regions(on), *areas(on, Level.PROVINCE)):
            yield on, place.code


def frozen_on(store: Store) -> date:
    """Return the day that the figures were last known to be as they are.

    The last day on which a source of them was looked at or published, or a table was loaded by
    users: of the same figures it is always the same.
    """
    days = [
        told
        for item in taken(store)
        if item.observations
        for told in (item.origin.date_accessed, item.origin.date_published)
        if told
    ]
    own = store.datasets()
    days += [str(time)[:10] for time in own.loc[own["id"] != SHIPPED_ID, "time"]]
    whole = [date.fromisoformat(told) for told in days if len(told) == WHOLE_DAY]
    return max(whole, default=edition(EDITION_2025).valid_from)
