"""How a DuckDB file is opened and read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
from ibis.expr.types import Table, Value

from base.words import system_reason
from metrics.store.asking import DuckDB, stored_table
from metrics.store.generations import DamagedError, StoreError
from metrics.store.migrations import DUCKDB, Run, refuse_newer, version_of
from metrics.store.seals import state_of
from metrics.store.tables import SCHEMA_VERSION, STORED

# Nothing may be fetched while the app runs.
DUCKDB_OPTIONS: Final = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

TABLES: Final = {name: stored_table(name) for name in STORED}
ROWS_AT_ONCE: Final = 100_000
# What DuckDB raises when a file is not what it was, and after that.
DAMAGE: Final = (
    *(duckdb.IOException, duckdb.FatalException),
    *(duckdb.InternalException, duckdb.SerializationException),
)


def connect(path: Path, *, read_only: bool) -> ibis.BaseBackend:
    """Open a DuckDB file as an Ibis backend; nothing is ever fetched from elsewhere for it.

    Raises
    ------
    DamagedError
        If the file is not a database, or not a whole one.
    StoreError
        If another program keeps it from being opened.
    """
    try:
        return DuckDB().connect(path, read_only=read_only, **DUCKDB_OPTIONS)
    except duckdb.Error as error:
        if "Could not set lock on file" in str(error) or not os.access(path, os.R_OK):
            raise StoreError("locked", path=path, error=error) from error
        raise DamagedError("damaged", path=path, error=error) from error


def runner(connection: ibis.BaseBackend) -> Run:
    """Return what runs one statement on a connection and gives its rows."""

    def run(sql: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = connection.raw_sql(sql).fetchall()
        return rows

    return run


@dataclass(slots=True, eq=False)
class Opened:
    """The tables of a generation; see `metrics.store.queries.Reading`."""

    connection: ibis.BaseBackend
    name: str
    tables: Mapping[str, Table]
    damaged: bool = False

    def run(self, expression: Table | Value) -> Any:
        """Work an expression out."""
        with self._noticing():
            return self.connection.execute(expression)

    def batches(self, expression: Table, rows: int) -> Iterator[Any]:
        """Work an expression out piece by piece."""
        with self._noticing():
            # Ibis asks DuckDB for them by a name that it no longer has.
            found = self.connection.con.sql(self.connection.compile(expression))
            yield from found.to_arrow_reader(rows)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Remember that the file is damaged, so that it is looked at before it is read again."""
        try:
            yield
        except duckdb.Error as error:
            if not isinstance(error, DAMAGE) and "Corrupt database file" not in str(error):
                raise
            self.damaged = True
            raise DamagedError("damaged_now", name=self.name, error=error) from error

    def close(self) -> None:
        """Give the connection up."""
        self.connection.disconnect()


def open_tables(path: Path) -> Opened | None:
    """Open the tables of a generation read-only; None where they are of an older version.

    Raises
    ------
    DamagedError
        If the file is not a store, or not a whole one.
    NewerSchemaError
        If it was written by a newer version of the app.
    StoreError
        If another program keeps it from being read.
    """
    check_whole(path)
    connection = connect(path, read_only=True)
    try:
        version = _version(connection, path)
        if version == SCHEMA_VERSION:
            _check_tables(connection, path)
            return Opened(connection, path.stem, TABLES)
    except duckdb.Error as error:
        connection.disconnect()
        raise DamagedError("damaged_part", path=path, error=error) from error
    except StoreError:
        connection.disconnect()
        raise
    connection.disconnect()
    return None


def is_usable(path: Path) -> bool:
    """Tell whether a generation is whole, reading all of it where it has no checksum."""
    try:
        opened = open_tables(path)
        if opened is not None:
            try:
                if state_of(path) == "unsealed":
                    for table in opened.tables.values():
                        for _ in opened.batches(table, ROWS_AT_ONCE):
                            pass
            finally:
                opened.close()
    except DamagedError:
        return False
    return True


def check_whole(path: Path) -> None:
    """Compare a generation with its checksum.

    Raises
    ------
    DamagedError
        If it is not what was written, or the disk does not give it.
    StoreError
        If this user may not read it.
    """
    try:
        changed = state_of(path) == "changed"
    except PermissionError as error:
        raise StoreError("locked", path=path, error=system_reason(error)) from error
    except OSError as error:
        raise DamagedError("damaged", path=path, error=system_reason(error)) from error
    if changed:
        raise DamagedError("changed", path=path)


def _check_tables(connection: ibis.BaseBackend, path: Path) -> None:
    """Look whether all columns are there, table by table: a list of all takes DuckDB far longer."""
    for name, schema in STORED.items():
        try:
            found = connection.con.execute(f"SELECT * FROM {name} LIMIT 0").description
        except duckdb.CatalogException:
            found = []
        if missing := set(schema.names) - {column for column, *_ in found}:
            raise DamagedError(
                "damaged_part", path=path, error=f"{name}: {', '.join(sorted(missing))}"
            )


def _version(connection: ibis.BaseBackend, path: Path) -> int:
    version = version_of(runner(connection), DUCKDB)
    if not version:
        raise DamagedError("no_store", path=path)
    refuse_newer(version, path)
    return version
