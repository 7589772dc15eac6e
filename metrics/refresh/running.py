"""One source, from asking to storing; and what people decide of what waits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from base.words import Message, Refusal, system_reason
from metrics.catalog import Text
from metrics.datasets import audit_line, writing
from metrics.observations import NUMBER_COLUMNS
from metrics.people import Actor
from metrics.refresh.adapter import ShapeError
from metrics.refresh.alone import alone
from metrics.refresh.brought import is_web
from metrics.refresh.difference import Difference, Reason, in_words, texts
from metrics.refresh.gather import gather, stumbling, way_name, way_to
from metrics.refresh.held import HeldError, Waiting, drop, held, hold, waiting_of
from metrics.refresh.log import Entry, counted, note
from metrics.refresh.manners import Manners, NotAsked
from metrics.refresh.run import Run, begin, broken_off, prune
from metrics.refresh.sources import Found
from metrics.refresh.state import Result, State, next_due, read_state, utc_now, write_state
from metrics.refresh.storing import Wanted, compared, is_stored, put, spoken_of
from metrics.store import AUDIT, Change, StoreError, apply, current_store

# What waits is stored in its order; of more than so many runs nothing is asked any more.
MOST_HELD: Final = 60
ROOM: Final = 64 << 20
REFUSED: Final = "refuse_refresh"
LONGEST_REASON: Final = 400


@dataclass(frozen=True, slots=True)
class How:
    """How a source is run.

    Attributes
    ----------
    home
        See `metrics.store.home_of`.
    mirror
        A folder that stands in for the network.
    accept
        Whether what differs is stored whatever the bounds say, and what waits before it.
    hold
        Whether whatever differs waits for a person.
    """

    actor: Actor
    home: Path | None = None
    mirror: Path | None = None
    accept: bool = False
    hold: bool = False
    manners: Manners = field(default_factory=Manners)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a source.

    Attributes
    ----------
    said
        Why, in both languages; None where the result says all.
    differences
        What was stored, or waits.
    """

    source: str
    result: Result
    said: Text | None = None
    differences: tuple[Difference, ...] = ()
    due: datetime | None = None


def refresh(found: Found, how: How) -> Outcome:
    """Ask a source, and store what differs, or let it wait.

    Raises
    ------
    RunningError
        If another process runs it.
    StoreError
        If the store cannot be opened.
    """
    with alone(found.source.id, how.home) as folder:
        return _noted(how, folder, _refreshed(found, how, folder))


def accept(found: Found, how: How, reason: str = "", seen: Sequence[str] | None = None) -> Outcome:
    """Store what waits, oldest first; compared anew where the dataset has changed since.

    Parameters
    ----------
    reason
        Why, for the audit.
    seen
        The runs that the person has looked at: nothing is done where others wait. None: all.

    Raises
    ------
    NotAllowed
        If the actor may not write for its team.
    RunningError, HeldError, ShapeError, StoreError
        If it cannot be stored; what was stored before it stays.
    """
    how.actor.check(found.source.team, "refresh")
    with alone(found.source.id, how.home) as folder:
        _held_as_seen(found, folder, seen)
        stored = tuple(_accepted(found, how, folder, reason))
        state = read_state(folder)
        write_state(folder, state.model_copy(update={"result": "stored", "said": None}))
        outcome = Outcome(found.source.id, "stored", None, stored, state.due)
        return _noted(how, folder, outcome, reason)


def refuse(found: Found, how: How, reason: str = "", seen: Sequence[str] | None = None) -> Outcome:
    """Drop what waits, with a line in the audit; nothing of it is stored.

    Of a private source whose dataset was never stored only its log knows: editors of other teams
    read the audit.

    Parameters
    ----------
    reason, seen
        See `accept`.

    Raises
    ------
    NotAllowed
        If the actor may not write for its team.
    RunningError, HeldError, StoreError
        If it cannot be done.
    """
    source = found.source
    how.actor.check(source.team, "refresh")
    with alone(source.id, how.home) as folder:
        dropped = _held_as_seen(found, folder, seen)
        for difference in dropped:
            told = f"run {difference.run}: {reason[:LONGEST_REASON]}".rstrip(": ")
            line = audit_line(how.actor, REFUSED, source.dataset, told)
            with writing(how.home) as (generations, store):
                if not source.private or source.dataset in set(store.datasets()["id"]):
                    apply(generations, Change({}, {AUDIT: line}))
            drop(folder, difference.run)
        state = read_state(folder)
        write_state(folder, state.model_copy(update={"result": "refused", "said": None}))
        outcome = Outcome(source.id, "refused", None, tuple(dropped), state.due)
        return _noted(how, folder, outcome, reason)


