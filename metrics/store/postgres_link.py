"""The connection that a process reads a PostgreSQL through: made anew whenever it was lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import psycopg

from metrics.store.asking import PostgreSQL
from metrics.store.database_url import VARIABLE, hidden, settings_of, shown
from metrics.store.generations import StoreError, UnreachableError

APPLICATION: Final = "atlas06"
CONNECT_TIMEOUT_S: Final = 5
# A server that was not there is not asked again at once: pages ask many times, and each would wait.
RETRY_AFTER_S: Final = 2.0
# So long may a question take, and a change wait for something of ours.
READ_TIMEOUT_MS: Final = 120_000
IDLE_TIMEOUT_MS: Final = 900_000
# Defaults that an address can override. A peer that has vanished is noticed within half a minute.
DEFAULTS: Final = {
    "connect_timeout": str(CONNECT_TIMEOUT_S),
    "application_name": APPLICATION,
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "client_encoding": "utf8",
}
Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")


def connect(url: str) -> Connection:
    """Connect to the database of an address.

    Raises
    ------
    UnreachableError
        If that is not possible; without what is secret in the address.
    """
    # Nothing is prepared, so that a pooler may hand transactions to different connections.
    settings: dict[str, Any] = DEFAULTS | settings_of(url)
    try:
        return psycopg.connect(**settings, autocommit=True, prepare_threshold=None)
    except psycopg.Error as error:
        # The cause is not chained: its text may hold what is secret.
        raise unreachable(url, error) from None


def unreachable(url: str, error: psycopg.Error) -> UnreachableError:
    """Put into words that the database does not answer."""
    why = hidden(" ".join(str(error).split()), url)[:400]
    told = {"database": shown(url), "error": why or type(error).__name__, "variable": VARIABLE}
    return UnreachableError("unreachable", **told)


def is_lost(connection: Connection, error: psycopg.Error) -> bool:
    """Tell whether an error means that the connection is gone, rather than what was asked."""
    return connection.closed or isinstance(
        error, psycopg.InterfaceError | psycopg.errors.AdminShutdown
    )


@contextmanager
def told(url: str, connection: Connection) -> Iterator[None]:
    """Turn errors of the database into those of the store; without what is secret."""
    try:
        yield
    except psycopg.Error as error:
        if is_lost(connection, error):
            raise unreachable(url, error) from None
        why = hidden(" ".join(str(error).split()), url)[:400]
        raise StoreError("database_refused", database=shown(url), error=why) from None


class Link:
    """A connection for reading, shared by the threads of a process.

    Parameters
    ----------
    url
        Address of the database.
    """

    def __init__(self, url: str) -> None:
        self.url: Final = url
        self._lock = threading.RLock()
        self._backend: PostgreSQL | None = None
        self._failed: tuple[float, UnreachableError] | None = None

    def run(self, ask: Callable[[PostgreSQL], T]) -> T:
        """Ask the database; once more on a new connection if the one there was is gone.

        Raises
        ------
        UnreachableError
            If the database does not answer.
        StoreError
            If it refuses what was asked.
        """
        with self._lock:
            fresh = self._backend is None
            try:
                return self._asked(ask)
            except UnreachableError:
                if fresh:
                    raise
                return self._asked(ask)

    def close(self) -> None:
        """Give the connection up; the next question makes a new one."""
        with self._lock:
            if self._backend is not None:
                self._backend.con.close()
                self._backend = None

    def _asked(self, ask: Callable[[PostgreSQL], T]) -> T:
        backend = self._opened()
        try:
            with told(self.url, backend.con):
                return ask(backend)
        except UnreachableError:
            self.close()
            raise

    def _opened(self) -> PostgreSQL:
        if self._backend is None:
            if self._failed is not None and time.monotonic() < self._failed[0]:
                raise self._failed[1].with_traceback(None)
            try:
                connection = connect(self.url)
                with told(self.url, connection):
                    connection.execute(f"SET statement_timeout = {READ_TIMEOUT_MS}")
                    self._backend = PostgreSQL.from_connection(connection)
            except UnreachableError as error:
                self._failed = (time.monotonic() + RETRY_AFTER_S, error)
                raise
            self._failed = None
        return self._backend
