"""Files that appear complete or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import TextIO


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file (UTF-8, line ends as written) that takes its name only when complete.

    Parameters
    ----------
    path
        The file to make or to replace. If anything fails, what was there before still is.
    """
    with (
        replacing_file(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as stream,
    ):
        yield stream


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """Give the name of a file beside `path`, to be written by any means, that then replaces it.

    Parameters
    ----------
    path
        The file to make or to replace. If anything fails, what was there before still is.
    """
    temporary = _beside(path)
    # What cannot be written is told by Python: libraries have errors of their own for it.
    temporary.touch()
    temporary.unlink()
    try:
        yield temporary
        force_to_disk(temporary)
        temporary.replace(path)
        force_to_disk(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_atomically(path: Path, content: str) -> None:
    """Replace a small file by new content; a reader sees the old or the new, never a part."""
    with replacing(path) as stream:
        stream.write(content)


def force_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(path: Path) -> Path:
    # In the same folder, so that the replacement is a renaming; with the ending of the file, by
    # which some libraries tell its format.
    return path.with_name(f".{path.stem[:80]}.{os.getpid()}.{get_ident()}.tmp{path.suffix}")
