"""The as-of dates that a view can choose from, and the figures of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from base.words import Lang, number, period, t
from geo.editions import COUNTRY_CODE, Area, Level, area
from metrics.harmonise import carried
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import Panel, panel, places_of
from metrics.store import Store
from ui.address import PUBLISHED, View

VIEWS_KEPT = 256


@dataclass(frozen=True, slots=True)
class Stop:
    """One as-of date, with the period that most of its figures are of, and how many areas they are.

    Attributes
    ----------
    at
        The date.
    start, grain
        The period.
    areas
        Areas of the view that have a figure of that date.
    """

    at: date
    start: date | None
    grain: str
    areas: int

    def text(self, lang: Lang) -> str:
        """Write the period: "năm 2024"."""
        return period(self.start, self.at, self.grain, lang)


def figures_edition(view: View) -> str:
    """Return the edition that the figures of a view were published on."""
    return view.edition if view.basis == PUBLISHED else view.basis


def figures_of(store: Store, view: View, parent: str | None, at: date | None) -> Panel:
    """Return the figures of a view up to a date: as published on its map, or carried to it."""
    if view.basis == PUBLISHED:
        return panel(store, view.indicator, view.edition, view.level, parent=parent, at=at)
    return carried(
        store, view.indicator, view.basis, view.edition, view.level, parent=parent, at=at
    )


def province_of(place: Area) -> Area | None:
    """Return the province in focus when a place is looked at; None at the scope of the country."""
    if place.level in (Level.COUNTRY, Level.REGION):
        return None
    if place.level is Level.PROVINCE or place.parent is None:
        return place
    return area(place.edition, place.parent)


def stops(store: Store, view: View) -> tuple[Stop, ...]:
    """Return the as-of dates on which areas of a view have figures, newest first.

    Figures carried from another edition are counted on that edition, in the whole country.
    """
    focus = None
    if view.basis == PUBLISHED and view.place != COUNTRY_CODE:
        province = province_of(view.area())
        focus = province.code if province else None
    return _stops(store, view.indicator, figures_edition(view), view.level, focus)


@lru_cache(maxsize=VIEWS_KEPT)
def _stops(
    store: Store, indicator: str, edition: str, level: Level, parent: str | None
) -> tuple[Stop, ...]:
    if indicator not in store.catalog.indicators:
        return ()
    rows = store.observations(indicator)
    rows = rows[
        (rows["role"] == "result")
        & (rows["edition"] == edition)
        & (rows["level"] == str(level))
        & rows["state"].isin(STATES_WITH_FIGURE)
    ]
    if parent is not None:
        rows = rows[rows["area"].isin(places_of(edition, level, parent).index)]
    found = []
    for end, group in rows.groupby("period_end"):
        kinds = group.groupby(["grain", "period_start"], dropna=False)["area"].nunique()
        commonest: Any = kinds.idxmax()
        grain, start = commonest
        found.append(
            Stop(
                pd.Timestamp(end).date(),  # type: ignore[arg-type]
                None if pd.isna(start) else start.date(),
                str(grain),
                int(group["area"].nunique()),
            )
        )
    return tuple(sorted(found, key=lambda stop: stop.at, reverse=True))


def periods_of(store: Store, view: View) -> tuple[date, ...]:
    """Return the as-of dates of `stops` alone, newest first."""
    return tuple(stop.at for stop in stops(store, view))


def earlier(store: Store, view: View) -> tuple[Stop, ...]:
    """Return the stops before the date of a view, newest first: what a change can be since."""
    known = stops(store, view)
    until = view.at or (known[0].at if known else None)
    return tuple(stop for stop in known if until is not None and stop.at < until)


def period_options(store: Store, view: View) -> dict[date, str]:
    """List the as-of dates of `stops`, newest first, as "period · number of areas"."""
    return {
        stop.at: f"{stop.text(view.lang)} · "
        f"{t('picker.areas', view.lang, n=number(stop.areas, view.lang))}"
        for stop in stops(store, view)
    }
