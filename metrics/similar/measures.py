"""How far each area stands from the middle of all, by each indicator that ranks them honestly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.editions import Level
from metrics.catalog import Indicator
from metrics.observations import BOUNDS, ROUGH
from metrics.panel import is_ranked, panel
from metrics.store import Store, kept_in_store

# Kinds that say something of an area whatever its size, and are no order among areas already.
KINDS: Final = ("rate", "score", "duration")
# A bound or a rough figure has no distance to another.
INEXACT: Final = (*BOUNDS, *ROUGH)
# The median absolute deviation of normal figures is this part of their standard deviation.
NORMAL: Final = 0.6745
# Beyond so many deviations an area is far from the middle, and it matters no more how far.
FARTHEST: Final = 3.0
KEPT: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One indicator over the areas of a level.

    Attributes
    ----------
    indicator
        Whose figures they are, all of one period.
    scores
        By code of area: the robust z-score, at most `FARTHEST` from 0; NaN where there is none.
    rows
        By code of area: the figure, with the columns of a panel.
    """

    indicator: Indicator
    scores: pd.Series
    rows: dict[str, dict[str, Any]]

    @property
    def question(self) -> str:
        """What it answers: variants of one question count as one."""
        return self.indicator.family or self.indicator.id


@kept_in_store(KEPT)
def measures(store: Store, edition: str, level: Level) -> tuple[Measure, ...]:
    """List the indicators that areas of a level can be held against each other by.

    Returns
    -------
    tuple of Measure
        In the order of the catalog. Each takes what its panel ranks: exact figures of one period
        and this edition, of enough areas, none of them withheld. One that differs between areas by
        no more than a step of its last printed digit tells none apart and is left out, as is one
        whose figures make no order.
    """
    counts = store.availability()
    here = counts[(counts["edition"] == edition) & (counts["level"] == str(level))]
    known = set(here["indicator"])
    found = (
        _measure(store, one, edition, level)
        for one in store.catalog.indicators.values()
        if one.id in known and one.kind in KINDS and is_ranked(one)
    )
    return tuple(one for one in found if one is not None)


def _measure(store: Store, indicator: Indicator, edition: str, level: Level) -> Measure | None:
    figures = panel(store, indicator.id, edition, level)
    frame = figures.frame
    values = figures.compared().where(~frame["qualifier"].isin(INEXACT))
    values = values.replace([np.inf, -np.inf], np.nan).set_axis(frame["code"].astype(str))
    middle = values.median()
    spread = (values - middle).abs().median()
    step = 10.0**-indicator.decimals
    # Half a step more is no more: differences of decimal figures come out a hair beyond it.
    if not spread > step * 1.000001:
        return None
    scores = (NORMAL * (values - middle) / spread).clip(-FARTHEST, FARTHEST)
    told = frame[values.notna().to_numpy()]
    rows = {
        str(row["code"]): {str(k): v for k, v in row.items()} for row in told.to_dict("records")
    }
    return Measure(indicator, scores, rows)
