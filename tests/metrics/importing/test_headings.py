"""Headings that say another time, a plan, a unit: figures are what these say, or asked about."""

from __future__ import annotations

from datetime import datetime

import pytest

from geo.editions import Level, areas
from metrics.importing import ImportRefused, columns_of, examine, preview, settled
from metrics.importing.cells.units import factor, unit_above, unit_headed
from metrics.importing.mapping.headings import column_period
from metrics.importing.mapping.mapping import check_columns
from metrics.importing.proposal.roles import role_headed
from metrics.importing.time.periods import read_period
from tests.metrics.importing.importing_home import TODAY
from tests.metrics.importing.test_kinds import (
    Q1,
    SOME,
    errors,
    figures,
    in_this_process,
    people,
    read,
    rows_of,
    short,
    store,
    text,
    titles,
    warnings,
    workbook,
)

__all__ = ["in_this_process", "store"]


@pytest.mark.parametrize(
    ("heading", "above", "end"),
    [
        ("Cùng kỳ năm 2025", "6 tháng đầu năm 2026", "2025-06-30"),
        ("Cùng kỳ năm trước", "Tháng 2/2026", "2025-02-28"),
        ("Số người – Tháng trước", "Tháng 1/2026", "2025-12-31"),
        ("Kỳ trước", "Quý I/2026", "2025-12-31"),
        ("Tháng trước", "Quý I/2026", None),
        ("Tăng so với cùng kỳ", "Tháng 2/2026", None),
        ("Từ kỳ trước chuyển qua", "Tháng 2/2026", None),
        ("Lũy kế từ đầu năm – Số người", "Tháng 9/2026", "2026-09-30"),
    ],
)
def test_a_heading_of_another_time_is_read_by_that_of_the_table(heading, above, end):
    found = column_period(heading, read_period(above))
    assert (found.end.isoformat() if found else None) == end


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Kế hoạch năm 2026", "target"),
        ("Số người – Chỉ tiêu giao", "target"),
        ("Ước thực hiện tháng 9", "forecast"),
        ("Kết quả thực hiện kế hoạch – Số người", "result"),
        ("Tỷ lệ thực hiện/kế hoạch (%)", "result"),
        ("% KH năm", "result"),
        ("Số xã đã ban hành kế hoạch", None),
    ],
)
def test_what_is_planned_or_expected_is_no_result(heading, role):
    assert role_headed(heading) == role


def said(data, store, **answers):
    seen = preview("bang", data)
    mapping = settled(seen.blocks[0], store.catalog, answers, "bang")
    return examine(seen, seen.blocks[0], mapping, store, today=TODAY)


def test_figures_under_a_title_of_estimates_are_asked_about_and_answered(store):
    data = text(rows_of(store, top=("ƯỚC THỰC HIỆN THÁNG 9/2026",)))
    assert errors(read(store, data)) == {"role_said"}
    report = said(data, store, roles={titles(store)[0]: "forecast"})
    assert set(report.observations["role"]) == {"forecast"}


def test_what_is_asked_names_roles_and_levels_in_words(store):
    asked = read(store, text(rows_of(store, top=("ƯỚC THỰC HIỆN THÁNG 9/2026",)))).findings
    (role,) = {(one.say("vi"), one.say("en")) for one in asked if one.rule == "role_said"}
    assert "được đọc là kết quả, nhưng bảng cho thấy là dự kiến." in role[0]
    assert "is read as results, but the table says forecasts." in role[1]
    table = f"Năm 2025;\nHuyện;{titles(store)[0]}\nCao Bằng;1000\nHuế;1001\nSơn La;1002\n"
    asked = said(table.encode(), store).findings
    (level,) = [one for one in asked if one.rule == "level_heading"]
    assert "ghi cấp huyện, nhưng các tên được hiểu là cấp tỉnh." in level.say("vi")
    english = "names the level district, but the names were taken for the level province."
    assert english in level.say("en")


def test_a_column_of_an_unknown_other_time_waits_for_its_period(store):
    rows = rows_of(store)
    rows[1][2] = f"{rows[1][2]} – Tháng trước"
    column = rows[1][2]
    assert "period_relative" in errors(read(store, text(rows)))
    time = {"end": "2026-02-28", "start": "2026-02-01", "grain": "month"}
    report = said(text(rows), store, periods={column: time})
    assert {m.period.end.isoformat() for m in report.mapping.measures} == {"2026-02-28"}
    assert "period_relative" not in errors(report)


