"""What is worked out of a store is kept in that store, and goes when its generation does."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from metrics.store.queries import Store

P = ParamSpec("P")
R = TypeVar("R")
Work = Callable[Concatenate["Store", P], R]


class Answers:
    """The newest answers of each function, at most so many; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Hashable, OrderedDict[Hashable, Any]] = {}

    def get(self, who: Hashable, most: int, asked: Hashable, work_out: Callable[[], R]) -> R:
        """Return what was worked out for a question before, or work it out now."""
        with self._lock:
            mine = self._kept.setdefault(who, OrderedDict())
            if asked in mine:
                mine.move_to_end(asked)
                known: R = mine[asked]
                return known
        found = work_out()
        with self._lock:
            mine[asked] = found
            while len(mine) > most:
                mine.popitem(last=False)
        return found


def kept_in_store(most: int) -> Callable[[Work[P, R]], Work[P, R]]:
    """Keep the newest answers of a function about a store in that store.

    Parameters
    ----------
    most
        So many answers are kept of each store. Arguments after the store have to be hashable.
    """

    def keep(work_out: Work[P, R]) -> Work[P, R]:
        @wraps(work_out)
        def answer(store: Store, *args: P.args, **named: P.kwargs) -> R:
            asked = (args, tuple(sorted(named.items())))
            return store.answers.get(work_out, most, asked, lambda: work_out(store, *args, **named))

        return answer

    return keep
