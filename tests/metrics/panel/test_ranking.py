"""Ranks: standard competition ranking in the indicator's direction."""

from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.words import LANGS
from metrics.catalog import Indicator
from metrics.catalog.records import Unranked
from metrics.panel import is_ranked, ranks, unranked_text
from tests.metrics.made_up import indicator, text

values = st.lists(
    st.one_of(st.just(float("nan")), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6)),
    min_size=0,
    max_size=30,
)
directions = st.sampled_from(["higher_better", "lower_better", "neutral"])


def of(direction, kind="rate", **fields):
    if kind == "status":
        fields |= {"list": "exhaustive", "categories": [{"id": "done", "title": text("xong")}]}
    made = indicator("made", direction=direction, kind=kind, **fields)
    return Indicator.model_validate(made)


def ranked(numbers, direction, kind="rate", *, gains=False, **fields):
    values = pd.Series(numbers, dtype="float64")
    return ranks(values, of(direction, kind, **fields), gains=gains).tolist()


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


@pytest.mark.parametrize("kind", ["rate", "rank"])
def test_who_gained_most_is_first_whatever_is_better(kind):
    assert ranked([3, -2, 3, 0], "lower_better", kind, gains=True) == [1, 4, 1, 3]


@pytest.mark.parametrize("why", get_args(Unranked))
def test_what_makes_no_order_ranks_nobody_and_says_why(why):
    assert ranked([1, 2], "neutral", unranked=why) == [pd.NA, pd.NA]
    assert ranked([1, 2], "neutral", unranked=why, gains=True) == [pd.NA, pd.NA]
    assert not is_ranked(of("neutral", unranked=why))
    said = {unranked_text(of("neutral", unranked=why), lang) for lang in LANGS}
    assert len(said) == len(LANGS)


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
    shuffled = ranks(series.loc[order], of(direction))
    assert shuffled.sort_index().equals(ranks(series, of(direction)))
