"""How datasets get into the store: each change makes a new generation beside the old one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from functools import partial
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa

from metrics.duck import connect
from metrics.generations import Generations, StoreError
from metrics.tables import (
    DATASETS,
    OBSERVATIONS,
    SCHEMAS,
    SIMULATED_FILES,
    SIMULATED_PREFIX,
    Dataset,
    stored_form,
)


def put_dataset(generations: Generations, dataset: Dataset, frame: pd.DataFrame) -> Path:
    """Put a dataset in force, in place of what had its id. Call it inside ``generations.writing``.

    Parameters
    ----------
    generations
        Where the store of the dataset's mode lives.
    dataset
        What it is. Its ``rows`` are set to the number of rows in ``frame``.
    frame
        Its observations, validated.

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
    added = {OBSERVATIONS: stored_form(frame, dataset.id), DATASETS: record}
    return _publish(generations, dropped={dataset.id}, added=added)


def drop_dataset(generations: Generations, dataset_id: str) -> Path:
    """Take a dataset out of the store. Call it inside ``generations.writing``."""
    return _publish(generations, dropped={dataset_id}, added={})


def put_nothing(generations: Generations) -> Path:
    """Make a first, empty generation. Call it inside ``generations.writing``."""
    return _publish(generations, dropped=(), added={})


def _publish(
    generations: Generations, dropped: Collection[str], added: dict[str, pd.DataFrame]
) -> Path:
    previous = generations.current()
    build: Callable[[Path], None] = partial(_build, previous=previous, dropped=dropped, added=added)
    return generations.publish(build)


def _build(
    path: Path, previous: Path | None, dropped: Collection[str], added: dict[str, pd.DataFrame]
) -> None:
    target = connect(path, read_only=False)
    try:
        for name, schema in SCHEMAS.items():
            target.create_table(name, schema=schema)
        if previous is not None:
            source = connect(previous, read_only=True)
            try:
                _carry_over(source, target, dropped)
            finally:
                source.disconnect()
        for name, rows in added.items():
            target.insert(name, rows[list(SCHEMAS[name].names)])
    finally:
        target.disconnect()
    if path.with_name(f"{path.name}.wal").exists():
        raise StoreError(f"{path} was not closed completely; the store is as it was. Try again.")


def _carry_over(
    source: ibis.BaseBackend, target: ibis.BaseBackend, dropped: Collection[str]
) -> None:
    for name, schema in SCHEMAS.items():
        rows = source.table(name)
        if dropped:
            key = "id" if name == DATASETS else "dataset"
            rows = rows.filter(rows[key].notin(list(dropped)))
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
