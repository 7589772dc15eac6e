"""Read ZIP archives that may be hostile: nothing is unpacked by the names inside them."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from base.reading.refusal import Unreadable

BEGINS: Final = b"PK\x03\x04"
CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """What an archive may hold.

    Attributes
    ----------
    entries, unpacked
        How many, and their bytes in all.
    ratio, ratio_from
        How much larger than the archive that may be, where it is more than so many bytes.
    plain_paths
        Whether every name inside must be one that could be unpacked by.
    """

    entries: int = 20_000
    # The largest public set of boundaries is under a third of this.
    unpacked: int = 2_000_000_000
    # Coordinates as text shrink to about a fifth; what shrinks to a five-hundredth is no map.
    ratio: int = 500
    ratio_from: int = 1_000_000
    plain_paths: bool = True


OF_WORKBOOK: Final = Packed(5_000, 1 << 30, 150, 32 << 20, plain_paths=False)


@contextmanager
def archive(path: Path, file: str, most: Packed) -> Iterator[zipfile.ZipFile]:
    """Open an archive after looking at all that it says of itself.

    Parameters
    ----------
    file
        What messages call it.

    Raises
    ------
    Unreadable
        If it is broken, encrypted, too large, compressed beyond reason, or names a path that leads
        out of its folder, a link or a device.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            _look(file, path.stat().st_size, opened, most)
            yield opened
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _broken(file, str(error)) from error


def read_entry(file: str, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, *, most: int) -> bytes:
    """Read one entry, and never more of it than it may hold.

    Raises
    ------
    Unreadable
        If it unpacks to more than it says, or its check sum is wrong.
    """
    parts, left = [], min(most, entry.file_size)
    try:
        with opened.open(entry) as stream:
            while left >= 0 and (chunk := stream.read(CHUNK)):
                left -= len(chunk)
                parts.append(chunk)
    except Exception as error:  # zipfile, zlib and lzma each have errors of their own
        raise _broken(file, f"{entry.filename[:80]}: {error}") from error
    if left < 0:
        raise _bomb(file, 0, most, 1)
    return b"".join(parts)


def _look(file: str, size: int, opened: zipfile.ZipFile, most: Packed) -> None:
    entries = opened.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    squeezed = unpacked > most.ratio_from and unpacked > most.ratio * size
    if len(entries) > most.entries or unpacked > most.unpacked or squeezed:
        raise _bomb(file, size, unpacked, len(entries))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("password", file=file)
    if most.plain_paths:
        _look_at_paths(file, entries)


def _look_at_paths(file: str, entries: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for entry in entries:
        inside = PurePosixPath(entry.filename)
        bad = inside.is_absolute() or ".." in inside.parts or "\\" in entry.filename
        kind = stat.S_IFMT(entry.external_attr >> 16)
        linked = kind not in (0, stat.S_IFREG, stat.S_IFDIR)
        if bad or linked or ":" in entry.filename or entry.filename in seen:
            raise Unreadable("zip_path", file=file, entry=entry.filename[:80])
        seen.add(entry.filename)


def _bomb(file: str, size: int, unpacked: int, n: int) -> Unreadable:
    return Unreadable("bomb", file=file, size=size >> 10, unpacked=unpacked >> 20, n=n)


def _broken(file: str, error: str) -> Unreadable:
    return Unreadable("broken", file=file, error=error[:200])
