"""Read ZIP archives that may be hostile: nothing is unpacked by the names inside them."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from geo.boundaries.official.records import Finding, Refused, Weight

MOST_ENTRIES: Final = 20_000
# Bytes unpacked: the largest public set is under a third of this.
MOST_BYTES: Final = 2_000_000_000
# Coordinates as text shrink to about a fifth; what shrinks to a five-hundredth is no map.
MOST_RATIO: Final = 500
FREE_BYTES: Final = 1_000_000
CHUNK: Final = 1 << 20


@contextmanager
def archive(path: Path, *, most: int = MOST_BYTES) -> Iterator[zipfile.ZipFile]:
    """Open an archive after looking at all that it says of itself.

    Parameters
    ----------
    most
        Bytes that it may unpack to.

    Raises
    ------
    Refused
        If it is broken, encrypted, too large, compressed beyond reason, or names a path that leads
        out of its folder, a link or a device.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            _look(path.name, opened, most)
            yield opened
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _broken(path.name, str(error)) from error


def read(path: Path, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, *, most: int) -> bytes:
    """Read one entry, and never more of it than it may hold.

    Raises
    ------
    Refused
        If it unpacks to more than it says, or its check sum is wrong.
    """
    parts, left = [], min(most, entry.file_size)
    try:
        with opened.open(entry) as stream:
            while left >= 0 and (chunk := stream.read(CHUNK)):
                left -= len(chunk)
                parts.append(chunk)
    except Exception as error:  # zipfile, zlib and lzma each have errors of their own
        raise _broken(path.name, f"{entry.filename[:80]}: {error}") from error
    if left < 0:
        raise _bomb(path.name, entry.filename)
    return b"".join(parts)


def _look(name: str, opened: zipfile.ZipFile, most: int) -> None:
    entries = opened.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > most:
        raise _bomb(name, f"{len(entries)} entries")
    seen = set()
    for entry in entries:
        inside = PurePosixPath(entry.filename)
        bad = inside.is_absolute() or ".." in inside.parts or "\\" in entry.filename
        kind = stat.S_IFMT(entry.external_attr >> 16)
        linked = kind not in (0, stat.S_IFREG, stat.S_IFDIR)
        if bad or linked or ":" in entry.filename or entry.filename in seen:
            values = {"file": name, "entry": entry.filename[:80]}
            raise Refused([Finding("zip_path", Weight.REFUSED, values)])
        seen.add(entry.filename)
        if entry.flag_bits & 0x1:
            raise _broken(name, "encrypted")
        packed = max(entry.compress_size, 1)
        if entry.file_size > FREE_BYTES and entry.file_size / packed > MOST_RATIO:
            raise _bomb(name, entry.filename)


def _bomb(name: str, entry: str) -> Refused:
    return Refused([Finding("zip_bomb", Weight.REFUSED, {"file": name, "entry": entry[:80]})])


def _broken(name: str, error: str) -> Refused:
    values = {"file": name, "error": error[:200]}
    return Refused([Finding("broken", Weight.REFUSED, values)])
