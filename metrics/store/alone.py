"""Do something that no other server over the same database does meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from metrics.store.generations import Generations
from metrics.store.versions import Versions

# The first number of such locks: "ATL7".
KIND = 0x41544C37


@contextmanager
def alone_in_database(versions: Versions, name: str) -> Iterator[None]:
    """Hold the right to a name in the database of a store; nothing where that is in files.

    The database takes it back when the connection ends, however it does.

    Raises
    ------
    BlockingIOError
        If another connection holds it.
    UnreachableError
        If the database does not answer.
    """
    if isinstance(versions, Generations):
        yield
        return
    from metrics.store.postgres_link import connect, told  # noqa: PLC0415 (the driver)

    whole = f"{versions.prefix} {name}".encode()
    number = int.from_bytes(hashlib.sha256(whole).digest()[:4], signed=True)
    connection = connect(versions.url)
    try:
        with told(versions.url, connection):
            asked = connection.execute(f"SELECT pg_try_advisory_lock({KIND}, {number})")
            row = asked.fetchone()
        if row is None or not row[0]:
            raise BlockingIOError(name)
        try:
            yield
        finally:
            # The server notices only later that a connection has ended.
            with suppress(Exception):
                connection.execute(f"SELECT pg_advisory_unlock({KIND}, {number})")
    finally:
        connection.close()
