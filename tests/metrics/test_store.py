"""The store: filled once, never half, read by many, and other people's datasets left alone."""

import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import ibis
import pandas as pd
import pytest

from geo.editions import EDITION_2024, Level
from metrics import store as store_module
from metrics.exporting_parts import parts_of
from metrics.generations import StoreError
from metrics.observations import read_observations
from metrics.panel import panel
from metrics.store import Dataset, current_store, ensure_store, generations_of
from metrics.tables import OBSERVATION_SCHEMA, SHIPPED_ID
from metrics.writing import drop_dataset, put_dataset
from tests.metrics.made_up import row, write

ROOT = Path(__file__).parents[2]
HANOI, QUANG_BINH = "01", "44"
ROWS = [row("rate", HANOI, 33.7), row("rate", QUANG_BINH, 40.5), row("rate", "001", 9)]


@pytest.fixture
def places(tmp_path):
    """Return the arguments that keep a test in its own folders."""
    return {"home": tmp_path / "var", "data_dir": write(tmp_path / "data", ROWS)}


def of_user(name="mine", simulated=False, **fields):
    return Dataset(
        id=name,
        title="Bảng của tôi",
        owner="an",
        time="2025-01-01T00:00:00+00:00",
        sha256="0" * 64,
        rows=0,
        simulated=simulated,
        **fields,
    )


def put(places, dataset, *rows, mode="real"):
    folder = places["home"] / f"table-{dataset.id}"
    frame = read_observations(write(folder, list(rows)) / "observations" / "rows.csv")
    generations = generations_of(mode, places["home"])
    with generations.writing():
        return put_dataset(generations, dataset, frame)


def run(script, places, **how):
    home, data_dir = (str(places[name]) for name in ("home", "data_dir"))
    prelude = f"""
        from pathlib import Path
        places = {{"home": Path({home!r}), "data_dir": Path({data_dir!r})}}
        from metrics.store import ensure_store, current_store
    """
    code = textwrap.dedent(prelude) + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, **how
    )


class TestFilling:
    def test_the_first_opening_fills_it_from_the_data(self, places):
        store = ensure_store(**places)
        found = store.observations()
        assert store.generation == "gen-1"
        assert list(found.columns) == list(OBSERVATION_SCHEMA.names)
        assert set(zip(found["area"], found["level"], found["value"], strict=True)) == {
            (HANOI, str(Level.PROVINCE), 33.7),
            (QUANG_BINH, str(Level.PROVINCE), 40.5),
            ("001", str(Level.DISTRICT), 9.0),
        }
        assert found["period_end"].dt.date.unique().tolist() == [date(2024, 12, 31)]
        assert set(found["note"]) == {""}

    def test_the_dataset_says_what_was_loaded(self, places):
        shipped = ensure_store(**places).datasets().iloc[0]
        assert (shipped["id"], shipped["rows"], shipped["simulated"]) == (SHIPPED_ID, 3, False)
        assert len(shipped["sha256"]) == 64

    def test_unchanged_data_are_not_loaded_again(self, places):
        ensure_store(**places)
        before = sorted(path.stat().st_mtime_ns for path in (places["home"] / "store").iterdir())
        assert ensure_store(**places).generation == "gen-1"
        after = sorted(path.stat().st_mtime_ns for path in (places["home"] / "store").iterdir())
        assert before == after

    @pytest.mark.parametrize("folder", ["indicators", "origins", "observations"])
    def test_any_change_of_the_data_is_loaded(self, places, folder):
        ensure_store(**places)
        path = next((places["data_dir"] / folder).glob("*[mr]*"))
        path.write_bytes(path.read_bytes() + b"\n")
        assert ensure_store(**places).generation == "gen-2"

    def test_a_corrected_figure_takes_the_place_of_the_wrong_one(self, places):
        ensure_store(**places)
        write(places["data_dir"], [row("rate", HANOI, 34.0)])
        assert ensure_store(**places).observations()["value"].tolist() == [34.0]

    def test_wrong_data_are_refused_whole_and_the_old_stay(self, places):
        ensure_store(**places)
        write(places["data_dir"], [*ROWS, row("nope", HANOI, 1), row("rate", "999", 1)])
        with pytest.raises(StoreError, match="not loaded") as caught:
            ensure_store(**places)
        assert [problem.row for problem in caught.value.problems] == [5]
        assert "nope" in str(caught.value)
        generation = generations_of(home=places["home"]).current()
        assert generation.name == "gen-1.duckdb"

    def test_the_same_observation_in_two_files_is_a_problem(self, places):
        write(places["data_dir"], ROWS[:1], name="again.csv")
        with pytest.raises(StoreError) as caught:
            ensure_store(**places)
        assert [problem.file for problem in caught.value.problems] == ["rows.csv"]

    def test_all_unreadable_files_are_told_at_once(self, places):
        for name in ("a.csv", "b.csv"):
            (places["data_dir"] / "observations" / name).write_text("x,y\n")
        with pytest.raises(StoreError) as caught:
            ensure_store(**places)
        assert [problem.file for problem in caught.value.problems] == ["a.csv", "b.csv"]

    def test_a_broken_catalog_is_told(self, places):
        (places["data_dir"] / "origins" / "made_up.yaml").write_text("- {id: x}")
        with pytest.raises(StoreError, match=r"made_up\.yaml"):
            ensure_store(**places)

    def test_without_data_there_is_nothing_to_open(self, places):
        (places["data_dir"] / "observations" / "rows.csv").unlink()
        with pytest.raises(StoreError, match="holds no CSV file"):
            ensure_store(**places)

    def test_the_home_is_taken_from_the_environment(self, places, tmp_path, monkeypatch):
        monkeypatch.setenv("ATLAS_HOME", str(tmp_path / "elsewhere"))
        ensure_store(data_dir=places["data_dir"])
        assert (tmp_path / "elsewhere" / "store" / "gen.current").exists()


