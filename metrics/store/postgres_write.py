"""A change of the store as rows of a PostgreSQL; inside a transaction that holds the lock."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
from pyarrow import csv

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
from metrics.store.migrations import Run
from metrics.store.pairing import COMING, PAIRED, of_groups, pair
from metrics.store.postgres_link import Connection
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
    SHIPPED_ID,
    STORED,
    WRITES,
)

if TYPE_CHECKING:
    from metrics.store.change import Change

# Versions of the shipped figures that stay for processes of other versions of the app.
SHIPPED_KEPT: Final = 3
# Rows of before are deleted when nobody can be reading them any more.
KEPT_FOR: Final = "1 day"
ROWS_AT_ONCE: Final = 20_000
ALIVE: Final = "died IS NULL"
# Tables whose rows say which load they are of, and the column that says of which dataset.
LOADED: Final = {name: OWNED_BY[of] for of in (OBSERVATIONS, DATASETS) for name in (of, PAST[of])}
_CSV = csv.WriteOptions(include_header=False, quoting_style="needed")


def put(connection: Connection, schema: str, change: Change) -> None:
    """Make the next generation: end rows, add rows, and name it."""
    run = _running(connection)
    said = run(f"SELECT value FROM {schema}.meta WHERE name = 'generation'")
    number = int(said[0][0]) + 1
    loads: dict[str, int] = dict(
        run(f"SELECT id, load FROM {schema}.datasets WHERE {ALIVE} ORDER BY born, load")
    )
    foreign = change.is_foreign(run, schema, f" WHERE {ALIVE}")
    stamp = begin(run, schema, change.stamps() if foreign else (), born=number)
    touched = affected(_datasets(connection, schema), change)
    fresh = _fresh_loads(connection, schema, change, loads, anew=foreign)
    write = _Write(connection, run, schema, change, number, stamp, loads, fresh)
    if foreign:
        _replace_all(write)
    else:
        for name in PAST:
            _keep(write, name)
        if change.everything:
            run(f"UPDATE {schema}.{AUDIT} SET died = {number} WHERE {ALIVE}")
        _add(write, AUDIT, change.pieces(AUDIT, stamp))
    rows = (unknown(run, schema, table) for table in change.pieces(CHANGES, stamp))
    _add(write, CHANGES, rows)
    if touched is not None:
        _log(write, touched)
    run(f"INSERT INTO {schema}.generations (number) VALUES ({number})")
    run(f"UPDATE {schema}.meta SET value = '{number}' WHERE name = 'generation'")
    _prune(connection, schema)


@dataclass(frozen=True, slots=True)
class _Write:
    """A change on its way: into which generation, when, and the loads of before and after."""

    connection: Connection
    run: Run
    schema: str
    change: Change
    number: int
    stamp: str
    loads: Mapping[str, int]
    fresh: Mapping[str, int]


def _datasets(connection: Connection, schema: str) -> pd.DataFrame:
    """Return the datasets in force; of the versions of the shipped one the newest."""
    columns = list(SEEN_BY)
    found = connection.execute(
        f"SELECT {', '.join(columns)} FROM {schema}.datasets WHERE {ALIVE} ORDER BY born, load"
    )
    return pd.DataFrame(found.fetchall(), columns=columns).drop_duplicates("id", keep="last")


def _log(write: _Write, touched: Affected) -> None:
    rows, number = f"{write.schema}.{OBSERVATIONS}", write.number
    was = f" AND born < {number} AND (died IS NULL OR died = {number})"
    sides = (
        (write.loads, touched.before, was),
        (write.fresh, touched.after, f" AND {ALIVE}"),
        (write.fresh, touched.same, f" AND {ALIVE}"),
    )
    before, after, same = (
        rows_of(COLUMNS, rows, "load", [of[id_] for id_ in ids]) + held for of, ids, held in sides
    )
    log = f"{write.schema}.{CHANGES}"
    record(write.run, log, before, after, same, stamp=write.stamp, born=number)


def _running(connection: Connection) -> Run:
    def run(sql: str) -> list[tuple[Any, ...]]:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []

    return run


def _keep(write: _Write, name: str) -> None:
    """Change a table of which is remembered what is no longer so.

    The observations of a dataset keep their load, and those that change their rows. Of the shipped
    figures each version has a load of its own, and is compared with the newest.
    """
    run, change, stamp = write.run, write.change, write.stamp
    table = f"{write.schema}.{name}"
    pieces = change.pieces(name, stamp)
    if name == DATASETS and change.part:
        pieces = (_counted(write, rows) for rows in pieces)
    was = _going(write, name)
    if not run(f"SELECT 1 FROM {table} WHERE {was} LIMIT 1"):
        _add(write, name, pieces, {KNOWN_FROM: stamp})
        return
    columns = ", ".join(SCHEMAS[name].names)
    loaded = ", load" if name in LOADED else ""
    run(f"CREATE TEMP TABLE {COMING} AS SELECT {columns}{loaded} FROM {table} LIMIT 0")
    _add(write, name, pieces, into=COMING)
    run(f"ANALYZE {COMING}")
    pair(run, table, f"{was} AND {of_groups(table)}" if change.part else was, "ctid")
    run(
        f"INSERT INTO {write.schema}.{PAST[name]} "
        f"({columns}{loaded}, {KNOWN_FROM}, {KNOWN_UNTIL}, born) "
        f"SELECT {columns}{loaded}, {KNOWN_FROM}, '{stamp}', {write.number} "
        f"FROM {table} WHERE ctid IN (SELECT was_at FROM {PAIRED} WHERE come_at IS NULL)"
    )
    owner = OWNED_BY[name]
    run(
        f"INSERT INTO {table} ({columns}{loaded}, {KNOWN_FROM}, born) "
        f"SELECT {_of('c', columns + loaded)}, COALESCE(o.{KNOWN_FROM}, '{stamp}'), {write.number} "
        f"FROM {COMING} c JOIN {PAIRED} p ON p.come_at = c.ctid "
        f"LEFT JOIN {table} o ON o.ctid = p.was_at "
        f"WHERE p.was_at IS NULL OR c.{owner} = '{SHIPPED_ID}'"
    )
    run(
        f"UPDATE {table} SET died = {write.number} WHERE {owner} <> '{SHIPPED_ID}' AND "
        f"ctid IN (SELECT was_at FROM {PAIRED} WHERE come_at IS NULL)"
    )
    if name == DATASETS:
        _end_shipped(write)
    for made in (COMING, PAIRED):
        run(f"DROP TABLE {made}")


def _going(write: _Write, name: str) -> str:
    """Write the condition of the rows that may go; of the shipped ones those of the newest load."""
    ids = write.change.dropped.get(name, ())
    every = write.change.everything
    if name == OBSERVATIONS:
        held = write.loads if every else [id_ for id_ in ids if id_ in write.loads]
        return f"{ALIVE} AND {within('load', [write.loads[id_] for id_ in held])}"
    owned = "true" if every else within(OWNED_BY[name], ids)
    newest = write.loads.get(SHIPPED_ID)
    if name == DATASETS and newest is not None:
        owned += f" AND (id <> '{SHIPPED_ID}' OR load = {newest})"
    return f"{ALIVE} AND {owned}"


def _end_shipped(write: _Write) -> None:
    """End the versions of the shipped figures that no process is to read any more."""
    change, table = write.change, f"{write.schema}.{DATASETS}"
    ended = (
        f"UPDATE {table} SET died = {write.number} "
        f"WHERE {ALIVE} AND born < {write.number} AND id = '{SHIPPED_ID}'"
    )
    if change.everything:
        write.run(ended)
    elif SHIPPED_ID in change.dropped.get(DATASETS, ()):
        write.connection.execute(
            f"{ended} AND (sha256 = ANY(%s) OR load NOT IN (SELECT load FROM {table} "
            f"WHERE {ALIVE} AND born < {write.number} AND id = '{SHIPPED_ID}' "
            f"ORDER BY born DESC, load DESC LIMIT {SHIPPED_KEPT - 1}))",
            [_shipped_keys(change)],
        )


def _replace_all(write: _Write) -> None:
    """Put all tables but the log in place of those that there are."""
    for name in STORED:
        if name not in (CHANGES, OBSERVATIONS):
            but = f" AND stamp <> '{write.stamp}'" if name == WRITES else ""
            write.run(f"UPDATE {write.schema}.{name} SET died = {write.number} WHERE {ALIVE}{but}")
    for name, pieces in write.change.remembered():
        _add(write, name, pieces)


def _add(
    write: _Write,
    name: str,
    pieces: Iterable[pa.Table],
    more: Mapping[str, str] | None = None,
    into: str = "",
) -> None:
    """Add rows to a table of this generation, or to one that they only pass through."""
    for rows in pieces:
        table = rows
        if name in LOADED:
            owners = table.column(LOADED[name]).to_pylist()
            # What is no longer so is of loads that nobody reads any more.
            loads = pa.array([write.fresh.get(id_, 0) for id_ in owners], pa.int64())
            table = table.append_column("load", loads if name in OWNED_BY else _zeros(table))
        if not into:
            born = pa.array([write.number] * len(table), pa.int64())
            table = table.append_column("born", born)
        for column, value in (more or {}).items():
            table = table.append_column(column, pa.array([value] * len(table), pa.string()))
        _copy(write.connection, into or f"{write.schema}.{name}", table)


def _zeros(table: pa.Table) -> pa.Array:
    return pa.array([0] * len(table), pa.int64())


def _counted(write: _Write, rows: pa.Table) -> pa.Table:
    """Say of datasets how many observations they have now."""
    table = f"{write.schema}.{OBSERVATIONS}"
    counts = []
    for id_ in rows["id"].to_pylist():
        load = write.fresh[id_]
        found = write.run(f"SELECT count(*) FROM {table} WHERE load = {load} AND {ALIVE}")
        counts.append(found[0][0])
    at = rows.schema.get_field_index("rows")
    return rows.set_column(at, "rows", pa.array(counts, pa.int64()))


def _of(side: str, columns: str) -> str:
    return ", ".join(f"{side}.{name}" for name in columns.split(", "))


def _shipped_keys(change: Change) -> list[str]:
    rows = change.added.get(DATASETS)
    if rows is None:
        return []
    return [
        str(key) for id_, key in zip(rows["id"], rows["sha256"], strict=True) if id_ == SHIPPED_ID
    ]


def _fresh_loads(
    connection: Connection, schema: str, change: Change, loads: dict[str, int], *, anew: bool
) -> dict[str, int]:
    """Give each dataset its load: that it had, or a new one, as each version of the shipped has."""
    arriving = change.added.get(DATASETS)
    numbered = dict(loads)
    for id_ in [] if arriving is None else list(arriving["id"]):
        if anew or id_ == SHIPPED_ID or id_ not in numbered:
            numbered[id_] = _only(connection.execute(f"SELECT nextval('{schema}.loads')"))
    return numbered


def _copy(connection: Connection, name: str, table: pa.Table) -> None:
    into = f"COPY {name} ({', '.join(table.column_names)}) FROM STDIN"
    for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
        # Texts are quoted and nothing else is: what is missing is told from the empty text.
        piece = io.BytesIO()
        csv.write_csv(pa.Table.from_batches([batch]), piece, _CSV)
        with connection.cursor() as cursor:
            # Before version 17, PostgreSQL takes such a line for the end, even inside a text.
            if re.search(rb"[\r\n]\\\.", piece.getvalue()):
                with cursor.copy(into) as copy:
                    for row in zip(*(column.to_pylist() for column in batch), strict=True):
                        copy.write_row(row)
            else:
                with cursor.copy(f"{into} (FORMAT csv)") as copy:
                    copy.write(piece.getvalue())


def _prune(connection: Connection, schema: str) -> None:
    horizon = connection.execute(
        f"SELECT max(number) FROM {schema}.generations WHERE time < now() - interval '{KEPT_FOR}'"
    )
    number = _only(horizon)
    if number is None:
        return
    connection.execute(
        f"DELETE FROM {schema}.observations WHERE load IN (SELECT load FROM {schema}.datasets "
        # Of what is alive nothing is compared, and what is missing is no reason to go.
        f"GROUP BY load HAVING bool_and(COALESCE(died <= {number}, false)))"
    )
    for name in STORED:
        connection.execute(f"DELETE FROM {schema}.{name} WHERE died <= {number}")
    connection.execute(f"DELETE FROM {schema}.generations WHERE number < {number}")


def _only(cursor: Any) -> Any:
    row: Iterable[Any] = cursor.fetchone()
    return next(iter(row))
