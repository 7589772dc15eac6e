"""Numbers as people write them."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from base.reading import number_column, plain_digits

DECIMALS = st.decimals(-(10**15), 10**15, places=3)


@given(DECIMALS)
def test_a_number_comes_back_whichever_language_wrote_it(value):
    vietnamese = format_decimal(value, "#,##0.###", locale="vi")
    english = format_decimal(value, "#,##0.###", locale="en")
    assert Decimal(plain_digits(vietnamese, "comma")) == value
    assert Decimal(plain_digits(english, "point")) == value


@given(DECIMALS, st.sampled_from(["comma", "point"]))
def test_without_marks_between_thousands_it_is_the_same_number(value, decimal):
    text = f"{value:f}".replace(".", "," if decimal == "comma" else ".")
    assert Decimal(plain_digits(text, decimal, grouped=False)) == value


@pytest.mark.parametrize("text", ["", "-", "1e5", "0x1", "١٢", "1 234", "1..2", "=1", "9" * 41])
@pytest.mark.parametrize("decimal", ["comma", "point"])
def test_anything_else_is_no_number(text, decimal):
    assert plain_digits(text, decimal) is None


@pytest.mark.parametrize("text", ["0.123", "12.34", "1.23.456", "1234.567.890"])
def test_three_decimals_are_not_taken_for_thousands(text):
    assert plain_digits(text, "comma") is None


@pytest.mark.parametrize(
    ("cell", "measured", "counted"),
    [
        ("1,5", 1.5, 1.5),
        ("1.234", 1.234, 1234),
        ("1,234", 1.234, 1234),
        ("1.234.567", np.nan, 1234567),
        ("inf", np.nan, np.nan),
        ("", np.nan, np.nan),
        ("chừng 5", np.nan, np.nan),
    ],
)
def test_in_a_column_counts_have_thousands_and_measures_have_decimals(cell, measured, counted):
    cells = pd.Series([cell], dtype="str")
    assert number_column(cells)[0] == pytest.approx(measured, nan_ok=True)
    assert number_column(cells, count=True)[0] == pytest.approx(counted, nan_ok=True)


def test_numbers_stay_numbers():
    assert number_column(pd.Series([1, 2])).tolist() == [1.0, 2.0]
    assert np.isnan(number_column(pd.Series([np.inf, None]))).all()
