"""A store as it was known at a moment: all that is asked of it is answered from what was known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Final

import ibis
import pandas as pd
from ibis.expr.types import Table

from metrics.catalog import INDICATOR
from metrics.store.answers import kept_in_store
from metrics.store.queries import Store
from metrics.store.stamps import NEVER
from metrics.store.tables import DATASETS, KNOWN_FROM, KNOWN_UNTIL, OBSERVATIONS, PAST
from metrics.store.vintages import Today, tables_at

# Moments of one generation that are kept with all that was worked out of them.
MOMENTS_KEPT: Final = 4


def store_at(store: Store, stamp: str) -> Store:
    """Return a store as it was known at a moment; see `Store.at`."""
    moment = _last_write(store, stamp)
    return store if moment is None else _then(store, moment)


@kept_in_store(MOMENTS_KEPT)
def _then(store: Store, moment: str) -> Store:
    return Then(store, moment)


class Then(Store):
    """The tables of a store narrowed to what was known at a moment.

    What is private now, or was then, is private in it: whoever reads it sees it by
    `metrics.people.seen_by`. What was published then and withdrawn later is in it.
    Observations of indicators or origins that nothing is known of any more are left out.
    """

    def __init__(self, now: Store, moment: str) -> None:
        super().__init__(now._reading, f"{now.generation}@{moment}", now.data_dir)
        self._lock = now._lock  # one connection, one thread at a time
        self._now = now
        self._moment = self.as_of = moment
        self._tables = tables_at(now._stored, moment, today(now))
        self._tables = {**self._tables, OBSERVATIONS: self._of_known()}

    def at(self, stamp: str) -> Store:
        """Return it as it was known before that; see `Store.at`."""
        return self if stamp >= self._moment else self._now.at(stamp)

    def close(self) -> None:
        """Do nothing: the connection is that of the store."""

    def _of_known(self) -> Table:
        rows, catalog = self._tables[OBSERVATIONS], self.catalog
        for column, ids in (("indicator", catalog.indicators), ("origin", catalog.origins)):
            # Hundreds of ids are most of what a question costs, and hardly ever needed.
            if not _named(self._now)[column] <= {*ids, ""}:
                rows = rows.filter(rows[column].isin([*ids, ""]))
        return rows


@kept_in_store(1)
def today(store: Store) -> Today:
    """Tell what of the present decides on what may be seen of the past."""
    datasets, records = store.datasets(), store.records()
    private = datasets[datasets["private"].fillna(value=False).astype(bool)]
    rows = store._stored[PAST[DATASETS]]
    past = store._run(rows.select("id", "private", KNOWN_UNTIL)).sort_values(KNOWN_UNTIL)
    last = past[~past["id"].isin(datasets["id"])].drop_duplicates("id", keep="last")
    gone = last.loc[last["private"].fillna(value=False).astype(bool), "id"]
    own = records[records["dataset"].str.contains(":", regex=False)]
    return Today(
        dict(zip(private["id"], private["team"].fillna(""), strict=True)),
        tuple(sorted(gone)),
        tuple(sorted(set(own["dataset"]))),
        tuple(sorted(set(own.loc[own["kind"] == INDICATOR, "id"]))),
    )


@kept_in_store(1)
def _named(store: Store) -> Mapping[str, frozenset[str]]:
    """Tell which indicators and origins there are, or were, observations of."""
    held = [store._stored[name] for name in (OBSERVATIONS, PAST[OBSERVATIONS])]
    return {
        column: frozenset(
            store._run(ibis.union(*(rows.select(column) for rows in held), distinct=True))[column]
        )
        for column in ("indicator", "origin")
    }


def _last_write(store: Store, stamp: str) -> str | None:
    """Return the last write at or before a moment, so that days without one between share it.

    Returns
    -------
    str or None
        None where there was none after it: then all is as it is. Before the first write, the time
        of the last of the datasets that had come in by then.
    """
    made = store.writes()
    if not made or stamp >= made[-1]:
        return None
    if before := bisect_right(made, stamp):
        return made[before - 1]
    frames = [
        store._run(store._stored[name].select(KNOWN_FROM)) for name in (DATASETS, PAST[DATASETS])
    ]
    times = pd.concat(frames)[KNOWN_FROM]
    return str(max(times[times <= stamp], default=NEVER))
