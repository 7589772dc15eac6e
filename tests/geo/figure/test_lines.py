"""Labels of a time series stand apart, as near to their lines as can be."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from geo.figure.lines import apart

PLACES = st.lists(st.floats(0, 100), min_size=1, max_size=12).map(sorted)


@given(PLACES, st.floats(1, 30))
def test_labels_do_not_meet_and_stay_within(places, tall):
    found = apart(places, tall, 0, 100)
    room = min(tall, 100 / max(len(places) - 1, 1))
    assert all(b - a >= room - 1e-6 for a, b in pairwise(found))
    assert found[0] >= -1e-6
    assert found[-1] <= 100 + 1e-6


@given(PLACES)
def test_labels_that_do_not_meet_stay_where_they_are(places):
    gaps = [b - a for a, b in pairwise(places)]
    tall = min(gaps, default=1.0)
    if tall > 0.01:
        moved = zip(apart(places, tall, 0, 100), places, strict=True)
        assert all(abs(a - b) < 1e-6 for a, b in moved)


def test_two_that_meet_give_way_alike():
    assert apart([50, 50], 10, 0, 100) == [45, 55]
