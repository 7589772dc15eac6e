"""Tables of users as datasets: versions, withdrawal, rights, export."""

from __future__ import annotations

import pytest

from metrics.catalog import Indicator
from metrics.datasets import datasets, put_indicator
from metrics.people import LOCAL, Actor, NotAllowed, Role
from metrics.store import StoreError
from tests.metrics.importing.importing_home import TIME, report_of, store_of


class TestDatasets:
    def load(self, home, text, actor=LOCAL, **details):
        seen, report = report_of(home, text)
        datasets.keep_file(text.encode(), LOCAL, home)
        made = datasets.Details(**({"title": "Số hóa"} | details))
        return datasets.load(seen, report, made, actor, home)

    def test_a_new_version_supersedes_and_withdrawing_it_brings_the_old_one_back(self, home):
        first = self.load(home, TIME + "Hà Nội;50\nHuế;60\n", producer="Sở Tư pháp")
        second = self.load(home, TIME + "Hà Nội;55\n", supersedes=first.id)
        store = store_of(home)
        assert (first.id, second.id) == ("so-hoa-v1", "so-hoa-v2")
        mine = store.observations("rate")
        assert list(mine.loc[mine["dataset"] != "shipped", "value"]) == [55.0]
        assert store.catalog.origin(second.id).producer.vi == "không rõ"
        changes = datasets.diff(store, first.id, second.id)
        assert sorted(changes["change"]) == ["changed", "removed"]
        datasets.withdraw(second.id, LOCAL, "nhầm", home)
        store = store_of(home)
        mine = store.observations("rate")
        assert sorted(mine.loc[mine["dataset"] != "shipped", "value"]) == [50.0, 60.0]
        datasets.restore(second.id, LOCAL, "", home)
        assert first.id not in store_of(home).in_force()
        actions = list(store_of(home).audit()["action"])
        assert actions == ["restore", "withdraw", "supersede", "load"]
        assert [d.id for d in datasets.versions(store_of(home), first.id)] == [second.id, first.id]

    def test_an_older_version_cannot_be_superseded_over_a_newer_one(self, home):
        first = self.load(home, TIME + "Hà Nội;50\n")
        self.load(home, TIME + "Hà Nội;55\n", supersedes=first.id)
        with pytest.raises(StoreError, match="newer version"):
            self.load(home, TIME + "Hà Nội;56\n", supersedes=first.id)

    def test_a_blocked_table_is_not_stored(self, home):
        before = store_of(home).generation
        with pytest.raises(StoreError, match="nothing was stored"):
            self.load(home, TIME + "Hà Nội;500\n")
        assert store_of(home).generation == before

    @pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
    def test_who_may_not_write_changes_nothing(self, home, role):
        stranger = Actor("khách", role, frozenset({"đội khác"}))
        loaded = self.load(home, TIME + "Hà Nội;50\n", team="")
        before = store_of(home).generation
        with pytest.raises(NotAllowed):
            self.load(home, TIME + "Hà Nội;51\n", stranger, supersedes=loaded.id)
        for act in (datasets.withdraw, datasets.restore):
            with pytest.raises(NotAllowed):
                act(loaded.id, stranger, "", home)
        assert store_of(home).generation == before

    def test_the_shipped_figures_cannot_be_withdrawn(self, home):
        with pytest.raises(StoreError, match="no dataset “shipped”"):
            datasets.withdraw("shipped", LOCAL, "", home)

    def test_hostile_titles_make_tame_ids(self, home):
        loaded = self.load(home, TIME + "Hà Nội;50\n", title="sim-../../<script>shipped")
        assert loaded.id == "dataset-sim-script-shipped-v1"
        assert datasets.slug("shipped") == "dataset-shipped"

    def test_an_indicator_of_a_users_own_is_in_the_catalog_at_once(self, home):
        fields = store_of(home).catalog.indicator("rate").model_dump()
        mine = Indicator.model_validate(fields | {"id": "cua-toi"})
        put_indicator(mine, LOCAL, home=home)
        assert store_of(home).catalog.indicator("cua-toi") == mine
        with pytest.raises(StoreError, match="comes with Atlas 06"):
            put_indicator(Indicator.model_validate(fields), LOCAL, home=home)

    def test_what_was_exported_is_what_was_stored(self, home):
        loaded = self.load(home, TIME + "Hà Nội;50,25\nHuế;trên 60\n")
        rows = store_of(home).dataset_observations(loaded.id)
        assert list(rows["value"]) == [50.25, 60.0]
        assert list(rows["qualifier"]) == ["exact", "over"]
        assert set(rows["period_text"]) == {"Tỷ lệ năm 2025"}
