"""The figure of one area by itself."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd

from geo.editions import Area, Level, area
from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel.columns import FIGURE_COLUMNS
from metrics.panel.selection import newest, up_to
from metrics.store import Store, kept_in_store

# Those of 700 districts over some years take about 1 MB.
RESULTS_KEPT: Final = 32


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
    indicator = store.catalog.indicator(indicator_id)
    return own_row(store, indicator, area(edition, code), at, None)


def own_row(
    store: Store, indicator: Indicator, place: Area, at: date | None, days: int | None
) -> dict[str, Any] | None:
    """Return the newest of an area's own results, as `figure_of`.

    Parameters
    ----------
    days
        At most so many days before the date, or the newest; None for any.
    """
    results = results_of(store, indicator.id, place.edition, place.level)
    results = results[results["area"] == place.code]
    results = up_to(results, at, days) if len(results) else results
    if results.empty:
        return None
    columns = (*FIGURE_COLUMNS, "n_alternatives")
    names = {"code": place.code, "name_vi": place.name_vi, "name_en": place.name_en}
    if len(results) == 1 and results["state"].iat[0] in STATES_WITH_FIGURE:
        chosen = results.assign(n_alternatives=0)  # nothing to choose from
    else:
        chosen, _ = newest(results, indicator.prefer)
    return names | {name: chosen[name].tolist()[0] for name in columns} | {"rank": None}


@kept_in_store(RESULTS_KEPT)
def results_of(store: Store, indicator_id: str, edition: str, level: Level) -> pd.DataFrame:
    """Return the results of an indicator on an edition and level. Kept: never to be changed."""
    rows = store.observations(indicator_id)
    # The country's figures are one series across editions.
    series = "" if level is Level.COUNTRY else edition
    return rows[
        (rows["role"] == "result") & (rows["edition"] == series) & (rows["level"] == str(level))
    ]