def _held_as_seen(found: Found, folder: Path, seen: Sequence[str] | None) -> list[Difference]:
    """Return what waits, if it is what the person who decides has looked at."""
    waits = held(folder)
    if not waits:
        raise HeldError("none", source=found.source.id)
    if seen is not None and list(seen) != [one.run for one in waits]:
        raise HeldError("other", source=found.source.id)
    return waits


def _noted(how: How, folder: Path, outcome: Outcome, reason: str = "") -> Outcome:
    """Write into the log what came of it."""
    entry = Entry(
        time=utc_now(),
        result=outcome.result,
        who=how.actor.name,
        runs=tuple(one.run for one in outcome.differences),
        counts=counted(outcome.differences),
        said=outcome.said,
        reason=reason[:LONGEST_REASON],
    )
    note(folder, entry)
    return outcome


def _refreshed(found: Found, how: How, folder: Path) -> Outcome:
    source, state = found.source, read_state(folder)
    stored: list[Difference] = []
    try:
        if how.accept:
            stored += _accepted(found, how, folder)
            state = read_state(folder)
        if len(held(folder)) >= MOST_HELD:
            return _full(found, folder, state)
        run = _asked(found, how, folder, state)
    except (Refusal, OSError) as error:
        return _failed(found, folder, error, stored)
    try:
        waiting = _read(found, run, how)
        wanted = Wanted(source, run, waiting, state)
        result, difference = _settled(how, folder, wanted)
        state = _known(how, folder, wanted, result)
    except (Refusal, OSError) as error:
        return _failed(found, folder, error, stored, run.name)
    done = (*stored, *([difference] if result in ("stored", "held") else []))
    return Outcome(source.id, result, None, done, state.due)


def _asked(found: Found, how: How, folder: Path, state: State) -> Run:
    """Ask, or go on with asking; what came stays whatever happens."""
    source, now = found.source, utc_now()
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < ROOM:
        raise NotAsked("no_room", folder=folder, room=ROOM >> 20)
    way = way_name(source, how.mirror)
    # What is at hand is read anew, as it is now.
    goes_on = how.mirror is None and is_web(source.address)
    run = broken_off(folder, now, way, state.done) if goes_on else None
    if run is not None and run.finished:
        return run
    with way_to(source, how.mirror, how.manners, how.home) as asking:
        run = run or begin(folder, now, way)
        try:
            replies = gather(found, run, asking, how.manners)
        except ShapeError:
            # What came is kept to be looked at; it is asked for anew.
            write_state(folder, state.model_copy(update={"done": run.name}))
            raise
    run.finish(source.id, replies, utc_now())
    return run


def _read(found: Found, run: Run, how: How) -> Waiting:
    """Let the adapter read the replies of a run."""
    replies = run.replies()
    if not replies:
        raise ShapeError("empty")
    catalog = current_store(home=how.home).catalog
    with stumbling():
        gathered = found.adapter.read(found.source, found.options, replies, catalog)
        for name in gathered.frame.columns.difference(list(NUMBER_COLUMNS)):
            # What no file and no database can hold.
            "".join(map(str, gathered.frame[name].unique())).encode()
    time = max(reply.time for reply in replies).isoformat()
    notes = texts(gathered.notes)
    return Waiting(gathered.frame, tuple(gathered.records), gathered.whole, time, notes)


