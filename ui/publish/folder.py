"""The folder that is published: made beside its place, and there whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from base.reading import force_to_disk
from base.words import Refusal

# Written last: a folder without it is not one that was published whole.
MARK: Final = "atlas06.json"
# What of the mark names all that lies in the folder.
HOLDS: Final = "holds"
MADE, LEFT = ".atlas06-made", ".atlas06-left"


@contextmanager
def replacing_folder(out: Path, told: dict[str, object]) -> Iterator[Path]:
    """Give an empty folder beside `out` that takes its place once it is full.

    Parameters
    ----------
    told
        What the mark of the folder says.

    Raises
    ------
    Refusal
        If something else stands there.
    """
    _check(out)
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    made = _beside(out, MADE)
    _restore(out)
    _sweep(out)
    made.mkdir()
    try:
        yield made
        mark, holds = made / MARK, sorted(path.name for path in made.iterdir())
        text = json.dumps({**told, HOLDS: holds}, sort_keys=True, indent=1)
        mark.write_text(text + "\n", encoding="utf-8")
        force_to_disk(mark)
        _swap(made, out)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put(folder: Path, path: str, content: bytes) -> None:
    """Write a file of the folder."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.write_bytes(content)
    except OSError as error:
        # Some file systems tell of a full disk without a name.
        code = error.errno or errno.EIO
        raise OSError(code, os.strerror(code), str(file)) from error


def _check(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Refusal("publish.no_folder", path=str(out))
    if out.resolve().is_mount():
        raise Refusal("publish.mounted", path=str(out))
    if strange := sorted({path.name for path in out.glob("*")} - _own(out)):
        raise Refusal("publish.not_own", path=str(out), name=strange[0])


def _own(out: Path) -> set[str]:
    """Return what a build has put into a folder; nothing of one that is none of a build."""
    try:
        told = json.loads((out / MARK).read_text(encoding="utf-8"))
        return {MARK, *map(str, told[HOLDS])}
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def _beside(out: Path, kind: str) -> Path:
    return out.with_name(f".{out.name}{kind}-{os.getpid()}")


def _restore(out: Path) -> None:
    """Put back what stood there where a build was ended between its last two steps."""
    for left in sorted(out.parent.glob(f".{out.name}{LEFT}-*")):
        if not out.exists() and (left / MARK).is_file():
            left.replace(out)


def _sweep(out: Path) -> None:
    """Remove what builds that were ended have left, but not what one is making now."""
    for kind in (MADE, LEFT):
        for old in out.parent.glob(f".{out.name}{kind}-*"):
            if not _runs(old.name.rpartition("-")[2]):
                shutil.rmtree(old, ignore_errors=True)


def _runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return int(pid) != os.getpid()


def _swap(made: Path, out: Path) -> None:
    left = _beside(out, LEFT)
    _check(out)
    if out.exists():
        out.replace(left)
    try:
        made.replace(out)
    except OSError:
        if left.exists():
            left.replace(out)
        raise
    with suppress(OSError):
        force_to_disk(out.parent)
    shutil.rmtree(left, ignore_errors=True)
