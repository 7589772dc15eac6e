"""How fresh the figures of indicators are: of when, since when known, what is next, whether late.

There is a verdict only where a rhythm is stated: by the source that is asked again, else by the
publisher in its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from metrics.catalog import Indicator, Rhythm
from metrics.people import Actor
from metrics.refresh.source import Every, Source
from metrics.refresh.sources import SHIPPED, Found, SourceError, folders, sources
from metrics.refresh.standing import Standing, may_see, standing
from metrics.refresh.state import FOLDER as STATES
from metrics.refresh.state import utc_now
from metrics.store import VIET_NAM, Store, home_of, newest
from metrics.updates import Expected, Scope, expected

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """How fresh the figures of one indicator are.

    Attributes
    ----------
    newest
        The last day of the newest period that there is a figure of.
    came
        When the last of those figures came in; None where that is not known.
    every
        How often something new is expected; None where nobody states that.
    source
        The source that is asked again and has figures of it, where there is one.
    rhythm
        What the publisher says, where no source that is asked again does.
    asked
        When that source was asked last.
    expected
        By when something new is expected; the end of a period where the publisher names no day.
    late
        Whether something new should have come; None where there is no verdict.
    """

    indicator: Indicator
    newest: date
    came: datetime | None
    every: Every | None = None
    source: Source | None = None
    rhythm: Rhythm | None = None
    asked: datetime | None = None
    expected: date | None = None
    late: bool | None = None


def freshness(
    store: Store,
    actor: Actor,
    home: Path | None = None,
    shipped: Path = SHIPPED,
    now: datetime | None = None,
    *,
    past: bool = False,
) -> dict[str, Fresh]:
    """Tell how fresh the figures are, by indicator in the order of the catalog.

    Parameters
    ----------
    store
        The figures in sight.
    actor
        Who looks: private sources are their team's.
    past
        Whether they are looked at as they were known on a day, be it that nothing came in since:
        there is no verdict then, and as sources stand now, it is told without them.
    """
    at = now or utc_now()
    past = past or store.as_of is not None
    stands = {} if past else _by_dataset(actor, home, shipped)
    due: dict[str, Expected] = {}
    for one in expected(store, Scope()):
        due.setdefault(one.indicator.id, one)
    rows: dict[str, list[tuple[str, date, str]]] = {}
    columns = ("indicator", "dataset", "period_end", "known_from")
    frame = newest(store)
    for id_, dataset, day, stamp in zip(*(frame[name] for name in columns), strict=True):
        rows.setdefault(id_, []).append((dataset, day.date(), stamp))
    found = {}
    for indicator in store.catalog.indicators.values():
        if (of_it := rows.get(indicator.id)) is not None:
            last = max(day for _, day, _ in of_it)
            came = max((stamp for _, day, stamp in of_it if day == last), default="")
            fresh = Fresh(
                indicator=indicator,
                newest=last,
                came=datetime.fromisoformat(came) if came else None,
            )
            mine = [stands[dataset] for dataset, _, _ in of_it if dataset in stands]
            found[indicator.id] = _judged(fresh, mine, due.get(indicator.id), None if past else at)
    return found


def fresh_mark(home: Path | None = None, shipped: Path = SHIPPED) -> str:
    """Name what freshness depends on besides the figures: the hour, the sources, what came of them.

    The same for the same; it is looked up without reading any of them.
    """
    states = home_of(home) / STATES
    found = _signature(((shipped, "*.yaml"), (folders(home)[1], "*.yaml"), (states, "*/*.json")))
    return f"{utc_now():%Y-%m-%dT%H} {sorted(found)}"


def _judged(
    fresh: Fresh, stands: list[Standing], due: Expected | None, now: datetime | None
) -> Fresh:
    """Add the rhythm, what is expected by it, and the verdict; none without a present."""
    if stands and now is not None:
        one = max(stands, key=lambda stand: stand.found.source.id)
        source, new = one.found.source, one.state.new
        return replace(
            fresh,
            every=source.every,
            source=source,
            asked=one.state.asked,
            expected=(new + source.length).astimezone(VIET_NAM).date() if new else None,
            late=one.state.is_late(source, now) if new else None,
        )
    rhythm = fresh.indicator.rhythm
    if rhythm is None:
        return fresh
    late = None
    if due is not None and now is not None:
        late = now.astimezone(VIET_NAM).date() > due.latest
    day = due.day if due else None
    return replace(fresh, every=rhythm.every, rhythm=rhythm, expected=day, late=late)


def _by_dataset(actor: Actor, home: Path | None, shipped: Path) -> Mapping[str, Standing]:
    """Return how the sources stand that a person may know of, by the dataset that each fills."""
    found_in = [(folder, "*.yaml") for folder in folders(home, shipped)]
    key = tuple(sorted(_signature(found_in)))
    found = [one for one in _known(key, home, shipped) if may_see(one, actor)]
    return {one.source.dataset: standing(one, home) for one in found}


def _signature(where: Iterable[tuple[Path, str]]) -> Iterator[tuple[str, int, int]]:
    for folder, names in where:
        for path in folder.glob(names):
            with suppress(OSError):  # removed meanwhile
                found = path.stat()
                yield str(path), found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _known(key: Signature, home: Path | None, shipped: Path) -> tuple[Found, ...]:  # noqa: ARG001
    """Read the sources once for the same files; none where one is wrong, of which editors read."""
    try:
        return tuple(sources(home, shipped).values())
    except SourceError:
        return ()
