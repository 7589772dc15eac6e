"""The store in a PostgreSQL: generations side by side in the same tables.

Every row says from which generation to which it holds; the observations of a load are found by its
number. A reader takes the rows of one generation and so never sees a change half made, or any at
all, until it takes a newer one. A writer makes the next generation in one transaction behind an
advisory lock: killed at any moment, the database undoes what it did and frees the lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import ibis
import psycopg
from ibis.expr.types import Table, Value

from metrics.store.asking import PostgreSQL, stored_table
from metrics.store.database_url import shown
from metrics.store.generations import LOCK_TIMEOUT_S, StoreError
from metrics.store.migrations import META, Dialect, migrate, refuse_newer
from metrics.store.postgres_link import (
    IDLE_TIMEOUT_MS,
    Connection,
    Link,
    connect,
    told,
    unreachable,
)
from metrics.store.postgres_write import put
from metrics.store.tables import (
    DATASETS,
    OBSERVATIONS,
    OWNED_BY,
    PAST,
    SCHEMA_VERSION,
    SHIPPED_ID,
    SIMULATED_FILES,
    STORED,
)

if TYPE_CHECKING:
    from metrics.store.change import Change
    from metrics.store.queries import Store

# Real and simulated figures each have a schema, whose name says which it is.
SCHEMA: Final = "atlas"
SIMULATED_SCHEMA: Final = "atlas_sim"
# The two numbers of the advisory lock: "ATL6", and which schema.
LOCK: Final = 0x41544C36

# From and to which generation a row holds; and of which load it is.
HELD: Final = {"born": "int64", "died": "int64"}
LOADED: Final = {
    one: {"load": "int64"} for of in (OBSERVATIONS, DATASETS) for one in (of, PAST[of])
}

LINKS: dict[str, Link] = {}
_linking = threading.Lock()
_writers = threading.local()


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL with a store in it; what `metrics.store.generations.Generations` is for files.

    Parameters
    ----------
    url
        Its address, checked by `metrics.store.database_url`.
    prefix
        Which store: that of real or of simulated figures.
    """

    url: str = field(repr=False)
    prefix: str

    @property
    def dialect(self) -> Dialect:
        """How its tables are written of."""
        schema = SIMULATED_SCHEMA if self.prefix == SIMULATED_FILES else SCHEMA
        return Dialect(schema, 'text COLLATE "C"', side_by_side=True)

    @property
    def pointer(self) -> str:
        """Where the store is, for people."""
        return f"{shown(self.url)}, schema {self.dialect.schema}"

    folder = pointer

    @property
    def link(self) -> Link:
        """The connection of this process for reading."""
        with _linking:
            return LINKS.setdefault(self.url, Link(self.url))

    def signature(self) -> tuple[str, str, str] | None:
        """Return what changes whenever a generation is put in force; None before the first.

        Raises
        ------
        UnreachableError
            If the database does not answer.
        """
        return self.link.run(self._signature)

    def in_force(self) -> str | None:
        """Return the name of the generation in force; None where none was ever made."""
        found = self.signature()
        return None if found is None else self._name(found)

    def open(self, data_dir: Path, key: str) -> Store | None:
        """Open the generation in force for reading; None where there is none of this version.

        Raises
        ------
        UnreachableError
            If the database does not answer.
        NewerSchemaError
            If it was written by a newer version of the app.
        """
        from metrics.store.queries import Store  # noqa: PLC0415 (reads through this module)

        link = self.link
        found = link.run(self._signature)
        if found is None:
            return None
        version, generation = int(found[0]), int(found[1])
        refuse_newer(version, self.pointer)
        if version < SCHEMA_VERSION:
            return None
        tables = link.run(lambda backend: self._tables(backend, generation, key))
        return Store(Snapshot(link, tables), self._name(found), data_dir)

    @contextmanager
    def writing(self, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[None]:
        """Hold the only right to write. What is done inside is in force when this is left.

        Raises
        ------
        StoreError
            If another writer holds on for too long; or what was done could not be put in force.
        """
        connection = connect(self.url)
        try:
            with told(self.url, connection):
                connection.execute("BEGIN")
                connection.execute(
                    f"SET LOCAL idle_in_transaction_session_timeout = {IDLE_TIMEOUT_MS}"
                )
                self._wait(connection, timeout_s)
            _held()[self] = connection
            yield
            self._commit(connection)
        finally:
            _held().pop(self, None)
            connection.close()

    def apply(self, change: Change) -> str:
        """Make a generation with a change. Call it inside `writing`, which puts it in force."""
        connection = _held().get(self)
        if connection is None:
            raise StoreError("outside_writing")
        with told(self.url, connection):
            self._make_schema(connection)
            migrate(lambda sql: _rows(connection, sql), self.dialect, self.pointer)
            put(connection, self.dialect.schema, change)
            rows = _rows(connection, self._asking_meta())
        return self._name(_meta(rows))

    def _signature(self, backend: PostgreSQL) -> tuple[str, str, str] | None:
        try:
            return _meta(_rows(backend.con, self._asking_meta()))
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            return None  # nothing yet, or tables of before they told their version

    def _asking_meta(self) -> str:
        return f"SELECT name, value FROM {self.dialect.schema}.{META}"

    def _name(self, meta: tuple[str, str, str]) -> str:
        # Another database, or one made anew, counts from 1 again.
        return f"{self.prefix}-{meta[1]}-{meta[2][:8]}"

    def _tables(self, backend: PostgreSQL, generation: int, key: str) -> dict[str, Table]:
        schema = self.dialect.schema
        seen = {
            name: _holding(stored_table(name, schema, **HELD, **LOADED.get(name, {})), generation)
            for name in STORED
        }
        datasets = seen[DATASETS]
        datasets = datasets.filter((datasets.id != SHIPPED_ID) | (datasets.sha256 == key))
        loads = backend.execute(datasets.select("id", "load")).set_index("id")["load"]
        # Of what was shipped before, a process knows what was before its own figures.
        own = ibis.literal(int(loads.get(SHIPPED_ID, 0)))
        for of in (OBSERVATIONS, DATASETS):
            past = seen[PAST[of]]
            before = (past[OWNED_BY[of]] != SHIPPED_ID) | (past.load < own)
            seen[PAST[of]] = past.filter(before)
        rows = seen[OBSERVATIONS]
        seen |= {DATASETS: datasets, OBSERVATIONS: rows.filter(rows.load.isin(loads.tolist()))}
        return {name: table.select(*STORED[name].names) for name, table in seen.items()}

    def _wait(self, connection: Connection, timeout_s: float) -> None:
        connection.execute(f"SET LOCAL lock_timeout = {max(1, round(timeout_s * 1000))}")
        which = int(self.prefix == SIMULATED_FILES)
        try:
            connection.execute(f"SELECT pg_advisory_xact_lock({LOCK}, {which})")
        except psycopg.errors.LockNotAvailable:
            raise StoreError("busy", seconds=timeout_s, lock=self.pointer) from None
        connection.execute("SET LOCAL lock_timeout = 0")

    def _make_schema(self, connection: Connection) -> None:
        # Asked for first: where somebody has made it, the right to make schemas is not needed.
        name = self.dialect.schema
        if not _rows(connection, f"SELECT 1 FROM pg_namespace WHERE nspname = '{name}'"):
            connection.execute(f"CREATE SCHEMA {name}")

    def _commit(self, connection: Connection) -> None:
        try:
            connection.execute("COMMIT")
        except psycopg.Error as error:
            raise type(lost := unreachable(self.url, error))(
                f"{lost} It went away while a change was being put in force: look whether the "
                "change is there before making it again."
            ) from None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tables of one generation; see `metrics.store.queries.Reading`."""

    link: Link
    tables: Mapping[str, Table]

    def run(self, expression: Table | Value) -> Any:
        """Work an expression out."""
        return self.link.run(lambda backend: backend.execute(expression))

    def batches(self, expression: Table, rows: int) -> Iterator[Any]:
        """Work an expression out piece by piece, on a connection of its own."""
        link = Link(self.link.url)
        try:
            pieces, connection = link.run(
                lambda backend: (
                    backend.to_pyarrow_batches(expression, chunk_size=rows),
                    backend.con,
                )
            )
            with told(link.url, connection):
                yield from pieces
        finally:
            link.close()

    def close(self) -> None:
        """Do nothing: the connection is that of the process."""


def _holding(table: Table, generation: int) -> Table:
    later = table.died.isnull() | (table.died > ibis.literal(generation))
    return table.filter(table.born <= ibis.literal(generation), later)


def _held() -> dict[Database, Connection]:
    # A thread writes to each store on one connection at a time.
    held: dict[Database, Connection] = _writers.__dict__.setdefault("held", {})
    return held


def _rows(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    cursor = connection.execute(sql)
    return cursor.fetchall() if cursor.description else []


def _meta(rows: list[tuple[Any, ...]]) -> tuple[str, str, str]:
    said = dict(rows)
    return said.get("schema_version", "0"), said.get("generation", "0"), said.get("made", "")
