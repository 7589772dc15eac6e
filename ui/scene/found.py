"""A view with its figures: the periods that they are of, and those of the period shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from base.words import Lang, number, period, t
from geo.editions import COUNTRY_CODE, Area, Level, area
from metrics.catalog import Indicator
from metrics.harmonise import carried
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import Panel, panel, places_of
from metrics.people import Reader
from metrics.store import Store, kept_in_store
from ui.address import PUBLISHED, Refusal, View, mapped_editions
from ui.scene.covered import covered
from ui.scene.figures import Span, span_text, spans_of
from ui.scene.places import place_name

VIEWS_KEPT = 256
SCALES_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
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
    words
        The source's own for a period that is not known to the day.
    """

    at: date
    start: date | None
    grain: str
    areas: int
    words: str = ""

    def text(self, lang: Lang) -> str:
        """Write the period: "năm 2024"."""
        return period(self.start, self.at, self.grain, lang, self.words)

    def counted(self, lang: Lang) -> str:
        """Write how many areas have a figure."""
        return t("picker.areas", lang, n=number(self.areas, lang))


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """A view with its figures.

    Attributes
    ----------
    reader
        Whom it is written for.
    view
        What they ask for, with the choices that were left open made.
    stops
        As-of dates that can be chosen, newest first.
    panel
        The figures: one row per area drawn in focus.
    """

    reader: Reader
    view: View
    stops: tuple[Stop, ...]
    panel: Panel

    @property
    def store(self) -> Store:
        """Where the figures are from."""
        return self.reader.store

    @property
    def lang(self) -> Lang:
        """Language of the reader."""
        return self.view.lang

    @property
    def indicator(self) -> Indicator:
        """The indicator shown."""
        return self.panel.indicator

    @property
    def carried(self) -> bool:
        """Whether the figures are carried from another edition."""
        return self.view.basis != PUBLISHED

    @property
    def place(self) -> Area:
        """The area looked at."""
        return self.view.area()

    @property
    def province(self) -> Area | None:
        """The province in focus; None at the scope of the country."""
        return focus_of(self.view)

    @property
    def scope(self) -> Area:
        """The area whose parts are drawn."""
        return self.province or area(self.view.edition, COUNTRY_CODE)

    @property
    def periods(self) -> tuple[date, ...]:
        """As-of dates that can be chosen, newest first."""
        return tuple(stop.at for stop in self.stops)

    @property
    def earlier(self) -> tuple[Stop, ...]:
        """The stops before the date shown, newest first: what a change can be since."""
        until = self.view.at or (self.stops[0].at if self.stops else None)
        return tuple(stop for stop in self.stops if until is not None and stop.at < until)

    @cached_property
    def codes(self) -> list[str]:
        """Code of the area of each row."""
        return [str(code) for code in self.panel.frame["code"].tolist()]

    @cached_property
    def names(self) -> list[str]:
        """Name of each area."""
        return [self.name(code) for code in self.codes]

    @cached_property
    def has_figure(self) -> pd.Series:
        """Which rows have a figure."""
        return self.panel.frame["state"].isin(STATES_WITH_FIGURE)

    @cached_property
    def spans(self) -> list[Span]:
        """Period of each row."""
        return spans_of(self.panel.frame)

    @cached_property
    def whens(self) -> list[str]:
        """Period of each row, as written."""
        return [span_text(span, self.lang) for span in self.spans]

    def name(self, code: str, *, full: bool = False) -> str:
        """Name an area of the map."""
        return place_name(area(self.view.edition, code), self.lang, full=full)

    def at(self, end: date | None) -> Panel:
        """Return the figures of the same areas up to another date."""
        return _figures(self.store, self.view, self.panel.parent, end)

    def numbers_at(self, end: date) -> NDArray[np.float64]:
        """Return the numbers of the same areas up to another date. Kept: never to be changed."""
        view = self.view
        plain = View(
            edition=view.edition, level=view.level, indicator=view.indicator, basis=view.basis
        )
        return _numbers(self.store, plain, self.panel.parent, end)


def find(store: Store, view: View) -> tuple[Found, list[Refusal]]:
    """Join a view to its figures.

    Returns
    -------
    found
        The figures.
    refusals
        A date before which there are none.
    """
    if not view.indicator:
        view = view.to(indicator=first_indicator(store, view), source=view.source, at=view.at)
    known = stops(store, view)
    refused = []
    if view.at is not None and known:
        # Figures count up to a date: those of the period before it are what is asked for.
        nearest = next((stop.at for stop in known if stop.at <= view.at), known[-1].at)
        if nearest > view.at:
            refused.append(Refusal("at", view.at.isoformat()))
        view = view.to(at=nearest, source=view.source)
    province = focus_of(view)
    figures = _figures(store, view, province.code if province else None, view.at)
    reader = Reader(store=store, lang=view.lang)
    return Found(reader=reader, view=view, stops=known, panel=figures), refused


def _figures(store: Store, view: View, parent: str | None, at: date | None) -> Panel:
    """Return figures up to a date: as published on the map of a view, or carried to it."""
    what, scope = view.indicator, (view.edition, view.level, parent)
    if view.basis == PUBLISHED:
        return panel(store, what, *scope, at=at)
    return carried(store, what, view.basis, *scope, at=at)


@kept_in_store(SCALES_KEPT)
def _numbers(store: Store, view: View, parent: str | None, at: date) -> NDArray[np.float64]:
    return _figures(store, view, parent, at).compared().to_numpy()


def focus_of(view: View) -> Area | None:
    """Return the province whose parts are drawn; None where the whole country is."""
    place = view.area()
    if view.level is Level.PROVINCE or place.level in (Level.COUNTRY, Level.REGION):
        return None
    if place.level is Level.PROVINCE or place.parent is None:
        return place
    return area(place.edition, place.parent)


def first_indicator(store: Store, view: View) -> str:
    """Return the indicator that a view opens with: the best covered there, else anywhere.

    Where there are no figures at all, as on a day before the first ones, it is any indicator.
    """
    province = focus_of(view)
    scopes = [(view.edition, view.level, province.code if province else None)]
    scopes += [(edition, Level.PROVINCE, None) for edition in mapped_editions()]
    for scope in scopes:
        if here := covered(store, *scope):
            return here[0].indicator
    known = [*store.availability()["indicator"], *store.catalog.indicators]
    return str(known[0])


def stops(store: Store, view: View) -> tuple[Stop, ...]:
    """Return the as-of dates on which areas of a view have figures, newest first.

    Figures carried from another edition are counted on that edition, in the whole country.
    """
    if view.basis != PUBLISHED:
        return _stops(store, view.indicator, view.basis, view.level, None)
    province = focus_of(view)
    focus = province.code if province else None
    return _stops(store, view.indicator, view.edition, view.level, focus)


@kept_in_store(VIEWS_KEPT)
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
                at=pd.Timestamp(end).date(),  # type: ignore[arg-type]
                start=None if pd.isna(start) else start.date(),
                grain=str(grain),
                areas=int(group["area"].nunique()),
                words=str(group.loc[group["grain"] == grain, "period_text"].iloc[0]),
            )
        )
    return tuple(sorted(found, key=lambda stop: stop.at, reverse=True))
