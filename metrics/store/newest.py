"""Of when the newest figures of each indicator are, and when the last of them came in."""

from __future__ import annotations

from typing import Final

import pandas as pd

from metrics.observations import STATES_WITH_FIGURE
from metrics.store.answers import kept_in_store
from metrics.store.history import STILL, ever
from metrics.store.queries import Store
from metrics.store.tables import KNOWN_FROM, KNOWN_UNTIL, OBSERVATIONS

_OF: Final = ["indicator", "dataset"]


@kept_in_store(1)
def newest(store: Store) -> pd.DataFrame:
    """Tell what the newest figures are.

    Returns
    -------
    pd.DataFrame
        A row per indicator and dataset in force that has a result of it: ``period_end`` of the
        newest, and the stamp ``known_from`` of the last of those that came in.
    """
    rows = ever(store, OBSERVATIONS)
    kept = rows.filter(
        rows[KNOWN_UNTIL] == STILL,
        rows.dataset.isin(store.in_force()),
        rows.role == "result",
        rows.state.isin(STATES_WITH_FIGURE),
        rows.period_end.notnull(),
    )
    days = kept.group_by([*_OF, "period_end"]).agg(**{KNOWN_FROM: kept[KNOWN_FROM].max()})
    found = store._run(days).sort_values([*_OF, "period_end"], ignore_index=True)
    return found.drop_duplicates(_OF, keep="last", ignore_index=True)
