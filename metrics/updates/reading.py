"""The log of changes, import by import: what of it is asked for, and still published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Table

from geo.editions import COUNTRY_CODE, has_area
from metrics.catalog import Catalog, Indicator
from metrics.observations import MAY_BE_LESS, MAY_BE_MORE, ROUGH
from metrics.people import VISITOR, seen_by
from metrics.store import ALSO, NEW, REVISED, WITHDRAWN, Store, kept_in_store
from metrics.updates.scope import RESULT, Scope

KEPT: Final = 32
# Kinds in the order in which they are told.
KINDS: Final = (NEW, REVISED, ALSO, WITHDRAWN)
SAID: Final = ("value", "category", "state", "qualifier", "origin", "dataset")
PERIOD: Final = ("period_start", "period_end", "grain", "period_text")
# Changes of an import that are told together.
TOGETHER: Final = ("batch", "indicator", "edition")
# What a change is of: indicator, edition, area.
Subject = tuple[str, str, str]
# One side of a change, as a row of the store has it.
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A figure that an import has changed, or several that are only counted.

    Attributes
    ----------
    kind
        One of `KINDS`. What a later reading says is a revision where the indicator prefers it.
    n
        How many figures; more than one is known only by its indicator, edition, level and sources.
    before, after
        What was said and what is; None where nothing was or is.
    """

    kind: str
    n: int
    indicator: Indicator
    edition: str
    level: str
    area: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """What is said now, or was last."""
        return self.after or self.before or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What an import has changed of one indicator on one map.

    Attributes
    ----------
    counts
        How many figures there are of each kind.
    changes
        The first of them, by kind, area and period.
    """

    indicator: Indicator
    edition: str
    counts: Counter[str]
    changes: tuple[Changed, ...]

    @property
    def left_off(self) -> int:
        """How many figures are not among the changes."""
        return self.counts.total() - sum(one.n for one in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What one import has changed.

    Attributes
    ----------
    id
        Of the import, 32 hexadecimal digits.
    time
        When it came into force, in UTC.
    groups
        In the order of the catalog.
    """

    id: str
    time: datetime
    groups: tuple[Group, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many figures there are of each kind, in the order in which kinds are told."""
        told: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
        for one in self.groups:
            told.update(one.counts)
        return told

    @property
    def changes(self) -> tuple[Changed, ...]:
        """What there is of changes, group after group."""
        return tuple(change for one in self.groups for change in one.changes)


@kept_in_store(KEPT)
def imports(store: Store, scope: Scope) -> tuple[tuple[str, str], ...]:
    """List the imports that have changed what is asked for, the newest first: id and time.

    Only what is published now counts, whoever asks: nothing of a dataset that has become private
    since.
    """
    seen = seen_by(store, VISITOR)
    by = ["batch", "number", "time"]

    def narrow(rows: Table) -> Table:
        asked = rows.filter(_asked_for(rows, scope, seen.catalog))
        return (
            asked.group_by(by)
            .agg(n=asked.n.sum())
            .order_by([ibis.desc("number"), ibis.desc("time"), "batch"])
        )

    found = seen.changes(narrow)
    return tuple(zip(found["batch"], found["time"], strict=True))


@kept_in_store(KEPT)
def updates(
    store: Store, scope: Scope, most: int, *, first: int = 0, lines: int = 40
) -> tuple[Update, ...]:
    """Tell what imports have changed, the newest first; see `metrics.store.log` and `imports`.

    Parameters
    ----------
    most, first
        At most so many imports, after so many.
    lines
        Of each indicator and map at most so many changes are told one by one.
    """
    seen = seen_by(store, VISITOR)
    chosen = imports(store, scope)[first : first + most]
    if not chosen:
        return ()
    catalog, ids = seen.catalog, [batch for batch, _ in chosen]

    def narrowed(then: Callable[[Table], Table]) -> pd.DataFrame:
        def narrow(rows: Table) -> Table:
            asked = _asked_for(rows, scope, catalog)
            return then(rows.filter([*asked, rows.batch.isin(ids)]))

        return seen.changes(narrow)

    counts = _counts(catalog, narrowed(_counted))
    told = _told(catalog, narrowed(lambda rows: _first(rows, lines)))
    return tuple(
        Update(
            id=batch,
            time=datetime.fromisoformat(time),
            groups=tuple(_groups(catalog, batch, counts, told)),
        )
        for batch, time in chosen
    )


@kept_in_store(1)
def changed(store: Store) -> frozenset[Subject]:
    """Tell what imports have changed at all: indicator, edition ("" of the country), area."""
    seen = seen_by(store, VISITOR)
    columns = ["indicator", "edition", "area"]

    def narrow(rows: Table) -> Table:
        return rows.filter(_asked_for(rows, Scope(), seen.catalog)).select(columns).distinct()

    return frozenset(seen.changes(narrow).itertuples(index=False, name=None))


def _asked_for(rows: Table, scope: Scope, catalog: Catalog) -> list[BooleanValue]:
    """Say which rows are asked for; of indicators that are not known any more none is."""
    known = [
        one.id
        for one in catalog.indicators.values()
        if scope.indicator in ("", one.id) and scope.domain in ("", one.domain)
    ]
    asked = [rows.indicator.isin(known)]
    if scope.place:
        asked += [rows.area == scope.place, rows.edition == scope.series]
    if scope.is_bounded:
        asked += [rows.n == 1, rows.role == RESULT, rows.kind != WITHDRAWN]
    bounds: tuple[tuple[float | None, Callable[[float], BooleanValue], Collection[str]], ...] = (
        (scope.below, lambda value: rows.after_value < value, (*MAY_BE_MORE, *ROUGH)),
        (scope.above, lambda value: rows.after_value > value, (*MAY_BE_LESS, *ROUGH)),
    )
    for value, is_beyond, doubtful in bounds:
        if value is not None:
            # "Over 75" may be more than 80, and "about 79" too: neither is known to be below it.
            sure = rows.after_qualifier.fill_null("").notin(list(dict.fromkeys(doubtful)))
            asked += [is_beyond(value), sure]
    return asked


def _counted(rows: Table) -> Table:
    by = [*TOGETHER, "kind", "before_origin", "after_origin"]
    return rows.group_by(by).agg(n=rows.n.sum())


def _first(rows: Table, lines: int) -> Table:
    order = [ibis.cases(*((rows.kind == kind, at) for at, kind in enumerate(KINDS)), else_=9)]
    order += [rows.level, rows.area, rows.period_end]
    place = ibis.row_number().over(group_by=list(TOGETHER), order_by=order)
    numbered = rows.mutate(place=place)
    return numbered.filter(numbered.place < lines)


def _counts(catalog: Catalog, found: pd.DataFrame) -> dict[tuple[str, ...], Counter[str]]:
    told: dict[tuple[str, ...], Counter[str]] = {}
    for row in _records(found):
        kind = _kind(catalog.indicators[row["indicator"]], row)
        key = tuple(row[name] for name in TOGETHER)
        told.setdefault(key, Counter(dict.fromkeys(KINDS, 0)))[kind] += int(row["n"])
    return told


def _told(catalog: Catalog, found: pd.DataFrame) -> dict[tuple[str, ...], list[Changed]]:
    told: dict[tuple[str, ...], list[Changed]] = {}
    for row in _records(found):
        one = _one(catalog, row)
        if one is not None:
            told.setdefault(tuple(row[name] for name in TOGETHER), []).append(one)
    return told


def _records(found: pd.DataFrame) -> Iterator[Row]:
    for row in found.to_dict("records"):
        yield {str(name): cell for name, cell in row.items()}


def _groups(
    catalog: Catalog,
    batch: str,
    counts: dict[tuple[str, ...], Counter[str]],
    told: dict[tuple[str, ...], list[Changed]],
) -> Iterator[Group]:
    order = {id_: at for at, id_ in enumerate(catalog.indicators)}
    mine = [key for key in counts if key[0] == batch]
    for key in sorted(mine, key=lambda key: (order[key[1]], key[2])):
        changes = sorted(told.get(key, ()), key=_order)
        yield Group(
            indicator=catalog.indicators[key[1]],
            edition=key[2],
            counts=counts[key],
            changes=tuple(changes),
        )


def _order(one: Changed) -> tuple[int, str, str, str]:
    return KINDS.index(one.kind), one.level, one.area, str(one.row["period_end"])


def _one(catalog: Catalog, row: Row) -> Changed | None:
    indicator, area = catalog.indicators[row["indicator"]], row["area"]
    if area and area != COUNTRY_CODE and not has_area(row["edition"], area):
        return None
    return Changed(
        kind=_kind(indicator, row),
        n=int(row["n"]),
        indicator=indicator,
        edition=row["edition"],
        level=row["level"],
        area=area,
        before=_side(row, "before") if row["kind"] != NEW else None,
        after=_side(row, "after") if row["kind"] != WITHDRAWN else None,
    )


def _kind(indicator: Indicator, row: Row) -> str:
    """Return the kind of a change; what is said besides revises where the atlas goes by it now."""
    kind, before = str(row["kind"]), row["before_origin"]
    if kind != ALSO or not isinstance(before, str) or not before:
        return kind
    order = {id_: at for at, id_ in enumerate(indicator.prefer)}
    last = len(order)
    return REVISED if order.get(row["after_origin"], last) < order.get(before, last) else kind


def _side(row: Row, side: str) -> Row | None:
    if not isinstance(row[f"{side}_dataset"], str) or not row[f"{side}_dataset"]:
        return None
    told = {name: row[f"{side}_{name}"] for name in SAID}
    told["value"] = None if pd.isna(told["value"]) else float(told["value"])
    return told | {name: row[name] for name in (*PERIOD, "role", "edition", "area")}
