"""What is worked out of a store is kept in that store, and goes when its generation does."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar
from weakref import WeakSet

from geo.boundaries.replaced import in_force, pinned

if TYPE_CHECKING:
    from metrics.store.queries import Store

P = ParamSpec("P")
R = TypeVar("R")
Work = Callable[Concatenate["Store", P], R]


# How long one waits for an answer that another works out, before working it out as well.
PATIENCE_S: Final = 20.0

_open: WeakSet[Answers] = WeakSet()
# What is worked out while one answer is, of stores whose answers are closed.
_meanwhile = threading.local()


class _Making:
    """An answer that a thread is working out; ``found`` holds it once it is there."""

    __slots__ = ("by", "found", "over")

    def __init__(self, by: int) -> None:
        self.by: Final = by
        self.found: tuple[Any, ...] = ()
        self.over: Final = threading.Event()


class Answers:
    """The newest answers of each function, at most so many; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Hashable, OrderedDict[Hashable, Any]] = {}
        self._making: dict[Hashable, _Making] = {}
        self._closed = False
        _open.add(self)

    def get(self, who: Hashable, most: int, asked: Hashable, work_out: Callable[[], R]) -> R:
        """Return what was worked out for a question before, or work it out now.

        Who asks while another works it out waits for that one: many readers ask the same of a new
        generation at once.
        """
        key = (who, asked)
        with self._lock:
            closed = self._closed
            mine = OrderedDict() if closed else self._kept.setdefault(who, OrderedDict())
            if asked in mine:
                mine.move_to_end(asked)
                known: R = mine[asked]
                return known
            making = None if closed else self._making.get(key)
            if making is None and not closed:
                own = self._making[key] = _Making(threading.get_ident())
            else:
                own = None
        if making is not None and making.by != threading.get_ident():
            # Not for ever: the other may wait for something that is held here.
            making.over.wait(PATIENCE_S)
            if making.found:
                found: R = making.found[0]
                return found
        try:
            found = self._once(who, asked, work_out) if closed else _outermost(work_out)
            with self._lock:
                if not self._closed:
                    # Who asked at the same time shares the answer that came first.
                    found = mine.setdefault(asked, found)
                while len(mine) > most:
                    mine.popitem(last=False)
            if own is not None:
                own.found = (found,)
        finally:
            if own is not None:
                with self._lock:
                    del self._making[key]
                own.over.set()
        return found

    def _once(self, who: Hashable, asked: Hashable, work_out: Callable[[], R]) -> R:
        """Work an answer out, once for all that is worked out of it meanwhile.

        A reader may be in the middle of a page when a newer generation comes into force: without
        this, each of its answers would be made of others that are made over and over.
        """
        known: dict[Hashable, R] | None = getattr(_meanwhile, "known", None)
        if known is None:
            return _outermost(work_out)
        key = (self, who, asked)
        if key not in known:
            known[key] = work_out()
        return known[key]

    def count(self, who: Hashable) -> int:
        """Count the answers kept of a function."""
        with self._lock:
            return len(self._kept.get(who, ()))

    def close(self) -> None:
        """Let go of all answers, those of stores among them, and keep none from now on.

        Answers that hold their store make a ring, which Python frees late, and never what it has
        been told to leave out of its searches.
        """
        with self._lock:
            self._closed, kept, self._kept = True, self._kept, {}
        for mine in kept.values():
            for found in mine.values():
                if isinstance(inner := getattr(found, "answers", None), Answers):
                    inner.close()


def _outermost(work_out: Callable[[], R]) -> R:
    """Work an answer out, remembering what closed answers give until it is there."""
    if getattr(_meanwhile, "known", None) is not None:
        return work_out()
    _meanwhile.known = {}
    try:
        return work_out()
    finally:
        _meanwhile.known = None


@dataclass(slots=True)
class _Turns:
    """How often a function was asked, and how often it worked an answer out, of any store."""

    asked: int = 0
    made: int = 0


def _held(who: Hashable) -> int:
    return sum(one.count(who) for one in [*_open])


def kept_in_store(most: int, *, drawn: bool = False) -> Callable[[Work[P, R]], Work[P, R]]:
    """Keep the newest answers of a function about a store in that store.

    Parameters
    ----------
    most
        So many answers are kept of each store. Arguments after the store have to be hashable.
    drawn
        Whether the answers are of boundaries too: others are worked out where others are in force.
    """

    def keep(work_out: Work[P, R]) -> Work[P, R]:
        turns = _Turns()

        @wraps(work_out)
        def answer(store: Store, *args: P.args, **named: P.kwargs) -> R:
            on = in_force() if drawn else None

            asked = (on, args, tuple(sorted(named.items())))
            turns.asked += 1

            def now() -> R:
                turns.made += 1
                with pinned(on) if drawn else nullcontext():
                    return work_out(store, *args, **named)

            return store.answers.get(work_out, most, asked, now)

        answer.turns = lambda: (turns.asked - turns.made, turns.made, _held(work_out))  # type: ignore[attr-defined]
        return answer

    return keep
