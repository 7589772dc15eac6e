"""How datasets get into the store: each change makes a new generation beside the old one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
from ibis.common.exceptions import TableNotFound

from metrics.duck import connect
from metrics.generations import Generations, StoreError
from metrics.tables import (
    DATASETS,
    OBSERVATIONS,
    OWNED_BY,
    SCHEMAS,
    SIMULATED_FILES,
    SIMULATED_PREFIX,
    Dataset,
    stored_form,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What one generation changes of the one before; all else is carried over.

    Attributes
    ----------
    dropped
        Table to ids of the datasets whose rows go.
    added
        Table to rows that come.
    """

    dropped: Mapping[str, Collection[str]]
    added: Mapping[str, pd.DataFrame]


def put_dataset(
    generations: Generations,
    dataset: Dataset,
    frame: pd.DataFrame,
    more: Mapping[str, pd.DataFrame] | None = None,
) -> Path:
    """Put a dataset in force, in place of what had its id. Call it inside ``generations.writing``.

    Parameters
    ----------
    generations
        Where the store of the dataset's mode lives.
    dataset
        What it is. Its ``rows`` are set to the number of rows in ``frame``.
    frame
        Its observations, validated.
    more
        Rows of other tables that come with it: records of the catalog, lines of the audit.

    Returns
    -------
    Path
        The new generation.

    Raises
    ------
    StoreError
        If the id does not tell simulated from real, the store is of the other kind, or an area is
        unknown. Nothing is changed.
    """
    if dataset.id.startswith(SIMULATED_PREFIX) != dataset.simulated:
        raise StoreError(
            f"Dataset {dataset.id!r} has simulated={dataset.simulated}; ids of simulated datasets, "
            f"and only those, begin with {SIMULATED_PREFIX!r}."
        )
    if dataset.simulated != (generations.prefix == SIMULATED_FILES):
        raise StoreError(
            f"Dataset {dataset.id!r} has simulated={dataset.simulated}, but {generations.pointer} "
            "is of the other kind; real and simulated figures each have their own store."
        )
    record = pd.DataFrame([asdict(dataset) | {"rows": len(frame)}])
    added = {OBSERVATIONS: stored_form(frame, dataset.id), DATASETS: record, **(more or {})}
    return apply(generations, Change({table: {dataset.id} for table in OWNED_BY}, added))


def drop_dataset(generations: Generations, dataset_id: str) -> Path:
    """Take a dataset out of the store. Call it inside ``generations.writing``."""
    return apply(generations, Change({table: {dataset_id} for table in OWNED_BY}, {}))


def put_nothing(generations: Generations) -> Path:
    """Make a first, empty generation. Call it inside ``generations.writing``."""
    return apply(generations, Change({}, {}))


def apply(generations: Generations, change: Change) -> Path:
    """Make a generation with a change and put it in force. Call it inside ``writing``.

    Returns
    -------
    Path
        The new generation.
    """
    build = partial(_build, previous=generations.current(), change=change)
    return generations.publish(build)


def _build(path: Path, previous: Path | None, change: Change) -> None:
    target = connect(path, read_only=False)
    try:
        for name, schema in SCHEMAS.items():
            target.create_table(name, schema=schema)
        if previous is not None:
            source = connect(previous, read_only=True)
            try:
                _carry_over(source, target, change.dropped)
            finally:
                source.disconnect()
        for name, rows in change.added.items():
            target.insert(name, rows[list(SCHEMAS[name].names)])
    finally:
        target.disconnect()
    if path.with_name(f"{path.name}.wal").exists():
        raise StoreError(f"{path} was not closed completely; the store is as it was. Try again.")


def _carry_over(
    source: ibis.BaseBackend, target: ibis.BaseBackend, dropped: Mapping[str, Collection[str]]
) -> None:
    for name, schema in SCHEMAS.items():
        try:
            rows = source.table(name)
        except TableNotFound:
            continue  # a generation written by an older version
        if dropped.get(name):
            rows = rows.filter(rows[OWNED_BY[name]].notin(list(dropped[name])))
        kept = _as_now(rows.to_pyarrow(), schema.to_pyarrow())
        if kept.num_rows:
            target.insert(name, kept)


def _as_now(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    # A generation written by an older version may lack a column; none of its rows is lost for it.
    columns = [
        rows.column(field.name).cast(field.type)
        if field.name in rows.column_names
        else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
