"""The log of changes, import by import: what of it is asked for, and still published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd

from geo.editions import COUNTRY_CODE, has_area
from metrics.catalog import Catalog, Indicator
from metrics.people import VISITOR, seen_by
from metrics.store import ALSO, NEW, REVISED, WITHDRAWN, Store, kept_in_store
from metrics.updates.scope import Scope

KEPT: Final = 64
# Kinds in the order in which they are told.
KINDS: Final = (NEW, REVISED, ALSO, WITHDRAWN)
SAID: Final = ("value", "category", "state", "qualifier", "origin", "dataset")
PERIOD: Final = ("period_start", "period_end", "grain", "period_text")
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
class Update:
    """What one import has changed.

    Attributes
    ----------
    id
        Of the import, 32 hexadecimal digits.
    time
        When it came into force, in UTC.
    changes
        By indicator in the order of the catalog, then by kind, area and period.
    """

    id: str
    time: datetime
    changes: tuple[Changed, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many figures there are of each kind."""
        return counted(self.changes)


def counted(changes: Iterable[Changed]) -> Counter[str]:
    """Count figures by kind, in the order in which kinds are told."""
    told: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    for one in changes:
        told[one.kind] += one.n
    return told


@kept_in_store(KEPT)
def updates(store: Store, scope: Scope, most: int) -> tuple[Update, ...]:
    """List what imports have changed, the newest first; see `metrics.store.log`.

    Only what is published now, whoever asks: nothing of a dataset that has become private since.

    Parameters
    ----------
    most
        At most so many imports.
    """
    seen = seen_by(store, VISITOR)
    rows = _within(seen.changes(), scope, seen.catalog)
    found = []
    for batch in list(dict.fromkeys(rows["batch"])):
        changes = tuple(_changed(seen.catalog, rows[rows["batch"] == batch], scope))
        if changes:
            first = rows.loc[rows["batch"] == batch, "time"].iloc[0]
            found.append(Update(id=batch, time=datetime.fromisoformat(first), changes=changes))
        if len(found) == most:
            break
    return tuple(found)


def _within(rows: pd.DataFrame, scope: Scope, catalog: Catalog) -> pd.DataFrame:
    """Keep the rows that are asked for; of indicators that are not known any more none is."""
    known = {
        one.id
        for one in catalog.indicators.values()
        if scope.indicator in ("", one.id) and scope.domain in ("", one.domain)
    }
    kept = rows["indicator"].isin(known)
    if scope.place:
        kept &= (rows["area"] == scope.place) & (rows["edition"] == scope.series)
    return rows[kept]


def _changed(catalog: Catalog, rows: pd.DataFrame, scope: Scope) -> Iterator[Changed]:
    order = {id_: at for at, id_ in enumerate(catalog.indicators)}
    found = []
    for row in rows.to_dict("records"):
        one = _one(catalog, {str(name): cell for name, cell in row.items()})
        if one is not None and (not scope.is_bounded or _reaches(one, scope)):
            found.append(one)
    found.sort(
        key=lambda one: (
            order[one.indicator.id],
            KINDS.index(one.kind),
            one.edition,
            one.level,
            one.area,
            str(one.row["period_end"]),
        )
    )
    yield from found


def _reaches(one: Changed, scope: Scope) -> bool:
    row = one.after
    if row is None or row["value"] is None or one.n > 1:
        return False
    return scope.reaches(row["value"], row["qualifier"], row["role"])


def _one(catalog: Catalog, row: Row) -> Changed | None:
    indicator, area = catalog.indicators[row["indicator"]], row["area"]
    country = area == COUNTRY_CODE
    if area and not country and not has_area(row["edition"], area):
        return None
    kind = row["kind"]
    if kind == ALSO and _is_preferred(indicator, row):
        kind = REVISED
    return Changed(
        kind=kind,
        n=int(row["n"]),
        indicator=indicator,
        edition=row["edition"],
        level=row["level"],
        area=area,
        before=_side(row, "before") if row["kind"] != NEW else None,
        after=_side(row, "after") if row["kind"] != WITHDRAWN else None,
    )


def _is_preferred(indicator: Indicator, row: Row) -> bool:
    """Tell whether what is said besides is what the atlas goes by now."""
    order = {id_: at for at, id_ in enumerate(indicator.prefer)}
    last = len(order)
    before = order.get(row["before_origin"] or "", last)
    return bool(row["before_origin"]) and order.get(row["after_origin"], last) < before


def _side(row: Row, side: str) -> Row | None:
    if not row[f"{side}_dataset"]:
        return None
    told = {name: row[f"{side}_{name}"] for name in SAID}
    told["value"] = None if pd.isna(told["value"]) else float(told["value"])
    return told | {name: row[name] for name in (*PERIOD, "role", "edition", "area")}
