"""The store, in files and in a database: filled once, and datasets of others left alone."""

from datetime import date

import pandas as pd
import pytest

from geo.editions import Level
from metrics.store import OBSERVATION_SCHEMA, SHIPPED_ID, StoreError, ensure_store, generations_of
from metrics.store import store as store_module
from metrics.store.writing import drop_dataset
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, ROWS, of_user, put, turn

pytestmark = pytest.mark.usefixtures("engine")


class TestFilling:
    def test_the_first_opening_fills_it_from_the_data(self, places):
        store = ensure_store(**places)
        found = store.observations()
        assert turn(store) == 1
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

    def test_unchanged_data_are_not_loaded_again(self, places, monkeypatch):
        before = ensure_store(**places)
        monkeypatch.setattr(store_module, "read_shipped", None)
        assert ensure_store(**places).generation == before.generation

    @pytest.mark.parametrize("folder", ["indicators", "origins", "observations"])
    def test_any_change_of_the_data_is_loaded(self, places, folder):
        ensure_store(**places)
        path = next((places["data_dir"] / folder).glob("*[mr]*"))
        path.write_bytes(path.read_bytes() + b"\n")
        assert turn(ensure_store(**places)) == 2

    def test_a_corrected_figure_takes_the_place_of_the_wrong_one(self, places):
        ensure_store(**places)
        write(places["data_dir"], [row("rate", HANOI, 34.0)])
        assert ensure_store(**places).observations()["value"].tolist() == [34.0]

    def test_wrong_data_are_refused_whole_and_the_old_stay(self, places):
        before = ensure_store(**places)
        write(places["data_dir"], [*ROWS, row("nope", HANOI, 1), row("rate", "999", 1)])
        with pytest.raises(StoreError, match="not loaded") as caught:
            ensure_store(**places)
        assert [problem.row for problem in caught.value.problems] == [5]
        assert "nope" in str(caught.value)
        assert generations_of(home=places["home"]).in_force() == before.generation

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
        assert turn(ensure_store(**places)) == 1


class TestSimulated:
    def test_it_has_its_own_files_and_starts_empty(self, places):
        real, simulated = ensure_store(**places), ensure_store("simulated", **places)
        assert (real.generation[:5], simulated.generation[:5]) == ("gen-1", "sim-1")
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
