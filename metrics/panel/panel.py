"""The join behind every map and table: one row per area, with its state, date and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.editions import COUNTRY_CODE, Area, Level, area
from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel.comparing import set_aside
from metrics.panel.ranking import ranks
from metrics.panel.scope import existing_on, places_of
from metrics.panel.selection import CONFLICTING, newest, up_to
from metrics.panel.summary import Summary, summarise
from metrics.store import Store

NO_DATA: Final = "no_data"
NOT_NAMED: Final = "not_named"
NOT_EXISTING: Final = "not_existing"

PLACE_COLUMNS: Final = ("code", "name_vi", "name_en")
FIGURE_COLUMNS: Final = (
    "value",
    "category",
    "state",
    "period_start",
    "period_end",
    "grain",
    "period_text",
    "qualifier",
    "numerator",
    "denominator",
    "origin",
    "locator",
    "note",
    "dataset",
)
PANEL_COLUMNS: Final = (*PLACE_COLUMNS, *FIGURE_COLUMNS, "rank", "aside", "n_alternatives")
TEXT_COLUMNS: Final = tuple(
    column
    for column in FIGURE_COLUMNS
    if column not in ("value", "numerator", "denominator", "period_start", "period_end")
)


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
    level = Level(level)
    above = area(edition, parent or COUNTRY_CODE)
    indicator = store.catalog.indicator(indicator_id)
    places = places_of(edition, level, parent)
    rows = store.observations(indicator_id)
    known = up_to(_results(rows, edition, level), at, tolerance_days)
    day = existing_on(edition, known, at)
    in_scope = known if parent is None else known[known["area"].isin(places.index)]
    chosen, alternatives = newest(in_scope, indicator.prefer)
    listed = indicator.list == "named_only" and len(known) > 0
    frame = _join(places, chosen, day, NOT_NAMED if listed else NO_DATA)
    frame["aside"] = set_aside(frame, indicator, level)
    frame["rank"] = _rank(frame, indicator)
    shown = frame.loc[frame["state"].isin((*STATES_WITH_FIGURE, CONFLICTING)), "period_end"]
    return Panel(
        indicator=indicator,
        edition=edition,
        level=level,
        parent=parent,
        at=at,
        frame=frame.reset_index()[list(PANEL_COLUMNS)],
        n_reported=int(frame["state"].isin(STATES_WITH_FIGURE).sum()),
        n_areas=int((frame["state"] != NOT_EXISTING).sum()),
        date_min=shown.min().date() if len(shown) else None,
        date_max=shown.max().date() if len(shown) else None,
        alternatives=alternatives.reset_index(drop=True),
        parent_row=None
        if above.level is level
        else _parent_row(rows, indicator, above, at, tolerance_days),
        categories=tuple(indicator.categories or ()),
    )


def _results(rows: pd.DataFrame, edition: str, level: Level) -> pd.DataFrame:
    # The country's figures are one series across editions.
    series = "" if level is Level.COUNTRY else edition
    return rows[
        (rows["role"] == "result") & (rows["edition"] == series) & (rows["level"] == str(level))
    ]


def _join(
    places: pd.DataFrame, chosen: pd.DataFrame, day: pd.Timestamp | None, unmentioned: str
) -> pd.DataFrame:
    figures = chosen[[*FIGURE_COLUMNS, "n_alternatives"]].reindex(places.index)
    missing = figures["state"].isna()
    text = list(TEXT_COLUMNS)
    figures[text] = figures[text].fillna("")
    figures["n_alternatives"] = figures["n_alternatives"].fillna(0).astype(int)
    if missing.any():
        figures.loc[missing, "state"] = unmentioned
        if day is not None:
            # An area that did report is shown with its date, even if it has since been dissolved.
            gone = missing & ((places["from"] > day) | (places["to"] < day))
            figures.loc[gone, "state"] = NOT_EXISTING
    return figures.assign(name_vi=places["name_vi"], name_en=places["name_en"])


def _rank(frame: pd.DataFrame, indicator: Indicator) -> pd.Series:
    values = frame["value"].where(frame["aside"] == "")
    if indicator.kind == "date" and not frame["aside"].any():
        days = pd.to_datetime(frame["category"].replace("", np.nan), format="ISO8601")
        values = days.rank(method="dense")
    return ranks(values, indicator.direction, indicator.kind)


def figure_of(
    store: Store, indicator_id: str, edition: str, code: str, at: date | None = None
) -> dict[str, Any] | None:
    """Return the newest published figure of one area up to a date, with the columns of a frame.

    Parameters
    ----------
    code
        An area of any level; the country's figures are one series across editions.

    Returns
    -------
    dict or None
        Its state is ``conflicting`` where sources disagree; None where there is no row.
    """
    rows = store.observations(indicator_id)
    indicator = store.catalog.indicator(indicator_id)
    return _parent_row(rows, indicator, area(edition, code), at, None)


def _parent_row(
    rows: pd.DataFrame, indicator: Indicator, above: Area, at: date | None, days: int | None
) -> dict[str, Any] | None:
    own = rows[rows["area"] == above.code]
    results = up_to(_results(own, above.edition, above.level), at, days) if len(own) else own
    if results.empty:
        return None
    chosen, _ = newest(results, indicator.prefer)
    columns = (*FIGURE_COLUMNS, "n_alternatives")
    names = {"code": above.code, "name_vi": above.name_vi, "name_en": above.name_en}
    return names | {name: chosen[name].tolist()[0] for name in columns} | {"rank": None}
