"""What is told of a table before anything is stored: places, figures, personal data."""

from __future__ import annotations

import random

import pytest

from base.words import LANGS
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.importing import Measure, preview
from tests.metrics.importing.importing_home import HANOI, HUE, SAIGON, TIME, report_of, rules
from tests.metrics.importing.untidy import book


class TestReport:
    def test_every_figure_knows_its_cell(self, home):
        _, report = report_of(home, TIME + "Hà Nội;98,5\nTP.HCM;97\nHuế;-\nTổng cộng;-\n")
        frame = report.observations
        assert list(frame["area"]) == [HANOI, SAIGON]
        assert list(frame["value"]) == [98.5, 97.0]
        assert list(frame["locator"]) == ["2 · Tỷ lệ năm 2025", "3 · Tỷ lệ năm 2025"]
        assert (report.empty, report.errors, len(report.absent)) == (1, 0, 31)
        assert not report.blocked

    def test_an_unknown_place_blocks_until_it_is_left_out_or_accepted(self, home):
        text = TIME + "Hà Nội;98\nXứ Lạ;50\n"
        _, report = report_of(home, text)
        assert report.blocked
        assert list(report.unmatched["row"]) == [3]
        _, report = report_of(home, text, leave_out=True)
        assert not report.blocked
        assert len(report.observations) == 1
        _, report = report_of(home, text, places={"xứ  lạ": HUE})
        assert list(report.observations["area"]) == [HANOI, HUE]

    def test_a_predecessors_figure_is_never_its_successors(self, home):
        text = TIME + "Hà Nội;98\nQuảng Nam;50\n"
        _, report = report_of(home, text, edition=EDITION_2025)
        assert "mixed_editions" in rules(report)
        assert report.strangers == {EDITION_2024: [3]}
        assert list(report.observations["area"]) == [HANOI]

    @pytest.mark.parametrize(
        ("cells", "rule"),
        [
            ("Hà Nội;101\n", "over_100"),
            ("Hà Nội;-1\n", "under_0"),
            ("Hà Nội;5 hoặc 6\nHuế;5\nCần Thơ;6\n", "number_comma"),
            ("Hà Nội;50\nHà Nội;51\n", "twice"),
        ],
    )
    def test_what_cannot_be_blocks_with_its_row_and_value(self, home, cells, rule):
        _, report = report_of(home, TIME + cells)
        found = next(f for f in report.findings if f.rule == rule)
        assert report.blocked
        assert found.severity == "error"
        assert found.row
        assert found.column == "Tỷ lệ năm 2025"
        for lang in LANGS:
            assert found.say(lang)
            assert found.where(lang)

    def test_the_same_row_twice_is_loaded_once(self, home):
        _, report = report_of(home, TIME + "Hà Nội;50\nHà Nội;50\n")
        assert rules(report) == {"same_twice"}
        assert len(report.observations) == 1

    def test_a_figure_of_the_future_blocks_but_a_target_does_not(self, home):
        text = "Tỉnh;Tỷ lệ năm 2030\nHà Nội;90\n"
        assert "future" in rules(report_of(home, text)[1])
        measure = Measure(
            column="Tỷ lệ năm 2030", indicator="rate", role="target",
            period={"start": "2030-01-01", "end": "2030-12-31", "grain": "year"},
        )  # fmt: skip
        assert "future" not in rules(report_of(home, text, measures=(measure,))[1])

    def test_a_total_that_is_not_the_sum_is_told_with_its_arithmetic(self, home):
        text = "Tỉnh;Số năm 2025\nHà Nội;10\nHuế;5\nTổng cộng;16\n"
        _, report = report_of(home, text, "people")
        found = next(f for f in report.findings if f.rule == "total")
        assert found.severity == "warning"
        assert "16" in found.say("vi")
        assert "15" in found.say("vi")
        assert "total" not in rules(report_of(home, text.replace("16", "15"), "people")[1])

    def test_a_share_of_a_workbook_is_scaled_only_where_it_is_shown_as_one(self, home):
        text = "Tỉnh;Tỷ lệ năm 2025\n" + "".join(
            f"{a.name_vi};0,{i + 1}\n"
            for i, a in enumerate(areas(EDITION_2025, Level.PROVINCE)[:6])
        )
        assert "fractions" in rules(report_of(home, text)[1])

    @pytest.mark.parametrize(
        ("column", "cells", "rule"),
        [
            ("Mã", ["001085012345", "034190001234", "079201004321"], "personal_identity"),
            ("Liên hệ", ["0912345678", "0987 654 321", "+84351234567"], "personal_phone"),
            ("Họ và tên", ["Nguyễn Văn A", "Trần Thị B"], "personal_heading"),
            ("Người phụ trách", ["Nguyễn Văn A"] * 3, "personal_name"),
            ("Ghi chú", ["Đ/c Trần Thị B, Trưởng phòng", "không"], "personal_name"),
            ("Ghi chú", ["đầu mối: 0912.345.678", *["không"] * 8], "personal_phone"),
            ("SĐT", ["0912345678", *["không"] * 8], "personal_phone"),
            ("Cán bộ, CCCD", ["001085012345"], "personal_identity"),
            ("Thư điện tử", ["a.b@tinh.gov.vn", *["không"] * 8], "personal_mail"),
            (
                "Đối tượng",
                ["Nguyễn Văn An", "Trần Thị Bé", "Lê Hữu Cảnh", "Phạm Thu Dung", "Võ Văn Em"],
                "personal_name",
            ),
        ],
    )
    def test_personal_data_are_refused_and_never_shown(self, home, column, cells, rule):
        text = f"Tỉnh;Số năm 2025;{column}\n" + "".join(f"Huế;1;{cell}\n" for cell in cells)
        _, report = report_of(home, text, "people")
        found = next(f for f in report.findings if f.rule == rule)
        assert report.blocked
        assert found.value == ""
        assert not any(cell in found.say("vi") for cell in cells)

    def test_names_of_places_are_no_persons(self, home):
        names = "".join(f"{a.name_vi};5\n" for a in areas(EDITION_2025, Level.PROVINCE))
        _, report = report_of(home, TIME + names)
        assert not report.findings


def test_amounts_of_money_are_no_numbers_of_persons(home):
    chance = random.Random(6)
    for low, high in ((3 * 10**8, 10**9), (10**9, 10**10), (10**10, 10**11)):
        amounts = [chance.randrange(low, high) for _ in range(60)]
        rows = [["Tỉnh", "Số tiền (đồng)"], *(["Huế", amount] for amount in amounts)]
        assert not preview("x.xlsx", book({"a": rows})).personal


def test_numbers_of_persons_are_found_without_their_zeros_and_deep_in_a_sheet(home):
    rows = [["Tỉnh", "Mã"], *(["Huế", 1_085_012_345 + i] for i in range(30))]
    assert [f.rule for f in preview("x.xlsx", book({"a": rows})).personal] == ["personal_identity"]
    late = "".join(f"Huế;{'x' if i < 3000 else '001085012345'}\n" for i in range(9000))
    assert preview("x.csv", f"Tỉnh;Ghi chú\n{late}".encode()).personal
