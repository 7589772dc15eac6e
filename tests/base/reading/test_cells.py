"""Cells of exports: texts never run, numbers stay numbers."""

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from base.reading import neutralise, neutralised, plain_number, restore


@given(st.text())
@example("'='")
@example("''@")
@example("'-5")
def test_neutralising_is_undone_exactly(text):
    assert restore(neutralise(text)) == text


@given(st.text(), st.sampled_from("=+-@\t\r\n＝＋－＠"), st.text("abc(!|'", min_size=1))
def test_no_text_begins_as_a_formula_does(before, sign, rest):
    text = sign + rest + before
    assert neutralise(text).startswith("'")


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-0.6475)
@example(-1e300)
def test_a_number_is_never_neutralised(value):
    assert neutralise(plain_number(value)) == plain_number(value)


@pytest.mark.parametrize("text", ["-1.234,5", "+5", "-3", "-1e-05"])
def test_a_number_in_a_table_of_texts_is_none_either(text):
    assert neutralise(text) == text


@pytest.mark.parametrize("text", ["-1+2", "-A1", "-1,2!x", "--5", "-", "+84 91", "-5%"])
def test_what_only_looks_like_a_number_is_a_text(text):
    assert neutralise(text) == f"'{text}"


def test_only_the_texts_of_a_table_are_neutralised():
    frame = pd.DataFrame({"a": ["=1", None], "b": [-1.5, 2.0], "c": [-1, 2]})
    made = neutralised(frame)
    assert made["a"].tolist() == ["'=1", ""]
    assert made["b"].tolist() == [-1.5, 2.0]
    assert frame["a"].tolist()[0] == "=1"
