"""Work out what Explore shows for a view: which figures, which areas, drawn in which manner."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from base.words import DEFAULT_LANG
from geo.classify import Classes
from geo.editions import Area
from metrics.catalog import Indicator
from metrics.panel import Panel
from metrics.store import Store
from ui.address import PUBLISHED, Refusal, View
from ui.scene.classing import (
    Coloured,
    in_categories,
    in_circles,
    in_classes,
    in_markers,
    methods_for,
    uncoloured,
)
from ui.scene.figures import FIGURES
from ui.scene.filtering import matched, settled
from ui.scene.measure import Measure, plain
from ui.scene.periods import figures_of, periods_of, province_of
from ui.scene.pooled import of_first, pooled
from ui.scene.ways import measure_of

FEWEST_FOR_COLOUR = 5  # under so many areas there is no colour scale


class Manner(StrEnum):
    """How figures are drawn."""

    CLASSES = "classes"
    STATUSES = "statuses"
    CIRCLES = "circles"
    CARD = "card"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Scene:
    """A view with its figures.

    Attributes
    ----------
    view
        The view, with the choices that were left open made.
    place, province
        The area looked at, and the province in focus (None at country scope).
    selected
        Code of the area with the outline: the place itself where it has no parts.
    panel
        One row per area drawn in focus.
    measure
        The number drawn for each row, and how it is written: see `ui.scene.measure`.
    manner, classes, palette
        How it is drawn: the class of each row of the panel, and the colours.
    periods
        As-of dates that can be chosen, newest first.
    methods
        Ways of making classes that make sense for what is drawn.
    note
        What the legend says of a scale that was not made from the figures.
    largest
        Greatest size of a number on the scale: that of the largest circle. NaN without numbers.
    matched
        Which rows of the panel have what the filters ask for; None where nothing is asked.
    """

    view: View
    place: Area
    province: Area | None
    selected: str | None
    panel: Panel
    measure: Measure
    manner: Manner
    classes: Classes
    palette: tuple[str, ...]
    periods: tuple[date, ...]
    methods: tuple[str, ...] = ()
    note: str = ""
    largest: float = math.nan
    matched: NDArray[np.bool_] | None = None

    @property
    def carried(self) -> bool:
        """Whether the figures are carried from another edition."""
        return self.view.basis != PUBLISHED

    @property
    def indicator(self) -> Indicator:
        """The indicator shown."""
        return self.panel.indicator


def make_scene(store: Store, view: View) -> tuple[Scene, list[Refusal]]:
    """Join a view to its figures.

    Returns
    -------
    scene
        What to draw.
    refusals
        Choices of the view that no figure answers to.
    """
    refused: list[Refusal] = []
    if not view.indicator:
        view = view.to(indicator=first_indicator(store, view), source=view.source, at=view.at)
    periods = periods_of(store, view)
    if view.at is not None and periods:
        nearest = _nearest(view.at, periods)
        if nearest > view.at:
            refused.append(Refusal("at", view.at.isoformat()))
        view = view.to(at=nearest, source=view.source)
    place = view.area()
    province = province_of(place)
    parent = province.code if province else None
    figures = figures_of(store, view, parent, view.at)
    view, unfiltered = settled(view, figures)
    view, measure, unmeasured = measure_of(store, view, figures)
    manner = manner_of(figures, measure)
    over = pooled(store, view, measure, periods, parent)
    coloured = coloured_in(store, view, figures, over, manner)
    selected = place.code if place.level is view.level and province else None
    scene = Scene(
        coloured.view,
        place,
        province,
        selected,
        figures,
        measure,
        manner,
        of_first(coloured.classes, len(figures.frame)),
        coloured.palette,
        periods,
        methods_for(store, figures, measure) if manner is Manner.CLASSES else (),
        coloured.note,
        largest=_largest(over.numbers),
        matched=matched(view, figures),
    )
    return scene, [*refused, *unfiltered, *unmeasured, *coloured.refused]


def first_indicator(store: Store, view: View) -> str:
    """Return the first featured indicator with figures at the level of a view, or at any."""
    counts = store.availability()
    here = counts[(counts["edition"] == view.edition) & (counts["level"] == str(view.level))]
    featured = sorted(
        (i for i in store.catalog.indicators.values() if i.featured is not None),
        key=lambda i: i.featured or 0,
    )
    for known in (set(here["indicator"]), set(counts["indicator"])):
        for indicator in featured:
            if indicator.id in known:
                return indicator.id
    return str(counts["indicator"].iloc[0])


def manner_of(figures: Panel, measure: Measure | None = None) -> Manner:
    """Choose how figures, or a measure of them, are drawn: rates and scores fill, counts do not."""
    measure = measure or plain(figures, DEFAULT_LANG)
    if figures.n_reported == 0:
        return Manner.EMPTY
    if figures.indicator.kind in ("status", "date"):
        return Manner.STATUSES if figures.indicator.kind == "status" else Manner.CARD
    if measure.n < FEWEST_FOR_COLOUR:
        return Manner.CARD
    return Manner.CIRCLES if measure.circles else Manner.CLASSES


def coloured_in(
    store: Store, view: View, figures: Panel, measure: Measure, manner: Manner
) -> Coloured:
    """Give the numbers of a measure classes and colours, in the manner that they are drawn."""
    match manner:
        case Manner.EMPTY:
            return uncoloured(view, figures)
        case Manner.STATUSES:
            return in_categories(view, figures)
        case Manner.CARD:
            return in_markers(view, figures, measure)
        case Manner.CIRCLES:
            return in_circles(view, figures, measure)
        case _:
            return in_classes(store, view, figures, measure)


def _largest(numbers: NDArray[np.float64]) -> float:
    finite = np.abs(numbers[np.isfinite(numbers)])
    return float(finite.max()) if finite.size else math.nan


def _nearest(at: date, periods: tuple[date, ...]) -> date:
    # Figures count up to a date: those of the period before it are what is asked for.
    return next((p for p in periods if p <= at), periods[-1])


def offers(store: Store, scene: Scene) -> list[tuple[Indicator, int]]:
    """List the indicators that do have figures for the areas of a scene.

    Returns
    -------
    list of (Indicator, int)
        With the number of areas that have a figure; featured ones and fuller ones first.
    """
    rows: Any = store.observations()
    rows = rows[
        (rows["role"] == "result")
        & (rows["edition"] == scene.view.edition)
        & (rows["level"] == str(scene.view.level))
        & rows["state"].isin(FIGURES)
    ]
    if scene.province is not None:
        rows = rows[rows["area"].isin(scene.panel.frame["code"])]
    counted = rows.groupby("indicator")["area"].nunique()
    found = [
        (store.catalog.indicators[str(name)], int(n))
        for name, n in counted.items()
        if str(name) != scene.view.indicator
    ]
    return sorted(
        found,
        key=lambda hit: (hit[1] < FEWEST_FOR_COLOUR, hit[0].featured or 999, -hit[1], hit[0].id),
    )
