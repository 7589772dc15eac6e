"""Stop what runs apart: its processes are ended at once, and whoever waits for them goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock
from typing import Any


class StoppedError(Exception):
    """Raised in whatever was at work when it was asked to stop."""


class Stop:
    """A wish to stop, and the processes that it ends."""

    def __init__(self) -> None:
        self._asked, self._lock = Event(), Lock()
        self._running: set[subprocess.Popen[bytes]] = set()

    @property
    def asked(self) -> bool:
        """Whether it was asked for."""
        return self._asked.is_set()

    def ask(self) -> None:
        """End the processes that run, and let none begin."""
        with self._lock:
            self._asked.set()
            for process in self._running:
                process.kill()

    def check(self) -> None:
        """Go on, unless it was asked for.

        Raises
        ------
        StoppedError
            Where it was.
        """
        if self.asked:
            raise StoppedError

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; tell whether it was asked for."""
        return self._asked.wait(seconds)

    @contextmanager
    def _over(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Hold a process as long as it runs."""
        with self._lock:
            self._running.add(process)
            if self.asked:
                process.kill()
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(process)

    def run(self, command: list[str], *, given: bytes, timeout: float, **how: Any) -> int:
        """Run a process to its end, or to that of the time, or until it is asked to stop.

        Parameters
        ----------
        given
            What it reads from its standard input.
        timeout
            Seconds.
        **how
            As of `subprocess.Popen`.

        Returns
        -------
        int
            With what it ended.

        Raises
        ------
        subprocess.TimeoutExpired
            Where it took longer.
        StoppedError
            Where it was asked to stop.
        """
        self.check()
        with (
            subprocess.Popen(command, stdin=subprocess.PIPE, **how) as process,
            self._over(process),
        ):
            try:
                process.communicate(given, timeout=timeout)
            finally:
                process.kill()  # nothing where it has ended
        self.check()
        return process.returncode


_NEVER = Stop()
_now: ContextVar[Stop] = ContextVar("stop", default=_NEVER)


def stop_here() -> Stop:
    """Return what can stop the work of this context."""
    return _now.get()


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Let something be stopped; threads that it starts are to run in a copy of its context."""
    token = _now.set(stop)
    try:
        yield
    finally:
        _now.reset(token)