class TestDatasetsOfOthers:
    def test_refreshing_the_shipped_figures_leaves_them_alone(self, places):
        ensure_store(**places)
        put(places, of_user(), row("days", HANOI, 4.5), row("days", QUANG_BINH, 3, note="x"))
        before = ensure_store(**places)
        write(places["data_dir"], [row("rate", HANOI, 34.0)])
        after = ensure_store(**places)
        assert after.generation != before.generation
        pd.testing.assert_frame_equal(after.observations("days"), before.observations("days"))
        assert after.observations("rate")["value"].tolist() == [34.0]
        assert after.datasets()["id"].tolist() == ["mine", SHIPPED_ID]
        assert after.datasets().set_index("id").loc["mine", "rows"] == 2

    def test_loading_a_dataset_again_replaces_it(self, places):
        ensure_store(**places)
        put(places, of_user(), row("days", HANOI, 4.5), row("days", QUANG_BINH, 3))
        put(places, of_user(), row("days", HANOI, 5))
        store = ensure_store(**places)
        assert store.observations("days")["value"].tolist() == [5]
        assert len(store.datasets()) == 2

    def test_a_dataset_can_be_taken_out(self, places):
        ensure_store(**places)
        put(places, of_user(), row("days", HANOI, 4.5))
        generations = generations_of(home=places["home"])
        with generations.writing():
            drop_dataset(generations, "mine")
        store = ensure_store(**places)
        assert store.indicators() == ("rate",)
        assert store.datasets()["id"].tolist() == [SHIPPED_ID]

    def test_what_is_superseded_is_kept_but_not_in_force(self, places):
        ensure_store(**places)
        put(places, of_user("first"), row("days", HANOI, 4.5))
        put(places, of_user("second", supersedes="first"), row("days", HANOI, 5))
        store = ensure_store(**places)
        assert store.observations("days")["dataset"].tolist() == ["second"]
        assert store.count() == 5

    def test_an_unknown_area_is_refused_and_nothing_changes(self, places):
        ensure_store(**places)
        with pytest.raises(StoreError, match="'999' in edition '2024'"):
            put(places, of_user(), row("days", "999", 4.5))
        assert ensure_store(**places).generation == "gen-1"

    def test_rows_of_an_older_version_of_the_tables_are_carried_over(self, places):
        ensure_store(**places)
        generation = put(places, of_user(), row("days", HANOI, 4.5))
        connection = ibis.duckdb.connect(generation)
        connection.raw_sql("ALTER TABLE observations DROP COLUMN note")
        connection.disconnect()
        write(places["data_dir"], ROWS[:1])
        found = ensure_store(**places).observations("days")
        assert found["value"].tolist() == [4.5]
        assert found["note"].isna().all() or (found["note"] == "").all()


