"""A series across July 2025: which points are carried, and on which side they lie."""

from datetime import date

import pytest

from geo.editions import EDITION_2024, EDITION_2025
from metrics.relate import seam
from metrics.store import ensure_store
from tests.metrics.made_up import row, write

DA_NANG, QUANG_NAM, KIEN_GIANG = "48", "49", "91"


@pytest.fixture
def series(tmp_path):
    rows = [
        row("people", DA_NANG, 1, period_end="2024-06-30"),
        row("people", QUANG_NAM, 2, period_end="2024-06-30"),
        row("people", DA_NANG, 4, period_end="2024-12-31"),
        row("people", DA_NANG, 9, period_end="2025-12-31", edition=EDITION_2025, grain="year"),
        row("people", DA_NANG, 8, period_end="2025-09-30", edition=EDITION_2025, grain="month"),
        row("people", KIEN_GIANG, 1, period_end="2023-06-30"),
    ]
    store = ensure_store(home=tmp_path / "var", data_dir=write(tmp_path / "data", rows))
    return seam(store, "people", DA_NANG)


def test_a_series_shows_the_seam(series):
    assert series.day == date(2025, 7, 1)
    assert series.crosses
    points = series.frame[["side", "on_edition", "is_carried", "state"]]
    assert points.values.tolist() == [
        ["before", EDITION_2024, True, "recomputed"],
        ["before", EDITION_2024, True, "partial"],
        ["after", EDITION_2025, False, "reported"],
        ["across", EDITION_2025, False, "reported"],
    ]
    assert series.frame["value"].tolist()[0] == 3
    assert series.frame["value"].tolist()[2:] == [8, 9]


def test_a_series_of_the_country_has_no_carried_points():
    found = seam(ensure_store(), "population-average", "VN")
    assert len(found.frame)
    assert not found.frame["is_carried"].any()
