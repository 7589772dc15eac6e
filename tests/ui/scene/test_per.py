"""A count as a rate: divided by what is named, with its date, or refused with the reason."""

import math
from datetime import date

import pytest

from geo.editions import EDITION_2024, Level, areas
from tests.metrics.made_up import INDICATORS, indicator, row, text
from ui.address import View
from ui.scene import PER, Manner, make_scene, ranking_data

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
FOLK = indicator("folk", kind="count", unit=text("nghìn dân"), aggregation="sum")
COUNTS = [row("people", code, 1000 + 100 * i) for i, code in enumerate(PROVINCES[:12])]
UNDER = [row("folk", code, 10 + 5 * i) for i, code in enumerate(PROVINCES[:11])]


@pytest.fixture
def divided(store_of):
    """Return a function from rows to the scene of counts divided, and what was refused."""

    def build(rows=(*COUNTS, *UNDER), **view):
        store = store_of(list(rows), [*INDICATORS, FOLK])
        usual = {"edition": EDITION_2024, "indicator": "people", "per": "folk"}
        return store, *make_scene(store, View(**usual | view))

    return build


def test_a_count_divided_fills_areas_and_says_by_what(divided):
    _, scene, refused = divided()
    assert refused == []
    assert scene.measure.kind == PER
    assert scene.manner is Manner.CLASSES
    assert scene.measure.numbers[1] == round(1100 / 15, 2)
    assert scene.measure.unit == "người/nghìn dân"
    assert scene.measure.name == "people/folk"
    assert "folk" in scene.measure.phrase
    assert "31/12/2024" in scene.measure.phrase
    assert scene.measure.details[PROVINCES[1]] == "1.100 người chia cho 15 nghìn dân"


def test_an_area_without_the_denominator_has_a_reason_and_no_number(divided):
    _, scene, _ = divided()
    assert math.isnan(scene.measure.numbers[11])
    assert "folk" in scene.measure.reasons[11]
    assert scene.measure.reasons[1] == scene.measure.reasons[20] == ""


def test_the_table_ranks_the_rate_and_not_the_count(divided):
    _, scene, _ = divided()
    assert ranking_data(scene)["rows"][0][:2] == [PROVINCES[0], 1]


def test_a_rate_is_not_divided_again(divided):
    rows = [row("rate", code, 5) for code in PROVINCES[:9]]
    _, scene, refused = divided([*rows, *UNDER], indicator="rate")
    assert scene.view.per == ""
    assert refused[0].param == "per"
    assert refused[0].reason


@pytest.mark.parametrize("per", ["people", "rate", "named"])
def test_what_cannot_be_divided_by_is_refused_and_circles_are_drawn(divided, per):
    _, scene, refused = divided(per=per)
    assert scene.manner is Manner.CIRCLES
    assert [refusal.param for refusal in refused] == ["per"]


def test_nobody_to_divide_by_is_no_infinite_rate(divided):
    rows = [*COUNTS, *(row("folk", code, 0) for code in PROVINCES[:12])]
    _, scene, refused = divided(rows)
    assert scene.manner is Manner.CIRCLES
    assert refused[0].reason


def test_a_later_denominator_is_better_than_none_and_its_date_is_told(divided):
    rows = [
        row("people", code, 9 + i, period_end="2020-12-31") for i, code in enumerate(PROVINCES[:9])
    ]

    _, scene, refused = divided([*rows, *UNDER], at=date(2020, 12, 31))
    assert refused == []
    assert "31/12/2024" in scene.measure.phrase
