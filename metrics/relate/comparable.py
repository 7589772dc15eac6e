"""Figures that areas can be compared by.

Rates, scores, ranks and durations are; a count only per something named, because a raw count says
more of an area's size than of anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from base.words import Refusal
from geo.crosswalk import available
from geo.editions import Level
from metrics.catalog import Indicator
from metrics.harmonise import carried
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import Panel, panel
from metrics.store import Store, kept_in_store

# Kinds whose figures have no size, and those whose size is that of the area.
UNMEASURED: Final = ("status", "date")
RAW: Final = ("count", "amount")
# Fewer areas than this with the figure to divide by, and it is not offered.
FEWEST: Final = 5
SIGNIFICANT: Final = 4  # digits of a quotient: no more are worth reading, or comparing


class NotComparable(Refusal):
    """Areas cannot be compared by these figures.

    Statuses and dates have no size; counts and amounts want something named to divide them by.
    """

    prefix = "comparable.refused."


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """The figures of one indicator, or its ratio to another, over the areas of a scope.

    Attributes
    ----------
    panel
        The figures of the indicator, one row per area.
    per
        The figures that they are divided by; None where they are compared as they are.
    values
        Numbers by code of area, NaN where there is none; in the unit of the indicator, per unit of
        `per` where there is one.
    decimals
        For quotients: the most digits after the decimal mark. They are rounded to so many, and
        compared as they are written.
    """

    panel: Panel
    per: Panel | None
    values: pd.Series
    decimals: int = 0

    @property
    def indicator(self) -> Indicator:
        """The indicator whose figures they are."""
        return self.panel.indicator

    @property
    def n(self) -> int:
        """Areas with a number."""
        return int(self.values.notna().sum())


def comparable(figures: Panel, per: Panel | None = None) -> Comparable:
    """Make figures comparable between areas, if they can be.

    Parameters
    ----------
    per
        What a count is divided by, over the same areas; left aside where the figures are no count.

    Returns
    -------
    Comparable
        An area without either figure, or with nothing to divide by, has no number.

    Raises
    ------
    NotComparable
        For statuses, dates, and counts without anything to divide them by.
    """
    kind = figures.indicator.kind
    if kind == "status":
        raise NotComparable("status", indicator=figures.indicator.id)
    if kind == "date":
        raise NotComparable("date", indicator=figures.indicator.id)
    values = numbers(figures).where((figures.frame["aside"] == "").to_numpy())
    if kind not in RAW:
        return Comparable(figures, None, values)
    if per is None or per.indicator == figures.indicator:
        raise NotComparable("count", indicator=figures.indicator.id)
    under = numbers(per).reindex(values.index)
    quotients = values / under.where(under > 0)
    decimals = _decimals(quotients)
    return Comparable(figures, per, quotients.round(decimals), decimals)


def _decimals(quotients: pd.Series) -> int:
    """Return the decimals that give the middle number `SIGNIFICANT` digits, 0 to 6."""
    sizes = quotients.abs()
    middle = sizes[sizes > 0].median()
    if pd.isna(middle):
        return 0
    return int(np.clip(SIGNIFICANT - 1 - np.floor(np.log10(middle)), 0, 6))


def numbers(figures: Panel) -> pd.Series:
    """Return the values of a panel by code of area, NaN where an area has no figure."""
    frame = figures.frame
    values = pd.to_numeric(frame["value"]).where(frame["state"].isin(STATES_WITH_FIGURE))
    values = values.replace([np.inf, -np.inf], np.nan).astype(float)
    return values.set_axis(frame["code"].astype(str))


@kept_in_store(64)
def basis_of(store: Store, indicator: str, edition: str, level: Level) -> str:
    """Find the edition that the figures for a map come from.

    Returns
    -------
    str
        `edition` itself where the indicator has figures on it at the level; else the newest edition
        from which they can be carried; "" where there is none.
    """
    counts = store.availability()
    rows = counts[(counts["indicator"] == indicator) & (counts["level"] == str(level))]
    known = set(rows["edition"])
    if edition in known:
        return edition
    others = [
        a for a, below, to, above in available() if (below, to, above) == (level, edition, level)
    ]
    return max((other for other in others if other in known), default="")


def figures_of(
    store: Store,
    indicator: str,
    edition: str,
    level: Level,
    parent: str | None = None,
    *,
    at: date | None = None,
) -> Panel:
    """Join figures to the areas of a scope, carried from another edition where none are of this.

    Parameters
    ----------
    store, indicator, edition, level, parent, at
        As of `metrics.panel.panel`.
    """
    basis = basis_of(store, indicator, edition, level)
    if basis in ("", edition):
        return panel(store, indicator, edition, level, parent, at=at)
    return carried(store, indicator, basis, edition, level, parent, at=at)


@kept_in_store(64)
def denominators(store: Store, edition: str, level: Level) -> tuple[str, ...]:
    """List the counts and amounts that others can be divided by on a map, fullest first.

    Only what adds up and has figures for at least `FEWEST` areas of the level is listed.
    """
    counts = store.availability()
    rows = counts[(counts["level"] == str(level)) & (counts["areas"] >= FEWEST)]
    fullest = rows.groupby("indicator")["areas"].max().sort_values(ascending=False, kind="stable")
    found = []
    for name in fullest.index:
        indicator = store.catalog.indicators[str(name)]
        adds_up = indicator.kind in RAW and indicator.aggregation == "sum"
        if adds_up and basis_of(store, indicator.id, edition, level):
            found.append(indicator.id)
    # People first: most counts are of people, or of what they ask for.
    return tuple(
        sorted(found, key=lambda id_: store.catalog.indicators[id_].domain != "population")
    )
