"""How datasets get into the store: each change makes a new generation beside the old one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd
import pyarrow as pa

from base.words import system_reason
from metrics.store.change import Change
from metrics.store.duck import check_whole, connect, is_usable, runner
from metrics.store.generations import DamagedError, Generations, StoreError
from metrics.store.log import (
    COLUMNS,
    SEEN_BY,
    Affected,
    affected,
    record,
    rows_of,
    unknown,
    within,
)
from metrics.store.migrations import DUCKDB, Run, migrate
from metrics.store.pairing import COMING, PAIRED, of_groups, pair
from metrics.store.stamps import begin
from metrics.store.tables import (
    AUDIT,
    CHANGES,
    DATASETS,
    KNOWN_FROM,
    KNOWN_UNTIL,
    OBSERVATIONS,
    OWNED_BY,
    PAST,
    SCHEMAS,
    SIMULATED_FILES,
    SIMULATED_PREFIX,
    STORED,
    WRITES,
    Dataset,
    stored_pieces,
)
from metrics.store.versions import Versions

MAIN: Final = DUCKDB.schema
# What was there before, while the next generation is made.
WAS: Final = "was"
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
    return apply(generations, _of_dataset(generations, dataset, frame, more))


def revise_dataset(
    generations: Versions,
    dataset: Dataset,
    frame: pd.DataFrame,
    more: Mapping[str, pd.DataFrame] | None = None,
    *,
    whole: bool = False,
) -> Path | str:
    """Put figures into a dataset, in place of those that they speak for; all others stay.

    They speak for all that a dataset has of an indicator, edition, level, period (start, end and
    grain): what it had of that and is not among them goes. Call it inside ``generations.writing``.

    Parameters
    ----------
    generations, dataset, frame
        As of `put_dataset`; the dataset need not be there yet. Its ``rows`` are set to the number
        that it then has.
    more
        Rows of other tables that come with it; records take the place of those of their kind and
        id that came with the dataset before, and no others.
    whole
        Whether the figures are all that the dataset has from now on, as with `put_dataset`.

    Returns
    -------
    Path or str
        The new generation, as of `apply`.

    Raises
    ------
    StoreError
        As of `put_dataset`. Nothing is changed.
    """
    change = _of_dataset(generations, dataset, frame, more)
    return apply(generations, replace(change, part=not whole))


def _of_dataset(
    generations: Versions,
    dataset: Dataset,
    frame: pd.DataFrame,
    more: Mapping[str, pd.DataFrame] | None,
) -> Change:
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
    return Change({table: {dataset.id} for table in OWNED_BY}, added)


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
        # The engine tells of a full disk in many words, and in English only.
        full = os.strerror(errno.ENOSPC) in str(error)
        why = system_reason(OSError(errno.ENOSPC, "")) if full else error
        raise StoreError("unwritten", folder=versions.folder, error=why) from error


def _build(path: Path, previous: Path | None, change: Change) -> None:
    try:
        _make(path, previous, change)
    except (DamagedError, duckdb.Error):
        if previous is None or not change.everything:
            raise
        # Of what is replaced whole, nothing has to be readable.
        path.unlink(missing_ok=True)
        _make(path, None, change)


def _make(path: Path, previous: Path | None, change: Change) -> None:
    if previous is not None:
        # Damage would be carried into the copy, and no longer be noticed there.
        check_whole(previous)
        shutil.copyfile(previous, path)
    target = connect(path, read_only=False)
    try:
        run = runner(target)
        migrate(run, DUCKDB, previous or path)
        run(f"SET memory_limit = '{MEMORY}'")
        foreign = change.is_foreign(run, MAIN)
        stamp = begin(run, MAIN, change.stamps() if foreign else ())
        touched = _before(run, previous, change)
        if foreign:
            _replace_all(target, run, change, stamp)
        else:
            for name in PAST:
                _keep(target, run, name, change, stamp)
            if change.everything:
                run(f"DELETE FROM {AUDIT}")
            for rows in change.pieces(AUDIT, stamp):
                _insert(target, AUDIT, rows)
        for rows in change.pieces(CHANGES, stamp):
            _insert(target, CHANGES, unknown(run, MAIN, rows))
        if touched is not None:
            after, same = (
                rows_of(COLUMNS, OBSERVATIONS, "dataset", ids)
                for ids in (touched.after, touched.same)
            )
            record(run, CHANGES, f"SELECT * FROM {WAS}", after, same, stamp=stamp)
        # What cannot be written is told here; closing says nothing of it.
        run("CHECKPOINT")
    finally:
        target.disconnect()
    if path.with_name(f"{path.name}.wal").exists():
        raise StoreError("unclosed", path=path)


def _keep(target: Any, run: Run, name: str, change: Change, stamp: str) -> None:
    """Change a table of which is remembered what is no longer so."""
    table, known = f"{MAIN}.{name}", {KNOWN_FROM: stamp}
    pieces = change.pieces(name, stamp)
    if name == DATASETS and change.part:
        pieces = (_counted(run, rows) for rows in pieces)
    was = "true" if change.everything else within(OWNED_BY[name], change.dropped.get(name, ()))
    if not run(f"SELECT 1 FROM {table} WHERE {was} LIMIT 1"):
        for rows in pieces:
            _insert(target, table, rows, known)
        return
    columns = ", ".join(SCHEMAS[name].names)
    run(f"CREATE TEMP TABLE {COMING} AS SELECT {columns} FROM {table} LIMIT 0")
    for rows in pieces:
        _insert(target, COMING, rows)
    pair(run, table, f"{was} AND {of_groups(table)}" if change.part else was, "rowid")
    gone = f"rowid IN (SELECT was_at FROM {PAIRED} WHERE come_at IS NULL)"
    come = f"rowid IN (SELECT come_at FROM {PAIRED} WHERE was_at IS NULL)"
    run(
        f"INSERT INTO {MAIN}.{PAST[name]} ({columns}, {KNOWN_FROM}, {KNOWN_UNTIL}) "
        f"SELECT {columns}, {KNOWN_FROM}, '{stamp}' FROM {table} WHERE {gone}"
    )
    run(f"DELETE FROM {table} WHERE {gone}")
    run(
        f"INSERT INTO {table} ({columns}, {KNOWN_FROM}) "
        f"SELECT {columns}, '{stamp}' FROM {COMING} WHERE {come}"
    )
    for made in (COMING, PAIRED):
        run(f"DROP TABLE {made}")


def _replace_all(target: Any, run: Run, change: Change, stamp: str) -> None:
    """Put all tables but the log in place of those that there are."""
    for name in STORED:
        if name not in (CHANGES, WRITES):
            run(f"DELETE FROM {name}")
    run(f"DELETE FROM {WRITES} WHERE stamp <> '{stamp}'")
    for name, pieces in change.remembered():
        for rows in pieces:
            _insert(target, f"{MAIN}.{name}", rows)


def _counted(run: Run, rows: pa.Table) -> pa.Table:
    """Say of datasets how many observations they have now."""
    ids = within("dataset", rows["id"].to_pylist())
    found: dict[str, int] = dict(
        run(f"SELECT dataset, count(*) FROM {OBSERVATIONS} WHERE {ids} GROUP BY dataset")
    )
    counts = pa.array([found.get(id_, 0) for id_ in rows["id"].to_pylist()], pa.int64())
    return rows.set_column(rows.schema.get_field_index("rows"), "rows", counts)


def _insert(target: Any, table: str, rows: pa.Table, more: Mapping[str, str] | None = None) -> None:
    more = more or {}
    target.con.register("piece", rows)
    names = ", ".join((*rows.column_names, *more))
    values = ", ".join((*rows.column_names, *(f"'{value}'" for value in more.values())))
    target.raw_sql(f"INSERT INTO {table} ({names}) SELECT {values} FROM piece")
    target.con.unregister("piece")


def _before(run: Run, previous: Path | None, change: Change) -> Affected | None:
    """Keep aside what the change touches, as it was."""
    if previous is None:
        return None
    found = run(f"SELECT {', '.join(SEEN_BY)} FROM {DATASETS}")
    touched = affected(pd.DataFrame(found, columns=list(SEEN_BY)), change)
    if touched is not None:
        rows = rows_of(COLUMNS, OBSERVATIONS, "dataset", touched.before)
        run(f"CREATE TEMP TABLE {WAS} AS {rows}")
    return touched
