"""A folder that a department puts its tables into, from the files to the store."""

import pytest

from metrics.refresh import refresh, sources
from metrics.refresh.adapters import ADAPTERS
from metrics.refresh.adapters import table as module
from tests.metrics.refresh.adapters.cubes_made import ORIGIN

MAPPING = {
    "place": "Tỉnh",
    "measures": [{"column": "Tỷ lệ tháng 8/2026 (%)", "indicator": "trusted"}],
    "made_for": ["Tỉnh", "Tỷ lệ tháng 8/2026 (%)"],
}


def put(folder, month, value):
    folder.mkdir(parents=True, exist_ok=True)
    text = f"Tỉnh;Tỷ lệ tháng {month}/2026 (%)\nHà Nội;{value}\nCao Bằng;40,0\nHuế;50,0\n"
    (folder / f"2026-{month:02}.csv").write_text(text, encoding="utf-8")


@pytest.fixture
def run(atlas, monkeypatch):
    monkeypatch.setattr(module, "current_store", atlas.store)
    options = {"edition": "2024", "level": "province", "origin": ORIGIN, "mapping": MAPPING}
    atlas.describe(adapter="table", address="incoming", options=options)
    found = sources(atlas.home, atlas.data / "none", ADAPTERS)["tiny"]
    return lambda: refresh(found, atlas.how())


def test_each_month_adds_its_figures_and_a_file_read_before_adds_nothing(atlas, run):
    put(atlas.home / "incoming", 8, "30,0")
    run()
    assert atlas.values()[("2026-08-31", "01")] == 30.0
    first = atlas.store().generation
    run()
    assert atlas.store().generation == first
    put(atlas.home / "incoming", 9, "31,0")
    run()
    assert atlas.values() == {
        (day, area): value
        for day, value_of in (("2026-08-31", 30.0), ("2026-09-30", 31.0))
        for area, value in (("01", value_of), ("04", 40.0), ("46", 50.0))
    }
