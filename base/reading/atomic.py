"""Files that appear complete or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import Final, TextIO

from base.words import Refusal

FULL: Final = (errno.ENOSPC, errno.EDQUOT)
ROOM: Final = 1 << 20  # bytes: with less, what fails fails of that
# Nobody writes one file for longer: what is older was left by a process whose number came again.
OLDEST_S: Final = 24 * 3600
_STARTED: Final = time.time()
_TEMPORARY: Final = re.compile(r"\..*\.(\d+)\.\d+\.tmp(\.[^.]*)?", re.DOTALL)


@contextmanager
def replacing(path: Path, *, lasting: bool = True) -> Iterator[TextIO]:
    """Open a text file (UTF-8, line ends as written) that takes its name only when complete.

    Parameters
    ----------
    path
        The file to make or to replace. If anything fails, what was there before still is.
    lasting
        Whether to wait until it is on the disk.
    """
    with (
        replacing_file(path, lasting=lasting) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as stream,
    ):
        yield stream


@contextmanager
def replacing_file(path: Path, *, lasting: bool = True) -> Iterator[Path]:
    """Give the name of a file beside `path`, to be written by any means, that then replaces it.

    Parameters
    ----------
    path
        The file to make or to replace. If anything fails, what was there before still is.
    lasting
        Whether to wait until it is on the disk.

    Raises
    ------
    OSError
        With the name of the file, where the disk is full, whatever a library made of that.
    """
    temporary = _beside(path)
    _sweep(path)
    # What cannot be written is told by Python: libraries have errors of their own for it.
    temporary.touch()
    temporary.unlink()
    try:
        yield temporary
        if lasting:
            force_to_disk(temporary)
        temporary.replace(path)
        if lasting:
            force_to_disk(path.parent)
    except Refusal:
        raise
    except Exception as error:
        code = error.errno if isinstance(error, OSError) else None
        if code in FULL or shutil.disk_usage(path.parent).free < ROOM:
            code = code or errno.ENOSPC
            # A library may still hold it open, and fail again when it lets go: make room for that.
            with suppress(OSError):
                os.truncate(temporary, 0)
            raise OSError(code, os.strerror(code), str(path)) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)


def write_atomically(path: Path, content: str, *, lasting: bool = True) -> None:
    """Replace a small file by new content; a reader sees the old or the new, never a part."""
    with replacing(path, lasting=lasting) as stream:
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
    return path.with_name(f"{_start(path)}{os.getpid()}.{get_ident()}.tmp{path.suffix}")


def _start(path: Path) -> str:
    return f".{path.stem[:80]}."


def _sweep(path: Path) -> None:
    """Remove what processes that were killed have left beside a file."""
    with suppress(OSError):
        for leftover in path.parent.iterdir():
            name = leftover.name
            beside = name.startswith(_start(path)) and name.endswith(f".tmp{path.suffix}")
            found = _TEMPORARY.fullmatch(name) if beside else None
            if found and _left_over(int(found[1]), leftover.stat().st_mtime):
                leftover.unlink(missing_ok=True)


def _left_over(process: int, written: float) -> bool:
    if time.time() - written > OLDEST_S:
        return True
    if process == os.getpid():  # in a container, numbers come again at every start
        return written < _STARTED
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
