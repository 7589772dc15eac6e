"""Whatever is written to a store, it can say what it said after each write before."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.backup import back_up, restore
from metrics.datasets.datasets import audit_line
from metrics.observations import OBSERVATION_COLUMNS
from metrics.people import LOCAL, VISITOR, seen_by
from metrics.store import (
    AUDIT,
    DATASETS,
    RECORDS,
    Change,
    apply,
    current_store,
    ensure_store,
    generations_of,
    put_dataset,
    revise_dataset,
    stamps,
)
from metrics.store.writing import drop_dataset
from tests.metrics.made_up import INDICATORS, row, start_of, write
from tests.metrics.stores import HANOI, ROWS, of_user

IDS, CODES, ENDS = ("a", "b"), (HANOI, "44"), ("2023-12-31", "2024-12-31")


class Clock(datetime):
    """A clock that can be set."""

    at = datetime(2026, 3, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        cls.at += timedelta(seconds=1)
        return cls.at


def frame_of(rows):
    frame = pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS), dtype=object).fillna("")
    return frame.assign(period_start=[start_of(r) for r in rows] if rows else [])


def figures(values):
    """Make rows of a list with a figure, or none, for each place and day."""
    places = [(code, end) for end in ENDS for code in CODES]
    told = zip(places, values, strict=False)
    return frame_of([row("days", c, v, period_end=e) for (c, e), v in told if v is not None])


class Written:
    """A store that is written to, and what it said after each write."""

    def __init__(self, home):
        self.places = {"home": home / "var", "data_dir": home / "data"}
        write(home / "data", ROWS)
        ensure_store(**self.places)
        self.kept = {}
        self.remember()

    @property
    def store(self):
        return current_store(**self.places)

    def remember(self):
        self.kept[self.store.writes()[-1]] = said(self.store)

    def act(self, kind, id_, values):
        rows = self.store.datasets().set_index("id")
        known = id_ in rows.index
        generations = generations_of(home=self.places["home"])
        if kind == "clock":
            Clock.at += timedelta(days=(values[0] or 0) * 30 - 30)
        elif kind == "ship":
            write(self.places["data_dir"], [r | {"value": (values[0] or 0) + 1} for r in ROWS[:2]])
            ensure_store(**self.places)
        elif kind in ("put", "revise"):
            store = put_dataset if kind == "put" else revise_dataset
            record = {"kind": "alias", "id": id_, "dataset": id_, "record": str(values)}
            with generations.writing():
                more = {RECORDS: pd.DataFrame([record])}
                store(generations, of_user(id_), figures(values), more)
        elif known and kind == "drop":
            if not rows.loc[id_, "private"]:
                with generations.writing():
                    drop_dataset(generations, id_)
        elif known:
            count = int(rows.loc[id_, "rows"])
            marked = replace(
                of_user(id_),
                **{kind: bool(values[0])},
            )
            line = audit_line(LOCAL, kind, id_, "")
            with generations.writing():
                told = pd.DataFrame([asdict(marked) | {"rows": count}])
                apply(generations, Change({DATASETS: {id_}}, {DATASETS: told, AUDIT: line}))
        self.remember()

    def check(self, store=None):
        store = store or self.store
        for stamp, before in self.kept.items():
            for name, table in said(store.at(stamp)).items():
                assert table == before.get(name, table), (stamp, name)


def said(store):
    """All that a store says, but what is private: that is as it is now."""
    return {
        "datasets": lines(store.datasets().drop(columns="private")),
        "records": lines(store.records()),
        "observations": lines(store.observations()),
        "all": lines(store.all_observations("days")),
        "audit": lines(store.audit()),
        "changes": lines(store.changes()),
        "in force": store.in_force(),
        "availability": lines(store.availability()),
    }


def lines(frame):
    return sorted(map(str, frame.astype(object).where(frame.notna(), None).to_numpy().tolist()))


ACTS = ("put", "put", "revise", "revise", "withdrawn", "private", "drop", "ship", "clock")
VALUE = st.sampled_from([None, 1, 2])
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(IDS), st.lists(VALUE, min_size=4, max_size=4)),
    min_size=5,
    max_size=9,
)
LONG = [
    ("put", "a", [1, 2, 1, None]),
    ("revise", "a", [2, None, None, None]),
    ("private", "a", [1, 0, 0, 0]),
    ("put", "b", [1, 1, None, 2]),
    ("clock", "a", [0, 0, 0, 0]),
    ("ship", "a", [1, 0, 0, 0]),
    ("withdrawn", "b", [1, 0, 0, 0]),
    ("revise", "b", [None, None, 1, None]),
    ("withdrawn", "b", [None, 0, 0, 0]),
    ("drop", "b", [0, 0, 0, 0]),
    ("put", "a", [1, 2, 1, None]),
]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(stamps, "datetime", Clock)


@given(STEPS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_past_view_is_what_was_said_then(steps):
    home = Path(tempfile.mkdtemp())
    try:
        written = Written(home)
        for step in steps:
            written.act(*step)
        written.check()
    finally:
        shutil.rmtree(home)


def test_it_outlives_backups_and_what_came_before(engine, tmp_path, request):
    written = Written(tmp_path)
    for step in LONG:
        written.act(*step)
    written.check()
    # Nothing of a private dataset is in a past view either, though it was published then.
    written.act("private", "a", [1, 0, 0, 0])
    visitor = seen_by(written.store, VISITOR)
    for stamp in written.kept:
        for store in (visitor.at(stamp), seen_by(written.store.at(stamp), VISITOR)):
            assert "a" not in set(store.datasets()["id"])
            assert "a" not in set(store.all_observations("days")["dataset"])
            assert "a" not in set(store.changes()["after_dataset"])
    back_up(tmp_path / "b.zip", **written.places)
    written.act("put", "a", [None, None, None, 2])
    restore(tmp_path / "b.zip", LOCAL, replace=True, **written.places)
    del_audit(written)
    written.check()
    # Somewhere else, where nothing was known, all that the backup remembers is known.
    elsewhere = {"home": tmp_path / "new", "data_dir": written.places["data_dir"]}
    if engine == "postgresql":
        request.getfixturevalue("server").empty(request.getfixturevalue("database"))
    restore(tmp_path / "b.zip", LOCAL, **elsewhere)
    written.kept.popitem()
    written.check(current_store(**elsewhere))


def del_audit(written):
    """The audit is that of the backup: what was told since is not in it."""
    for before in written.kept.values():
        before.pop("audit", None)


def days(store):
    rows = store.observations("days")
    ends = [str(end.date()) for end in rows["period_end"]]
    return dict(zip(zip(rows["area"], ends, strict=True), rows["value"], strict=True))


def test_figures_are_revised_where_they_speak_and_stay_elsewhere(engine, tmp_path):
    written = Written(tmp_path)
    written.act("revise", "a", [1, 2, 1, None])
    first = written.store
    written.act("revise", "a", [None, 3, None, None])
    assert days(written.store) == {("44", ENDS[0]): 3, (HANOI, ENDS[1]): 1}
    assert written.store.datasets().set_index("id").loc["a", "rows"] == 2
    # Who reads an older generation meanwhile sees nothing of it.
    assert days(first) == {(HANOI, ENDS[0]): 1, ("44", ENDS[0]): 2, (HANOI, ENDS[1]): 1}
    written.act("revise", "a", [None, None, None, None])
    assert len(days(written.store)) == 2
    written.check()
    # What stays as it was takes no place.
    assert sum(b.num_rows for b in written.store.stored("past_observations", 100)) == 2


def test_what_the_catalog_has_no_more_is_in_no_past_view(tmp_path):
    written = Written(tmp_path)
    written.act("put", "a", [1, 2, 1, None])
    stamp = written.store.writes()[-1]
    written.act("put", "b", [1, None, None, None])
    assert len(written.store.at(stamp).all_observations("days")) == 3
    rest = [one for one in INDICATORS if one["id"] != "days"]
    write(written.places["data_dir"], ROWS, rest)
    ensure_store(**written.places)
    past = written.store.at(stamp)
    assert past.all_observations("days").empty
    assert len(past.observations()) == len(ROWS)


def test_rows_that_are_there_twice_are_counted_right(engine, tmp_path):
    written = Written(tmp_path)
    generations = generations_of(home=written.places["home"])
    one, other = row("days", HANOI, 1), row("days", "44", 2)
    for rows in ([one, one, other], [one, other, other], [one, other]):
        with generations.writing():
            put_dataset(generations, of_user("a"), frame_of(rows))
        assert len(written.store.all_observations("days")) == len(rows)
        written.remember()
    written.check()


def test_rows_of_old_generations_go_and_the_past_stays(database, tmp_path):
    """Of a dataset whose description changed, the figures stay."""
    written = Written(tmp_path)
    for step in (*LONG[:2], *LONG[3:6]):
        written.act(*step)

    def ended():
        with psycopg.connect(database) as connection:
            query = "SELECT count(*) FROM atlas.observations WHERE died IS NOT NULL"
            return connection.execute(query).fetchone()[0]

    assert ended()
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE atlas.generations SET time = now() - interval '2 days'")
    written.act("revise", "b", [None, None, 2, 1])
    written.act("revise", "b", [1, None, None, None])
    assert ended() < 5
    written.check()


def test_an_older_app_on_the_same_database_knows_the_past_of_its_own(database, tmp_path):
    written = Written(tmp_path)
    written.act("put", "a", [1, 2, 1, None])
    older = {**written.places, "data_dir": write(tmp_path / "older", ROWS)}
    for value in (5, 6):
        write(written.places["data_dir"], [ROWS[0] | {"value": value}])
        ensure_store(**written.places)
        written.remember()
    written.check()
    theirs = ensure_store(**older)
    assert theirs.generation == written.store.generation
    assert len(theirs.observations("rate")) == 3
    for stamp in written.kept:
        assert theirs.at(stamp).observations("rate")["value"].tolist() == [9, 33.7, 40.5]
