"""The copy that is attacked: stores of its own, and commands run on them."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any, Final, TypeVar

import pandas as pd
import time_machine

from geo.__main__ import main as geo_main
from metrics.__main__ import main as metrics_main
from metrics.store import current_store

SLOWEST_S: Final = 300.0
# Done; something refused or missing; used wrongly.
# More than this no file may take of the app itself; what reads it is another process.
APP_BYTES: Final = 500 << 20
AGREED_CODES: Final = frozenset({0, 1, 2})
FAILED, TOO_MUCH = 70, 71
COMMANDS: Final = {"metrics": metrics_main, "geo": geo_main}
TABLE: Final = "Tỉnh;Kỳ;dti-score\nHà Nội;2021;0,{0}1\nAn Giang;2021;0,{0}3\n"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command.

    Attributes
    ----------
    code
        What it ended with; below 0, the signal that ended it.
    said
        All that it wrote.
    """

    code: int
    said: str

    def faults(self) -> list[str]:
        """Tell what no command may do, whatever it was given."""
        found = []
        if self.code not in AGREED_CODES:
            found.append(f"ended with {self.code}: {self.said[-300:]}")
        if "Traceback (most recent call last)" in self.said:
            found.append(f"a traceback: {self.said[-900:]}")
        if self.code and not self.said.strip():
            found.append(f"ended with {self.code} and no word")
        return found


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds: the checksum of all its figures, and of which datasets."""

    figures: str
    datasets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with a filled store, and room for copies of it.

    Attributes
    ----------
    root
        Temporary folder; all that is attacked is below it.
    """

    root: Path

    @property
    def filled(self) -> Path:
        """The store that copies are made of, with two generations: shipped, and a table more."""
        home = self.root / "filled"
        if not home.exists():
            unfinished = self.root / "filling"
            run(unfinished, "metrics", "status")
            told = run(unfinished, *self.storing(1))
            if told.code:
                raise RuntimeError(f"no store to attack could be made: {told.said}")
            unfinished.rename(home)
        return home

    def home(self, name: str) -> Path:
        """Return a fresh copy of the filled store."""
        to = self.root / name
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.filled, to)
        return to

    def storing(self, figure: int) -> tuple[str, ...]:
        """Return the command that stores a table, and write the table."""
        path = self.root / f"table-{figure}.csv"
        path.write_text(TABLE.format(figure), encoding="utf-8")
        named = ("--producer", "Sở Thử nghiệm", "--title", path.stem, "--edition", "2024")
        return ("metrics", "import", str(path), "--store", *named, "--published", "2025-01-02")


def run(home: Path, *words: str, wrong_by: float = 0.0, until: float = SLOWEST_S) -> Ran:
    """Run a command, ``metrics status`` say, in a process of its own.

    Parameters
    ----------
    home
        Where its store is.
    words
        The part of the app and what follows.
    wrong_by
        Seconds by which its clock is wrong.
    until
        Seconds after which it is killed.
    """
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if not pid:
            _become(home, words, wrong_by, said.fileno())
        with suppress(OSError):  # done by the child, if it is the quicker one
            os.setpgid(pid, pid)
        deadline = time.monotonic() + until
        while not (ended := os.waitpid(pid, os.WNOHANG))[0]:
            if time.monotonic() > deadline:
                os.killpg(pid, signal.SIGKILL)
                ended = os.waitpid(pid, 0)
                break
            time.sleep(0.002)
        said.seek(0)
        return Ran(os.waitstatus_to_exitcode(ended[1]), said.read().decode("utf-8", "replace"))


def _become(home: Path, words: tuple[str, ...], wrong_by: float, said: int) -> None:
    """Be the process of a command, to its end."""
    code = FAILED
    before = getrusage(RUSAGE_SELF).ru_maxrss
    try:
        os.setpgid(0, 0)
        for stream in (1, 2):
            os.dup2(said, stream)
        os.environ["ATLAS_HOME"] = str(home)
        os.environ.pop("ATLAS_DATABASE_URL", None)
        if wrong_by:
            time_machine.travel(datetime.now(UTC) + timedelta(seconds=wrong_by)).start()
        code = COMMANDS[words[0]](list(words[1:]))
        grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024
        if grown > APP_BYTES:
            print(f"the app itself took {grown >> 20} MB more")
            code = TOO_MUCH
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        print(end="", flush=True)
        os._exit(code)


def apart(work: Callable[[], T]) -> T:
    """Work something out in a forked process, which a library may abort.

    Raises
    ------
    RuntimeError
        With the traceback, or the signal, if it did not come to an answer.
    """
    back, there = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(there, "wb") as stream:
            try:
                answer: tuple[bool, Any] = (True, work())
            except BaseException:
                answer = (False, traceback.format_exc())
            pickle.dump(answer, stream)
        os._exit(0)
    os.close(there)
    with os.fdopen(back, "rb") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    if not said:
        raise RuntimeError(f"ended by signal {-os.waitstatus_to_exitcode(status)}")
    whole, found = pickle.loads(said)
    if not whole:
        raise RuntimeError(found)
    result: T = found
    return result


def held(home: Path) -> Held:
    """Open a store as a page does, in a process of its own, and read all of it."""

    def read() -> Held:
        store = current_store(home=home)
        rows = pd.util.hash_pandas_object(store.observations(), index=False).to_numpy()
        return Held(hashlib.sha256(rows.tobytes()).hexdigest(), tuple(store.datasets()["id"]))

    return apart(read)
