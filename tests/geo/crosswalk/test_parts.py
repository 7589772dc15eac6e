"""Parts add up exactly, and what is unknown stays unknown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crosswalk import covered, exact_shares, total

NUMBERS = st.fractions(min_value=0, max_value=10**9)


@given(st.lists(st.tuples(NUMBERS, NUMBERS)))
def test_a_total_is_exact_and_unknown_where_any_part_is(pairs):
    values, factors = [v for v, _ in pairs], [f for _, f in pairs]
    assert total(values, factors) == sum(v * f for v, f in pairs)
    assert total(values) == sum(values)
    assert total([*values, None]) is None
    assert total([*values, Fraction(1)], [*factors, None]) is None


@given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=1))
def test_parts_are_measured_by_the_first_size_known_of_all(parts):
    sizes, have = [size for size, _ in parts], [has for _, has in parts]
    unknown = [None, *sizes[1:]]
    part, whole, basis = covered([("people", unknown), ("area", sizes)], have)
    if sum(sizes):
        assert (basis, whole) == ("area", sum(sizes))
        assert part == sum(size for size, has in parts if has)
    else:
        assert (basis, part, whole) == ("count", sum(have), len(have))


def test_without_parts_nothing_is_covered():
    with pytest.raises(ValueError, match="no parts"):
        covered([], [])


@given(st.lists(st.floats(min_value=0.01, max_value=1), min_size=1, max_size=20))
def test_shares_are_made_to_add_up_exactly_or_not_used(weights):
    shares = [weight / sum(weights) for weight in weights]
    exact = exact_shares(shares)
    assert exact is not None
    assert sum(exact) == 1
    assert [float(share) for share in exact] == pytest.approx(shares)
    assert exact_shares([*shares, None]) is None
    assert exact_shares([*shares, 0.01]) is None
