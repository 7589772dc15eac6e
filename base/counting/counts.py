"""Counts and times of what this process has done, for whoever watches over it.

Labels come from short lists of the code's own: never a name, an address or a text of somebody.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final, TypeAlias

# Seconds, upper ends. What takes longer than the last is in the sum and in the count.
STEPS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)

Labels: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """How often something was done, how long that took, and how often it took at most a step."""

    count: int
    seconds: float
    within: tuple[int, ...]


class Counted:
    """Something that is counted.

    Parameters
    ----------
    name, told
        What it is called, and a sentence of what it is.
    *labels
        Names of what tells its counts apart.
    known
        Values of its only label that are told from the start: what grows is told from nothing on.
    """

    def __init__(self, name: str, told: str, *labels: str, known: Iterable[str] = ()) -> None:
        self.name, self.told, self.labels = name, told, labels
        self._counts: dict[Labels, int] = {(value,): 0 for value in known}
        self._lock = Lock()
        _all.append(self)

    def add(self, *values: str) -> None:
        """Count one, with a value for each label."""
        with self._lock:
            self._counts[values] = self._counts.get(values, 0) + 1

    def counts(self) -> dict[Labels, int]:
        """Return the counts so far by the values of the labels."""
        with self._lock:
            return dict(self._counts)


class Timed:
    """Something that takes a while; see `Counted`."""

    def __init__(self, name: str, told: str, *labels: str, known: Iterable[str] = ()) -> None:
        self.name, self.told, self.labels = name, told, labels
        none = Times(0, 0.0, (0,) * len(STEPS))
        self._times: dict[Labels, Times] = {(value,): none for value in known}
        self._lock = Lock()
        _all.append(self)

    def add(self, seconds: float, *values: str) -> None:
        """Count one that took so many seconds."""
        with self._lock:
            old = self._times.get(values, Times(0, 0.0, (0,) * len(STEPS)))
            within = (n + (seconds <= step) for n, step in zip(old.within, STEPS, strict=True))
            self._times[values] = Times(old.count + 1, old.seconds + seconds, tuple(within))

    @contextmanager
    def timing(self, *values: str) -> Iterator[None]:
        """Time what is done inside, however it ends."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add(time.perf_counter() - began, *values)

    @contextmanager
    def outcome(self) -> Iterator[None]:
        """Time what is done inside, told apart by whether it was ``done`` or has ``failed``."""
        began = time.perf_counter()
        how = "failed"
        try:
            yield
            how = "done"
        finally:
            self.add(time.perf_counter() - began, how)

    def times(self) -> dict[Labels, Times]:
        """Return the times so far by the values of the labels."""
        with self._lock:
            return dict(self._times)


_all: list[Counted | Timed] = []


def everything() -> tuple[Counted | Timed, ...]:
    """Return all that is counted and timed."""
    return tuple(_all)
