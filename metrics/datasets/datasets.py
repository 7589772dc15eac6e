"""Datasets of users: loaded as versions, compared, withdrawn and restored, with an audit trail.

Every function that changes anything checks the actor first, holds the store's lock, and makes one
generation: whatever moment the process is killed at, the old or the new state is in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from base.counting import Timed
from base.words import LANGS, t
from geo.names import normalise
from metrics.catalog import ORIGIN, DateKind, Indicator, Origin, Text
from metrics.datasets.aliases import alias_rows, new_aliases
from metrics.datasets.dates import stated_date
from metrics.datasets.twins import twin_of
from metrics.importing import PENDING, Preview, Report, place_key
from metrics.observations import OBSERVATION_COLUMNS, validate
from metrics.people import Action, Actor, seen_by
from metrics.store import (
    AUDIT,
    DATASETS,
    RECORDS,
    SHIPPED_ID,
    SIMULATED_PREFIX,
    Change,
    Dataset,
    Refused,
    Store,
    StoreError,
    Versions,
    apply,
    current_store,
    generations_of,
    keep_bytes,
    open_in_force,
    put_dataset,
)

LONGEST_TITLE: Final = 200
IMPORTS: Final = Timed(
    "atlas_import_seconds", "Tables stored.", "outcome", known=("done", "failed")
)
_UNSAFE: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of a table that is loaded.

    Attributes
    ----------
    title
        Name of the dataset.
    producer
        Who the figures are from; "" where unknown.
    date_published
        YYYY, YYYY-MM or YYYY-MM-DD; "" where unknown.
    licence, url, note
        As far as known.
    team
        Whose dataset it is; a new version is of the team of the one before.
    supersedes
        Id of the dataset that this one is a new version of; "" for a new one.
    private
        Whether only the team sees it.
    """

    title: str
    producer: str = ""
    date_published: str = ""
    licence: str = "unknown"
    url: str = ""
    note: str = ""
    team: str = ""
    supersedes: str = ""
    private: bool = False


def keep_file(data: bytes, actor: Actor, home: Path | None = None) -> str:
    """Keep the file that a dataset is read from, and return its sha256; see `store.originals`.

    Raises
    ------
    NotAllowed
        If the actor may not load anything.
    StoreError
        If it cannot be written.
    """
    actor.check_some("load")
    return keep_bytes(data, home)


@IMPORTS.outcome()
def load(
    seen: Preview, report: Report, details: Details, actor: Actor, home: Path | None = None
) -> Dataset:
    """Store what was read from a table as a dataset, or as a new version of one.

    Parameters
    ----------
    seen
        The file; its bytes are kept before, by `keep_file`.
    report
        What was understood of it; must not be blocked.
    details
        What the person says of it.

    Raises
    ------
    NotAllowed
        If the actor may not write for the team.
    StoreError
        If the report is blocked, the version superseded is not the newest, the figures are stored
        already and supersede nothing, or the observations break the schema. Nothing is changed.
    """
    actor.check(details.team, "load")
    if report.blocked:
        raise Refused("blocked", n=report.errors)
    with writing(home) as (generations, store):
        before = _superseded(store, details, actor)
        older = before.id if before else ""
        id_ = _new_id(store, details.title, older)
        origin = _origin(id_, seen, details)
        frame = report.observations[list(OBSERVATION_COLUMNS)]
        # Nothing but this column is copied.
        frame = frame.assign(origin=frame["origin"].replace(PENDING, origin.id))
        dataset = Dataset(
            id=id_,
            title=details.title.strip()[:LONGEST_TITLE] or id_,
            owner=actor.name,
            time=_now(),
            sha256=seen.book.sha256,
            rows=len(frame),
            supersedes=older,
            team=before.team if before else details.team,
            file=seen.book.name[:200],
            private=details.private,
        )
        origins = {o.id: o for o in report.origins if o.id not in store.catalog.origins}
        known = {**store.catalog.origins, **origins, origin.id: origin}
        catalog = replace(store.catalog, origins=known)
        problems = validate(frame, catalog)
        if problems:
            raise Refused("schema", problems, n=len(problems))
        if not older and (twin := twin_of(store, frame, dataset, origin, actor)):
            raise Refused("twin", id=twin)
        more = _beside(dataset, (origin, *origins.values()), actor)
        more[RECORDS] = pd.concat([more[RECORDS], _accepted(store, report, details, actor)])
        put_dataset(generations, dataset, frame, more)
    return dataset


