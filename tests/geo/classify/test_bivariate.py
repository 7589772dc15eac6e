"""Thirds of two values, crossed; and colours that stay apart for every reader."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.classify import COLORS, NO_CLASS, Unvaried, cross
from geo.classify.bivariate import PALETTE
from tests.geo.colours import VISIONS, apart, lightness

PAPERS = ("#ffffff", "#14181b")  # of "no data", by day and by night
NAN = float("nan")


@pytest.mark.parametrize("vision", VISIONS)
def test_the_nine_colours_stay_apart_from_each_other_and_from_no_data(vision):
    nine = [color for row in PALETTE for color in row]
    pairs = [*combinations(nine, 2), *((c, paper) for c in nine for paper in PAPERS)]
    assert min(apart(one, other, vision) for one, other in pairs) >= 9


def test_each_step_up_is_darker_also_in_grey():
    lights = np.array([[lightness(color) for color in row] for row in PALETTE])
    assert (np.diff(lights, axis=0) <= -8).all()
    assert (np.diff(lights, axis=1) <= -8).all()


def test_on_dark_paper_each_step_up_is_lighter_and_keeps_its_hue():
    square = cross([1, 1, 1, 2, 2, 2, 3, 3, 3], [1, 2, 3] * 3)
    turned = np.array(square.on_dark().palette).reshape(3, 3)
    lights = np.array([[lightness(color) for color in row] for row in turned])
    assert (np.diff(lights, axis=0) >= 8).all()
    assert (np.diff(lights, axis=1) >= 8).all()
    assert (turned[0, 2], turned[2, 0]) == (PALETTE[0][2], PALETTE[2][0])


@pytest.mark.parametrize("vision", VISIONS)
def test_the_kinds_of_clusters_stay_apart(vision):
    pairs = [*combinations(COLORS, 2), *((c, paper) for c in COLORS for paper in PAPERS)]
    assert min(apart(one, other, vision) for one, other in pairs) >= 8


def test_nine_areas_fill_a_square_of_thirds():
    found = cross([1, 1, 1, 2, 2, 2, 3, 3, 3], [1, 2, 3] * 3)
    assert found.index.tolist() == [0, 3, 6, 1, 4, 7, 2, 5, 8]
    assert found.counts.tolist() == [[1] * 3] * 3
    assert found.palette == tuple(color for row in PALETTE for color in row)


def test_thirds_are_of_the_areas_that_have_both():
    found = cross([1, 2, 3, 1000, 2000, NAN], [1, 2, 3, NAN, NAN, 5])
    assert found.index.tolist() == [0, 4, 8, NO_CLASS, NO_CLASS, NO_CLASS]
    assert found.x.breaks[-1] == 3


def test_two_distinct_values_are_low_and_high():
    found = cross([0, 0, 1, 1], [1, 2, 3, 4])
    assert found.x_steps == (0, 2)
    assert found.counts.shape == (3, 2)
    assert found.palette[:2] == (PALETTE[0][0], PALETTE[0][2])


@pytest.mark.parametrize(
    ("x", "y", "which"),
    [([5, 5, 5], [1, 2, 3], "x"), ([1, 2, 3], [7, 7, 7], "y"), ([], [], "x"), ([NAN], [1], "x")],
)
def test_what_does_not_vary_is_refused(x, y, which):
    with pytest.raises(Unvaried) as refused:
        cross(x, y)
    assert refused.value.which == which


VALUES = st.lists(
    st.tuples(*[st.one_of(st.floats(-1e9, 1e9), st.just(NAN), st.integers(-2, 2))] * 2), max_size=40
)


@given(VALUES)
def test_every_area_with_both_has_one_cell_and_the_counts_add_up(pairs):
    x, y = (np.array([pair[at] for pair in pairs], dtype=float) for at in (0, 1))
    both = np.isfinite(x) & np.isfinite(y)
    try:
        found = cross(x, y)
    except Unvaried:
        assert min(len(np.unique(x[both])), len(np.unique(y[both]))) < 2
        return
    assert ((found.index == NO_CLASS) == ~both).all()
    assert found.counts.sum() == both.sum()
    assert len(found.palette) == found.counts.size
    # A higher value is never in a lower third.
    order = np.argsort(x[both])
    assert (np.diff((found.index[both] % found.x.k)[order]) >= 0).all()
