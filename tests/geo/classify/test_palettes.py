"""Colours stay apart: for every number of classes, every kind of colour vision, and in grey."""

import itertools

import pytest

from geo.classify import MAX_CLASSES, TARGET, diverging, sequential, statuses
from geo.classify.palettes import HUES, NEUTRAL, STATUSES
from tests.geo.colours import VISIONS, apart, ciede2000, lightness

# Differences of CIEDE2000; one to two are just seen by those who compare side by side.
NEIGHBOURS, FROM_PAPER, FROM_GREY = 5.5, 9.0, 5.0
GREY_STEP = 8.0  # of L*, between ordered neighbours
# "No data" is the paper with a light hatch, in both themes; other states, and what a filter dims
# (grey at 35% of the paper), are plain grey. See static/map/atlas-map.js.
PAPERS = ("#ffffff", "#14181b")
GREYS = ("#d5d8d6", "#3b4348", "#d2d2d2", "#393c3e")
SIDES = [
    (*range(-below, 0), *((0,) if at else ()), *range(1, above + 1))
    for below, at, above in itertools.product(range(7), (True, False), range(7))
    if 0 < below + at + above <= MAX_CLASSES
]
KS = range(1, MAX_CLASSES + 1)
ORDERED = [(f"{domain}-{k}", sequential(domain, k)) for domain in (*HUES, NEUTRAL) for k in KS]
ALL = [
    *ORDERED,
    *[(f"sides{steps}", diverging(steps)) for steps in SIDES],
    ("statuses", STATUSES),
    ("target", TARGET),
]
everywhere = pytest.mark.parametrize("colors", [p for _, p in ALL], ids=[name for name, _ in ALL])


def nearest(pairs):
    return min((apart(a, b, v) for (a, b) in pairs for v in VISIONS), default=99)


@everywhere
def test_neighbouring_classes_stay_apart_with_every_colour_vision(colors):
    assert nearest(itertools.pairwise(colors)) >= NEIGHBOURS


@everywhere
def test_every_class_stays_apart_from_no_data_and_from_what_is_grey(colors):
    assert nearest(itertools.product(colors, PAPERS)) >= FROM_PAPER
    assert nearest(itertools.product(colors, GREYS)) >= FROM_GREY


@pytest.mark.parametrize("colors", [p for _, p in ORDERED], ids=[name for name, _ in ORDERED])
def test_ordered_classes_darken_by_even_steps_in_greyscale(colors):
    lights = [lightness(color) for color in colors]
    assert all(a - b >= GREY_STEP for a, b in itertools.pairwise(lights))


@pytest.mark.parametrize("steps", SIDES, ids=str)
def test_a_diverging_scale_darkens_away_from_its_centre(steps):
    by_step = dict(zip(steps, map(lightness, diverging(steps)), strict=True))
    for step, light in by_step.items():
        inward = by_step.get(step - (step > 0) + (step < 0))
        assert inward is None or step == 0 or inward - light >= GREY_STEP


@pytest.mark.parametrize("pairs", [STATUSES, TARGET])
def test_any_two_categories_stay_apart_not_only_neighbours(pairs):
    assert nearest(itertools.combinations(pairs, 2)) >= 2 * NEIGHBOURS - 1


def test_met_near_and_missed_stay_apart_in_greyscale():
    lights = [lightness(color) for color in TARGET]
    assert all(abs(a - b) >= GREY_STEP for a, b in itertools.combinations(lights, 2))


def test_the_two_sides_of_a_centre_are_never_taken_for_each_other():
    for steps in SIDES:
        colors = dict(zip(steps, diverging(steps), strict=True))
        below, above = ([c for s, c in colors.items() if s * sign > 0] for sign in (-1, 1))
        assert nearest(itertools.product(below, above)) >= 2 * NEIGHBOURS


def test_no_classes_need_no_colours():
    assert sequential("digitization", 0) == ()
    assert diverging(()) == ()


def test_each_category_has_a_colour_and_the_first_six_differ():
    assert len(statuses(9)) == 9
    assert len(set(statuses(6))) == 6 == len(STATUSES)


@pytest.mark.parametrize(
    ("one", "two", "difference"),
    [
        # Pairs 1, 7, 17 and 34 of the data that Sharma, Wu and Dalal test implementations with.
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_of_difference_is_the_published_one(one, two, difference):
    assert ciede2000(one, two) == pytest.approx(difference, abs=1e-4)
