import pytest

from geo.classify import MAX_CLASSES
from geo.palettes import HUES, NEUTRAL, STATUSES, sequential, statuses


def luminance(color):
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("domain", [*HUES, NEUTRAL])
@pytest.mark.parametrize("k", range(1, MAX_CLASSES + 1))
def test_classes_darken_step_by_step_and_start_apart_from_the_paper(domain, k):
    colors = sequential(domain, k)
    lights = [luminance(color) for color in colors]
    assert len(set(colors)) == k
    assert lights == sorted(lights, reverse=True)
    assert lights[0] < 0.9


def test_no_classes_need_no_colours():
    assert sequential("digitization", 0) == ()


def test_each_category_has_a_colour_and_the_first_six_differ():
    assert len(statuses(9)) == 9
    assert len(set(statuses(6))) == 6 == len(STATUSES)