def _settled(how: How, folder: Path, wanted: Wanted) -> tuple[Result, Difference]:
    """Store a run, or let it wait."""
    earlier = [one for one in held(folder) if one.run != wanted.run.name]
    more = [
        *([Reason(key="asked_for")] if how.hold else []),
        *([Reason(key="in_order", values={"n": len(earlier)})] if earlier else []),
    ]
    wanted = replace(wanted, force=how.accept, more=tuple(more))
    now = utc_now()
    store = current_store(home=how.home)
    difference = compared(wanted, store, now)
    if not difference.changes:
        # Killed after it was stored, and before that was noted.
        return "stored" if is_stored(store, wanted) else "same", difference
    if how.accept or not difference.reasons:
        difference, done = put(wanted, difference, how.actor, now, how.home)
        if done:
            return "stored", difference
        if not difference.changes:
            return "same", difference
    hold(folder, wanted.waiting, difference)
    if wanted.waiting.whole:
        # It says all that those before it said, and later.
        for one in earlier:
            drop(folder, one.run)
    return "held", difference


def _accepted(found: Found, how: How, folder: Path, reason: str = "") -> Iterator[Difference]:
    """Store what waits, one run after the other."""
    how.actor.check(found.source.team, "refresh")
    for difference in held(folder):
        run, waiting = Run(folder / difference.run), waiting_of(folder, difference.run)
        wanted = Wanted(found.source, run, waiting, read_state(folder), force=True, why=reason)
        found_now, done = put(wanted, difference, how.actor, utc_now(), how.home)
        if done:
            write_state(folder, _with_news(how, read_state(folder), wanted))
            yield found_now
        drop(folder, difference.run)


def _with_news(how: How, state: State, wanted: Wanted) -> State:
    """Return a state that knows what was stored."""
    update = {
        "new": min(datetime.fromisoformat(wanted.waiting.time), utc_now()),
        "series": spoken_of(wanted.source, wanted.waiting, how.home),
    }
    return state.model_copy(update=update)


def _known(how: How, folder: Path, wanted: Wanted, result: Result) -> State:
    """Write into the state what came of asking, and remove old runs."""
    state, now = read_state(folder), utc_now()
    if result == "stored":
        state = _with_news(how, state, wanted)
    update = {
        "asked": now,
        "same": now if result == "same" else state.same,
        "result": result,
        "due": next_due(wanted.source, result, 0, now),
        "failures": 0,
        "said": None,
        "done": wanted.run.name,
    }
    state = state.model_copy(update=update)
    write_state(folder, state)
    prune(folder, [one.run for one in held(folder)])
    return state


def _full(found: Found, folder: Path, state: State) -> Outcome:
    """Say that nothing is asked before a person has looked at what waits."""
    source = found.source
    message = Message("refresh.waiting", {"source": source.id, "n": MOST_HELD})
    due = next_due(source, "held", 0, utc_now())
    write_state(folder, state.model_copy(update={"result": "held", "due": due}))
    return Outcome(source.id, "held", texts([message])[0], (), due)


def _failed(
    found: Found,
    folder: Path,
    error: Refusal | OSError,
    stored: list[Difference],
    run: str = "",
) -> Outcome:
    """Write into the state that it could not be done, if that can be written."""
    source, now, state = found.source, utc_now(), read_state(folder)
    forbids = isinstance(error, NotAsked) and error.forbids
    result: Result = "forbidden" if forbids else "failed"
    failures = state.failures + 1
    due = next_due(source, result, failures, now)
    if isinstance(error, NotAsked) and error.until is not None:
        due = max(due, error.until)
    said = _said(error)
    update: dict[str, object] = {"asked": now, "result": result, "due": due}
    update |= {"failures": failures, "said": said}
    if run and not isinstance(error, StoreError | OSError):
        update["done"] = run  # the same replies would fail again
    # Where the disk is full it is simply due still.
    with suppress(OSError):
        write_state(folder, state.model_copy(update=update))
        prune(folder, [one.run for one in held(folder)])
    return Outcome(source.id, result, said, tuple(stored), due)


def _said(error: Refusal | OSError) -> Text:
    """Say in both languages why it could not be done."""
    if isinstance(error, StoreError):
        return in_words(error.told)
    if isinstance(error, OSError):
        error = Refusal("refresh.system", error=system_reason(error))
    return in_words(error.say)
