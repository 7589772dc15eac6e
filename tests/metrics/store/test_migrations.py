"""Tables of before are brought up to date, whichever database they are in; newer ones refused."""

from __future__ import annotations

import duckdb
import psycopg
import pytest

from metrics.backup import back_up, restore
from metrics.datasets import datasets
from metrics.people import LOCAL
from metrics.store import (
    SCHEMA_VERSION,
    SCHEMAS,
    STORED,
    StoreError,
    current_store,
    ensure_store,
    generations_of,
)
from metrics.store.database_url import VARIABLE
from metrics.store.migrations import DUCKDB, STEPS, NewerSchemaError, Step, migrate
from metrics.store.postgres import Database
from metrics.store.tables import REAL_FILES
from metrics.store.writing import put_nothing
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put

OBSERVATION = (
    "INSERT INTO {s}.observations (dataset, level, indicator, role, edition, area, period_start, "
    "period_end, grain, period_text, value, category, state, qualifier, origin, locator, note) "
    "VALUES ('old', 'province', 'days', 'result', '2024', '01', '2024-12-31', '2024-12-31', "
    "'instant', '', 4.5, '', 'reported', 'exact', 'ministry', 'tr. 1', 'ghi chú')"
)
DATASET = (
    "INSERT INTO {s}.datasets (id, title, owner, time, sha256, rows, simulated, supersedes) VALUES "
    "('old', 'Bảng cũ', 'an', '2024-01-01T00:00:00+00:00', '00', 1, false, '')"
)
LATER = (
    "UPDATE {s}.datasets SET team = 'so-y-te'",
    "INSERT INTO {s}.audit VALUES ('2024-01-01T00:00:00', 'an', 'load', 'old', '')",
)


# From version 3 on a store says its version; in a database its rows are found by their load.
TOLD = "INSERT INTO {{s}}.meta VALUES ('schema_version', '{version}')"
LOADED = (
    "UPDATE {s}.datasets SET load = nextval('{s}.loads')",
    "UPDATE {s}.observations o SET load = d.load FROM {s}.datasets d WHERE d.id = o.dataset",
)


@pytest.fixture(params=["duckdb", "postgresql"])
def old(request, places):
    """Return a function that writes a store as a former version of the app did."""
    if request.param == "duckdb":
        return lambda version: _in_a_file(places["home"] / "store", version)
    database = Database(request.getfixturevalue("database"), REAL_FILES)
    return lambda version: _in_a_database(database, version)


def _in_a_file(folder, version):
    folder.mkdir(parents=True)
    with duckdb.connect(folder / "gen-1.duckdb") as connection:
        _write(connection.execute, DUCKDB, version)
    (folder / "gen.current").write_text("gen-1.duckdb\n")


def _in_a_database(database, version):
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {database.dialect.schema}")
        _write(connection.execute, database.dialect, version)


def _write(run, dialect, version):
    statements = [line for step in STEPS if step.version <= version for line in step.both]
    if dialect.side_by_side:
        statements += [x for step in STEPS if step.version <= version for x in step.side_by_side]
    later = (
        *(LATER if version > 1 else ()),
        *((TOLD.format(version=version),) if version > 2 else ()),
    )
    later += LOADED if version > 2 and dialect.side_by_side else ()
    for statement in (*statements, OBSERVATION, DATASET, *later):
        run(statement.format(s=dialect.schema, text=dialect.text))


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_what_a_former_version_stored_is_all_there(old, places, version):
    old(version)
    store = ensure_store(**places)
    found = store.observations("days").iloc[0]
    assert (found["area"], found["value"], found["note"]) == (HANOI, 4.5, "ghi chú")
    assert set(store.in_force()) == {"old", "shipped"}
    kept = datasets.find(store, "old")
    team = "" if version == 1 else "so-y-te"
    assert (kept.title, kept.team, kept.withdrawn, kept.private) == ("Bảng cũ", team, False, False)
    assert len(store.audit()) == min(version - 1, 1)
    # Of before it kept vintages, what it held is known from the time of its dataset.
    assert store.vintages_since > "2026"
    assert store.at("2024-06-01").observations()["value"].tolist() == [4.5]
    assert store.at("2023-06-01").observations().empty
    assert list(store.observations().columns) == list(SCHEMAS["observations"].names)


def test_it_can_be_written_to_as_any_other(old, places):
    old(1)
    ensure_store(**places)
    before = current_store(**places).writes()[-1]
    put(places, of_user("new", supersedes="old"), row("days", HANOI, 5))
    assert current_store(**places).at(before).observations("days")["value"].tolist() == [4.5]
    store = current_store(**places)
    assert store.observations("days")["value"].tolist() == [5]
    assert store.dataset_observations("old")["value"].tolist() == [4.5]


def test_a_failing_step_leaves_the_tables_of_before(old, places, monkeypatch):
    old(1)
    broken = Step(SCHEMA_VERSION, (*STEPS[-1].both, "CREATE TABLE {s}.audit (x {text})"))
    with monkeypatch.context() as patch:
        patch.setattr("metrics.store.migrations.STEPS", (*STEPS[:-1], broken))
        with pytest.raises(StoreError):
            ensure_store(**places)
    assert ensure_store(**places).observations("days")["value"].tolist() == [4.5]


@pytest.mark.usefixtures("engine")
class TestNewer:
    @pytest.fixture
    def newer(self, places, monkeypatch):
        """A store that a later version of the app has written."""
        monkeypatch.setattr("metrics.store.migrations.SCHEMA_VERSION", SCHEMA_VERSION + 1)
        generations = generations_of(home=places["home"])
        with generations.writing():
            put_nothing(generations)
        monkeypatch.setattr("metrics.store.migrations.SCHEMA_VERSION", SCHEMA_VERSION)
        return generations

    def test_it_is_refused_in_words_and_left_as_it_is(self, places, newer):
        before = newer.in_force()
        said = rf"version {SCHEMA_VERSION + 1}.* version {SCHEMA_VERSION}.*Update the app"
        for opening in (ensure_store, current_store):
            with pytest.raises(NewerSchemaError, match=said):
                opening(**places)
        with pytest.raises(NewerSchemaError):
            put(places, of_user(), row("days", HANOI, 1))
        assert newer.in_force() == before


def test_the_steps_lead_one_by_one_to_the_tables_of_this_version(tmp_path):
    assert [step.version for step in STEPS] == list(range(1, SCHEMA_VERSION + 1))
    with duckdb.connect(tmp_path / "x.duckdb") as connection:

        def run(sql):
            return connection.execute(sql).fetchall()

        assert migrate(run, DUCKDB, "x") == 0
        assert migrate(run, DUCKDB, "x") == SCHEMA_VERSION
        for name, schema in STORED.items():
            made = [column[0] for column in run(f"DESCRIBE {name}")]
            assert sorted(made) == sorted(schema.names), name


@pytest.mark.parametrize("version", [3])
def test_a_backup_is_not_restored_over_it_unasked(old, places, tmp_path, version):
    other = {"home": tmp_path / "other", "data_dir": places["data_dir"]}
    archive = tmp_path / "b.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(VARIABLE, raising=False)
        back_up(archive, **other)
    old(version)
    with pytest.raises(StoreError, match="--replace"):
        restore(archive, LOCAL, **places)
    assert datasets.find(current_store(**places), "old").title == "Bảng cũ"
