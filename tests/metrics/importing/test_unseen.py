"""What cannot be seen changes nothing; what a title says of deadlines and units is what it says."""

from __future__ import annotations

import pytest

from metrics.importing import examine, preview, propose, read_period, settled
from tests.metrics.importing.importing_home import TODAY
from tests.metrics.importing.test_kinds import errors, text, workbook
from tests.metrics.importing.test_short import PEOPLE, PLACES, RATE, read, store, values

__all__ = ["store"]
FIGURES = [5, 6, 7, 8, 9, 10]


def unseen(row):
    return [f"\u00a0{c.replace(' ', chr(0xA0))}\u200b" if isinstance(c, str) else c for c in row]


@pytest.mark.parametrize("write", [text, workbook])
def test_blanks_and_signs_without_width_change_nothing(store, write):
    rows = [["Quý I/2026"], ["Đơn vị tính: nghìn người"], ["Mã", "Tỉnh, thành phố", PEOPLE]]
    rows += [[f"{at:02}", place, at + 1] for at, place in enumerate(PLACES)]
    seen = preview("bang", write([unseen(row) for row in rows]))
    block = seen.blocks[0]
    report = examine(seen, block, propose(block, store.catalog), store)
    assert block.columns == ("Mã", "Tỉnh, thành phố", PEOPLE)
    assert list(report.observations["value"]) == [1000 * (at + 1) for at in range(len(PLACES))]


def test_codes_with_signs_without_width_contradict_their_names_all_the_same(store):
    rows = [["Quý I/2026"], ["Mã", "Tỉnh", PEOPLE]]
    rows += [["24\u200b", place, at + 1] for at, place in enumerate(PLACES)]
    seen = preview("bang", workbook(rows))
    block = seen.blocks[0]
    assert "code_name" in errors(examine(seen, block, propose(block, store.catalog), store))


def test_percentages_among_counts_are_asked_about(store):
    _, report = read(store, PEOPLE, ["12%", *FIGURES[1:]])
    assert errors(report) == {"percent_unit"}
    _, report = read(store, PEOPLE, ["12%", *FIGURES[1:]], scales={PEOPLE: 1})
    assert values(report) == [12, *FIGURES[1:]]
    _, report = read(store, RATE, ["12%", *FIGURES[1:]])
    assert "percent_unit" not in errors(report)


@pytest.mark.parametrize(
    "by",
    [
        "(Gửi về Sở trước ngày 15/10/2026)",
        "Thời hạn gửi: 15/10/2026",
        "Chậm nhất ngày 15 tháng 10 năm 2026",
    ],
)
def test_the_day_by_which_it_is_sent_is_not_that_of_the_figures(store, by):
    _, report = read(store, PEOPLE, FIGURES, titles=("Quý III/2026", by))
    assert set(report.observations["period_end"]) == {"2026-09-30"}
    _, report = read(store, PEOPLE, FIGURES, titles=(by,))
    assert errors(report) == {"no_period"}


@pytest.mark.parametrize("said", ["30 September 2026", "September 30, 2026", "as of 30-Sep-2026"])
def test_english_days(said):
    assert read_period(said).end.isoformat() == "2026-09-30"


def test_a_unit_below_the_first_of_several_years_is_that_of_all(store):
    rows = [[PEOPLE], [None, 2024, "Sơ bộ 2025"], [None, "Nghìn người - Thous. pers."]]
    rows += [[place, at + 1, at + 2] for at, place in enumerate(PLACES)]
    seen = preview("bang", workbook(rows))
    block = seen.blocks[0]
    mapping = propose(block, store.catalog)
    assert [m.period.end.year for m in mapping.measures] == [2024, 2025]
    assert {m.unit for m in mapping.measures} == {"Nghìn người - Thous. pers."}


def periods(store, rows, **said):
    seen = preview("bang", workbook(rows))
    block = seen.blocks[0]
    mapping = settled(block, store.catalog, said, "bang")
    measures = (m.model_copy(update={"indicator": "people"}) for m in mapping.measures)
    mapping = mapping.model_copy(update={"measures": tuple(measures)})
    report = examine(seen, block, mapping, store, today=TODAY)
    return report, sorted(set(report.observations["period_end"]))


def test_a_day_on_which_something_was_done_is_not_the_period(store):
    rows = [["Quý III/2026"], ["Tỉnh", "Ngày ban hành", PEOPLE]]
    report, ends = periods(store, rows + [[p, "05/9/2026", 5] for p in PLACES])
    assert (errors(report), ends) == (set(), ["2026-09-30"])


def test_days_outside_the_period_of_the_title_are_asked_about(store):
    rows = [["Quý III/2026"], ["Tỉnh", "Ngày báo cáo", PEOPLE]]
    rows += [[place, "05/10/2026", 5] for place in PLACES]
    assert errors(periods(store, rows)[0]) == {"days_outside"}
    assert periods(store, rows, settled=["period"])[1] == ["2026-10-05"]
    rows[2:] = [[place, "05/9/2026", 5] for place in PLACES]
    assert errors(periods(store, rows)[0]) == set()


def test_the_same_time_of_before_is_told_by_the_column_beside_it(store):
    rows = [["Năm 2026"], ["Tỉnh", "Quý III/2026", "Cùng kỳ năm 2025"]]
    report, ends = periods(store, rows + [[p, 5, 6] for p in PLACES])
    assert (errors(report), ends) == (set(), ["2025-09-30", "2026-09-30"])


def test_the_same_time_of_before_is_told_by_the_heading_above_it(store):
    rows = [["Tỉnh", "Tháng 8/2026", None, "Tháng 9/2026", None]]
    rows += [[None, *("Thực hiện", "Cùng kỳ năm trước") * 2]]
    _, ends = periods(store, rows + [[p, 5, 6, 7, 8] for p in PLACES])
    assert ends == ["2025-08-31", "2025-09-30", "2026-08-31", "2026-09-30"]


def test_the_same_time_of_before_of_two_times_is_asked_about(store):
    rows = [["Tháng 9/2026"], ["Tỉnh", "Thực hiện", "Lũy kế từ đầu năm", "Cùng kỳ năm trước"]]
    report, _ = periods(store, rows + [[p, 5, 6, 7] for p in PLACES])
    assert "period_relative" in errors(report)


@pytest.mark.parametrize("beside", ["Mẫu số 01", "Biểu số: 2a/BC", "Đơn vị tính: người"])
def test_a_form_or_a_unit_beside_the_title_is_no_heading(store, beside):
    rows = [["Quý III/2026", None, None, beside], ["STT", "Tỉnh", PEOPLE, "Ghi chú"]]
    report, ends = periods(store, rows + [[1, p, 5, None] for p in PLACES])
    assert (errors(report), ends) == (set(), ["2026-09-30"])
    assert report.mapping.place == "Tỉnh"
