"""How datasets get into the store: each change makes a new generation beside the old one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from metrics.store.change import Change
from metrics.store.duck import check_whole, connect, is_usable, runner
from metrics.store.generations import DamagedError, Generations, StoreError
from metrics.store.log import COLUMNS, SEEN_BY, Affected, affected, record, rows_of, unknown
from metrics.store.migrations import DUCKDB, META, VERSION_NAME, Run, migrate
from metrics.store.tables import (
    CHANGES,
    DATASETS,
    OBSERVATIONS,
    OWNED_BY,
    SCHEMA_VERSION,
    SIMULATED_FILES,
    SIMULATED_PREFIX,
    Dataset,
    stored_pieces,
)
from metrics.store.versions import Versions

# Names that what was there before has while the next generation is made.
WAS: Final = "was"
OLD: Final = "old"
# What two large versions are compared in; more goes to the disk, beside the generation.
MEMORY: Final = "600MB"


def put_dataset(
    generations: Versions,
    dataset: Dataset,
    frame: pd.DataFrame,
    more: Mapping[str, pd.DataFrame] | None = None,
) -> Path | str:
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
    Path or str
        The new generation, as of `apply`.

    Raises
    ------
    StoreError
        If the id does not tell simulated from real, the store is of the other kind, or an area is
        unknown. Nothing is changed.
    """
    if dataset.id.startswith(SIMULATED_PREFIX) != dataset.simulated:
        raise StoreError(
            "prefix", id=dataset.id, simulated=dataset.simulated, prefix=SIMULATED_PREFIX
        )
    if dataset.simulated != (generations.prefix == SIMULATED_FILES):
        raise StoreError(
            "other_kind",
            id=dataset.id,
            simulated=dataset.simulated,
            pointer=generations.pointer,
        )
    record = pd.DataFrame([asdict(dataset) | {"rows": len(frame)}])
    added = {OBSERVATIONS: stored_pieces(frame, dataset.id), DATASETS: record, **(more or {})}
    return apply(generations, Change({table: {dataset.id} for table in OWNED_BY}, added))


def drop_dataset(generations: Versions, dataset_id: str) -> Path | str:
    """Take a dataset out of the store. Call it inside ``generations.writing``."""
    return apply(generations, Change({table: {dataset_id} for table in OWNED_BY}, {}))


def put_nothing(generations: Versions) -> Path | str:
    """Make a first, empty generation. Call it inside ``generations.writing``."""
    return apply(generations, Change({}, {}))


def apply(versions: Versions, change: Change) -> Path | str:
    """Make a generation with a change and put it in force. Call it inside ``writing``.

    Returns
    -------
    Path or str
        The new generation: its file, or its name where the store lives in a database.
    """
    if not isinstance(versions, Generations):
        return versions.apply(change)
    build = partial(_build, previous=versions.current(), change=change)
    try:
        return versions.publish(build)
    except DamagedError as error:
        found = versions.repair(is_usable, str(error))
        now = found.stem if found else "–"
        raise StoreError("mended", why=error, generation=now) from error
    except (duckdb.Error, OSError) as error:
        raise StoreError("unwritten", folder=versions.folder, error=error) from error


def _build(path: Path, previous: Path | None, change: Change) -> None:
    if previous is not None and not change.everything:
        # Damage would be carried into the copy, and no longer be noticed there.
        check_whole(previous)
        shutil.copyfile(previous, path)
    target = connect(path, read_only=False)
    try:
        run = runner(target)
        migrate(run, DUCKDB, previous or path)
        touched = _before(run, previous, change)
        for name, ids in change.dropped.items():
            if ids and not change.everything:
                listed = ", ".join("'" + id_.replace("'", "''") + "'" for id_ in sorted(ids))
                run(f"DELETE FROM {name} WHERE {OWNED_BY[name]} IN ({listed})")
        for name, tables in change.batches():
            for rows in tables:
                target.insert(name, unknown(run, "main", rows) if name == CHANGES else rows)
        if touched is not None:
            after, same = (
                rows_of(COLUMNS, OBSERVATIONS, "dataset", ids)
                for ids in (touched.after, touched.same)
            )
            run(f"SET memory_limit = '{MEMORY}'")
            record(run, CHANGES, f"SELECT * FROM {WAS}", after, same)
    finally:
        target.disconnect()
    if path.with_name(f"{path.name}.wal").exists():
        raise StoreError("unclosed", path=path)


def _before(run: Run, previous: Path | None, change: Change) -> Affected | None:
    """Keep aside what the change touches, as it was; and the log, where all goes."""
    if previous is None:
        return None
    where = ""
    if change.everything:
        if not _is_readable(run, previous):
            return None
        where = f"{OLD}."
        # What was told stays told, whatever is put in place of the figures.
        run(f"INSERT INTO {CHANGES} SELECT * FROM {where}{CHANGES}")
    found = run(f"SELECT {', '.join(SEEN_BY)} FROM {where}{DATASETS}")
    touched = affected(pd.DataFrame(found, columns=list(SEEN_BY)), change)
    if touched is not None:
        rows = rows_of(COLUMNS, f"{where}{OBSERVATIONS}", "dataset", touched.before)
        run(f"CREATE TEMP TABLE {WAS} AS {rows}")
    return touched


def _is_readable(run: Run, previous: Path) -> bool:
    """Attach a generation that is replaced whole, if it can be read and is of this version."""
    try:
        check_whole(previous)
        quoted = str(previous).replace("'", "''")
        run(f"ATTACH '{quoted}' AS {OLD} (READ_ONLY)")
        said = run(f"SELECT value FROM {OLD}.{META} WHERE name = '{VERSION_NAME}'")
        return said == [(str(SCHEMA_VERSION),)]
    except (StoreError, duckdb.Error):
        return False
