"""Kinds of untidy sheets that were read wrongly once: stored just so, or asked about."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from geo.editions import Level, areas
from metrics.importing import examine, preview, propose
from metrics.store import current_store
from tests.base.reading.here import opened_here
from tests.metrics.importing.importing_home import TODAY

PEOPLE, RATE = "cashless-protection-people", "cashless-protection-rate"
PROVINCES = areas("2025", Level.PROVINCE)
SOME = PROVINCES[3:15]
Q1 = "Quý I/2026"


@pytest.fixture(scope="module")
def store():
    return current_store()


@pytest.fixture(scope="module", autouse=True)
def in_this_process():
    with opened_here():
        yield


def short(place):
    return place.name_vi.split(" ", 2)[-1] if place.name_vi.startswith("Thành") else (
        place.name_vi.split(" ", 1)[-1]
    )  # fmt: skip


def titles(store):
    return [store.catalog.indicator(id_).title.vi for id_ in (PEOPLE, RATE)]


def text(rows):
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return out.getvalue().encode()


def workbook(rows, change=None, **sheets):
    book = openpyxl.Workbook()
    for name, lines in {"Sheet": rows, **sheets}.items():
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    if change:
        change(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(store, data, at=0):
    seen = preview("bang", data)
    block = seen.blocks[at]
    return examine(seen, block, propose(block, store.catalog), store, today=TODAY)


def errors(report):
    return {f.rule for f in report.findings if f.severity == "error"}


def warnings(report):
    return {f.rule for f in report.findings if f.severity == "warning"}


def figures(report):
    assert errors(report) == set()
    rows = report.observations[["area", "indicator", "value"]].itertuples(index=False)
    return {(area, indicator): value for area, indicator, value in rows}


def people(places, value=lambda at: 1000 + at):
    return {(place.code, PEOPLE): value(at) for at, place in enumerate(places)}


def rows_of(store, places=SOME, top=(Q1,), value=lambda at: 1000 + at):
    head = [[line] for line in top] + [["STT", "Tỉnh", titles(store)[0]]]
    return head + [[at + 1, short(place), value(at)] for at, place in enumerate(places)]


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("Sáu tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("Tháng Chín năm 2026", "2026-09-01", "2026-09-30"),
        ("(Tính đến 15h00 ngày 30/9/2026)", "2026-09-30", "2026-09-30"),
        ("Từ ngày 01/9/2026 đến ngày 30/9/2026", "2026-09-01", "2026-09-30"),
        ("Tuần từ 31/8/2026 đến 06/9/2026", "2026-08-31", "2026-09-06"),
    ],
)
def test_a_period_is_what_it_says(store, title, start, end):
    report = read(store, text(rows_of(store, top=(title,))))
    assert figures(report) == people(SOME)
    found = report.observations
    assert set(zip(found["period_start"], found["period_end"], strict=True)) == {(start, end)}


@pytest.mark.parametrize(
    "title",
    [
        "Năm học 2025-2026",
        "Tháng 01-03/2026",
        "đầu năm 2026",
        "Tuần 36 năm 2026",
        "Tháng 9 và 9 tháng năm 2026",
    ],
)
def test_what_is_no_period_is_asked_about(store, title):
    assert "no_period" in errors(read(store, text(rows_of(store, top=(title,)))))


def test_the_name_of_a_sheet_is_its_period_and_contradicts_a_title(store):
    lines = rows_of(store, top=("Kết quả",))
    report = read(store, workbook([["Bìa"]], **{"T9-2026": lines}))
    assert set(report.observations["period_end"]) == {"2026-09-30"}
    lines = rows_of(store, top=("Tháng 8/2026",))
    assert "period_said" in errors(read(store, workbook([["Bìa"]], **{"T9-2026": lines})))


def test_a_year_and_its_part_stand_in_two_columns(store):
    head = [["Năm", "Quý", "Tỉnh", titles(store)[0]]]
    rows = [[2026, part, short(place), 1000] for part in (1, 2) for place in SOME]
    found = read(store, text(head + rows)).observations
    assert sorted(set(found["period_end"])) == ["2026-03-31", "2026-06-30"]


def test_units_stand_below_the_heading_or_in_a_column(store):
    count, rate = titles(store)
    below = [[Q1], ["Tỉnh", count, rate], [None, "Nghìn người", "%"]]
    below += [[short(place), 12.5 + at, 50 + at] for at, place in enumerate(SOME)]
    beside = [["Tỉnh", "Chỉ tiêu", "ĐVT", Q1]]
    for at, place in enumerate(SOME):
        beside += [[short(place), count, "Nghìn người", 12.5 + at]]
        beside += [[short(place), rate, "%", 50 + at]]
    truth = people(SOME, lambda at: 12_500 + 1_000 * at)
    truth |= {(place.code, RATE): 50 + at for at, place in enumerate(SOME)}
    assert figures(read(store, workbook(below))) == truth
    assert figures(read(store, workbook(beside))) == truth


def test_a_unit_in_the_heading_that_is_not_the_indicators_is_asked_about(store):
    rows = rows_of(store)
    rows[1][2] += " (hồ sơ)"
    assert errors(read(store, text(rows))) & {"unit", "no_indicator"}


def test_full_width_and_invisible_characters_are_read_through(store):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    rows = rows_of(store, value=lambda at: f"\u200b1.{at:03}".translate(wide))
    assert figures(read(store, text(rows))) == people(SOME)


def test_more_people_than_there_are_is_an_error(store):
    rows = rows_of(store, value=lambda at: 1e9 if at == 2 else 1000)
    assert "over_max" in errors(read(store, workbook(rows)))


def test_codes_beside_other_names_are_an_error_at_any_level(store):
    inside = areas("2025", Level.COMMUNE, "20")[:20]
    rows = [["Tỉnh Lạng Sơn, " + Q1], ["Mã xã", "Xã, phường", titles(store)[0]]]
    rows += [
        [inside[(at + 1) % 20].code, short(place), 1000 + at] for at, place in enumerate(inside)
    ]
    assert "code_name" in errors(read(store, workbook(rows)))


def test_two_columns_of_places_in_other_orders_are_asked_about(store):
    rows = rows_of(store)
    rows[1].append("Nơi nhận")
    for at, row in enumerate(rows[2:]):
        row.append(short(SOME[-1 - at]))
    assert "second_place" in errors(read(store, text(rows)))


def test_tables_side_by_side_are_one_or_two(store):
    count, rate = titles(store)
    left, right = PROVINCES[:10], PROVINCES[10:20]
    one = [[Q1], ["STT", "Tỉnh", count, None, "STT", "Tỉnh", count]]
    one += [
        [at + 1, short(left[at]), 1000 + at, None, at + 11, short(right[at]), 1010 + at]
        for at in range(10)
    ]
    assert figures(read(store, workbook(one))) == people([*left, *right])
    two = [[Q1], ["Tỉnh", count, "Tỉnh", rate]]
    two += [[short(left[at]), 1000 + at, short(right[at]), 50 + at] for at in range(10)]
    assert figures(read(store, text(two))) == people(left)
    assert figures(read(store, text(two), 1)) == {
        (p.code, RATE): 50 + i for i, p in enumerate(right)
    }


def test_a_turned_table_is_put_upright(store):
    count, rate = titles(store)
    rows = [[Q1], ["STT", "Chỉ tiêu", "ĐVT", *map(short, SOME)]]
    rows += [[1, count, "người", *(1000 + at for at in range(12))]]
    rows += [[2, rate, "%", *(50 + at for at in range(12))]]
    truth = people(SOME) | {(place.code, RATE): 50 + at for at, place in enumerate(SOME)}
    assert figures(read(store, workbook(rows))) == truth


def test_errors_of_formulas_and_hidden_columns_are_said(store):
    rows = rows_of(store, value=lambda at: "#REF!" if at == 3 else 1000 + at)

    def hide(sheet):
        sheet.column_dimensions["C"].hidden = True

    report = read(store, workbook(rows, hide))
    assert {"formula_error", "hidden_column"} <= warnings(report)
    assert SOME[3].code not in set(report.observations["area"])


def test_rows_of_former_districts_head_groups(store):
    inside = areas("2025", Level.COMMUNE, "40")[:12]
    rows = [["Tỉnh Nghệ An"], [Q1], ["TT", "Đơn vị", titles(store)[0]]]
    rows += [["I", "Huyện Đô Lương (cũ)", None]]
    rows += [[at + 1, place.name_vi, 1000 + at] for at, place in enumerate(inside)]
    assert figures(read(store, workbook(rows))) == people(inside)


def test_signatures_are_no_second_table_and_a_turned_place_without_figures_stays(store):
    rows = rows_of(store)
    rows += [["Người lập biểu", None, "Thủ trưởng đơn vị"], ["(Ký)", None, "(Ký, đóng dấu)"]]
    rows += [["Nguyễn Thị Lan", None, "Trần Văn Hà Nội"]]
    assert len(preview("bang.xlsx", workbook(rows)).blocks) == 1
    turned = [[Q1], ["Chỉ tiêu", "ĐVT", *map(short, SOME)]]
    turned += [[titles(store)[0], "người", "#DIV/0!", *(1000 + at for at in range(1, 12))]]
    report = read(store, workbook(turned))
    assert figures(report) == {k: v for k, v in people(SOME).items() if k[0] != SOME[0].code}
    assert "formula_error" in warnings(report)


def test_a_place_whose_name_reads_as_a_heading_is_a_row(store):
    inside = [one for one in areas("2025", Level.COMMUNE, "40") if one.name_vi.endswith("Cửa Lò")]
    inside += areas("2025", Level.COMMUNE, "40")[:4]
    rows = [["Tỉnh Nghệ An"], [Q1], ["TT", "Xã, phường", titles(store)[0]]]
    rows += [[None, place.name_vi, 2050] for place in inside[1:3] + inside[:1] + inside[3:]]
    assert len(preview("bang.xlsx", workbook(rows)).blocks[0].rows) == len(inside)
