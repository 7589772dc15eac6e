"""Open files of unknown hands in a process of their own, where they can do no harm.

Readers of workbooks, Parquet, rasters and vector files end their process when memory runs out, and
a few hundred bytes can ask them for terabytes: one cell in the last row and column does. So they
run apart, with bounded memory and time. Whatever becomes of that process, the app goes on and says
a sentence. What was read comes back as an answer in JSON and tables in the IPC format of Arrow.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, Final

from base.folders import ROOT
from base.reading.refusal import Unreadable
from base.reading.stopping import stop_here
from base.words import Refusal, system_reason

if TYPE_CHECKING:
    import pyarrow as pa

Reader = Callable[..., dict[str, Any]]
ANSWER, LOG, GIVEN = "answer.json", "log.txt", "given"
LONGEST_ANSWER: Final = 32 << 20
# So many files at once: the memory of each is bounded, and so is that of all.
AT_ONCE: Final = 3
_turns = BoundedSemaphore(AT_ONCE)
# What a reading process is told of its surroundings; no address of a database, no secret.
_ENVIRONMENT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH")
# Threads and pools reserve memory that nobody uses, of which there is little.
_FRUGAL: Final = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX"), "1"),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYTHONUTF8": "1",
}
_CPU_LIMIT: Final = -24  # killed by SIGXCPU
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Room:
    """What reading one file may take.

    Attributes
    ----------
    memory
        Bytes of address space of the reading process.
    seconds
        Of work, and of waiting for it.
    result
        Bytes of each file that it may write, which is what comes back.
    """

    memory: int = 3 << 30
    seconds: int = 180
    result: int = 512 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """What a reading process says: its answer, and tables that are mapped from disk."""

    answer: dict[str, Any]
    tables: tuple[pa.Table, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """A function that opens a file, and runs in a process of its own.

    Parameters
    ----------
    read
        A function of a module, called with the path of a file, the folder that results go to (see
        `put_table`), ``file`` (what messages call it), and values as JSON has them. It returns
        values as JSON has them, or raises a `Refusal`.
    """

    read: Reader

    def __call__(
        self, given: Path | bytes, file: str, room: Room | None = None, **asked: Any
    ) -> Told:
        """Read a file.

        Parameters
        ----------
        given
            The file.
        file
            What messages call it.
        **asked
            Passed on.

        Raises
        ------
        Unreadable
            Where the process breaks off, or takes more than its room.
        Refusal
            As the function raises it.
        StoppedError
            Where it was asked to stop; see `base.reading.stoppable`.
        """
        room = room or Room()
        task = {
            "function": [self.read.__module__, self.read.__qualname__],
            "file": file,
            "asked": asked,
            "room": asdict(room),
        }
        try:
            with _turn(), tempfile.TemporaryDirectory(prefix="atlas-reading-") as folder:
                path = _on_disk(given, Path(folder))
                _run({**task, "path": str(path), "folder": folder}, Path(folder), file, room)
                return _told(Path(folder), file)
        except OSError as error:  # a full disk, or a file that went meanwhile
            raise Unreadable("unreadable", file=file, error=system_reason(error)) from error


def _on_disk(given: Path | bytes, folder: Path) -> Path:
    if isinstance(given, Path):
        return given.resolve()
    path = folder / GIVEN
    path.write_bytes(given)
    return path


def run_worker(command: list[str], **how: Any) -> int:
    """Run a reading process; as of `base.reading.stopping.Stop.run`."""
    return stop_here().run(command, **how)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for one of the turns, unless what waits is stopped."""
    while not _turns.acquire(timeout=0.2):
        stop_here().check()
    try:
        yield
    finally:
        _turns.release()


def _run(task: dict[str, Any], folder: Path, file: str, room: Room) -> None:
    with (folder / LOG).open("wb") as log:
        try:
            code = run_worker(
                [sys.executable, "-W", "ignore", "-m", "base.reading.worker"],
                given=json.dumps(task).encode(),
                timeout=room.seconds,
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=ROOT,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
                | _FRUGAL,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("slow", file=file, seconds=room.seconds) from None
    if code == _CPU_LIMIT:
        raise Unreadable("slow", file=file, seconds=room.seconds)
    if code:
        tail = (folder / LOG).read_bytes()[-2000:].decode("utf-8", "replace")
        _log.warning("reading %r ended with %s: %s", file, code, tail)
        raise Unreadable("crashed", file=file)


def _told(folder: Path, file: str) -> Told:
    path = folder / ANSWER
    if not path.is_file() or path.stat().st_size > LONGEST_ANSWER:
        raise Unreadable("crashed", file=file)
    answer = json.loads(path.read_bytes())
    if "refused" in answer:
        kind, key, values = answer["refused"]
        raise _kinds().get(kind, Unreadable)(key, **values)
    return Told(answer["told"], tuple(_tables(folder)))


def _kinds() -> dict[str, type[Refusal]]:
    """Return the kinds of refusal that are known, by name."""
    found, left = {}, [Refusal]
    while left:
        kind = left.pop()
        found[kind.__qualname__] = kind
        left += kind.__subclasses__()
    return found


def _tables(folder: Path) -> Iterator[pa.Table]:
    import pyarrow as pa  # noqa: PLC0415

    for n in range(len(list(folder.glob("*.arrow")))):
        # Mapped, so that it takes memory only where it is looked at; the file may go meanwhile.
        with pa.memory_map(str(folder / f"{n}.arrow")) as file, pa.ipc.open_file(file) as reader:
            table = reader.read_all()
        table.validate(full=True)
        yield table


@contextmanager
def put_batches(folder: Path, schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """Give what writes batches into the next table of an answer."""
    import pyarrow as pa  # noqa: PLC0415

    path = folder / f"{len(list(folder.glob('*.arrow')))}.arrow"
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        yield writer.write


def put_table(folder: Path, table: pa.Table) -> None:
    """Add a table to an answer."""
    with put_batches(folder, table.schema) as put:
        for batch in table.to_batches():
            put(batch)
