"""What the store holds of the indicators of a table."""

from __future__ import annotations

from typing import Final

import pandas as pd

from metrics.store import Store

# What figures of before are compared by.
COMPARED: Final = (
    *("indicator", "role", "edition", "area", "period_start", "period_end", "grain", "value"),
)


def figures_before(store: Store, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what the store holds of the same indicators, as far as it is compared with."""
    ids = sorted(frame["indicator"].unique()) if len(frame) else []
    if not ids:
        return pd.DataFrame()
    return store.read(
        lambda rows: rows.filter(rows.indicator.isin(ids), rows.value.notnull()).select(*COMPARED),
        ordered=False,
    )
