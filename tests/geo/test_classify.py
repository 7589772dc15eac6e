import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.classify import MAX_CLASSES, METHODS, NO_CLASS, UnknownMethod, around, classify

numbers = st.floats(-1e9, 1e9, allow_nan=False) | st.integers(-50, 50).map(float)
columns = st.lists(numbers | st.just(math.nan) | st.just(math.inf), max_size=80)
methods = st.sampled_from(sorted(METHODS))


@given(columns, methods, st.integers(1, MAX_CLASSES))
def test_every_value_lies_within_the_bounds_of_its_class(values, method, k):
    classes = classify(values, method, k)
    bounds = classes.bounds()
    assert classes.k == len(bounds) == len(classes.counts) <= k
    for value, index in zip(values, classes.index, strict=True):
        if not math.isfinite(value):
            assert index == NO_CLASS
            continue
        low, high = bounds[index]
        assert low <= value <= high
        assert index == 0 or value > low or classes.single


@given(columns, methods, st.integers(1, MAX_CLASSES))
def test_counts_add_up_to_the_values_there_are(values, method, k):
    classes = classify(values, method, k)
    assert sum(classes.counts) == sum(math.isfinite(v) for v in values)


@given(columns, methods, st.integers(1, MAX_CLASSES))
def test_equal_values_share_a_class_and_larger_ones_never_lie_below(values, method, k):
    classes = classify(values, method, k)
    pairs = sorted((v, i) for v, i in zip(values, classes.index, strict=True) if i != NO_CLASS)
    assert all(a[1] <= b[1] for a, b in itertools.pairwise(pairs))
    assert len({i for v, i in pairs}) <= len({v for v, _ in pairs})


def test_breaks_are_short_numbers_that_move_no_value():
    values = [28.17, 33.9, 41.02, 49.87, 50.31, 55.4, 58.13, 60.03, 64.2, 71.77]
    classes = classify(values, "quantile", 5)
    assert classes.breaks == (40.0, 50.0, 56.0, 61.0, 71.77)
    assert classes.counts == (2, 2, 2, 2, 2)


def test_equal_intervals_are_about_equally_wide():
    classes = classify(np.linspace(0, 100, 201), "equal_interval", 5)
    assert classes.breaks == pytest.approx((20, 40, 60, 80, 100))


def test_fewer_distinct_values_than_classes_lower_k_and_keep_what_was_asked():
    classes = classify([1, 1, 2, 2, 2], "quantile", 5)
    assert (classes.asked, classes.k, classes.counts) == (5, 2, (2, 3))


def test_classes_of_one_value_each_are_bounded_by_that_value():
    assert classify([0, 100, 100], "quantile", 5).bounds() == [(0, 0), (100, 100)]


def test_no_values_make_no_classes():
    classes = classify([math.nan, math.nan])
    assert (classes.k, classes.breaks, list(classes.index)) == (0, (), [NO_CLASS, NO_CLASS])


def test_an_unknown_method_lists_what_is_allowed():
    with pytest.raises(UnknownMethod, match="equal_interval, quantile"):
        classify([1, 2], "jenkz")


@pytest.mark.parametrize("k", [0, -1, MAX_CLASSES + 1])
def test_a_number_of_classes_out_of_range_is_refused(k):
    with pytest.raises(ValueError, match="allowed are 1 to"):
        classify([1, 2], k=k)


@given(columns, st.sampled_from(["quantile", "equal_interval"]), st.integers(2, MAX_CLASSES))
def test_around_a_centre_no_class_straddles_it_and_no_value_is_lost(values, method, k):
    classes = around(values, 0, method, k)
    assert sum(classes.counts) == sum(math.isfinite(v) for v in values)
    assert len(classes.bounds()) == classes.k == len(classes.counts)
    for value, at in zip(values, classes.index, strict=True):
        if at == NO_CLASS:
            assert not math.isfinite(value)
            continue
        low, high = classes.bounds()[at]
        assert low <= value <= high
        assert np.sign(value) == np.sign(classes.steps[at])


def test_equally_far_from_the_centre_is_equally_many_steps_away():
    classes = around([-10, -2, -1, 0, 0, 1, 2], 0, "equal_interval", 4)
    by_value = dict(zip([-10, -2, -1, 0, 0, 1, 2], classes.index, strict=True))
    steps = {value: classes.steps[at] for value, at in by_value.items()}
    assert steps == {-10: -2, -2: -1, -1: -1, 0: 0, 1: 1, 2: 1}
    assert classes.counts == (1, 2, 2, 2)
    assert classes.bounds() == [(-10, -6), (-6, 0), (0, 0), (0, 2)]


def test_around_a_target_the_sides_part_at_the_target():
    classes = around([70, 78, 80.5, 95], 80, "quantile", 2)
    assert classes.bounds() == [(70, 80), (80, 95)]
    assert classes.steps == (-1, 1)


def test_without_values_or_with_the_centre_alone_there_is_no_side():
    assert around([math.nan], 0).k == 0
    assert around([0, 0], 0).bounds() == [(0, 0)]
