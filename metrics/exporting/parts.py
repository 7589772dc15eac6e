"""Going through any number of observations, some thousands at a time, in the order of the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ibis.expr.types import BooleanValue, Table

from metrics.store import STORED_ORDER, Store

# Observations read at once.
CHUNK_ROWS: Final = 20_000
KEY: Final = tuple(name for name, _ in STORED_ORDER[:5])
Conditions = Callable[[Table], Sequence[BooleanValue]]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of observations that stand together in the order of the store.

    Attributes
    ----------
    first, last
        Values of `KEY` of the first and the last of them.
    rows
        How many there are.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]
    rows: int

    def narrow(self, conditions: Conditions) -> Callable[[Table], Table]:
        """Return what keeps, of all observations, those of this part that pass."""

        def narrowed(rows: Table) -> Table:
            return rows.filter(*conditions(rows), *self._span(rows))

        return narrowed

    def _span(self, rows: Table) -> list[BooleanValue]:
        found: list[BooleanValue] = []
        # Plain conditions on the first columns let the database skip most of the table; the last
        # two say exactly where the part begins and ends.
        for name, low, high in zip(KEY, self.first, self.last, strict=True):
            if low != high:
                found.append(rows[name].between(low, high))
                break
            found.append(rows[name] == low)
        return [*found, ~_before(rows, self.first), ~_after(rows, self.last)]


def parts_of(store: Store, conditions: Conditions, size: int = CHUNK_ROWS) -> list[Part]:
    """Cut the observations that pass into parts.

    Parameters
    ----------
    conditions
        From the table of observations to what a row must fulfil.
    size
        Rows of a part at most, unless one area alone has more.

    Returns
    -------
    list of Part
        In the order of the store; none where nothing passes.
    """

    def counted(rows: Table) -> Table:
        passing = conditions(rows)
        kept = rows.filter(*passing) if passing else rows
        return kept.group_by(list(KEY)).agg(rows=kept.count()).order_by(list(KEY))

    parts: list[Part] = []
    for *key, count in store.read(counted, ordered=False).itertuples(index=False, name=None):
        here = tuple(key)
        if parts and parts[-1].rows + count <= size:
            parts[-1] = Part(parts[-1].first, here, parts[-1].rows + count)
        else:
            parts.append(Part(here, here, int(count)))
    return parts


def _before(rows: Table, key: Sequence[str]) -> BooleanValue:
    return _compared(rows, key, lambda column, value: column < value)


def _after(rows: Table, key: Sequence[str]) -> BooleanValue:
    return _compared(rows, key, lambda column, value: column > value)


def _compared(rows: Table, key: Sequence[str], differs: Callable[[Any, str], Any]) -> BooleanValue:
    """Compare by the first column that differs, as the order does."""
    answer = differs(rows[KEY[-1]], key[-1])
    for name, value in reversed(list(zip(KEY[:-1], key[:-1], strict=True))):
        answer = differs(rows[name], value) | ((rows[name] == value) & answer)
    return answer
