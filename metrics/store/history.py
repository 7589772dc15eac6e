"""What was said of one figure, and from when until when it counted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Table

from metrics.store.answers import kept_in_store
from metrics.store.queries import Store
from metrics.store.tables import (
    DATASETS,
    KNOWN_FROM,
    KNOWN_UNTIL,
    OBSERVATIONS,
    PAST,
    SIDE,
    in_force,
)
from metrics.store.then import today

# Until when what still holds was known.
STILL: Final = ""
COLUMNS: Final = (*SIDE, "locator", KNOWN_FROM, KNOWN_UNTIL)
_STANDING: Final = ("id", "supersedes", "withdrawn", "private")
Term = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """What makes a figure one and not another, whoever says it.

    Attributes
    ----------
    period_start, period_end
        None where the period does not say it.
    """

    indicator: str
    role: str
    edition: str
    level: str
    area: str
    period_start: date | None
    period_end: date | None
    grain: str


def vintages(store: Store, figure: Figure) -> pd.DataFrame:
    """List all that was said of a figure while it counted, the oldest first.

    Parameters
    ----------
    store
        The figures in sight: of what is private now to others nothing is told.

    Returns
    -------
    pd.DataFrame
        value, category, state, qualifier, origin, dataset, locator, and ``known_from`` and
        ``known_until`` as stamps; ``known_until`` is "" of what counts still. What was withdrawn
        or superseded and came into force again has a line for each time.
    """
    terms = _terms(store)
    lines = []
    for row in _said(store, figure).to_dict("records"):
        for term in terms.get(row["dataset"], ()):
            start, end = max(row[KNOWN_FROM], term[0]), _earlier(row[KNOWN_UNTIL], term[1])
            if end == STILL or start < end:
                lines.append(row | {KNOWN_FROM: start, KNOWN_UNTIL: end})
    found = pd.DataFrame(lines, columns=list(COLUMNS))
    order = [KNOWN_FROM, "dataset", "origin", "locator"]
    return _joined(found.sort_values(order, ignore_index=True), (*SIDE, "locator"))


def _said(store: Store, figure: Figure) -> pd.DataFrame:
    rows = ever(store, OBSERVATIONS)
    rows = rows.filter(rows.dataset.notin([*today(store).gone, ""]))
    return store._run(rows.filter(*_about(rows, figure)).select(*COLUMNS))


def ever(store: Store, name: str) -> Table:
    """Return all rows of a table that were ever known by the moment of a store."""
    now, past = store._stored[name], store._stored[PAST[name]]
    rows = ibis.union(now.mutate(**{KNOWN_UNTIL: ibis.literal(STILL)}).select(past.columns), past)
    if store.as_of is None:
        return rows
    later = rows[KNOWN_UNTIL] > store.as_of
    until = ibis.ifelse(later, STILL, rows[KNOWN_UNTIL])
    return rows.filter(rows[KNOWN_FROM] <= store.as_of).mutate(**{KNOWN_UNTIL: until})


def _about(rows: Table, figure: Figure) -> list[BooleanValue]:
    texts = ("indicator", "role", "edition", "level", "area", "grain")
    days = ("period_start", "period_end")
    return [
        *(rows[name] == getattr(figure, name) for name in texts),
        *(
            rows[name].isnull() if (day := getattr(figure, name)) is None else rows[name] == day
            for name in days
        ),
    ]


@kept_in_store(1)
def _terms(store: Store) -> Mapping[str, list[Term]]:
    """Tell from when until when each dataset was in force.

    While one that is published now was private it was as if withdrawn: drafts are nobody's history.
    """
    rows = store._run(ever(store, DATASETS).select(*_STANDING, KNOWN_FROM, KNOWN_UNTIL))
    draft = rows["private"].fillna(value=False) & ~rows["id"].isin([*today(store).private])
    rows = rows.assign(withdrawn=rows["withdrawn"].fillna(value=False) | draft)
    rows = _joined(rows.sort_values(["id", KNOWN_FROM], ignore_index=True), _STANDING)
    open_: dict[str, str] = {}
    terms: dict[str, list[Term]] = {}
    for moment in sorted({*rows[KNOWN_FROM], *rows[KNOWN_UNTIL][rows[KNOWN_UNTIL] != STILL]}):
        until = rows[KNOWN_UNTIL]
        standing = set(
            in_force(rows[(rows[KNOWN_FROM] <= moment) & ((until == STILL) | (until > moment))])
        )
        for id_ in standing - set(open_):
            open_[id_] = moment
        for id_ in set(open_) - standing:
            terms.setdefault(id_, []).append((open_.pop(id_), moment))
    for id_, start in open_.items():
        terms.setdefault(id_, []).append((start, STILL))
    return terms


def _joined(rows: pd.DataFrame, same: tuple[str, ...]) -> pd.DataFrame:
    """Make one line of those that follow each other and are the same but for their time."""
    kept: list[dict[Hashable, Any]] = []
    ended: dict[tuple[Any, ...], dict[Hashable, Any]] = {}
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        said = tuple(row[name] for name in same)
        line = ended.pop((*said, row[KNOWN_FROM]), None)
        if line is None:
            kept.append(line := row)
        else:
            line[KNOWN_UNTIL] = row[KNOWN_UNTIL]
        if line[KNOWN_UNTIL] != STILL:
            ended[*said, line[KNOWN_UNTIL]] = line
    return pd.DataFrame(kept, columns=list(rows.columns)).astype(rows.dtypes.to_dict())


def _earlier(one: str, other: str) -> str:
    return min(one or other, other or one)


def figures_of(store: Store, indicator: str, edition: str, area: str) -> tuple[Figure, ...]:
    """List the figures of an area that anything was ever said of in sight, the newest first.

    Parameters
    ----------
    edition
        "" for the country, which is one series across editions.
    """
    rows = ever(store, OBSERVATIONS)
    rows = rows.filter(
        rows.dataset.notin([*today(store).gone, ""]),
        rows.indicator == indicator,
        rows.edition == edition,
        rows.area == area,
    )
    found = store._run(rows.select(*(field.name for field in fields(Figure))).distinct())
    days = ["period_end", "period_start"]
    found = found.sort_values([*days, "role", "grain"], ascending=False, ignore_index=True)
    found[days] = found[days].apply(lambda column: column.dt.date).astype(object)
    found = found.where(found.notna(), None)
    return tuple(Figure(**{str(k): v for k, v in row.items()}) for row in found.to_dict("records"))
