"""Count the records of a CSV file while it is read, so that no more is read than is accepted."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from base.reading import Unreadable
from geo.coverage.input.raw import Asked

CHUNK: Final = 1 << 22
# Titles may stand above the header.
TITLES: Final = 15
# Cells may hold line breaks, but not so many.
LINES_A_ROW: Final = 4
_BREAK, _QUOTE = b"\n", b'"'


def counted(chunks: Iterable[bytes], asked: Asked) -> Iterator[bytes]:
    """Pass a file on piece by piece, as long as it has no more bytes and records than it may.

    Raises
    ------
    Unreadable
        Where it has.
    """
    limits, held, records, lines, quotes = asked.limits, 0, 0, 0, 0
    for chunk in chunks:
        held += len(chunk)
        if held > limits.max_bytes:
            raise Unreadable("unpacked", file=asked.name, limit=limits.max_bytes >> 20)
        lines += chunk.count(_BREAK)
        records += _records(chunk, quotes)
        quotes += chunk.count(_QUOTE)
        if records > limits.max_rows + TITLES or lines > LINES_A_ROW * (limits.max_rows + TITLES):
            raise Unreadable("many_rows", file=asked.name, limit=limits.max_rows)
        yield chunk


def _records(chunk: bytes, quotes: int) -> int:
    """Count the line breaks that are not inside a cell."""
    if _QUOTE not in chunk:
        return 0 if quotes % 2 else chunk.count(_BREAK)
    read = np.frombuffer(chunk, dtype=np.uint8)
    inside = (np.cumsum(read == _QUOTE[0]) + quotes) % 2
    return int(((read == _BREAK[0]) & (inside == 0)).sum())


def unpacked(path: Path, asked: Asked) -> bytes:
    """Unpack a gzipped CSV file, and never more of it than is accepted.

    Raises
    ------
    Unreadable
        Where it is damaged or too large.
    """
    try:
        with gzip.open(path, "rb") as stream:
            return b"".join(counted(iter(lambda: stream.read(CHUNK), b""), asked))
    except (OSError, EOFError) as error:
        raise Unreadable("broken", file=asked.name, error=str(error)[:200]) from error


def check_records(data: bytes, asked: Asked) -> None:
    """Refuse the bytes of a CSV file that has too many records.

    Raises
    ------
    Unreadable
        Where it has.
    """
    view = memoryview(data)
    for _ in counted((bytes(view[at : at + CHUNK]) for at in range(0, len(data), CHUNK)), asked):
        pass
