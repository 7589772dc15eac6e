"""The archive of a backup: a ZIP whose manifest lists every file in it with its checksum.

Nothing in it is ever written under a name that the archive chooses, and nothing is read that the
manifest does not list. All is stored uncompressed, since Parquet and workbooks are compressed
already: so no archive holds more than its own size.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from base.words import Message
from metrics.store import StoreError

FORMAT: Final = "atlas06-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
# The checksum of the manifest itself stands after it, so that no part is unguarded.
SEAL: Final = "manifest.sha256"
LARGEST_MANIFEST: Final = 64 << 20
CHUNK: Final = 1 << 20
NAMES: Final = re.compile(
    r"tables/((past_)?(observations|datasets|records)|audit|changes|writes)\.parquet"
    r"|files/[0-9a-f]{64}"
    r"|mappings/[\w-][\w.-]{0,120}\.yaml"
)
LONGEST_NAME: Final = 255  # bytes that a file system takes
# What an older backup may hold beside: a file that somebody had put into that folder.
_STRANGERS: Final = re.compile(r"mappings/(?!\.\.?$)[^/\\\0]+")
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def is_ours(name: str) -> bool:
    """Tell whether a backup has files of a name."""
    fits = NAMES.fullmatch(name) is not None
    return fits and len(name.rpartition("/")[2].encode()) <= LONGEST_NAME


class Entry(BaseModel):
    """A file of an archive: its checksum, its size, and its rows where it is a table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(ge=0)]
    rows: Annotated[int, Field(ge=0)] | None = None


class Manifest(BaseModel):
    """What an archive holds and what wrote it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["atlas06-backup"] = FORMAT
    version: int = VERSION
    schema_version: int
    mode: Literal["real", "simulated"]
    made: str
    engine: str
    generation: str
    entries: dict[str, Entry]


class ArchiveError(StoreError):
    """The archive is not whole, not one of ours, or was altered; nothing was changed."""

    prefix = "backup.refused."


class Writer:
    """Write an archive, one file after the other.

    Parameters
    ----------
    stream
        Where to.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.entries: dict[str, Entry] = {}
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        # What failed is not to fail once more where it is cleared away, with another error.
        with suppress(Exception):
            self._zip.close()

    def add(self, name: str, content: IO[bytes], rows: int | None = None) -> Entry:
        """Add a file under a name."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(zipfile.ZipInfo(name, _DATE), "w", force_zip64=True) as into:
            while piece := content.read(CHUNK):
                digest.update(piece)
                size += len(piece)
                into.write(piece)
        entry = Entry(sha256=digest.hexdigest(), bytes=size, rows=rows)
        self.entries[name] = entry
        return entry

    def finish(self, **said: Any) -> Manifest:
        """Write the manifest and close the archive."""
        manifest = Manifest(entries=self.entries, **said)
        text = manifest.model_dump_json(indent=1).encode()
        self._zip.writestr(zipfile.ZipInfo(MANIFEST, _DATE), text)
        seal = hashlib.sha256(text).hexdigest()
        self._zip.writestr(zipfile.ZipInfo(SEAL, _DATE), f"{seal}\n")
        self._zip.close()
        return manifest


class Reader:
    """Read an archive whose list of files has been checked.

    Attributes
    ----------
    manifest
        What it says it holds.
    strangers
        Names of files in it that are none of a backup's: they are left out.
    """

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self.path: Final = path
        self._zip = opened
        self._infos = {info.filename: info for info in self._listed()}
        self.manifest: Final = self._manifest()
        wanted = set(self.manifest.entries) | {MANIFEST, SEAL}
        if apart := wanted ^ set(self._infos):
            raise self.broken("apart", name=sorted(apart)[0])
        others = [name for name in self.manifest.entries if not is_ours(name)]
        self.strangers: Final = tuple(sorted(others))
        for name, entry in self.manifest.entries.items():
            if name in others and not _STRANGERS.fullmatch(name):
                raise self.broken("strange", name=name)
            if name.startswith("files/") and name != f"files/{entry.sha256}":
                raise self.broken("misnamed", name=name)
            if self._infos[name].file_size != entry.bytes:
                raise self.broken("size", name=name)

    def broken(self, why: str, **values: object) -> ArchiveError:
        """Make the refusal of this archive; `why` is a message ``backup.why.<why>``."""
        return _broken(self.path, Message(f"backup.why.{why}", values))

    def names(self) -> list[str]:
        """List the files that are a backup's own."""
        return [name for name in self.manifest.entries if name not in self.strangers]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Read a file piece by piece; raises at its end if it is not what the manifest says."""
        entry = self.manifest.entries[name]
        digest, left = hashlib.sha256(), entry.bytes
        try:
            with self._zip.open(self._infos[name]) as stream:
                while piece := stream.read(CHUNK):
                    left -= len(piece)
                    if left < 0:
                        break
                    digest.update(piece)
                    yield piece
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            raise self.broken("entry", name=name, error=error) from error
        if left or digest.hexdigest() != entry.sha256:
            raise self.broken("altered", name=name)

    def copy(self, name: str, into: IO[bytes]) -> None:
        """Copy a file out, checked."""
        for piece in self.chunks(name):
            into.write(piece)

    def _listed(self) -> list[zipfile.ZipInfo]:
        infos = self._zip.infolist()
        names = [info.filename for info in infos]
        if len(set(names)) < len(names):
            raise self.broken("twice")
        for info in infos:
            if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 0x1:
                raise self.broken("packed", name=info.filename)
        return infos

    def _manifest(self) -> Manifest:
        for name in (MANIFEST, SEAL):
            if name not in self._infos or self._infos[name].file_size > LARGEST_MANIFEST:
                raise self.broken("lacks", name=name)
        try:
            text = self._zip.read(MANIFEST)
            seal = self._zip.read(SEAL).decode("ascii", "replace").strip()
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            raise self.broken("manifest", error=error) from error
        if hashlib.sha256(text).hexdigest() != seal:
            raise self.broken("manifest_altered")
        return self._understood(text)

    def _understood(self, text: bytes) -> Manifest:
        try:
            said = json.load(io.BytesIO(text))
            if isinstance(said, dict) and said.get("version", VERSION) != VERSION:
                raise self.broken("version", version=repr(said["version"]), known=VERSION)
            return Manifest.model_validate(said)
        except ArchiveError:
            raise
        except (ValueError, ValidationError, RecursionError) as error:
            first = "; ".join(str(error).splitlines()[:3])
            raise self.broken("no_manifest", error=first) from error


def _broken(path: Path, why: object) -> ArchiveError:
    return ArchiveError("broken", path=path, why=why)


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open an archive for reading.

    Raises
    ------
    ArchiveError
        If it is not a whole backup.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise _broken(path, error) from error
    with archive:
        yield Reader(path, archive)
