"""Long work of a session in the background: asked about, watched, stopped, and ended with it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import copy_context
from threading import BoundedSemaphore, Event, Thread
from typing import Any, Final, Literal

from base.reading import Stop, StoppedError, stoppable
from base.words import Refusal

State = Literal["waiting", "working", "asking", "done", "refused", "stopped", "failed"]
ENDED: Final = frozenset({"done", "refused", "stopped", "failed"})
# So many at once for all sessions: each keeps a processor busy, and a turn of reading files.
AT_ONCE: Final = 2
# Seconds that a session may be away before its work is ended: a browser comes back within less.
AWAY: Final = 30.0
_turns = BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


class Job:
    """Work under way.

    Parameters
    ----------
    work
        Called with the job; what it returns is `result`.
    present
        Whether the session that waits for it is still there.

    Attributes
    ----------
    state
        How far it is.
    about
        What the reader is asked to agree to while it is "asking", and told after.
    step, done, total
        What it is at, and how much of that is done.
    result, trouble
        What came of it.
    """

    def __init__(self, work: Callable[[Job], Any], present: Callable[[], bool]) -> None:
        self.state: State = "waiting"
        self.about: Any = None
        self.step, self.done, self.total = "", 0, 0
        self.result: Any = None
        self.trouble: Exception | None = None
        self.began = time.monotonic()
        self._work, self._present = work, present
        self._stop, self._agreed, self._holds = Stop(), Event(), False
        self._threads = [
            Thread(target=copy_context().run, args=(act,), daemon=True, name=f"atlas-job-{name}")
            for name, act in (("work", self._run), ("watch", self._watch))
        ]

    @property
    def ended(self) -> bool:
        """Whether nothing is at work any more."""
        return self.state in ENDED

    def start(self) -> Job:
        """Begin."""
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """End its processes at once; what it has begun is forgotten."""
        self._stop.ask()

    def join(self, seconds: float = 60.0) -> None:
        """Wait for its end."""
        self._threads[0].join(seconds)

    def agree(self) -> None:
        """Let it go on."""
        self._agreed.set()

    def ask(self, about: Any) -> None:
        """Tell how long it will be, and wait until the reader agrees.

        Raises
        ------
        StoppedError
            Where the reader does not.
        """
        self.about, self.state = about, "asking"
        self._leave()  # a reader may think long
        while not self._agreed.wait(0.2):
            self._stop.check()
        self._take()

    def progress(self, step: str, done: int, total: int) -> None:
        """Take note of how far it is; as of `geo.coverage.ground.Progress`.

        Raises
        ------
        StoppedError
            Where it was stopped.
        """
        self._stop.check()
        self.step, self.done, self.total = step, done, total

    def _take(self) -> None:
        """Wait for a turn."""
        self.state = "waiting"
        while not _turns.acquire(timeout=0.2):
            self._stop.check()
        self._holds = True
        self.state, self.began = "working", time.monotonic()

    def _leave(self) -> None:
        if self._holds:
            self._holds = False
            _turns.release()

    def _run(self) -> None:
        state: State = "done"
        try:
            self._take()
            with stoppable(self._stop):
                self.result = self._work(self)
        except StoppedError:
            state = "stopped"
        except Refusal as refused:
            self.trouble, state = refused, "refused"
        except Exception as error:
            _log.exception("work in the background failed")
            self.trouble, state = error, "failed"
        finally:
            self._leave()
        self.state = state

    def _watch(self) -> None:
        """End it where its session is gone."""
        last = time.monotonic()
        while self.state not in ENDED:
            if self._present():
                last = time.monotonic()
            elif time.monotonic() - last > AWAY:
                self.stop()
            if self._stop.wait(1.0):
                return