class TestSimulated:
    def test_it_has_its_own_files_and_starts_empty(self, places):
        real, simulated = ensure_store(**places), ensure_store("simulated", **places)
        assert (real.generation, simulated.generation) == ("gen-1", "sim-1")
        assert simulated.observations().empty
        assert simulated.datasets().empty
        put(places, of_user("sim-x", simulated=True), row("rate", HANOI, 1), mode="simulated")
        assert ensure_store("simulated", **places).count() == 1
        assert ensure_store(**places).count() == 3

    @pytest.mark.parametrize(("name", "simulated"), [("mine", True), ("sim-mine", False)])
    def test_the_id_tells_it_from_real_figures(self, places, name, simulated):
        ensure_store(**places)
        with pytest.raises(StoreError, match="sim-"):
            put(places, of_user(name, simulated=simulated), row("rate", HANOI, 1))

    def test_it_never_enters_the_real_store_nor_the_other_way_round(self, places):
        ensure_store(**places)
        with pytest.raises(StoreError, match="their own store"):
            put(places, of_user("sim-x", simulated=True), row("rate", HANOI, 1))
        with pytest.raises(StoreError, match="their own store"):
            put(places, of_user(), row("rate", HANOI, 1), mode="simulated")

    def test_another_mode_is_refused(self, places):
        with pytest.raises(StoreError, match="real, simulated"):
            ensure_store("dream", **places)


class TestProcesses:
    def test_several_first_starts_at_once_build_once(self, places):
        script = "s = ensure_store(**places); print(s.generation, s.count())"
        started = [run(script, places) for _ in range(4)]
        outputs = [process.communicate(timeout=60)[0] for process in started]
        assert outputs == ["gen-1 3\n"] * 4

    # Whatever DuckDB has written of the file by then, and after it is complete but not in force.
    @pytest.mark.parametrize("where", ["create_table", "insert", "disconnect"])
    def test_killed_in_the_middle_the_old_one_is_in_force(self, places, where):
        ensure_store(**places)
        write(places["data_dir"], [row("rate", HANOI, 34.0)])
        process = run(
            f"""
            import os, signal
            from ibis.backends.duckdb import Backend
            real = Backend.{where}
            def deadly(self, *arguments, **named):
                real(self, *arguments, **named)
                os.kill(os.getpid(), signal.SIGKILL)
            Backend.{where} = deadly
            ensure_store(**places)
            """,
            places,
        )
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert generations_of(home=places["home"]).current().name == "gen-1.duckdb"
        store = ensure_store(**places)
        assert store.observations()["value"].tolist() == [34.0]
        assert not list((places["home"] / "store").glob(".*"))

    def test_a_reader_reads_on_while_others_write(self, places):
        store = ensure_store(**places)
        process = run(
            """
            from metrics.store import Dataset, generations_of
            from metrics.writing import put_dataset
            from metrics.observations import read_observations
            frame = read_observations(places["data_dir"] / "observations" / "rows.csv")
            generations = generations_of(home=places["home"])
            for number in range(12):
                with generations.writing():
                    dataset = Dataset(f"d{number}", "", "", "", "", 0)
                    put_dataset(generations, dataset, frame.assign(locator=f"d{number}"))
            """,
            places,
        )
        seen = set()
        while process.poll() is None:
            fresh = current_store(**places)
            # A generation holds every dataset whole, and its neighbours are never in it.
            assert fresh.count() == 3 * len(fresh.datasets())
            seen.add(fresh.generation)
            assert store.count() == 3
        assert process.wait() == 0
        assert current_store(**places).count() == 39
        assert len(seen) > 1
        assert store.row("rate", EDITION_2024, HANOI)["value"].tolist() == [33.7]


class TestDamage:
    @pytest.mark.parametrize("content", [b"", b"\x00\xff", b"gen-7.duckdb\n", None])
    def test_a_broken_pointer_is_repaired_and_told(self, places, caplog, content):
        ensure_store(**places)
        put(places, of_user(), row("days", HANOI, 4.5))
        pointer = generations_of(home=places["home"]).pointer
        pointer.unlink()
        if content is not None:
            pointer.write_bytes(content)
        store = ensure_store(**places)
        assert store.generation == "gen-2"
        assert store.indicators() == ("days", "rate")
        assert str(pointer) in caplog.text
        assert "Recovered: gen-2.duckdb is in force" in caplog.text

    @pytest.mark.parametrize("damage", [b"", b"not a database", "half"])
    def test_a_damaged_generation_gives_way_to_the_one_before(self, places, caplog, damage):
        ensure_store(**places)
        path = put(places, of_user(), row("days", HANOI, 4.5))
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if damage == "half" else damage)
        assert ensure_store(**places).generation == "gen-1"
        assert path.with_name("gen-2.duckdb.broken").exists()
        assert "set aside" in caplog.text

    def test_with_nothing_left_it_is_filled_anew(self, places):
        ensure_store(**places)
        generations_of(home=places["home"]).current().write_bytes(b"")
        assert ensure_store(**places).count() == 3

    def test_another_database_is_not_taken_for_a_store(self, places):
        generations = generations_of(home=places["home"])
        with generations.writing():
            generations.publish(lambda path: ibis.duckdb.connect(path).disconnect())
        assert ensure_store(**places).count() == 3

    def test_a_file_that_is_open_for_writing_is_not_taken_for_damaged(self, places):
        ensure_store(**places)
        path = generations_of(home=places["home"]).current()
        process = run(
            f"""
            import duckdb, sys
            connection = duckdb.connect({str(path)!r})
            print("open", flush=True)
            sys.stdin.read()
            """,
            places,
            stdin=subprocess.PIPE,
        )
        assert process.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="Close the program"):
            ensure_store(**places)
        process.communicate("", timeout=30)
        assert ensure_store(**places).generation == "gen-1"


