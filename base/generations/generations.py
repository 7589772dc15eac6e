"""Immutable files or folders, one of which is in force: readers never wait for writers.

A generation is complete and never changed again. A writer, alone behind a lock, makes the next one
under a temporary name, forces it to disk, gives it its name, and then swaps a small pointer file.
Whatever moment the writer is killed at, the pointer names a complete generation.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from base.reading import force_to_disk, write_atomically

KEPT: Final = 3
LOCK_POLL_S: Final = 0.02


@dataclass(frozen=True, slots=True)
class Generations:
    """A folder of generations with the pointer to the one in force.

    Attributes
    ----------
    folder
        Where they live. Made when first written to.
    prefix, suffix
        What stands before and after the number in a name: ``gen-1``.
    """

    folder: Path
    prefix: str = "gen"
    suffix: str = ""

    @property
    def pointer(self) -> Path:
        """The file whose only line is the name of the generation in force."""
        return self.folder / "current"

    @property
    def lock(self) -> Path:
        """The file that whoever writes holds locked."""
        return self.folder / "lock"

    def is_name(self, text: str) -> bool:
        """Tell whether a text is the name of a generation, there or not."""
        return self._number(text) is not None

    def numbered(self) -> list[tuple[int, Path]]:
        """List the generations present, oldest first."""
        paths = self.folder.glob(f"{self.prefix}-*{self.suffix}")
        found = ((self._number(path.name), path) for path in paths)
        return sorted((number, path) for number, path in found if number is not None)

    def pointed(self) -> str | None:
        """Return what the pointer says; None without a pointer."""
        try:
            return self.pointer.read_bytes().decode("utf-8", errors="replace").strip()
        except FileNotFoundError:
            return None

    def signature(self) -> tuple[int, int, int] | None:
        """Return what changes whenever the pointer is swapped; None without a pointer.

        One ``stat`` call, so that it can be asked on every interaction.
        """
        try:
            found = self.pointer.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    @contextmanager
    def writing(self, timeout_s: float = 0.0) -> Iterator[None]:
        """Hold the only right to write; the system gives it back if the holder dies.

        Parameters
        ----------
        timeout_s
            Seconds to wait for another writer.

        Raises
        ------
        BlockingIOError
            If another writer holds on for too long.
        OSError
            If the folder cannot be written to.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.lock.open("a") as handle:
            deadline = time.monotonic() + timeout_s
            while not _locked(handle.fileno()):
                if time.monotonic() >= deadline:
                    raise BlockingIOError(f"another process is writing {self.folder}")
                time.sleep(LOCK_POLL_S)
            yield

    def publish(
        self, build: Callable[[Path], None], check: Callable[[Path], None] | None = None
    ) -> Path:
        """Make the next generation and put it in force. Call it inside `writing`.

        Parameters
        ----------
        build
            Makes a complete file or folder at the path it is given.
        check
            Looks at the generation before it comes into force. Whatever either raises, nothing was
            changed.
        """
        self._sweep()
        number = self.next_number()
        final = self.folder / f"{self.prefix}-{number}{self.suffix}"
        temporary = self.folder / f".{final.name}.{os.getpid()}.tmp"
        try:
            build(temporary)
            for path in (*sorted(temporary.rglob("*")), temporary):
                force_to_disk(path)
            temporary.replace(final)
            force_to_disk(self.folder)
        finally:
            self._sweep()
        try:
            if check is not None:
                check(final)
        except BaseException:
            _remove(final)
            raise
        self.point_at(final.name)
        self.prune()
        return final

    def next_number(self) -> int:
        """Return the number of the next generation: greater than that of any, damaged or not."""
        start = f"{self.prefix}-"
        names = (path.name for path in self.folder.glob(f"{start}*"))
        found = (re.match(r"[1-9]\d{0,8}", name.removeprefix(start), re.ASCII) for name in names)
        return max((int(match[0]) for match in found if match), default=0) + 1

    def point_at(self, name: str) -> None:
        """Put a complete generation in force, atomically."""
        write_atomically(self.pointer, f"{name}\n")

    def prune(self) -> None:
        """Remove all but the newest few."""
        for path in self.superseded():
            _remove(path)

    def superseded(self) -> list[Path]:
        """List the generations that are kept no longer."""
        return [path for _, path in self.numbered()[:-KEPT]]

    def _number(self, name: str) -> int | None:
        pattern = rf"{re.escape(self.prefix)}-([1-9]\d{{0,8}}){re.escape(self.suffix)}"
        match = re.fullmatch(pattern, name, re.ASCII)
        return int(match[1]) if match else None

    def _sweep(self) -> None:
        # Under the lock nobody else builds: any temporary file is left over from a killed writer.
        for pattern in (f".{self.prefix}-*.tmp*", f".{self.pointer.stem}.*.tmp*"):
            for leftover in self.folder.glob(pattern):
                _remove(leftover)


def _locked(descriptor: int) -> bool:
    """Take the lock of an open file, if nobody else has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
