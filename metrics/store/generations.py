"""Immutable store files, one of which is in force: readers never wait, nothing is half written.

A generation is a complete file that is never changed again. A writer, alone behind a lock, makes
the next one under a temporary name, forces it to disk, gives it its name, and then swaps a small
pointer file. Whatever moment the writer is killed at, the pointer names a complete generation.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from base.reading import force_to_disk, write_atomically
from base.words import Lang, Message, Refusal, number, t

log = logging.getLogger(__name__)

KEPT: Final = 3
SHOWN: Final = 20  # problems of an error
# Long enough for the largest import we foresee, short enough that a stuck writer is noticed.
LOCK_TIMEOUT_S: Final = 120.0
LOCK_POLL_S: Final = 0.02


class StoreError(Refusal):
    """The store cannot be read or written; says why and what to do.

    Parameters
    ----------
    key
        The message is ``store.<key>``.
    problems
        What was found wrong in the data, one record each; empty where it is not about data.
    **values
        As of `Refusal`.
    """

    prefix = "store."

    def __init__(self, key: str, problems: Iterable[object] = (), **values: object) -> None:
        super().__init__(key, **values)
        self.problems: Final = tuple(problems)

    def told(self, lang: Lang) -> str:
        """Say it with the first of the problems, a line each."""
        shown = [p.say(lang) if isinstance(p, Message) else str(p) for p in self.problems[:SHOWN]]
        lines = [self.say(lang), *(f"- {problem}" for problem in shown)]
        if rest := len(self.problems) - len(shown):
            lines.append(t("store.more_problems", lang, n=number(rest, lang)))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.told("en")


class BrokenPointerError(StoreError):
    """The pointer file does not lead to a generation, though there should be one."""


class DamagedError(StoreError):
    """A file that should be a generation cannot be read as one."""


class UnreachableError(StoreError):
    """The database that the store lives in does not answer; it may do so again later."""


@dataclass(frozen=True, slots=True)
class Generations:
    """A folder of generations with the pointer to the one in force.

    Parameters
    ----------
    folder
        Where the files live. Made when first written to.
    prefix
        What the names begin with: ``gen`` gives ``gen-1.duckdb``.
    """

    folder: Path
    prefix: str = "gen"

    @property
    def pointer(self) -> Path:
        """The file whose only line is the name of the generation in force."""
        return self.folder / f"{self.prefix}.current"

    def numbered(self) -> list[tuple[int, Path]]:
        """List the generations present, oldest first."""
        paths = self.folder.glob(f"{self.prefix}-*.duckdb")
        matches = ((self._pattern().fullmatch(path.name), path) for path in paths)
        return sorted((int(match[1]), path) for match, path in matches if match)

    def current(self) -> Path | None:
        """Return the generation in force, or None where none was ever made.

        Raises
        ------
        BrokenPointerError
            If the pointer is missing beside generations, holds something else than the name of a
            generation, or names one that is not there.
        """
        seen = None
        while True:
            text = self._pointer_text()
            if text is None:
                if not self.numbered():
                    return None
                raise BrokenPointerError("pointer_missing", pointer=self.pointer)
            if not self._pattern().fullmatch(text):
                raise BrokenPointerError(
                    "pointer_broken", pointer=self.pointer, text=text[:80], prefix=self.prefix
                )
            path = self.folder / text
            if path.exists():
                return path
            # Between our two looks a writer may have moved on and pruned: only then look again.
            if text == seen:
                raise BrokenPointerError("pointer_lost", pointer=self.pointer, text=text)
            seen = text

    def signature(self) -> tuple[int, int, int] | None:
        """Return what changes whenever the pointer is swapped; None without a pointer.

        One ``stat`` call, so that it can be asked on every interaction.
        """
        try:
            found = self.pointer.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def in_force(self) -> str | None:
        """Return the name of the generation in force; None where none was ever made."""
        path = self.current()
        return None if path is None else path.stem

    @contextmanager
    def writing(self, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[None]:
        """Hold the only right to write; the system gives it back if the holder dies.

        Parameters
        ----------
        timeout_s
            Seconds to wait for another writer.

        Raises
        ------
        StoreError
            If the folder cannot be written to or another writer holds on for too long.
        """
        lock = self.folder / f"{self.prefix}.lock"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = lock.open("a")
        except OSError as error:
            raise StoreError("folder", folder=self.folder, error=error.strerror) from error
        with handle:
            _wait_for(handle.fileno(), lock, timeout_s)
            yield

    def publish(self, build: Callable[[Path], None]) -> Path:
        """Make the next generation and put it in force. Call it inside `writing`.

        Parameters
        ----------
        build
            Writes a complete store file at the path it is given, and closes it.
        """
        self._sweep()
        present = self.numbered()
        number = present[-1][0] + 1 if present else 1
        final = self.folder / f"{self.prefix}-{number}.duckdb"
        temporary = self.folder / f".{final.name}.{os.getpid()}.tmp"
        try:
            build(temporary)
            force_to_disk(temporary)
            temporary.replace(final)
            force_to_disk(self.folder)
        finally:
            self._sweep()
        self.point_at(final)
        self._prune(final)
        return final

    def point_at(self, generation: Path) -> None:
        """Put a complete generation in force, atomically."""
        write_atomically(self.pointer, f"{generation.name}\n")

    def repair(self, usable: Callable[[Path], bool], reason: str) -> Path | None:
        """Put the newest usable generation in force. Call it inside `writing`.

        Parameters
        ----------
        usable
            Tells whether a file can be read as a store. One that cannot is set aside as
            ``*.broken``, never deleted.
        reason
            Why the repair was needed, for the log.

        Returns
        -------
        Path or None
            The generation now in force; None where none is usable.
        """
        for _, path in reversed(self.numbered()):
            if usable(path):
                self.point_at(path)
                log.warning("%s Recovered: %s is in force.", reason, path.name)
                return path
            path.replace(path.with_name(f"{path.name}.broken"))
            log.error("%s cannot be read as a store; set aside as %s.broken.", path, path.name)
        self.pointer.unlink(missing_ok=True)
        log.warning("%s No usable generation is left: starting anew.", reason)
        return None

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"{re.escape(self.prefix)}-([1-9]\d*)\.duckdb")

    def _pointer_text(self) -> str | None:
        try:
            return self.pointer.read_bytes().decode("utf-8", errors="replace").strip()
        except FileNotFoundError:
            return None

    def _sweep(self) -> None:
        # Under the lock nobody else builds: any temporary file is left over from a killed writer.
        for leftover in self.folder.glob(f".{self.prefix}[-.]*.tmp*"):
            leftover.unlink(missing_ok=True)

    def _prune(self, current: Path) -> None:
        older = [path for _, path in self.numbered() if path != current]
        for path in older[: -(KEPT - 1)]:
            path.unlink(missing_ok=True)


def _wait_for(descriptor: int, lock: Path, timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                held = Message("store.busy_lock", {"lock": lock})
                raise StoreError("busy", seconds=timeout_s, lock=held) from None
            time.sleep(LOCK_POLL_S)
        else:
            return
