"""Bring the files of a public set, each verified by its git blob id, from a mirror or the network.

What was fetched and verified is kept by its id below the folder of boundaries, so that an
interrupted fetch goes on where it stopped and the same file is never fetched twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.boundaries.official.records import Finding, Refused, Weight
from geo.boundaries.official.sets import PublicSet, SetFile, blob_id

if TYPE_CHECKING:
    import httpx

# Bytes. The largest file of either set is a sixth of the first, the archive a half of the second.
MOST_FILE: Final = 40_000_000
MOST_ARCHIVE: Final = 400_000_000
WORKERS: Final = 8
TRIES: Final = 3
CONNECT_S: Final = 10.0
READ_S: Final = 60.0
PAUSE_S: Final = 0.5
CHUNK: Final = 1 << 16
MOST_NAMED: Final = 8

# What is done, of how many, of which set.
Progress = Callable[[int, int, str], None]
# Takes the content of a file as it comes: all of a set together would fill the memory.
Take = Callable[[SetFile, bytes], None]


class AlteredError(Exception):
    """A file is not the one published."""


class AbsentError(Exception):
    """A file is not there."""


class UnreachableError(Exception):
    """A file could not be fetched; the message says why."""


@dataclass(slots=True)
class Brought:
    """What came of a set.

    Attributes
    ----------
    taken
        Paths of the files that came, verified, and were handed on.
    absent, altered
        Paths of files that are not there, and of those that are not what was published.
    """

    taken: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Folder:
    """A mirror on disk: a folder with a folder for each set."""

    root: Path

    def get(self, of: PublicSet, file: SetFile, most: int) -> bytes:
        """Read a file.

        Raises
        ------
        AbsentError, AlteredError
            If it is not there or not what was published.
        """
        path = self.root / of.key / file.path
        try:
            if path.stat().st_size > most:
                raise AlteredError(file.path)
            content = path.read_bytes()
        except OSError as error:
            raise AbsentError(file.path) from error
        return _verified(content, file)


@dataclass(frozen=True, slots=True)
class Network:
    """GitHub, or a mirror by URL; what came is kept in a folder.

    Attributes
    ----------
    client
        Shared by all threads.
    kept
        Folder of verified files, named by their ids.
    base
        URL of a mirror laid out as on disk; None for GitHub.
    """

    client: httpx.Client
    kept: Path
    base: str | None = None

    def get(self, of: PublicSet, file: SetFile, most: int) -> bytes:
        """Take a file from those kept, else fetch it.

        Raises
        ------
        AbsentError, AlteredError, UnreachableError
            If there is no such file, if it is not what was published, or if nobody answers.
        """
        path = self.kept / file.blob
        if path.is_file():
            try:
                return _verified(path.read_bytes(), file)
            except AlteredError:
                path.unlink()
        part = path.with_suffix(".part")
        for last in [False] * (TRIES - 1) + [True]:
            try:
                self._fetch(of.address(file, self.base), part, most)
                content = _verified(part.read_bytes(), file)
            except AlteredError:
                part.unlink(missing_ok=True)
                if last:
                    raise
            except UnreachableError:
                if last:
                    raise
                time.sleep(PAUSE_S)
            else:
                part.replace(path)
                return content
        raise UnreachableError(file.path)

    def _fetch(self, url: str, part: Path, most: int) -> None:
        """Fetch what is still missing of a file."""
        import httpx  # noqa: PLC0415

        have = part.stat().st_size if part.is_file() else 0
        asked = {"Range": f"bytes={have}-"} if have else {}
        try:
            with self.client.stream("GET", url, headers=asked) as answer:
                if answer.status_code == httpx.codes.NOT_FOUND:
                    raise AbsentError(url)
                if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                    return  # all of it is here already, or it is not the file: the id will tell
                answer.raise_for_status()
                whole = answer.status_code != httpx.codes.PARTIAL_CONTENT
                with part.open("wb" if whole else "ab") as out:
                    size = 0 if whole else have
                    for chunk in answer.iter_bytes(CHUNK):
                        size += len(chunk)
                        if size > most:
                            raise AlteredError(url)
                        out.write(chunk)
        except httpx.HTTPStatusError as error:
            raise UnreachableError(f"HTTP {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise UnreachableError(str(error) or type(error).__name__) from error


Place = Folder | Network


def network(kept: Path, base: str | None = None) -> Network:
    """Open the way to the network; close its client afterwards."""
    import httpx  # noqa: PLC0415

    kept.mkdir(parents=True, exist_ok=True)
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    limits = httpx.Limits(max_connections=WORKERS)
    agent = {"User-Agent": "atlas06"}
    return Network(httpx.Client(timeout=timeout, limits=limits, headers=agent), kept, base)


def bring(of: PublicSet, place: Place, progress: Progress, take: Take) -> Brought:
    """Bring every file of a set, and hand each on as it comes.

    Raises
    ------
    Refused
        If files could not be fetched; those that came are kept.
    """
    brought, failed, error = Brought(), 0, ""
    progress(0, len(of.files), of.key)
    for done, (file, future) in enumerate(_each(of, place), 1):
        try:
            take(file, future.result())
            brought.taken.append(file.path)
        except AbsentError:
            brought.absent.append(file.path)
        except AlteredError:
            brought.altered.append(file.path)
        except UnreachableError as why:
            failed, error = failed + 1, str(why)
            if failed >= WORKERS and not brought.taken:
                break  # nobody answers: the rest would only wait for nothing
        progress(done, len(of.files), of.key)
    if failed:
        n = failed if brought.taken else len(of.files)
        values = {"n": str(n), "error": error[:200]}
        raise Refused([Finding("unreachable", Weight.REFUSED, values)])
    return brought


def _each(of: PublicSet, place: Place) -> Iterator[tuple[SetFile, Future[bytes]]]:
    """Give the files as they come, a few asked for at a time."""
    left = iter(of.files)
    pool = ThreadPoolExecutor(WORKERS)
    asked: dict[Future[bytes], SetFile] = {}
    try:
        while True:
            while len(asked) < 2 * WORKERS and (file := next(left, None)) is not None:
                asked[pool.submit(place.get, of, file, MOST_FILE)] = file
            if not asked:
                return
            for future in wait(asked, return_when=FIRST_COMPLETED).done:
                yield asked.pop(future), future
    finally:
        pool.shutdown(cancel_futures=True)


def bring_archive(of: PublicSet, place: Place, progress: Progress) -> bytes | None:
    """Bring the archive of a set; None where there is none, or it is not there.

    Raises
    ------
    Refused
        If it is not the one published, or could not be fetched.
    """
    if of.archive is None:
        return None
    progress(0, 1, of.key)
    try:
        content = place.get(of, of.archive, MOST_ARCHIVE)
    except AbsentError:
        return None
    except AlteredError as error:
        values = {"n": "1", "files": of.archive.path}
        raise Refused([Finding("altered", Weight.REFUSED, values)]) from error
    except UnreachableError as error:
        values = {"n": "1", "error": str(error)[:200]}
        raise Refused([Finding("unreachable", Weight.REFUSED, values)]) from error
    progress(1, 1, of.key)
    return content


def few(paths: list[str]) -> str:
    """Name the first of many paths."""
    rest = len(paths) - MOST_NAMED
    return ", ".join(sorted(paths)[:MOST_NAMED]) + (f", … (+{rest})" if rest > 0 else "")


def _verified(content: bytes, file: SetFile) -> bytes:
    if blob_id(content) != file.blob:
        raise AlteredError(file.path)
    return content
