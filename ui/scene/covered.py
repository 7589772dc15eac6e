"""Which indicators have figures where, the one to open with first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.editions import COUNTRY_CODE, Area, Level, area, areas, child_level
from metrics.catalog import Indicator
from metrics.panel import is_withheld, places_of
from metrics.store import Store, kept_in_store
from ui.address import View
from ui.scene.figures import FEWEST_FOR_COLOUR, FIGURES, WORDED

KEPT: Final = 512
# About places, not about what is done there: never opened with where anything else is known.
BACKGROUND: Final = "population"


@dataclass(frozen=True, slots=True)
class Covered:
    """How far an indicator covers the areas of a scope.

    Attributes
    ----------
    indicator
        Its id.
    areas, of
        Areas with a figure, of how many.
    newest
        The newest day that a figure is of.
    compares
        Whether enough of the figures compare the areas: copied and default scores do not.
    """

    indicator: str
    areas: int
    of: int
    newest: date
    compares: bool


@kept_in_store(KEPT)
def covered(store: Store, edition: str, level: Level, parent: str | None) -> tuple[Covered, ...]:
    """List the indicators with figures for the areas of a scope, the one to open with first.

    Parameters
    ----------
    parent
        The province whose parts are meant; None for the whole country.
    """
    rows = store.observations()
    rows = rows[
        (rows["role"] == "result")
        & (rows["edition"] == edition)
        & (rows["level"] == str(level))
        & rows["state"].isin(FIGURES)
    ]
    places = places_of(edition, level, parent)
    if parent is not None:
        rows = rows[rows["area"].isin(places.index)]
    known = store.catalog.indicators
    found = [
        Covered(
            str(name),
            int(group["area"].nunique()),
            len(places),
            pd.Timestamp(group["period_end"].max()).date(),
            _compares(group, known[str(name)], str(level)),
        )
        for name, group in rows.groupby("indicator", observed=True)
    ]
    return tuple(sorted(found, key=lambda one: _order(known[one.indicator], one)))


def _compares(rows: pd.DataFrame, indicator: Indicator, level: str) -> bool:
    held = is_withheld(rows, indicator, level)
    return float(held.mean()) <= 1 - indicator.least_share


def _order(indicator: Indicator, one: Covered) -> tuple[int | str, ...]:
    return (
        indicator.domain == BACKGROUND,
        not one.compares,
        one.areas < min(FEWEST_FOR_COLOUR, one.of),
        indicator.kind in WORDED,
        indicator.featured or 999,
        -one.areas,
        -one.newest.toordinal(),
        indicator.id,
    )


@kept_in_store(KEPT)
def known_of(store: Store, edition: str, code: str) -> frozenset[str]:
    """Return the indicators that have a figure of a place."""
    rows = store.place_observations(edition, code)
    rows = rows[(rows["role"] == "result") & rows["state"].isin(FIGURES)]
    return frozenset(str(name) for name in rows["indicator"].unique())


def parts_of(store: Store, place: Area, indicator: str = "") -> Covered | None:
    """Return how far the parts of a province are covered: by an indicator, else by the best one.

    Returns
    -------
    Covered or None
        None where no part has a figure.
    """
    below = child_level(place.edition, place.level)
    if place.level is not Level.PROVINCE or below is None:
        return None
    found = covered(store, place.edition, below, place.code)
    return next((one for one in found if indicator in ("", one.indicator)), None)


def provinces_with(store: Store, indicator: str, edition: str, level: Level) -> tuple[Area, ...]:
    """List the provinces in which an indicator has figures at a level below, fullest first."""
    counted = [
        (-one.areas, province.code)
        for province in areas(edition, Level.PROVINCE)
        for one in covered(store, edition, level, province.code)
        if one.indicator == indicator
    ]
    return tuple(area(edition, code) for _, code in sorted(counted))


def to_open(store: Store, view: View, place: Area) -> str:
    """Choose the indicator that a place opens with: the one looked at where it has a figure there.

    Returns
    -------
    str
        "" where nothing is known of the place nor of those beside it.
    """
    known = known_of(store, place.edition, place.code)
    if place.code == COUNTRY_CODE:
        scope = covered(store, place.edition, Level.PROVINCE, None)
        known = frozenset(one.indicator for one in scope)
    if view.indicator in known:
        return view.indicator
    if place.level in (Level.DISTRICT, Level.COMMUNE):
        scope = covered(store, place.edition, place.level, place.parent)
    else:
        scope = covered(store, place.edition, Level.PROVINCE, None)
    own = next((one.indicator for one in scope if one.indicator in known), "")
    return own or (scope[0].indicator if scope and place.level is not Level.PROVINCE else "")
