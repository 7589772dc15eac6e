"""Files that a source points to: one at an address, one on disk, or those of a folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import StringConstraints

from metrics.refresh import Ask, Reply, ShapeError, Source, is_web, place_of

MOST_FILES: Final = 500
# What programs leave beside a file that is open.
_OF_PROGRAMS: Final = ("~$", ".")
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


Glob = Annotated[str, StringConstraints(pattern=r"^[^/\\]{1,80}$")]


def file_asks(
    source: Source, glob: str, replies: Sequence[Reply], *, accept: str = "*/*"
) -> Sequence[Ask]:
    """Return what to ask for: all files of a folder, or the one at the address.

    Raises
    ------
    ShapeError
        If there is no such file or folder, nothing in it matches, or more than `MOST_FILES` do.
    """
    if replies:
        return ()
    if is_web(source.address):
        name = Path(urlsplit(source.address).path).name
        return (Ask(_called(name or "reply"), source.address, accept=accept),)
    place = place_of(source.address, None)
    if place.is_file():
        found = [place]
    elif place.is_dir():
        found = sorted(p for p in place.glob(glob) if p.is_file() and _is_data(p.name))
    else:
        raise ShapeError("no_place", address=source.address)
    if not 0 < len(found) <= MOST_FILES:
        raise ShapeError(
            "no_files", address=source.address, glob=glob, n=len(found), most=MOST_FILES
        )
    return tuple(Ask(_called(path.name), path.resolve().as_uri(), accept=accept) for path in found)


def once_each(replies: Sequence[Reply]) -> tuple[list[Reply], list[str]]:
    """Return the replies in the order of their names, and the names of those that repeat others."""
    known: dict[str, Reply] = {}
    again = []
    for reply in sorted(replies, key=lambda one: one.ask.name):
        if reply.sha256 in known:
            again.append(reply.ask.name)
        known.setdefault(reply.sha256, reply)
    return list(known.values()), again


def _is_data(name: str) -> bool:
    return not name.startswith(_OF_PROGRAMS)


def _called(name: str) -> str:
    """Return a plain name for the reply, the same for the same file, and of no other."""
    if _PLAIN.fullmatch(name) and not name.startswith("manifest."):
        return name
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[-60:] or "file"
    stem, dot, ending = plain.rpartition(".")
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{stem or 'file'}-{mark}{dot}{ending}" if dot else f"{plain}-{mark}"
