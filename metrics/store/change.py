"""One change of the store: what goes and what comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from metrics.store.migrations import Run
from metrics.store.tables import AUDIT, CHANGES, SCHEMAS, STORED, WRITES


@dataclass(frozen=True, slots=True)
class Change:
    """What one generation changes of the one before; all else is carried over.

    Rows that go and come again, the same in all columns, stay as they are. Of the others, those of
    observations, datasets and records are remembered with the time until which they were known.

    Attributes
    ----------
    dropped
        Table to ids of the datasets whose rows go.
    added
        Table to rows that come; those of observations may come piece by piece.
    everything
        Whether all rows of before go.
    part
        Whether of the observations and records that go only those do that others come for; see
        `metrics.store.pairing.GROUPS`.
    history
        With everything: tables of what was known elsewhere, with times of writes, which take the
        place of what is remembered here unless all those writes were made here.
    """

    dropped: Mapping[str, Collection[str]]
    added: Mapping[str, Any]
    everything: bool = False
    part: bool = False
    history: Mapping[str, Any] | None = None

    def pieces(self, name: str, stamp: str) -> Iterator[pa.Table]:
        """Give the rows that come into a table, in the form that the store has them in."""
        for piece in _pieces(self.added.get(name, ())):
            rows = as_stored(name, piece)
            if name == AUDIT and not self.everything:
                # A clock that went back does not put a line before what was known then.
                times = pa.array([stamp] * len(rows), pa.string())
                rows = rows.set_column(rows.schema.get_field_index("time"), "time", times)
            yield rows

    def remembered(self) -> Iterator[tuple[str, Iterator[pa.Table]]]:
        """Give all tables but the log as they were kept elsewhere, with what is no longer so."""
        for name, rows in {**self.added, **(self.history or {})}.items():
            if name != CHANGES:
                yield name, (as_stored(name, piece, STORED) for piece in _pieces(rows))

    def is_foreign(self, run: Run, schema: str, alive: str = "") -> bool:
        """Tell whether what was known elsewhere takes the place of what is remembered here."""
        if not self.everything or self.history is None:
            return False
        own = {stamp for (stamp,) in run(f"SELECT stamp FROM {schema}.{WRITES}{alive}")}
        return not self.stamps() <= own

    def stamps(self) -> set[str]:
        """Return when writes were made elsewhere."""
        return set(() if self.history is None else self.history[WRITES]["stamp"])


def _pieces(rows: Any) -> Iterable[pd.DataFrame | pa.Table]:
    return [rows] if isinstance(rows, pd.DataFrame) else rows


def as_stored(
    name: str, rows: pd.DataFrame | pa.Table, schemas: Mapping[str, ibis.Schema] = SCHEMAS
) -> pa.Table:
    """Bring rows into the columns and types of a table of the store."""
    schema = schemas[name].to_pyarrow()
    if isinstance(rows, pd.DataFrame):
        rows = pa.Table.from_pandas(rows[schema.names], preserve_index=False)
    return rows.select(schema.names).cast(schema)
