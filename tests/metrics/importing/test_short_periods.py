"""Periods as people shorten them: read where one thing alone is meant, else asked about."""

from __future__ import annotations

import pytest

from geo.editions import Level, areas
from metrics.importing import examine, preview, propose, read_period
from metrics.importing.time.period_in_title import find_period
from tests.base.reading.here import opened_here
from tests.metrics.importing.generated import small_store
from tests.metrics.importing.importing_home import TODAY
from tests.metrics.importing.test_kinds import errors, text

PLACES = [place.name_vi for place in areas("2025", Level.PROVINCE)[2:6]]
NINE_MONTHS = ("2026-01-01", "2026-09-30", "year_to_date")
SEPTEMBER = ("2026-09-01", "2026-09-30", "month")
THIRD = ("2026-07-01", "2026-09-30", "quarter")
LAST_DAY = ("2026-09-30", "2026-09-30", "instant")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with opened_here():
        yield small_store(tmp_path_factory.mktemp("periods"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *((said, NINE_MONTHS) for said in ("9T/2026", "9 tháng/2026", "9T2026", "9T/26")),
        *((said, SEPTEMBER) for said in ("T9/26", "tháng 9/26", "T9/2026")),
        *((said, THIRD) for said in ("Q3/26", "quý III/26", "Quý 3/2026")),
        *((said, LAST_DAY) for said in ("30/9/26", "30.09.26", "ngày 30-9-26")),
    ],
)
def test_what_can_mean_one_thing_is_read(said, meant):
    found = read_period(said)
    assert found is not None
    assert (str(found.start), str(found.end), found.grain) == meant


@pytest.mark.parametrize("said", ["9T/2026", "9 tháng/2026", "Quý III/26"])
def test_so_it_is_in_a_title(said):
    found = find_period(f"Kết quả số hóa hồ sơ {said}")
    assert found is not None
    assert str(found.end) == "2026-09-30"


@pytest.mark.parametrize(
    "said", ["9/26", "26/9/30", "13T/2026", "tuần 39/2026", "01-03/2026", "2022-25", "1.5/26"]
)
def test_what_can_mean_several_is_not(said):
    assert read_period(said) is None


def table(store, titles, heads, rows):
    seen = preview("bang.csv", text([[title] for title in titles] + [heads, *rows]))
    return examine(seen, seen.blocks[0], propose(seen.blocks[0], store.catalog), store, today=TODAY)


def test_a_week_is_asked_about(store):
    rows = [[place, at + 1] for at, place in enumerate(PLACES)]
    report = table(store, ["Kết quả tuần 39/2026"], ["Tỉnh", "Tên people"], rows)
    assert "no_period" in errors(report)


@pytest.mark.parametrize(
    ("head", "cell", "end", "grain"),
    [
        ("Kỳ", "Quý 3", "2025-09-30", "quarter"),
        ("Kỳ báo cáo", "quý ba", "2025-09-30", "quarter"),
        ("Quý", 3, "2025-09-30", "quarter"),
        ("Thời gian", "T9", "2025-09-30", "month"),
        ("Giai đoạn", "9 tháng", "2025-09-30", "year_to_date"),
    ],
)
def test_parts_of_the_year_of_the_title_are_of_that_year(store, head, cell, end, grain):
    rows = [[place, cell, at + 1] for at, place in enumerate(PLACES)]
    report = table(store, ["Kết quả năm 2025"], ["Tỉnh", head, "Tên people"], rows)
    assert errors(report) == set()
    assert set(report.observations["period_end"]) == {end}
    assert set(report.observations["grain"]) == {grain}


@pytest.mark.parametrize("cell", ["Tuần 39", "30/9", "đợt 2"])
def test_times_that_cannot_be_read_are_asked_about_and_not_taken_for_the_year(store, cell):
    rows = [[place, cell, at + 1] for at, place in enumerate(PLACES)]
    report = table(store, ["Kết quả năm 2025"], ["Tỉnh", "Kỳ", "Tên people"], rows)
    assert errors(report) == {"time_unread"}


def test_how_long_something_takes_is_no_time_of_figures(store):
    rows = [[place, "3 tháng", at + 1] for at, place in enumerate(PLACES)]
    heads = ["Tỉnh", "Thời gian giải quyết", "Tên people"]
    report = table(store, ["Kết quả năm 2025"], heads, rows)
    assert errors(report) == set()
    assert set(report.observations["grain"]) == {"year"}


def test_columns_of_short_periods_are_read_each_as_its_own(store):
    rows = [[place, at + 1, at + 5] for at, place in enumerate(PLACES)]
    heads = ["Tỉnh", "Tên people 6T/2026", "Tên people 9T/2026"]
    report = table(store, ["Kết quả"], heads, rows)
    assert errors(report) == set()
    assert set(report.observations["period_end"]) == {"2026-06-30", "2026-09-30"}
