"""Ranks: who comes first, and who shares a place."""

from __future__ import annotations

from typing import Final

import pandas as pd

LOWER_BETTER: Final = "lower_better"
# Kinds without a number of their own to be ranked by.
UNRANKED_KINDS: Final = frozenset({"status"})


def ranks(values: pd.Series, direction: str, kind: str = "rate") -> pd.Series:
    """Rank values by standard competition ranking: equal values share a rank, "1, 2, 2, 4".

    Parameters
    ----------
    values
        Numbers (NaN has no rank); for ``kind="date"`` dates, where the earliest is the smallest.
    direction
        ``lower_better`` gives rank 1 to the smallest; ``higher_better`` and ``neutral`` to the
        largest.
    kind
        Kind of the indicator. A ``rank`` is its own rank; a ``status`` has none.

    Returns
    -------
    pd.Series
        Int64 of the index of `values`, missing where there is no rank.
    """
    if kind in UNRANKED_KINDS:
        return pd.Series(pd.NA, index=values.index, dtype="Int64")
    if kind == "rank":
        return values.round().astype("Int64")
    return values.rank(method="min", ascending=direction == LOWER_BETTER).astype("Int64")
