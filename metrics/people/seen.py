"""The store as one person may see it: without what is private to the teams of others.

Everything that is derived from a store is kept under the store itself.
People who may see the same share one object, people who may not have another: nothing private can
come out of what was kept for somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import pandas as pd
from ibis.expr.types import Table

from metrics.people.actors import NO_TEAM, Actor
from metrics.people.own_records import WAS, OwnKey, own_keys
from metrics.store import (
    AUDIT,
    CHANGES,
    DATASETS,
    OBSERVATIONS,
    PAST,
    WRITES,
    Store,
    in_force,
    kept_in_store,
)

# Points of view that are kept of one generation; there are about as many as teams.
VIEWS_KEPT: Final = 32


class _Hidden(NamedTuple):
    """What a person may not see: ids of datasets, and indicators that others have defined."""

    datasets: frozenset[str]
    indicators: frozenset[OwnKey]


class _Private(NamedTuple):
    """What there is in a store that not everybody may see, each with its team."""

    datasets: Mapping[str, str]
    indicators: tuple[OwnKey, ...]


def seen_by(store: Store, actor: Actor) -> Store:
    """Return the store as a person may see it.

    Returns
    -------
    Store
        The store itself where nothing in it is hidden from that person; else one without the
        private datasets of other teams, their origins, their lines of the audit, and the
        indicators that other teams have defined and published no figure of.
    """
    private = _private_in(store)
    hidden = _Hidden(
        frozenset(id_ for id_, team in private.datasets.items() if not actor.may_read(team)),
        frozenset(key for key in private.indicators if not actor.may_read(key.team)),
    )
    if not hidden.datasets and not hidden.indicators:
        return store
    return _view(store, hidden)


@kept_in_store(VIEWS_KEPT)
def _view(store: Store, hidden: _Hidden) -> Store:
    return _Seen(store, hidden)


@kept_in_store(1)
def _private_in(store: Store) -> _Private:
    datasets = store.datasets()
    mine = datasets[datasets["private"].fillna(value=False).astype(bool)]
    teams = mine["team"].fillna(NO_TEAM)
    indicators = tuple(key for key in own_keys(store) if key.team != NO_TEAM)
    return _Private(dict(zip(mine["id"], teams, strict=True)), indicators)


class _Seen(Store):
    """A store whose tables lack what is hidden; no query can reach it."""

    def __init__(self, whole: Store, hidden: _Hidden) -> None:
        super().__init__(whole._reading, whole.generation, whole.data_dir)
        self._lock = whole._lock  # one connection, one thread at a time
        self._whole = whole
        self.as_of = whole.as_of
        self._hidden = hidden
        ids = list(hidden.datasets)
        tables = dict(whole._tables)
        for name, column in ((OBSERVATIONS, "dataset"), (DATASETS, "id"), (AUDIT, "dataset")):
            table = whole._tables[name]
            tables[name] = table.filter(table[column].notin(ids)) if ids else table
        if ids:
            log = tables[CHANGES]
            sides = (log[f"{side}_dataset"] for side in ("before", "after"))
            tables[CHANGES] = log.filter([~side.fill_null("").isin(ids) for side in sides])
        self._tables = tables
        self._stored = _stored_but(whole._stored, ids)
        # A hidden version still tells which one before it is superseded.
        datasets = whole.datasets()
        as_if_withdrawn = datasets["withdrawn"].fillna(value=False) | datasets["id"].isin(ids)
        self._counting = in_force(datasets.assign(withdrawn=as_if_withdrawn))
        self._before = dict(zip(datasets["id"], datasets["supersedes"].fillna(""), strict=True))

    def at(self, stamp: str) -> Store:
        # What is hidden now is in no past view either, and nothing else is private in one.
        then = self._whole.at(stamp)
        return self if then is self._whole else _view(then, self._hidden)

    def in_force(self) -> tuple[str, ...]:
        return self._counting

    def datasets(self) -> pd.DataFrame:
        frame = super().datasets()
        return frame.assign(supersedes=[self._visible_before(id_) for id_ in frame["id"]])

    def audit(self) -> pd.DataFrame:
        lines = super().audit()
        return lines[~lines["dataset"].isin(self._unknown())].reset_index(drop=True)

    def records(self) -> pd.DataFrame:
        rows = super().records()
        unknown = self._unknown()
        others = {key.text for key in self._hidden.indicators if key.id in unknown}
        hidden = rows["dataset"].isin(others | self._hidden.datasets)
        # Its earlier wordings, too.
        hidden |= rows["dataset"].str.startswith(WAS) & rows["id"].isin(unknown)
        return rows[~hidden]

    def _visible_before(self, id_: str) -> str:
        older = self._before[id_]
        while older in self._hidden.datasets:
            older = self._before.get(older, "")
        return older

    def _unknown(self) -> set[str]:
        """Ids of the indicators of others that no figure in sight is of."""
        known = set(self.indicators())
        return {key.id for key in self._hidden.indicators} - known


def _stored_but(stored: Mapping[str, Table], ids: list[str]) -> dict[str, Table]:
    """Leave out of what is kept of observations and datasets what is hidden; nothing else is in it.

    A hidden version still tells which one before it was superseded: it is there as if withdrawn.
    """
    found = {WRITES: stored[WRITES]}
    for name in (OBSERVATIONS, PAST[OBSERVATIONS]):
        found[name] = stored[name].filter(stored[name].dataset.notin([*ids, ""]))
    for name in (DATASETS, PAST[DATASETS]):
        rows = stored[name]
        as_if = rows.withdrawn | rows.id.isin([*ids, ""])
        found[name] = rows.mutate(withdrawn=as_if)
    return found