def _beside(dataset: Dataset, origins: Iterable[Origin], actor: Actor) -> dict[str, pd.DataFrame]:
    """Make the rows that come with a dataset: its origins, and a line of the audit."""
    records = [
        {"kind": ORIGIN, "id": origin.id, "dataset": dataset.id, "record": _json(origin)}
        for origin in origins
    ]
    action = "supersede" if dataset.supersedes else "load"
    line = audit_line(actor, action, dataset.id, f"{dataset.rows} rows from {dataset.file}")
    return {RECORDS: pd.DataFrame(records), AUDIT: line}


def _accepted(store: Store, report: Report, details: Details, actor: Actor) -> pd.DataFrame:
    """Make the aliases of the team of what was accepted by hand in a table."""
    map_ = (report.mapping.edition, report.mapping.level)
    used = {place_key(place, parent): code for place, parent, code in report.by_hand}
    return alias_rows(new_aliases(store, used, map_, details.team, actor))


@contextmanager
def writing(home: Path | None) -> Iterator[tuple[Versions, Store]]:
    """Hold the right to write, with the generation in force opened under it."""
    # Fills the store where that is due, which takes the same lock.
    data_dir = current_store(home=home).data_dir
    generations = generations_of(home=home)
    with generations.writing():
        store = open_in_force(generations, data_dir)
        if store is None:
            raise StoreError("no_generation", folder=generations.folder)
        try:
            yield generations, store
        finally:
            store.close()


def withdraw(id_: str, actor: Actor, reason: str = "", home: Path | None = None) -> None:
    """Take a dataset out of force; what it superseded is in force again. Nothing is deleted.

    Raises
    ------
    NotAllowed
        If the actor may not write for its team.
    StoreError
        If there is no such dataset, or it is the shipped one.
    """
    _mark(id_, actor, "withdraw", reason, home, withdrawn=True)


def restore(id_: str, actor: Actor, reason: str = "", home: Path | None = None) -> None:
    """Put a withdrawn dataset in force again; see `withdraw`."""
    _mark(id_, actor, "restore", reason, home, withdrawn=False)


def publish(id_: str, actor: Actor, reason: str = "", home: Path | None = None) -> None:
    """Show a private dataset to everybody; see `withdraw`."""
    _mark(id_, actor, "publish", reason, home, private=False)


def unpublish(id_: str, actor: Actor, reason: str = "", home: Path | None = None) -> None:
    """Show a dataset to its team alone from now on; see `withdraw`."""
    _mark(id_, actor, "unpublish", reason, home, private=True)


def _mark(
    id_: str, actor: Actor, action: Action, reason: str, home: Path | None, **fields: Any
) -> None:
    actor.check_some(action)
    with writing(home) as (generations, store):
        # What a person may not see is for that person not there.
        dataset = find(seen_by(store, actor), id_)
        actor.check(dataset.team, action)
        stored = replace(find(store, id_), **fields)
        line = audit_line(actor, action, id_, reason[:500])
        rows = pd.DataFrame([asdict(stored)])
        apply(generations, Change({DATASETS: {id_}}, {DATASETS: rows, AUDIT: line}))


def find(store: Store, id_: str) -> Dataset:
    """Return the record of a dataset of users.

    Raises
    ------
    StoreError
        If there is none of this id, or it is the shipped one, which only data/ changes.
    """
    rows = store.datasets()
    mine = rows[(rows["id"] == id_) & (rows["id"] != SHIPPED_ID)]
    if mine.empty:
        known = ", ".join(rows.loc[rows["id"] != SHIPPED_ID, "id"]) or "none"
        raise Refused("no_dataset", id=id_[:80], known=known)
    row = {k: v for k, v in mine.iloc[0].to_dict().items() if not pd.isna(v)}
    known_fields: dict[str, Any] = {name: row[name] for name in _FIELDS if name in row}
    return Dataset(**known_fields)


_FIELDS: Final = tuple(field.name for field in fields(Dataset))


def versions(store: Store, id_: str) -> list[Dataset]:
    """List the versions that a dataset belongs to, the newest first."""
    ids = list(store.datasets()["id"])
    older = {i: find(store, i).supersedes for i in ids if i != SHIPPED_ID}
    newest = id_
    while follower := next((i for i, before in older.items() if before == newest), ""):
        newest = follower
    chain = []
    while newest:
        chain.append(find(store, newest))
        newest = older.get(newest, "")
    return chain


