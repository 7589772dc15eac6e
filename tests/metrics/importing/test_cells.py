"""Cells of a table: numbers, missing figures and periods as tables write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.importing import read_number, read_period
from metrics.importing.cells.numbers import decimal_of
from metrics.importing.time.period_in_title import find_period


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "decimal", "value", "qualifier"),
        [
            ("1.234,5 %", "comma", 1234.5, "exact"),
            ("1 234 567", "comma", 1234567.0, "exact"),
            ("1,234.5", "point", 1234.5, "exact"),
            ("trên 90", "comma", 90.0, "over"),
            ("≥ 95%", "comma", 95.0, "at_least"),
            ("khoảng 98,7", "comma", 98.7, "about"),
            ("−3,5", "comma", -3.5, "exact"),
            (0.25, "comma", 0.25, "exact"),
        ],
    )
    def test_numbers_as_tables_write_them(self, cell, decimal, value, qualifier):
        read = read_number(cell, decimal)
        assert (read.value, read.qualifier) == (value, qualifier)

    @pytest.mark.parametrize("cell", ["-", "…", "...", "", None, "chưa có số liệu", "N/A", "x"])
    def test_a_missing_figure_is_never_zero(self, cell):
        read = read_number(cell, "comma")
        assert read.missing
        assert read.value is None

    @pytest.mark.parametrize("cell", ["12.5.3", "1.2345,6", "năm", "1e5", "=1+1", "0.123"])
    def test_what_is_no_number_is_not_made_one(self, cell):
        read = read_number(cell, "comma")
        assert read.value is None
        assert not read.missing

    @given(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)))
    def test_both_ways_of_writing_give_the_number_back(self, number):
        english = f"{number:,.3f}"
        vietnamese = english.translate(str.maketrans(",.", ".,"))
        assert read_number(english, "point").value == pytest.approx(number)
        assert read_number(vietnamese, "comma").value == pytest.approx(number)

    def test_the_decimal_mark_is_told_by_what_can_only_be_one(self):
        assert decimal_of(["1.234", "98,5"]) == "comma"
        assert decimal_of(["98.5"]) == "point"
        assert decimal_of(["0.123"]) == "point"
        assert decimal_of(["1.234"]) is None

    @pytest.mark.parametrize(
        ("text", "start", "end", "grain"),
        [
            ("Quý I/2026", "2026-01-01", "2026-03-31", "quarter"),
            ("T3/2026", "2026-03-01", "2026-03-31", "month"),
            ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30", "year_to_date"),
            ("Tính đến ngày 30/6/2025", "2025-06-30", "2025-06-30", "instant"),
            ("lũy kế từ đầu năm đến 31/10/2026", "2026-01-01", "2026-10-31", "year_to_date"),
            ("Lũy kế đến 10/10/2026", None, "2026-10-10", "unknown"),
            ("2025", "2025-01-01", "2025-12-31", "year"),
            ("2025-Q2", "2025-04-01", "2025-06-30", "quarter"),
            ("March 2026", "2026-03-01", "2026-03-31", "month"),
            ("30 tháng 9 năm 2026", "2026-09-30", "2026-09-30", "instant"),
            ("đến 30 tháng 9, 2026", "2026-09-30", "2026-09-30", "instant"),
            ("9-2026", "2026-09-01", "2026-09-30", "month"),
            ("quý 3 2026", "2026-07-01", "2026-09-30", "quarter"),
            ("30 September 2026", "2026-09-30", "2026-09-30", "instant"),
            ("Sep 30, 2026", "2026-09-30", "2026-09-30", "instant"),
            ("first half of 2026", "2026-01-01", "2026-06-30", "year_to_date"),
            ("first 9 months of 2026", "2026-01-01", "2026-09-30", "year_to_date"),
            ("third quarter of 2026", "2026-07-01", "2026-09-30", "quarter"),
        ],
    )
    def test_periods_as_tables_write_them(self, text, start, end, grain):
        period = read_period(text)
        found = period.start.isoformat() if period.start else None
        assert (found, period.end.isoformat(), period.grain) == (start, end, grain)
        assert period.text == text

    @pytest.mark.parametrize(
        "text", ["31/02/2025", "31 tháng 4 năm 2026", "32 May 2026", "Tỉnh", "12345", "13/2025", ""]
    )
    def test_what_is_no_period_is_not_made_one(self, text):
        assert read_period(text) is None

    def test_a_title_with_two_years_says_no_period(self):
        assert find_period("So sánh năm 2024 và năm 2025") is None
        assert find_period("BÁO CÁO QUÝ I NĂM 2026").grain == "quarter"
