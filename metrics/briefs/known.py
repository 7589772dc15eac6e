"""What the atlas knows: for every indicator how many areas, which dates, which sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.editions import COUNTRY_CODE, Level, areas
from metrics.catalog import Indicator, Origin
from metrics.observations import STATES_WITH_FIGURE
from metrics.store import Store

PERIOD: Final = ["period_start", "period_end", "grain", "period_text", "dataset"]
REACH: Final = ["indicator", "edition", "level"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one indicator reaches on one edition and level.

    Attributes
    ----------
    indicator
        The indicator.
    edition, level
        Where; the edition is "" for the country.
    n, of
        Areas with at least one result, and areas there are.
    first, last
        Oldest and newest as-of date.
    ends
        The rows that those are of.
    origins
        Ids of the sources, in the order of the catalog.
    """

    indicator: Indicator
    edition: str
    level: Level
    n: int
    of: int
    first: date
    last: date
    origins: tuple[str, ...]
    ends: tuple[Mapping[str, Any], ...] = ()


def coverage(store: Store) -> list[Coverage]:
    """Tell how far each indicator reaches, level by level.

    Returns
    -------
    list of Coverage
        In the order of domains and families; within an indicator the fuller level first.
    """
    rows = store.observations()
    rows = rows[(rows["role"] == "result") & rows["state"].isin(STATES_WITH_FIGURE)]
    order = {origin: i for i, origin in enumerate(store.catalog.origins)}
    groups = rows.groupby(REACH)
    n = groups["area"].nunique()
    ends = [
        _at(rows, found) for found in (groups["period_end"].idxmin(), groups["period_end"].idxmax())
    ]
    told = rows.drop_duplicates([*REACH, "origin"]).groupby(REACH)["origin"].agg(list)
    found = []
    for key, areas_told, oldest, latest, origins in zip(n.index, n, *ends, told, strict=True):
        at = Level(key[2])
        found.append(
            Coverage(
                store.catalog.indicator(key[0]),
                key[1],
                at,
                int(areas_told),
                1 if at is Level.COUNTRY else len(areas(key[1], at)),
                oldest["period_end"].date(),
                latest["period_end"].date(),
                tuple(sorted(origins, key=lambda o: order.get(o, len(order)))),
                (oldest, latest),
            )
        )
    families: dict[str, int] = {}
    for indicator in store.catalog.indicators.values():
        families.setdefault(indicator.family or indicator.id, len(families))
    position = {id_: i for i, id_ in enumerate(store.catalog.indicators)}
    domains = store.catalog.domains
    return sorted(
        found,
        key=lambda c: (
            domains[c.indicator.domain].order,
            families[c.indicator.family or c.indicator.id],
            position[c.indicator.id],
            -c.n,
        ),
    )


def _at(rows: pd.DataFrame, labels: pd.Series) -> list[dict[str, Any]]:
    """Return the periods of some rows."""
    found = rows.loc[labels, PERIOD].to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from one origin.

    Attributes
    ----------
    origin
        The origin.
    observations, indicators, places
        How many observations, of how many indicators, about how many areas below the country.
    first, last
        Oldest and newest as-of date; None where nothing was taken.
    """

    origin: Origin
    observations: int
    indicators: int
    places: int
    first: date | None
    last: date | None


def taken(store: Store) -> list[Taken]:
    """Tell what was taken from each origin, in the order of the catalog.

    Returns
    -------
    list of Taken
        Every origin of the catalog, also those of boundaries, from which no figure comes.
    """
    groups = dict(list(store.observations().groupby("origin")))
    result = []
    for id_, origin in store.catalog.origins.items():
        rows = groups.get(id_)
        if rows is None:
            result.append(Taken(origin, 0, 0, 0, None, None))
            continue
        places = rows.loc[rows["area"] != COUNTRY_CODE, ["edition", "area"]].drop_duplicates()
        result.append(
            Taken(
                origin,
                len(rows),
                int(rows["indicator"].nunique()),
                len(places),
                rows["period_end"].min().date(),
                rows["period_end"].max().date(),
            )
        )
    return result