def test_months_by_their_format_are_read_and_first_days_asked_about(store):
    months = [datetime(2026, month, 1) for month in (1, 2)]
    rows = [["STT", "Tỉnh", *months]]
    rows += [[at + 1, short(place), 1000, 1001] for at, place in enumerate(SOME)]

    def show(sheet):
        for cell in sheet["C1:D1"][0]:
            cell.number_format = "mm/yyyy"

    shown = read(store, workbook(rows, show)).mapping.measures
    assert [m.period.grain for m in shown] == ["month", "month"]
    assert "first_days" in errors(read(store, workbook(rows)))
    assert "first_days" not in errors(said(workbook(rows), store, first_days="month"))


@pytest.mark.parametrize(
    ("title", "own", "times"),
    [
        ("ĐVT: Nghìn người, tỷ đồng", "người", 1_000),
        ("SỐ NGƯỜI (nghìn người) QUÝ I/2026", "người", 1_000),
        ("Đơn vị: Nghìn người, tỷ đồng", "hồ sơ", None),
        ("Đơn vị tính: người; %", "%", 1),
    ],
)
def test_a_line_of_several_units_scales_by_the_one_that_is_meant(title, own, times):
    assert factor(unit_above([title]), own, beside=False) == times


def test_a_unit_above_several_headings_is_theirs():
    assert unit_headed(["Đơn vị tính: nghìn người", "Số người"])[1] == "nghìn người"
    assert unit_headed(["Thủ tục", "Số hồ sơ"])[1] is None


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (["0,8", "0,9", "0,91"], "fractions"),
        (["0,8", "95,5", "0,9", "97"], "fractions_some"),
        (["0,5%", "0,8%", "0,9%"], None),
        (["2,5", "0,9", "0,8", "97"], None),
    ],
)
def test_shares_that_may_be_parts_of_one_are_asked_about(store, cells, rule):
    rows = [[Q1], ["Tỉnh", titles(store)[1]]]
    rows += [[short(place), cell] for place, cell in zip(SOME, cells, strict=False)]
    assert errors(read(store, text(rows))) == ({rule} if rule else set())


def test_words_for_a_figure_are_none_and_said(store):
    rows = rows_of(store, value=lambda at: "đang rà soát" if at == 4 else 1000 + at)
    report = read(store, text(rows))
    assert len(figures(report)) == len(SOME) - 1
    assert "words" in warnings(report)


def test_a_province_written_once_heads_its_communes(store):
    inside = [areas("2025", Level.COMMUNE, code)[:4] for code in ("80", "92")]
    rows = [[Q1], ["Tỉnh", "Xã, phường", titles(store)[0]]]
    for home, parts in zip(("Tây Ninh", "Cần Thơ"), inside, strict=True):
        rows += [[home if not at else None, one.name_vi, 7] for at, one in enumerate(parts)]
    assert figures(read(store, text(rows))) == people([*inside[0], *inside[1]], lambda _: 7)


def test_years_over_units_over_places_are_a_table(store):
    rows = [[titles(store)[0]], [None, "Năm 2022", "Năm 2023"], [None, *["Nghìn người"] * 2]]
    rows += [[short(place), 1.5, 2.5] for place in areas("2024", Level.PROVINCE)[:9]]
    found = read(store, workbook(rows)).mapping.measures
    assert [m.unit for m in found] == ["Nghìn người"] * 2


def test_a_mapping_of_another_month_is_no_mapping_of_other_columns(store):
    first = preview("bang", text(rows_of(store, top=("Tháng 9/2026",)))).blocks[0]
    kept = columns_of(settled(first, store.catalog, {}, "bang"), first)
    rows = rows_of(store, top=("Tháng 10/2026",))
    other = rows[1][2] = "Số thẻ"
    block = preview("bang", text(rows)).blocks[0]
    with pytest.raises(ImportRefused):
        check_columns(settled(block, store.catalog, kept, "bang"), block, "bang")
    assert other not in kept["made_for"]
    kept["made_for"][2] = kept["measures"][0]["column"] = "Số thẻ tháng 9/2026"
    assert settled(block, store.catalog, kept, "bang").measures[0].column == other
