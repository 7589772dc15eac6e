import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.classify import (
    MANUAL,
    MAX_CLASSES,
    METHODS,
    NO_CLASS,
    OWN_K,
    around,
    classify,
    classify_at,
    classify_named,
)
from geo.classify.methods import UnknownMethod

numbers = (
    st.floats(-1e9, 1e9, allow_nan=False)
    | st.integers(-50, 50).map(float)
    | st.sampled_from([1e300, -1e300, 1e-300, 5e-324, 0.0])
)
columns = st.lists(numbers | st.just(math.nan) | st.just(math.inf), max_size=80)
methods = st.sampled_from(sorted(METHODS))


@given(columns, methods, st.integers(1, MAX_CLASSES))
def test_every_value_lies_within_the_bounds_of_its_class(values, method, k):
    classes = classify(values, method, k)
    bounds = classes.bounds()
    assert (
        classes.k == len(bounds) == len(classes.counts) <= (MAX_CLASSES if method in OWN_K else k)
    )
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
    with pytest.raises(UnknownMethod, match="equal_interval, head_tail"):
        classify([1, 2], "jenkz")


@pytest.mark.parametrize("k", [0, -1, MAX_CLASSES + 1])
def test_a_number_of_classes_out_of_range_is_refused(k):
    with pytest.raises(ValueError, match="allowed are 1 to"):
        classify([1, 2], k=k)


@given(
    columns,
    st.sampled_from(["quantile", "equal_interval", "natural_breaks", MANUAL]),
    st.integers(2, MAX_CLASSES),
)
def test_around_a_centre_no_class_straddles_it_and_no_value_is_lost(values, method, k):
    classes = around(values, 0, method, k, (-20, 7))
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


def test_a_lower_bound_of_a_scale_can_belong_to_the_class_above_it():
    values = [49.99, 50, 69.99, 70, 90, 100, math.nan]
    classes = classify_at(values, (50, 70, 80, 90), "grades", names="abcde", from_below=True)
    assert classes.index.tolist() == [0, 1, 1, 2, 4, 4, NO_CLASS]
    assert classes.counts == (1, 2, 1, 0, 2)
    assert classes.bounds()[0] == (-math.inf, 50)
    assert classes.bounds()[-1] == (90, math.inf)


def test_breaks_of_the_readers_own_keep_their_empty_classes():
    classes = classify_at([10, 20, 30], (20, 25))
    assert (classes.k, classes.counts, classes.index.tolist()) == (3, (2, 0, 1), [0, 0, 2])


@pytest.mark.parametrize("bounds", [(), (2, 1), (1, 1), (1, math.nan), (1, math.inf), range(7)])
def test_bounds_that_part_nothing_are_refused(bounds):
    with pytest.raises(ValueError, match="bounds are"):
        classify_at([1, 2], bounds)


def test_named_classes_are_counted():
    classes = classify_named([0, 2, NO_CLASS, 2], ("missed", "near", "met"), "target")
    assert (classes.counts, classes.bounds()) == ((1, 0, 2), [])


def test_own_breaks_around_a_centre_part_at_the_centre_too():
    classes = around([-8, -1, 0, 4, 9], 0, MANUAL, bounds=(-5, 5))
    assert classes.steps == (-2, -1, 0, 1, 2)
    assert classes.counts == (1, 1, 1, 1, 1)
    assert classes.bounds() == [(-math.inf, -5), (-5, 0), (0, 0), (0, 5), (5, math.inf)]


def test_natural_breaks_part_the_clusters():
    values = [*np.linspace(10, 12, 20), *np.linspace(40, 42, 5), *np.linspace(90, 95, 9)]
    assert classify(values, "natural_breaks", 3).counts == (20, 5, 9)


def test_natural_breaks_of_many_values_are_quick_and_the_same_each_time():
    values = np.random.default_rng(1).lognormal(size=3321)
    one, two = (classify(values, "natural_breaks", 5) for _ in range(2))
    assert one.breaks == two.breaks
    assert sum(one.counts) == 3321


def test_head_tail_finds_its_own_number_of_classes_and_stops_at_the_most():
    values = 1.6 ** np.arange(60)
    classes = classify(values, "head_tail", 3)
    assert classes.k == classes.asked <= MAX_CLASSES
    assert list(classes.counts) == sorted(classes.counts, reverse=True)


def test_standard_deviation_breaks_lie_around_the_mean():
    values = np.linspace(0, 100, 101)
    classes = classify(values, "std_mean")
    mean, deviation = values.mean(), values.std(ddof=1)
    inner = [mean - deviation, mean + deviation]
    assert [b for b in classes.breaks[:-1] if 0 < b < 100] == pytest.approx(inner, abs=1)


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize(
    "values",
    [[], [math.nan], [5] * 9, [0, 0, 0, 1], [-3, -2, -1], [1e-9, 2e-9, 3e-9, 4e-9], [1, 1e12]],
)
def test_degenerate_values_lower_k_and_never_fail(method, values):
    classes = classify(values, method, MAX_CLASSES)
    distinct = len({v for v in values if math.isfinite(v)})
    assert classes.k <= distinct
    assert classes.k >= min(distinct, 1)
