import numpy as np
import pytest

from metrics.catalog import SCALES
from metrics.catalog.grades import DECISION_766
from metrics.targets import ATTAINMENTS, attained
from metrics.targets.attainment import NO_TARGET


def words(values, targets, direction="higher_better"):
    found = attained(np.array(values, float), np.array(targets, float), direction)
    return [ATTAINMENTS[at] if at != NO_TARGET else "" for at in found]


def test_a_target_is_met_from_its_value_on_and_near_down_to_a_tenth_less():
    assert words([80, 79.9, 72, 71.9], [80] * 4) == ["met", "near", "near", "missed"]


def test_where_less_is_better_a_target_is_met_from_its_value_down():
    found = words([5, 5.1, 5.5, 5.6], [5] * 4, "lower_better")
    assert found == ["met", "near", "near", "missed"]


def test_decimals_that_are_not_exact_in_binary_do_not_miss_a_target():
    assert words([0.1 + 0.2, 0.27], [0.3, 0.3]) == ["met", "near"]


def test_nothing_is_near_a_target_of_zero_and_a_tenth_of_a_negative_one_is_a_tenth():
    assert words([0, -0.01], [0, 0]) == ["met", "missed"]
    assert words([-10, -10.9, -12], [-10] * 3) == ["met", "near", "missed"]


def test_without_figure_or_target_nothing_is_said():
    assert words([np.nan, 80], [80, np.nan]) == ["", ""]


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (0, "weak"), (49.99, "weak"), (50, "average"), (69.99, "average"), (70, "fair"),
        (79.99, "fair"), (80, "good"), (89.99, "good"), (90, "excellent"), (100, "excellent"),
    ],
)  # fmt: skip
def test_a_bound_belongs_to_the_grade_above(score, grade):
    assert DECISION_766.grade(score) == grade


def test_every_scale_has_rising_bounds_a_source_and_a_grade_more_than_bounds():
    for name, scale in SCALES.items():
        assert scale.id == name
        assert list(scale.bounds) == sorted(set(scale.bounds))
        assert len(scale.grades) == len(scale.bounds) + 1
        assert scale.source
