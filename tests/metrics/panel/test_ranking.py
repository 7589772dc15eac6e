"""Ranks: standard competition ranking in the indicator's direction."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.panel import ranks

values = st.lists(
    st.one_of(st.just(float("nan")), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6)),
    min_size=0,
    max_size=30,
)
directions = st.sampled_from(["higher_better", "lower_better", "neutral"])


def ranked(numbers, direction, kind="rate"):
    return ranks(pd.Series(numbers, dtype="float64"), direction, kind).tolist()


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("higher_better", [4, 2, 2, 1]),
        ("neutral", [4, 2, 2, 1]),
        ("lower_better", [1, 2, 2, 4]),
    ],
)
def test_equal_values_share_a_rank_and_the_next_is_skipped(direction, expected):
    assert ranked([1, 5, 5, 9], direction) == expected


def test_a_missing_value_has_no_rank_and_takes_no_place():
    assert ranked([3, float("nan"), 1], "higher_better") == [1, pd.NA, 2]


def test_a_rank_is_its_own_rank():
    assert ranked([24, 57, float("nan")], "lower_better", "rank") == [24, 57, pd.NA]


def test_a_status_has_no_rank():
    assert ranked([1, 2], "higher_better", "status") == [pd.NA, pd.NA]


@given(values, directions)
def test_a_rank_is_one_more_than_the_number_of_better_ones(numbers, direction):
    def better(a, b):
        return a < b if direction == "lower_better" else a > b

    expected = [
        pd.NA if number != number else 1 + sum(better(other, number) for other in numbers)
        for number in numbers
    ]
    assert ranked(numbers, direction) == expected


@given(values, directions, st.randoms())
def test_the_order_of_rows_does_not_matter(numbers, direction, random):
    series = pd.Series(numbers, dtype="float64")
    order = list(series.index)
    random.shuffle(order)
    shuffled = ranks(series.loc[order], direction)
    assert shuffled.sort_index().equals(ranks(series, direction))