class TestCurrent:
    def test_it_stays_the_same_without_looking_at_the_data(self, places, monkeypatch):
        first = current_store(**places)
        monkeypatch.setattr(store_module, "ensure_store", None)
        assert current_store(**places) is first

    def test_a_new_generation_is_noticed_and_the_old_one_still_reads(self, places):
        first = current_store(**places)
        put(places, of_user(), row("days", HANOI, 4.5))
        second = current_store(**places)
        assert (first.indicators(), second.indicators()) == (("rate",), ("days", "rate"))
        assert current_store(**places) is second

    def test_threads_get_the_same_one(self, places):
        barrier = threading.Barrier(8)

        def opened(_):
            barrier.wait()
            return current_store(**places)

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(opened, range(8)))) == 1

    def test_threads_can_share_it(self, places):
        rows = [row(name, HANOI, n) for n, name in enumerate(["rate", "days", "people"], start=1)]
        write(places["data_dir"], rows)
        store = current_store(**places)

        def look(number):
            name = ("rate", "days", "people")[number % 3]
            store.place_observations(EDITION_2024, f"{number:02}")
            return panel(store, name, EDITION_2024, Level.PROVINCE).frame["value"].sum()

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(look, range(60))) == [1, 2, 3] * 20


class TestQueries:
    @pytest.fixture
    def store(self, places):
        rows = [
            row("rate", HANOI, 1, period_end="2023-12-31"),
            row("rate", HANOI, 2),
            row("rate", HANOI, 3, origin="press"),
            row("rate", QUANG_BINH, 4),
            row("rate", QUANG_BINH, 9, role="target"),
            row("days", HANOI, state="suppressed"),
            row("days", "VN", 5, edition=""),
        ]
        write(places["data_dir"], rows)
        return ensure_store(**places)

    def test_availability_counts_areas_that_have_a_figure(self, store):
        found = store.availability()
        columns = ["indicator", "edition", "level", "period_end", "grain", "areas"]
        rows = found[columns].assign(period_end=found["period_end"].dt.date.map(str))
        assert rows.to_numpy().tolist() == [
            ["days", "", "country", "2024-12-31", "instant", 1],
            ["rate", "2024", "province", "2024-12-31", "instant", 2],
            ["rate", "2024", "province", "2023-12-31", "instant", 1],
        ]

    def test_a_number_leads_to_all_that_is_said_about_it(self, store):
        found = store.row("rate", EDITION_2024, HANOI)
        assert found["value"].tolist() == [2, 3, 1]
        assert found["origin"].tolist() == ["ministry", "press", "ministry"]

    def test_all_that_is_known_of_a_place(self, store):
        found = store.place_observations(EDITION_2024, HANOI)
        assert found["indicator"].tolist() == ["days", "rate", "rate", "rate"]
        assert store.place_observations("2025", HANOI).empty

    @pytest.mark.parametrize("edition", ["", "2024", "2025"])
    def test_the_country_is_found_on_every_edition(self, store, edition):
        assert store.place_observations(edition, "VN")["value"].tolist() == [5]
        assert store.row("days", edition, "VN")["value"].tolist() == [5]

    @pytest.mark.parametrize("size", [1, 2, 3, 100])
    def test_parts_hold_everything_once_in_order(self, store, size):
        parts = parts_of(store, lambda rows: [], size)
        read = [store.read(part.narrow(lambda rows: [])) for part in parts]
        assert [len(frame) for frame in read] == [part.rows for part in parts]
        pd.testing.assert_frame_equal(pd.concat(read, ignore_index=True), store.observations())
        assert size != 1 or len(parts) > 1

    def test_what_is_handed_out_can_be_changed_without_harm(self, store):
        store.observations("rate").loc[:, "value"] = -1.0
        assert (store.observations("rate")["value"] > 0).all()
