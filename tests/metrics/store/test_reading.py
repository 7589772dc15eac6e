"""The store as it is read, in files and in a database."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from geo.editions import EDITION_2024, Level
from metrics.exporting.parts import parts_of
from metrics.panel import panel
from metrics.store import current_store, ensure_store
from metrics.store import store as store_module
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, of_user, put

pytestmark = pytest.mark.usefixtures("engine")


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