def diff(store: Store, older: str, newer: str) -> pd.DataFrame:
    """Compare two versions, figure by figure.

    Returns
    -------
    pd.DataFrame
        One row per figure that is not the same in both: indicator, role, edition, area,
        period_start, period_end, grain, ``change`` (added, removed, changed), ``before`` and
        ``after`` (values or categories).
    """
    by = ["indicator", "role", "edition", "area", "period_start", "period_end", "grain"]
    sides = []
    for id_, name in ((older, "before"), (newer, "after")):
        rows = store.dataset_observations(id_)
        said = rows["value"].astype(object).where(rows["value"].notna(), rows["category"])
        sides.append(rows[by].assign(**{name: said}).drop_duplicates(by, keep="last"))
    both = sides[0].merge(sides[1], on=by, how="outer", indicator=True)
    changed = (both["_merge"] == "both") & (both["before"] != both["after"])
    both["change"] = both["_merge"].map({"left_only": "removed", "right_only": "added"}).astype(str)
    both.loc[changed, "change"] = "changed"
    apart = both[(both["_merge"] != "both") | changed]
    return apart[[*by, "change", "before", "after"]].reset_index(drop=True)


def _json(record: Indicator | Origin) -> str:
    return record.model_dump_json(exclude_defaults=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def audit_line(actor: Actor, action: str, id_: str, detail: str) -> pd.DataFrame:
    """Make a line of the audit trail."""
    return pd.DataFrame(
        [
            {
                "time": datetime.now(UTC).isoformat(timespec="microseconds"),
                "actor": actor.name,
                "action": action,
                "dataset": id_,
                "detail": detail,
            }
        ]
    )


def _superseded(store: Store, details: Details, actor: Actor) -> Dataset | None:
    if not details.supersedes:
        return None
    find(seen_by(store, actor), details.supersedes)
    newest = versions(store, details.supersedes)[0]
    actor.check(newest.team, "supersede")
    if newest.id != details.supersedes:
        raise Refused(
            "newer",
            id=details.supersedes,
            newer=newest.id,
            owner=newest.owner,
            time=newest.time.replace("T", " ")[:16],
        )
    return newest


def _new_id(store: Store, title: str, older: str) -> str:
    stem = re.sub(r"-v\d+$", "", older) if older else slug(title)
    known = set(store.datasets()["id"])
    n = 1
    while f"{stem}-v{n}" in known:
        n += 1
    return f"{stem}-v{n}"


def slug(title: str) -> str:
    """Make the stem of an id of a title; never that of a simulated or the shipped dataset.

    Examples
    --------
    >>> slug("Số hóa quý I/2026"), slug("sim-…"), slug("???")
    ('so-hoa-quy-i-2026', 'dataset-sim', 'dataset')
    """
    stem = _UNSAFE.sub("-", normalise(title)).strip("-")[:60].strip("-")
    if not stem or stem == SHIPPED_ID or f"{stem}-".startswith(SIMULATED_PREFIX):
        stem = f"dataset-{stem}".strip("-")
    return stem


def _origin(id_: str, seen: Preview, details: Details) -> Origin:
    title = details.title.strip()[:LONGEST_TITLE] or id_
    unknown = Text(**{lang: t("datasets.producer.unknown", lang) for lang in LANGS})
    producer = details.producer.strip()[:LONGEST_TITLE]
    kind: DateKind = "stated" if details.date_published else "unknown"
    return Origin(
        id=id_,
        producer=Text(vi=producer, en=producer) if producer else unknown,
        title=Text(vi=title, en=title),
        date_published=stated_date(details.date_published) or None,
        date_published_kind=kind,
        date_accessed=datetime.now(UTC).date().isoformat(),
        url=details.url.strip()[:500] or None,
        document=seen.book.name[:200],
        licence=details.licence.strip()[:200] or "unknown",
        notes=Text(vi=details.note[:1000], en=details.note[:1000]) if details.note else None,
        sha256=seen.book.sha256,
    )


__all__ = [
    "Details",
    "diff",
    "find",
    "keep_file",
    "load",
    "publish",
    "restore",
    "slug",
    "unpublish",
    "versions",
    "withdraw",
]
