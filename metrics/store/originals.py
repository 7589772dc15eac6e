"""The original files of datasets, each kept once under the hash of its content."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from base.reading import replacing_file
from base.words import system_reason
from metrics.store.generations import StoreError
from metrics.store.store import home_of

FOLDER: Final = "files"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def keep_bytes(data: bytes, home: Path | None = None) -> str:
    """Keep a file, complete or not at all.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    digest = hashlib.sha256(data).hexdigest()
    _keep(digest, home, lambda temporary: temporary.write_bytes(data))
    return digest


def keep_path(path: Path, digest: str, home: Path | None = None) -> None:
    """Keep a file that is on the disk already, its sha256 checked; see `keep_bytes`."""
    _keep(digest, home, lambda temporary: shutil.copyfile(path, temporary))


def _keep(digest: str, home: Path | None, write: Callable[[Path], object]) -> None:
    path = _path(digest, home)
    if path.exists():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing_file(path) as temporary:
            write(temporary)
    except OSError as error:
        raise StoreError("not_kept", folder=path.parent, error=system_reason(error)) from error


def original(digest: str, home: Path | None = None) -> Path:
    """Return where a file that was kept is, after reading it through.

    Raises
    ------
    StoreError
        If it is not there, or no longer what was kept.
    """
    path = _path(digest, home)
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise StoreError("no_original", digest=digest, folder=path.parents[1]) from None
    except OSError as error:
        raise StoreError("unreadable", path=path, error=system_reason(error)) from error
    if found != digest:
        raise StoreError("altered", path=path, digest=found)
    return path


def _path(digest: str, home: Path | None) -> Path:
    if not _HASH.fullmatch(digest):
        raise StoreError("no_digest", digest=digest[:80])
    return home_of(home) / FOLDER / digest[:2] / digest
