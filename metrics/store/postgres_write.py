"""A change of the store as rows of a PostgreSQL; inside a transaction that holds the lock."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from metrics.store.log import COLUMNS, SEEN_BY, Affected, affected, record, rows_of, unknown
from metrics.store.migrations import Run
from metrics.store.postgres_link import Connection
from metrics.store.tables import (
    AUDIT,
    CHANGES,
    DATASETS,
    OBSERVATIONS,
    OWNED_BY,
    SCHEMAS,
    SHIPPED_ID,
)

if TYPE_CHECKING:
    from metrics.store.change import Change

# Versions of the shipped figures that stay for processes of other versions of the app.
SHIPPED_KEPT: Final = 3
# Rows of before are deleted when nobody can be reading them any more.
KEPT_FOR: Final = "1 day"
ROWS_AT_ONCE: Final = 20_000
VERSIONED: Final = (*(name for name in SCHEMAS if name != OBSERVATIONS),)
_CSV = csv.WriteOptions(include_header=False, quoting_style="needed")


def put(connection: Connection, schema: str, change: Change) -> None:
    """Make the next generation: end rows, add rows, and name it."""
    said = connection.execute(f"SELECT value FROM {schema}.meta WHERE name = 'generation'")
    number = int(_only(said)) + 1
    loads: dict[str, int] = dict(
        connection.execute(
            f"SELECT id, load FROM {schema}.datasets WHERE died IS NULL ORDER BY born, load"
        ).fetchall()
    )
    touched = affected(_datasets(connection, schema), change)
    _end(connection, schema, change, number)
    fresh = _fresh_loads(connection, schema, change, loads)
    for name, tables in change.batches():
        for table in tables:
            rows = unknown(_running(connection), schema, table) if name == CHANGES else table
            _copy(connection, f"{schema}.{name}", _marked(name, rows, number, fresh))
    if touched is not None:
        _log(connection, schema, touched, (loads, fresh), number)
    connection.execute(f"INSERT INTO {schema}.generations (number) VALUES ({number})")
    connection.execute(f"UPDATE {schema}.meta SET value = '{number}' WHERE name = 'generation'")
    _prune(connection, schema)


def _datasets(connection: Connection, schema: str) -> pd.DataFrame:
    """Return the datasets in force; of the versions of the shipped one the newest."""
    columns = list(SEEN_BY)
    found = connection.execute(
        f"SELECT {', '.join(columns)} FROM {schema}.datasets WHERE died IS NULL ORDER BY born, load"
    )
    return pd.DataFrame(found.fetchall(), columns=columns).drop_duplicates("id", keep="last")


def _log(
    connection: Connection,
    schema: str,
    touched: Affected,
    loads: tuple[dict[str, int], dict[str, int]],
    number: int,
) -> None:
    was, now = loads
    before, after, same = (
        rows_of(COLUMNS, f"{schema}.{OBSERVATIONS}", "load", [of[id_] for id_ in ids])
        for of, ids in ((was, touched.before), (now, touched.after), (now, touched.same))
    )
    record(_running(connection), f"{schema}.{CHANGES}", before, after, same, born=number)


def _running(connection: Connection) -> Run:
    def run(sql: str) -> list[tuple[Any, ...]]:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []

    return run


def _end(connection: Connection, schema: str, change: Change, number: int) -> None:
    for name in VERSIONED:
        ended = f"UPDATE {schema}.{name} SET died = {number} WHERE died IS NULL"
        if change.everything:
            # What was told stays told, whatever is put in place of the figures.
            if name != CHANGES:
                connection.execute(ended)
        elif (ids := set(change.dropped.get(name, ()))) and name != AUDIT:
            owner = OWNED_BY[name]
            others = list(ids - {SHIPPED_ID})
            connection.execute(f"{ended} AND {owner} = ANY(%s)", [others])
            if name == DATASETS and SHIPPED_ID in ids:
                connection.execute(
                    f"{ended} AND id = %s AND (sha256 = ANY(%s) OR load NOT IN (SELECT load FROM "
                    f"{schema}.datasets WHERE died IS NULL AND id = %s ORDER BY born DESC, "
                    f"load DESC LIMIT {SHIPPED_KEPT - 1}))",
                    [SHIPPED_ID, _shipped_keys(change), SHIPPED_ID],
                )


def _shipped_keys(change: Change) -> list[str]:
    rows = change.added.get(DATASETS)
    if rows is None:
        return []
    return [
        str(key) for id_, key in zip(rows["id"], rows["sha256"], strict=True) if id_ == SHIPPED_ID
    ]


def _fresh_loads(
    connection: Connection, schema: str, change: Change, loads: dict[str, int]
) -> dict[str, int]:
    """Give each dataset its load: a new one if its observations come now, else that it had."""
    arriving = change.added.get(DATASETS)
    ids = [] if arriving is None else list(arriving["id"])
    renewed = set(change.dropped.get(OBSERVATIONS, ()))
    numbered = dict(loads)
    for id_ in ids:
        if change.everything or id_ in renewed or id_ not in numbered:
            numbered[id_] = _only(connection.execute(f"SELECT nextval('{schema}.loads')"))
    return numbered


def _marked(name: str, table: pa.Table, number: int, loads: dict[str, int]) -> pa.Table:
    if name in (OBSERVATIONS, DATASETS):
        owners = table.column(OWNED_BY[name]).to_pylist()
        table = table.append_column("load", pa.array([loads[id_] for id_ in owners], pa.int64()))
    if name in VERSIONED:
        table = table.append_column("born", pa.array([number] * len(table), pa.int64()))
    return table


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
        f"GROUP BY load HAVING bool_and(died <= {number}))"
    )
    for name in VERSIONED:
        connection.execute(f"DELETE FROM {schema}.{name} WHERE died <= {number}")
    connection.execute(f"DELETE FROM {schema}.generations WHERE number < {number}")


def _only(cursor: Any) -> Any:
    row: Iterable[Any] = cursor.fetchone()
    return next(iter(row))
