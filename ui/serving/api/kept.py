"""Answers that are kept as long as there is room, each made once however many ask at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from ui.serving.api.operations import Answer

# No answer takes more than this part of the room.
PART: Final = 8


class Kept:
    """Keep answers, those asked for last.

    Parameters
    ----------
    most
        Bytes in all.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._found: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()
        self._making = [Lock() for _ in range(64)]

    def __contains__(self, key: str) -> bool:
        return key in self._found

    def get(self, key: str, make: Callable[[], Answer]) -> Answer:
        """Return the answer of a key, made where it is not kept."""
        # Who asks for what is being made waits for it.
        with self._making[hash(key) % len(self._making)]:
            with self._lock:
                if key in self._found:
                    self._found.move_to_end(key)
                    return self._found[key]
            answer = make()
            self._keep(key, answer)
            return answer

    def _keep(self, key: str, answer: Answer) -> None:
        size = len(answer.body)
        if size > self._most // PART:
            return
        with self._lock:
            self._found[key] = answer
            self._bytes += size
            while self._bytes > self._most:
                _, gone = self._found.popitem(last=False)
                self._bytes -= len(gone.body)
