"""Where replies come from: the network, a mirror on the disk, files of the operator."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from base.reading import replacing_file
from base.words import Refusal, system_reason
from metrics.refresh.adapter import Ask
from metrics.refresh.run import MANIFEST
from metrics.store import home_of

CHUNK: Final = 1 << 20


class AbsentError(Refusal):
    """A file that stands in for a reply is not there, or is not one that may be read."""

    prefix = "refresh.file."


@dataclass(frozen=True, slots=True)
class Brought:
    """What came, its body written.

    Attributes
    ----------
    time
        When it came from the source, in UTC.
    size
        Bytes.
    """

    time: datetime
    status: int
    media: str
    sha256: str
    size: int


class Way(Protocol):
    """A way to replies."""

    def bring(self, ask: Ask, path: Path) -> Brought:
        """Write the body of the reply to what is asked; complete or not at all."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """A folder that stands in for the network.

    Attributes
    ----------
    folder
        Holds ``<source>/<name>`` or ``<name>``, and beside them, if there is one, a manifest with
        their times: that of a kept run, or a mapping of names to times.
    """

    folder: Path
    source: str
    most: int

    def bring(self, ask: Ask, path: Path) -> Brought:
        """Copy the file of that name.

        Raises
        ------
        AbsentError
            If it is not there.
        """
        for folder in (self.folder / self.source, self.folder):
            if (found := folder / ask.name).is_file():
                said = _said(folder, ask.name)
                time, sha256, size = _copied(found, path, self.most)
                media, status = str(said.get("media", ""))[:200], said.get("status", 200)
                if status != 200 and status not in ask.too_much:
                    raise AbsentError("status", path=found, status=status)
                return Brought(_time(said, time), int(status), media, sha256, size)
        raise AbsentError("mirror", folder=self.folder, source=self.source, name=ask.name)


@dataclass(frozen=True, slots=True)
class Files:
    """A file of the operator, or a folder of such.

    Attributes
    ----------
    root
        What the source has as its address: nothing outside of it is read.
    """

    root: Path
    home: Path | None
    most: int

    def bring(self, ask: Ask, path: Path) -> Brought:
        """Copy a file.

        Raises
        ------
        AbsentError
            If it is not there, or lies outside.
        """
        found = place_of(ask.address, self.home).resolve()
        if not found.is_relative_to(self.root.resolve()):
            raise AbsentError("outside", path=found, root=self.root)
        time, sha256, size = _copied(found, path, self.most)
        return Brought(time, 200, "", sha256, size)


def is_web(address: str) -> bool:
    """Tell whether an address is one of the web, and not a file or a folder."""
    return address.lower().startswith(("http://", "https://"))


def place_of(address: str, home: Path | None) -> Path:
    """Return the path that an address names: one below ``ATLAS_HOME``, or a whole one."""
    if address.startswith("file://"):
        return Path(unquote(urlsplit(address).path, errors="surrogateescape"))
    return home_of(home) / Path(address).expanduser()


def _copied(found: Path, path: Path, most: int) -> tuple[datetime, str, int]:
    """Copy a file; return when it was made, its sha256 and its size."""
    digest, size = hashlib.sha256(), 0
    try:
        stream = found.open("rb")
    except OSError as error:
        raise AbsentError("unreadable", path=found, error=system_reason(error)) from error
    with stream, replacing_file(path) as temporary, temporary.open("wb") as into:
        time = datetime.fromtimestamp(found.stat().st_mtime, UTC).replace(microsecond=0)
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > most:
                raise AbsentError("too_big", path=found, most=most >> 20)
            digest.update(piece)
            into.write(piece)
    return time, digest.hexdigest(), size


def _said(folder: Path, name: str) -> Mapping[str, Any]:
    """Return what a manifest says of a file; nothing where there is none that can be read."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    replies = said.get("replies")
    if isinstance(replies, list):
        found = [one for one in replies if isinstance(one, dict) and one.get("name") == name]
        return found[0] if found else {}
    one = said.get(name, {})
    return one if isinstance(one, dict) else {"time": one}


def _time(said: Mapping[str, Any], made: datetime) -> datetime:
    try:
        time = datetime.fromisoformat(str(said["time"]))
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return made
