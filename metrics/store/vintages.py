"""The tables of a store as they were known at a moment: what holds now, and what did then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis
from ibis.expr.types import BooleanValue, Table

from metrics.catalog import INDICATOR, Catalog, with_records
from metrics.store.tables import (
    AUDIT,
    CHANGES,
    DATASETS,
    KNOWN_FROM,
    KNOWN_UNTIL,
    OBSERVATIONS,
    OWN,
    PAST,
    RECORDS,
    SCHEMAS,
)


@dataclass(frozen=True, slots=True)
class Today:
    """What of the present decides on what may be seen of the past.

    Attributes
    ----------
    private
        Ids of the datasets that are private now, each with its team.
    gone
        Ids of datasets that are there no longer and were private when last they were: nobody is
        known any more who may see them.
    owners
        Owners of the records that are there now.
    indicators
        Ids of the indicators that users have defined.
    """

    private: Mapping[str, str]
    gone: tuple[str, ...]
    owners: tuple[str, ...]
    indicators: tuple[str, ...]


def tables_at(stored: Mapping[str, Table], stamp: str, today: Today) -> dict[str, Table]:
    """Return the tables that readers see as they were known at a moment.

    Parameters
    ----------
    stored
        The tables of `metrics.store.tables.STORED`.
    stamp
        The moment, in the form of `metrics.store.stamps`.
    """
    rows, datasets, records = (
        _known(stored, name, stamp) for name in (OBSERVATIONS, DATASETS, RECORDS)
    )
    if today.gone:
        rows = rows.filter(rows.dataset.notin(today.gone))
        datasets = datasets.filter(datasets.id.notin(today.gone))
        records = records.filter(records.dataset.notin(today.gone))
    audit, changes = (stored[name].select(*SCHEMAS[name].names) for name in (AUDIT, CHANGES))
    return {
        OBSERVATIONS: rows,
        DATASETS: _hidden_as_now(datasets, today),
        RECORDS: records.filter(~_of_nobody(records, today)),
        AUDIT: audit.filter(audit.time <= stamp),
        CHANGES: changes.filter(changes.time <= stamp),
    }


def _known(stored: Mapping[str, Table], name: str, stamp: str) -> Table:
    now, past = stored[name], stored[PAST[name]]
    columns = SCHEMAS[name].names
    still = now.filter(now[KNOWN_FROM] <= stamp).select(*columns)
    then = past.filter(past[KNOWN_FROM] <= stamp, past[KNOWN_UNTIL] > stamp).select(*columns)
    return ibis.union(still, then)


def _hidden_as_now(datasets: Table, today: Today) -> Table:
    """Let what is private now be private then, to the same team, besides what was so then.

    What was published later was not known then to who may not see drafts, and what was revised
    before that never was.
    """
    if not today.private:
        return datasets
    team = datasets.id.cases(*today.private.items(), else_=datasets.team)
    then = datasets.private.fill_null(ibis.literal(value=False))
    return datasets.mutate(private=then | datasets.id.isin([*today.private]), team=team)


def _of_nobody(records: Table, today: Today) -> BooleanValue:
    """Tell the indicators of users, earlier wordings included, that nobody has any more."""
    own = records.dataset.startswith(OWN) & records.dataset.notin([*today.owners, ""])
    no_dataset = records.dataset.contains(":") & (records.kind == INDICATOR)
    return own | (no_dataset & records.id.notin([*today.indicators, ""]))


def fitting(catalog: Catalog, records: Iterable[tuple[str, str]]) -> Catalog:
    """Add those of some records that fit a catalog: origins first, which indicators may name."""
    for record in sorted(records, key=lambda pair: pair[0] == INDICATOR):
        try:
            catalog = with_records(catalog, [record])
        except ValueError:
            continue
    return catalog
