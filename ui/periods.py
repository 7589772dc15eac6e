"""The as-of dates that a view can choose from, and the figures of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from geo.editions import Level
from metrics.formats import period
from metrics.harmonise import carried
from metrics.messages import Lang
from metrics.panel import Panel, panel
from metrics.queries import Store
from ui.view import PUBLISHED, View

VIEWS_KEPT = 256


@dataclass(frozen=True, slots=True)
class Stop:
    """One as-of date, with the period that most of its figures are of."""

    at: date
    start: date | None
    grain: str

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


def stops(store: Store, view: View) -> tuple[Stop, ...]:
    """Return the as-of dates for which the level of a view has figures, newest first."""
    return _stops(store, view.indicator, figures_edition(view), view.level)


@lru_cache(maxsize=VIEWS_KEPT)
def _stops(store: Store, indicator: str, edition: str, level: Level) -> tuple[Stop, ...]:
    counts = store.availability()
    here = counts[
        (counts["indicator"] == indicator)
        & (counts["edition"] == edition)
        & (counts["level"] == str(level))
    ].sort_values("areas", ascending=False, kind="stable")
    fullest = here.drop_duplicates("period_end").to_dict("records")
    found = [
        Stop(
            row["period_end"].date(),
            None if pd.isna(row["period_start"]) else row["period_start"].date(),
            str(row["grain"]),
        )
        for row in fullest
    ]
    return tuple(sorted(found, key=lambda stop: stop.at, reverse=True))


def periods_of(store: Store, view: View) -> tuple[date, ...]:
    """Return the as-of dates of `stops` alone, newest first."""
    return tuple(stop.at for stop in stops(store, view))


def earlier(store: Store, view: View) -> tuple[Stop, ...]:
    """Return the stops before the date of a view, newest first: what a change can be since."""
    known = stops(store, view)
    until = view.at or (known[0].at if known else None)
    return tuple(stop for stop in known if until is not None and stop.at < until)
