"""One change of the store: what goes and what comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from metrics.store.tables import SCHEMAS


@dataclass(frozen=True, slots=True)
class Change:
    """What one generation changes of the one before; all else is carried over.

    Attributes
    ----------
    dropped
        Table to ids of the datasets whose rows go.
    added
        Table to rows that come; those of observations may come piece by piece.
    everything
        Whether all rows of before go.
    """

    dropped: Mapping[str, Collection[str]]
    added: Mapping[str, Any]
    everything: bool = False

    def batches(self) -> Iterator[tuple[str, Iterable[pa.Table]]]:
        """Give the rows that come, table by table, in the form that the store has them in."""
        for name, rows in self.added.items():
            pieces = [rows] if isinstance(rows, pd.DataFrame) else rows
            yield name, (as_stored(name, piece) for piece in pieces)


def as_stored(name: str, rows: pd.DataFrame | pa.Table) -> pa.Table:
    """Bring rows into the columns and types of a table of the store."""
    schema = SCHEMAS[name].to_pyarrow()
    if isinstance(rows, pd.DataFrame):
        rows = pa.Table.from_pandas(rows[schema.names], preserve_index=False)
    return rows.select(schema.names).cast(schema)
