"""The join behind every map and table: one row per area, with its state, date and source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.editions import COUNTRY_CODE, Level, area
from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel.columns import FIGURE_COLUMNS, NAMES, PANEL_COLUMNS, TEXT_COLUMNS
from metrics.panel.comparing import set_aside
from metrics.panel.own import own_row, results_of
from metrics.panel.ranking import ranks
from metrics.panel.scope import existing_on, places_of
from metrics.panel.selection import CONFLICTING, newest, up_to
from metrics.panel.summary import Summary, summarise
from metrics.store import Store, kept_in_store

# A panel of all communes takes about 1 MB, one of all provinces some 30 KB.
LARGE_KEPT: Final = 48
SMALL_KEPT: Final = 600
NO_DATA: Final = "no_data"
NOT_NAMED: Final = "not_named"
NOT_EXISTING: Final = "not_existing"


@dataclass(frozen=True, slots=True)
class Panel:
    """The newest results of one indicator, one row per area of a scope.

    Attributes
    ----------
    indicator
        The record of the indicator.
    edition, level, parent
        The scope: areas of this level and edition, in `parent` (its code) or in the whole country.
    at
        The date chosen; None for the newest there is.
    frame
        One row per area in official order, with `PANEL_COLUMNS`. Missing text is "", missing
        numbers NaN, missing dates NaT. ``state`` is reported, recomputed, conflicting, no_data,
        not_named, not_applicable, suppressed, split or not_existing; only the first two have a
        value or a category. ``aside`` says why a figure is not compared with the others
        (`metrics.panel.comparing.ASIDES`), "" where it is; only what is compared has a rank.
    n_reported
        Areas that have a figure.
    n_areas
        Areas of the scope that existed at the date.
    date_min, date_max
        Earliest and latest as-of date among what is shown; None where nothing is.
    alternatives
        Every other observation of the same date that says something else; for a conflicting area
        all of them. Columns as in the store.
    parent_row
        The published figure of the parent (or of the country), with the columns of ``frame``;
        None where there is none.
    categories
        Categories of a status with their titles, in the order declared.
    """

    indicator: Indicator
    edition: str
    level: Level
    parent: str | None
    at: date | None
    frame: pd.DataFrame
    n_reported: int
    n_areas: int
    date_min: date | None
    date_max: date | None
    alternatives: pd.DataFrame
    parent_row: dict[str, Any] | None
    categories: tuple[Any, ...]

    def compared(self) -> pd.Series:
        """Return the values that may be set against each other, NaN for all others."""
        return self.frame["value"].where(self.frame["aside"] == "").astype(float)

    def summary(self) -> Summary:
        """Return the figure for the whole scope: published, or computed from all areas, or n of N.

        See `metrics.panel.summary.summarise`.
        """
        own = self.parent_row
        if own is None and len(self.frame) == 1:
            # The scope is one area: its own figure, if any, is the figure of the scope.
            own = {str(name): cell for name, cell in self.frame.iloc[0].items()}
        return summarise(self.indicator, self.frame, own)


def panel(
    store: Store,
    indicator_id: str,
    edition: str,
    level: Level,
    parent: str | None = None,
    *,
    at: date | None = None,
    tolerance_days: int | None = None,
) -> Panel:
    """Join the newest results up to a date to the areas of a scope.

    Parameters
    ----------
    edition, level, parent
        The scope; `parent` is the code of an area above `level`, a region included.
    at
        Leave out what ends after this date; None for no limit.
    tolerance_days
        Leave out what ends more than so many days before `at` (before the newest result on this
        edition and level where `at` is None); None for no limit.

    Returns
    -------
    Panel
        See `Panel`. Targets and forecasts are not in it: see `metrics.targets`.

    Raises
    ------
    LookupError
        If indicator, edition or parent do not exist.
    """
    scope = (edition, Level(level), parent)
    found = (_small if is_small(scope[1]) else _large)(
        store, indicator_id, scope, at, tolerance_days
    )
    return copied(found)


def is_small(level: Level) -> bool:
    """Tell whether a panel of all areas of a level has so few rows that many can be kept."""
    return level in (Level.COUNTRY, Level.REGION, Level.PROVINCE)


def copied(found: Panel) -> Panel:
    """Return a panel to be handed out: what is kept stays as it is, whatever is done to this."""
    return replace(
        found,
        frame=found.frame.copy(deep=False),
        alternatives=found.alternatives.copy(deep=False),
        parent_row=found.parent_row and {**found.parent_row},
    )


# A store is what one reader may see of one generation: nobody gets what another may see. Panels of
# many areas are kept apart, so that they do not drive out the others.
@kept_in_store(SMALL_KEPT)
def _small(store: Store, *asked: Any) -> Panel:
    return _worked_out(store, *asked)


@kept_in_store(LARGE_KEPT)
def _large(store: Store, *asked: Any) -> Panel:
    return _worked_out(store, *asked)


def _worked_out(
    store: Store,
    indicator_id: str,
    scope: tuple[str, Level, str | None],
    at: date | None,
    tolerance_days: int | None,
) -> Panel:
    edition, level, parent = scope
    above = area(edition, parent or COUNTRY_CODE)
    indicator = store.catalog.indicator(indicator_id)
    places = places_of(edition, level, parent)
    known = up_to(results_of(store, indicator_id, edition, level), at, tolerance_days)
    day = existing_on(edition, known, at)
    in_scope = known if parent is None else known[known["area"].isin(places.index)]
    chosen, alternatives = newest(in_scope, indicator.prefer)
    listed = indicator.list == "named_only" and len(known) > 0
    frame = _join(places, chosen, day, NOT_NAMED if listed else NO_DATA)
    frame["aside"] = set_aside(frame, indicator, level)
    frame["rank"] = _rank(frame, indicator)
    has_figure = frame["state"].isin(STATES_WITH_FIGURE)
    shown = frame.loc[has_figure | (frame["state"] == CONFLICTING), "period_end"]
    return Panel(
        indicator=indicator,
        edition=edition,
        level=level,
        parent=parent,
        at=at,
        frame=frame[list(PANEL_COLUMNS)],
        n_reported=int(has_figure.sum()),
        n_areas=int((frame["state"] != NOT_EXISTING).sum()),
        date_min=shown.min().date() if len(shown) else None,
        date_max=shown.max().date() if len(shown) else None,
        alternatives=alternatives.reset_index(drop=True),
        parent_row=None
        if above.level is level
        else own_row(store, indicator, above, at, tolerance_days),
        categories=tuple(indicator.categories or ()),
    )


def _join(
    places: pd.DataFrame, chosen: pd.DataFrame, day: pd.Timestamp | None, unmentioned: str
) -> pd.DataFrame:
    # Column by column, each taken once: the steps of a frame cost more than the figures.
    at = chosen.index.get_indexer(places.index)
    missing = at < 0
    columns: dict[str, Any] = {"code": places.index, **{n: places[n].array for n in NAMES}}
    for name in FIGURE_COLUMNS:
        columns[name] = chosen[name].array.take(at, allow_fill=True)
        if name in TEXT_COLUMNS:
            columns[name] = columns[name].fillna("")
    n_alternatives = np.zeros(len(at), dtype=int)
    n_alternatives[~missing] = chosen["n_alternatives"].to_numpy()[at[~missing]]
    figures = pd.DataFrame(columns | {"n_alternatives": n_alternatives})
    if missing.any():
        figures.loc[missing, "state"] = unmentioned
        if day is not None:
            # An area that did report is shown with its date, even if it has since been dissolved.
            gone = missing & ((places["from"] > day) | (places["to"] < day)).to_numpy()
            figures.loc[gone, "state"] = NOT_EXISTING
    return figures


def _rank(frame: pd.DataFrame, indicator: Indicator) -> pd.Series:
    values = frame["value"].where(frame["aside"] == "")
    if indicator.kind == "date" and not frame["aside"].any():
        days = pd.to_datetime(frame["category"].replace("", np.nan), format="ISO8601")
        values = days.rank(method="dense")
    return ranks(values, indicator)
