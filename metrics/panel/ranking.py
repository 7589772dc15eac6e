"""Ranks: who comes first, and who shares a place."""

from __future__ import annotations

from typing import Final

import pandas as pd

from base.words import Lang, t
from metrics.catalog import Indicator

LOWER_BETTER: Final = "lower_better"
# Kinds without a number of their own to be ranked by.
UNRANKED_KINDS: Final = frozenset({"status"})


def is_ranked(indicator: Indicator) -> bool:
    """Tell whether the figures of an indicator say who is first, highest or lowest."""
    return indicator.unranked is None and indicator.kind not in UNRANKED_KINDS


def unranked_text(indicator: Indicator, lang: Lang) -> str:
    """Say why nobody is ranked by figures that could be; "" where somebody is."""
    return t(f"unranked.{indicator.unranked}", lang) if indicator.unranked else ""


def ranks(values: pd.Series, indicator: Indicator, *, gains: bool = False) -> pd.Series:
    """Rank values by standard competition ranking: equal values share a rank, "1, 2, 2, 4".

    Parameters
    ----------
    values
        Numbers (NaN has no rank); of a date its days, where the earliest is the smallest.
    indicator
        Where less is better rank 1 goes to the smallest, else to the largest. A rank is its own
        rank; what `is_ranked` denies has none.
    gains
        Whether the values are what was gained: rank 1 goes to the largest whatever the indicator.

    Returns
    -------
    pd.Series
        Int64 of the index of `values`, missing where there is no rank.
    """
    if not is_ranked(indicator):
        return pd.Series(pd.NA, index=values.index, dtype="Int64")
    if indicator.kind == "rank" and not gains:
        return values.round().astype("Int64")
    smallest = indicator.direction == LOWER_BETTER and not gains
    return values.rank(method="min", ascending=smallest).astype("Int64")
