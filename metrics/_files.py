"""The original files of datasets, each kept once under the hash of its content."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from metrics.atomic import force_to_disk
from metrics.generations import StoreError
from metrics.store import home_of

FOLDER: Final = "files"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def keep_file(data: bytes, home: Path | None = None) -> str:
    """Keep a file, complete or not at all.

    Parameters
    ----------
    data
        Its bytes.
    home
        Folder for what the app writes.

    Returns
    -------
    str
        Its sha256, which names it.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest, home)
    if path.exists():
        return digest
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{digest}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(data)
            force_to_disk(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"The file could not be kept in {path.parent}: {error.strerror}."
        ) from error
    return digest


def _path(digest: str, home: Path | None) -> Path:
    if not _HASH.fullmatch(digest):
        raise StoreError(f"{digest!r:.80} is no sha256.")
    return home_of(home) / FOLDER / digest[:2] / digest
