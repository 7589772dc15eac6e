"""What is worked out from boundaries is kept as long as they are in force."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from geo.boundaries.replaced import Generation, in_force, pinned

P = ParamSpec("P")
R = TypeVar("R")


def kept(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function works out, as `lru_cache`, as long as the same boundaries are in force.

    Parameters
    ----------
    maxsize
        How many results are kept.
    """

    def keeping(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=maxsize)
        def keyed(generation: Generation | None, *args: Any, **kwargs: Any) -> R:
            # What is kept under a generation must be of it alone.
            with pinned(generation):
                return function(*args, **kwargs)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            return keyed(in_force(), *args, **kwargs)  # type: ignore[arg-type]

        call.cache_clear = keyed.cache_clear  # type: ignore[attr-defined]
        call.cache_info = keyed.cache_info  # type: ignore[attr-defined]
        return call

    return keeping
