"""Lists of departments that are whole: each once, and all provinces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from base.words import Message
from metrics.refresh.adapters.portal.departments import provinces
from metrics.refresh.adapters.portal.shape import refused


def check_once(name: str, path: str, ids: Iterable[str]) -> None:
    """Refuse a list that has a department twice."""
    twice = [one for one, n in Counter(ids).items() if n > 1]
    if twice:
        raise refused(name, path, twice[0], Message("refresh.portal_allowed.once"))


def check_number(name: str, path: str, found: int, wanted: int) -> None:
    """Refuse a list of another length."""
    if found != wanted:
        allowed = Message("refresh.portal_allowed.departments", {"n": wanted})
        raise refused(name, path, found, allowed)


def check_provinces(name: str, path: str, found: int) -> None:
    """Refuse fewer provinces than there are."""
    check_number(name, path, min(found, len(provinces())), len(provinces()))
