"""Put into the store what a source says: compared first, with what comes along, or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from metrics.catalog import CatalogError
from metrics.datasets import audit_line, writing
from metrics.observations import validate
from metrics.people import Actor
from metrics.refresh.adapter import ShapeError
from metrics.refresh.compare import Compared, compare, fingerprint, kept, plain, series_of
from metrics.refresh.difference import Difference, Reason, judged
from metrics.refresh.held import Waiting
from metrics.refresh.run import Run
from metrics.refresh.source import Source
from metrics.refresh.state import State
from metrics.store import (
    AUDIT,
    RECORDS,
    Dataset,
    Store,
    clock_behind,
    current_store,
    keep_path,
    revise_dataset,
    stored_pieces,
)

ACTION: Final = "refresh"
RESULT: Final = "result"
PROBLEMS_SHOWN: Final = 5
PACKED: Final = "packed.zip"
LONGEST_WHY: Final = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """Figures of a run on their way into the store.

    Attributes
    ----------
    force
        Whether a person has accepted them, whatever the bounds say.
    more
        Reasons to wait that lie outside of the figures.
    why
        What the person who accepted them gave as a reason.
    """

    source: Source
    run: Run
    waiting: Waiting
    state: State
    force: bool = False
    more: tuple[Reason, ...] = ()
    why: str = ""


def formed(source: Source, waiting: Waiting, store: Store) -> pd.DataFrame:
    """Check figures as those of an import are, and bring them into the form of the store.

    Raises
    ------
    ShapeError
        Naming what is wrong; nothing is stored of a run that has anything wrong.
    """
    frame = waiting.frame
    if frame.empty:
        raise ShapeError("empty")
    try:
        catalog = store.catalog_with(waiting.records)
    except (CatalogError, ValueError) as error:
        raise ShapeError("records", why=" ".join(str(error).split())[:600]) from error
    problems = validate(frame.reset_index(drop=True), catalog)
    if problems:
        shown = "; ".join(problem.message[:400] for problem in problems[:PROBLEMS_SHOWN])
        raise ShapeError("schema", n=len(problems), why=shown)
    return pd.concat(list(stored_pieces(frame, source.dataset)), ignore_index=True)


def compared(wanted: Wanted, store: Store, now: datetime) -> Difference:
    """Compare what a source says with what the store holds, and judge it by its bounds.

    Raises
    ------
    ShapeError
        See `formed`.
    """
    source, waiting = wanted.source, wanted.waiting
    who = Compared(
        source.id,
        source.dataset,
        wanted.run.name,
        now,
        wanted.state.series,
        waiting.notes,
    )
    frame = formed(source, waiting, store)
    records = len(_changed_records(store, source.dataset, waiting.records))
    found = compare(store, frame, who, whole=waiting.whole, records=records)
    more = [*wanted.more, *_of_store(store, source, now)]
    if all(reason.key != "clock" for reason in more):
        more += _ahead(frame, waiting.time, now)
    return judged(found, source.bounds, more)


def put(
    wanted: Wanted, difference: Difference, actor: Actor, now: datetime, home: Path | None
) -> tuple[Difference, bool]:
    """Store what differs, if it is still what was compared and may be stored.

    Returns
    -------
    tuple of Difference and bool
        The difference, compared anew if the dataset has changed since; and whether it was stored.

    Raises
    ------
    ShapeError, StoreError
        If it cannot be stored. Nothing is changed.
    """
    source, run = wanted.source, wanted.run
    packed = run.folder / PACKED
    digest = run.packed(packed)
    keep_path(packed, digest, home)
    packed.unlink(missing_ok=True)
    with writing(home) as (generations, store):
        if fingerprint(store, source.dataset) != difference.compared_with:
            difference = compared(wanted, store, now)
        if not difference.changes or (difference.reasons and not wanted.force):
            return difference, False
        frame = wanted.waiting.frame.reset_index(drop=True)
        dataset = Dataset(
            id=source.dataset,
            title=source.title.vi,
            owner=actor.name,
            time=datetime.now(UTC).isoformat(timespec="microseconds"),
            sha256=digest,
            rows=len(frame),
            team=source.team,
            file=_file(wanted),
            private=_is_private(store, source),
        )
        counts = ", ".join(f"{n} {kind}" for kind, n in difference.counts.items() if n)
        why = f"; {wanted.why[:LONGEST_WHY]}" if wanted.why else ""
        told = f"run {run.name}: {counts or 'records alone'}{why}"
        more = {
            RECORDS: _records(store, source.dataset, wanted.waiting.records),
            AUDIT: audit_line(actor, ACTION, source.dataset, told),
        }
        revise_dataset(generations, dataset, frame, more, whole=wanted.waiting.whole)
    return difference, True


def is_stored(store: Store, wanted: Wanted) -> bool:
    """Tell whether what the dataset holds came last from this run."""
    mine = kept(store, wanted.source.dataset)
    return mine is not None and str(mine["file"]) == _file(wanted)


def spoken_of(source: Source, waiting: Waiting, home: Path | None) -> tuple[str, ...]:
    """Return the series that figures speak of, to be known at the next run."""
    return tuple(series_of(plain(formed(source, waiting, current_store(home=home)))))


def _file(wanted: Wanted) -> str:
    return f"{wanted.source.dataset}-{wanted.run.name}.zip"


def _ahead(frame: pd.DataFrame, time: str, now: datetime) -> list[Reason]:
    """Return a reason to wait where replies, or results, are of a time that has not come."""
    begin = pd.to_datetime(frame["period_start"].fillna(frame["period_end"]))
    tomorrow = pd.Timestamp((now + timedelta(days=1)).date())
    early = begin[(begin > tomorrow) & (frame["role"] == RESULT)]
    if datetime.fromisoformat(time) > now + timedelta(days=1):
        return [Reason(key="ahead", values={"n": len(frame), "day": time[:10]})]
    if early.empty:
        return []
    return [Reason(key="ahead", values={"n": len(early), "day": f"{early.max():%Y-%m-%d}"})]


def _of_store(store: Store, source: Source, now: datetime) -> list[Reason]:
    """Return reasons to wait that lie in the store: its clock, and a dataset that was withdrawn."""
    reasons = []
    if (behind := clock_behind(store, now)) is not None:
        reasons.append(Reason(key="clock", values={"time": str(behind.values["last"])}))
    mine = kept(store, source.dataset)
    if mine is not None and bool(mine["withdrawn"]):
        reasons.append(Reason(key="taken_back", values={"dataset": source.dataset}))
    return reasons


def _is_private(store: Store, source: Source) -> bool:
    """Tell whether only its team sees the dataset: as people have made it, else as its source."""
    mine = kept(store, source.dataset)
    return source.private if mine is None else bool(mine["private"])


def _held_records(store: Store, dataset: str) -> dict[tuple[str, str], str]:
    rows = store.records()
    mine = rows[rows["dataset"] == dataset]
    keys = zip(mine["kind"], mine["id"], strict=True)
    return dict(zip(keys, mine["record"], strict=True))


def _coming(records: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    return {(kind, str(json.loads(record)["id"])): record for kind, record in records}


def _changed_records(
    store: Store, dataset: str, records: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    held = _held_records(store, dataset)
    return [
        key
        for key, record in _coming(records).items()
        if key not in held or json.loads(held[key]) != json.loads(record)
    ]


def _records(store: Store, dataset: str, records: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Return the records of the dataset: those it has, and those that come in their place."""
    together = _held_records(store, dataset) | _coming(records)
    rows = [
        {"kind": kind, "id": id_, "dataset": dataset, "record": record}
        for (kind, id_), record in together.items()
    ]
    return pd.DataFrame(rows, columns=["kind", "id", "dataset", "record"])
