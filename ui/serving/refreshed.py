"""How the sources that are asked again stand, for machines."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from base.words import t
from metrics.people import owner
from metrics.refresh import SourceError, Standing, standings

Samples = list[tuple[dict[str, str], float]]
_FAILED = ("failed", "forbidden")

_log = logging.getLogger(__name__)


def refreshed() -> str:
    """Say in a line how many sources failed, are late or wait; "ok" where none does.

    Readers are served all the same: it is no part of being ready. No source is named, as anybody
    may ask.
    """
    try:
        found = standings(owner())
    except SourceError:
        return t("ready.refresh.unreadable", "en")
    told = {
        "failed": sum(one.state.result in _FAILED for one in found),
        "late": sum(one.late for one in found),
        "waits": sum(one.waits > 0 for one in found),
    }
    return t("ready.refresh", "en", **told) if any(told.values()) else "ok"


def refresh_numbers() -> Iterator[tuple[str, str, Samples]]:
    """Say how each source stands: name of the number, what it is, a sample for each source."""
    try:
        found = standings(owner())
    except SourceError as error:
        _log.error("the sources cannot be told of: %s", error)
        return
    for name, told, number in (
        ("asked_seconds", "When a source was asked last, in seconds since 1970.", _asked),
        ("new_seconds", "When it last said what is stored now.", _new),
        ("failures", "How many times in a row it could not be asked or read.", _failures),
        ("late", "Whether something new should have come.", _late),
        ("waiting", "How many runs wait for a person.", _waiting),
    ):
        samples = [({"source": one.found.source.id}, number(one)) for one in found]
        yield f"atlas_refresh_{name}", told, samples


def _seconds(time: datetime | None) -> float:
    return 0 if time is None else round(time.timestamp())


def _asked(one: Standing) -> float:
    return _seconds(one.state.asked)


def _new(one: Standing) -> float:
    return _seconds(one.state.new)


def _failures(one: Standing) -> float:
    return one.state.failures


def _late(one: Standing) -> float:
    return int(one.late)


def _waiting(one: Standing) -> float:
    return one.waits
