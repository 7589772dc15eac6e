from datetime import date

import pytest
from babel import Locale, numbers
from hypothesis import given
from hypothesis import strategies as st

from base.words import date_range, day, decimals_of, number, partial_day, period
from base.words.formats import MISSING


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567.8, 1, "1.234.567,8", "1,234,567.8"),
        (1070426, 0, "1.070.426", "1,070,426"),
        (55.2, 2, "55,2", "55.2"),
        (-0.5, 1, "−0,5", "−0.5"),
        (0, 0, "0", "0"),
        (float("nan"), 2, MISSING, MISSING),
        (None, 2, MISSING, MISSING),
    ],
)
def test_numbers_are_written_as_each_language_does(value, decimals, vi, en):
    assert number(value, "vi", decimals) == vi
    assert number(value, "en", decimals) == en


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("2025-10-03", "03/10/2025", "3 October 2025"),
        ("2023-12", "tháng 12/2023", "December 2023"),
        ("2022", "2022", "2022"),
        ("2023-13", "2023-13", "2023-13"),
        ("", "", ""),
    ],
)
def test_a_date_of_a_source_is_written_as_far_as_it_is_known(text, vi, en):
    assert partial_day(text, "vi") == vi
    assert partial_day(text, "en") == en


def test_fixed_decimals_keep_their_zeros():
    assert number(55.2, "vi", 2, fixed=True) == "55,20"


@given(
    st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True) | st.integers(-(10**14), 10**14),
    st.integers(0, 6),
    st.booleans(),
)
def test_numbers_are_written_as_the_rules_of_the_locale_have_them(value, decimals, fixed):
    pattern = "#,##0" + ("." + ("0" if fixed else "#") * decimals if decimals else "")
    for lang, locale in (("vi", Locale("vi", "VN")), ("en", Locale("en", "GB"))):
        told = numbers.format_decimal(value, pattern, locale=locale).replace("-", "−")
        assert number(value, lang, decimals, fixed=fixed) == told


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_decimals_of_a_printed_number_are_those_it_was_printed_with(digits, places):
    value = digits / 10**places
    assert decimals_of(value) <= places
    assert float(f"{value:.{decimals_of(value)}f}") == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    ("grain", "start", "end", "vi", "en"),
    [
        ("year", date(2024, 1, 1), date(2024, 12, 31), "năm 2024", "2024"),
        ("quarter", date(2022, 7, 1), date(2022, 9, 30), "quý 3/2022", "Q3 2022"),
        ("month", date(2024, 9, 1), date(2024, 9, 30), "tháng 9/2024", "September 2024"),
        (
            "year_to_date", date(2026, 1, 1), date(2026, 10, 10),
            "lũy kế năm 2026 đến 10/10/2026", "2026 to date (10 October 2026)",
        ),
        ("before", None, date(2021, 1, 1), "trước 01/01/2021", "before 1 January 2021"),
        ("instant", None, date(2019, 4, 1), "01/04/2019", "1 April 2019"),
        (
            "unknown",
            None,
            date(2023, 12, 31),
            "không muộn hơn 31/12/2023",
            "no later than 31 December 2023",
        ),
        (
            "unknown", date(2023, 1, 1), date(2023, 6, 30),
            "01/01/2023 – 30/06/2023", "1 January 2023 – 30 June 2023",
        ),
    ],
)  # fmt: skip
def test_periods_are_written_by_their_grain(grain, start, end, vi, en):
    assert period(start, end, grain, "vi") == vi
    assert period(start, end, grain, "en") == en


def test_a_range_of_one_date_is_that_date():
    assert date_range(date(2026, 10, 10), date(2026, 10, 10), "vi") == "10/10/2026"
    assert date_range(date(2024, 9, 1), date(2026, 1, 12), "vi") == "01/09/2024 – 12/01/2026"
    assert date_range(None, None, "vi") == MISSING
    assert day(None, "en") == MISSING


@pytest.mark.parametrize("value", [1e15, -2.5e20, 1.7e308])
def test_numbers_that_nobody_reads_digit_by_digit_are_written_as_powers(value):
    assert "E" in number(value, "vi", 2)
    assert len(number(value, "vi", 2)) < 10
