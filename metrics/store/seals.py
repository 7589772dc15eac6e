"""The checksum of a generation, kept beside it: any byte of it that changes is noticed."""

from __future__ import annotations

import hashlib
import re
import zlib
from pathlib import Path
from typing import Final, Literal

from base.reading import write_atomically

SUFFIX: Final = ".sha256"
_FORM: Final = re.compile(r"([0-9a-f]{64}) ([0-9a-f]{8})\n", re.ASCII)


def seal(path: Path) -> None:
    """Keep the checksum of a generation that is complete."""
    digest = _digest(path)
    write_atomically(_beside(path), f"{digest} {zlib.crc32(digest.encode()):08x}\n")


def state_of(path: Path) -> Literal["whole", "changed", "unsealed"]:
    """Compare a generation with its checksum.

    Returns
    -------
    str
        ``unsealed`` where it has no checksum (an older version of the app made it), or one that is
        itself spoilt.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    digest, kept = _digest(path), _kept(path)
    if kept is None:
        return "unsealed"
    return "whole" if kept == digest else "changed"


def remove_stray(folder: Path) -> None:
    """Remove the checksums of generations that are there no longer."""
    for kept in folder.glob(f"*{SUFFIX}"):
        if not kept.with_name(kept.name.removesuffix(SUFFIX)).exists():
            kept.unlink(missing_ok=True)


def _kept(path: Path) -> str | None:
    try:
        found = _FORM.fullmatch(_beside(path).read_bytes().decode("ascii", "replace"))
    except OSError:
        return None
    whole = found is not None and f"{zlib.crc32(found[1].encode()):08x}" == found[2]
    return found[1] if found and whole else None


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _beside(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)
