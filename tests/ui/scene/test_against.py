"""Differences from the country, the region, a target: like with like, never from too little."""

from datetime import date

import numpy as np
import pytest

from base.words import t
from geo.editions import COUNTRY_CODE, EDITION_2024, Level, area, areas
from tests.metrics.made_up import INDICATORS, PARTS, indicator, row
from ui.scene import Manner, legend_html, make_scene, map_view

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
QUANG_BINH = "44"
SIX = [row("rate", code, 40 + i) for i, code in enumerate(PROVINCES[:6])]


def country(name="rate", value=42.5, **fields):
    return row(name, COUNTRY_CODE, value, edition="", **fields)


def ask(made, *rows, against="country", **view):
    """Return the scene of a view that asks for differences, and what was refused."""
    store, scene = made(*rows, **view)
    return make_scene(store, scene.view.to(against=against))


def parted(name="rate", n=63, of=100.0, **fields):
    """Return a figure for each province with its parts: i + 1 of 100."""
    return [
        row(name, code, 100 * (i + 1) / of, numerator=i + 1, denominator=of, **fields)
        for i, code in enumerate(PROVINCES[:n])
    ]


def test_the_difference_from_the_published_figure_of_the_country(made):
    scene, refused = ask(made, *SIX, country())
    assert refused == []
    assert scene.measure.numbers[:6] == pytest.approx([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
    assert np.isnan(scene.measure.numbers[6])
    assert scene.measure.unit == "điểm %"
    assert t("against.phrase.country", "vi") in scene.words.title
    assert f"{t('against.country.published', 'vi')}: 42,5%" in legend_html(scene)
    assert map_view(scene).notes[PROVINCES[0]] == "40% so với 42,5% của cả nước"


def test_classes_part_at_no_difference_and_an_equal_figure_has_its_own(made):
    scene, _ = ask(made, *SIX, country(value=42))
    assert 0 in scene.classes.steps
    assert scene.classes.counts[scene.classes.steps.index(0)] == 1
    for number, at in zip(scene.measure.numbers, scene.classes.index, strict=True):
        assert at < 0 or np.sign(number) == np.sign(scene.classes.steps[at])


def test_a_figure_of_another_period_is_not_subtracted_and_says_so(made):
    old = row("rate", PROVINCES[6], 90, period_end="2022-12-31")
    scene, _ = ask(made, *SIX, old, country())
    assert np.isnan(scene.measure.numbers[6])
    assert scene.measure.reasons[6] == t("against.why.period", "vi")
    assert t("state.other_period", "vi") in legend_html(scene)


def test_a_country_figure_of_another_grain_refuses_the_whole_map(made):
    scene, refused = ask(made, *SIX, country(grain="year"))
    assert scene.measure.kind == "value"
    assert scene.view.against == "none"
    assert [r.reason for r in refused] == [t("against.why.period", "vi")]


@pytest.mark.parametrize("name", ["place", "named", "since", "people"])
def test_what_cannot_be_subtracted_is_refused_in_words(made, name):
    kinds = {"place": "rank", "named": "status", "since": "date", "people": "count"}
    values = {"named": {"category": "done"}, "since": {"category": "2024-05-01"}}
    more = values.get(name, {"value": 3})
    rows = [row(name, code, **more) for code in PROVINCES[:6]]
    scene, refused = ask(made, *rows, indicator=name)
    assert [r.reason for r in refused] == [t(f"against.kind.{kinds[name]}", "vi")]
    assert scene.measure.kind == "value"


def test_without_a_published_figure_the_country_is_computed_from_all_areas_or_not_at_all(made):
    scene, _ = ask(made, *parted())
    assert scene.measure.numbers[0] == pytest.approx(1 - 32, abs=0.01)
    assert t("against.country.ratio", "vi") in legend_html(scene)
    _, refused = ask(made, *parted(n=62))
    assert [r.reason for r in refused] == [t("against.no.incomplete", "vi", n=62, of=63)]


def test_no_mean_is_made_up_where_the_indicator_does_not_add_up(made):
    days = [row("days", code, i) for i, code in enumerate(PROVINCES)]
    _, refused = ask(made, *days, indicator="days")
    assert [r.reason for r in refused] == [t("against.no.not_additive", "vi")]
    _, refused = ask(made, *days, indicator="days", against="region")
    assert [r.reason for r in refused] == [t("against.no.not_additive", "vi")]


def test_sources_that_disagree_about_the_country_leave_nothing_to_subtract(made):
    two = [country(value=40), country(value=50, origin="press")]
    _, refused = ask(made, *SIX, *two)
    assert [r.reason for r in refused] == [t("against.no.conflict", "vi")]


def test_a_region_is_computed_from_all_of_its_provinces_only(made):
    gone = PROVINCES[0]
    scene, _ = ask(made, *parted()[1:], against="region")
    region = {code: area(EDITION_2024, code).region for code in PROVINCES}
    for at, code in enumerate(PROVINCES[1:], start=1):
        if region[code] == region[gone]:
            assert np.isnan(scene.measure.numbers[at])
            assert scene.measure.reasons[at] == t("against.why.region", "vi")
        else:
            members = [i + 1 for i, c in enumerate(PROVINCES) if region[c] == region[code]]
            assert scene.measure.numbers[at] == pytest.approx(at + 1 - np.mean(members), abs=0.5)


def test_a_region_is_the_mean_weighted_by_what_the_indicator_names(made):
    weighed = indicator("weighed", aggregation="weighted_mean", weight="people")
    indicators = [*INDICATORS, weighed]
    weights = [row("people", code, 1000 * (1 + i % 3)) for i, code in enumerate(PROVINCES)]
    values = [row("weighed", code, i) for i, code in enumerate(PROVINCES)]
    scene, refused = ask(
        made, *weights, *values, indicators=indicators, indicator="weighed", against="region"
    )
    assert refused == []
    region = area(EDITION_2024, PROVINCES[0]).region
    inside = [i for i, c in enumerate(PROVINCES) if area(EDITION_2024, c).region == region]
    mean = sum(i * (1 + i % 3) for i in inside) / sum(1 + i % 3 for i in inside)
    assert scene.measure.numbers[0] == pytest.approx(0 - mean, abs=0.5)
    assert t("against.region.weighted", "vi") in legend_html(scene)
    _, refused = ask(
        made, *weights[1:], *values[:12], indicators=indicators, indicator="weighed",
        against="region",
    )  # fmt: skip
    assert [r.reason for r in refused] == [t("against.no.regions", "vi")]


def test_districts_have_no_region_of_their_own(made):
    districts = [a.code for a in areas(EDITION_2024, Level.DISTRICT, QUANG_BINH)]
    rows = [row("rate", code, i) for i, code in enumerate(districts)]
    _, refused = ask(made, *rows, against="region", place=QUANG_BINH, level=Level.DISTRICT)
    assert [r.reason for r in refused] == [t("against.no.region_level", "vi")]


def target(code, value, end="2025-12-31", **fields):
    return row("rate", code, value, role="target", period_end=end, **fields)


def test_a_target_is_the_areas_own_else_the_countrys(made):
    asked = [target(PROVINCES[0], 50), target(COUNTRY_CODE, 45, edition="")]
    scene, _ = ask(made, *SIX, *asked, against="target")
    assert scene.measure.numbers[:3] == pytest.approx([-10, -4, -3])
    assert t("against.target.mixed", "vi") in legend_html(scene)


def test_of_several_targets_the_next_one_due_is_meant(made):
    dues = [("2023-12-31", 10), ("2025-12-31", 60), ("2030-12-31", 90)]
    asked = [target(PROVINCES[0], value, end) for end, value in dues]
    scene, _ = ask(made, *SIX, *asked, against="target")
    assert scene.manner is Manner.CARD  # one number only
    assert scene.measure.numbers[0] == pytest.approx(40 - 60)


def test_without_any_target_the_reader_is_told(made):
    _, refused = ask(made, *SIX, against="target")
    assert [r.reason for r in refused] == [t("against.no.target", "vi")]


def test_an_empty_level_has_nothing_to_compare_and_is_not_blamed_for_it(made):
    scene, refused = ask(made, *SIX, country(), place=QUANG_BINH, level=Level.DISTRICT)
    assert (scene.manner, refused) == (Manner.EMPTY, [])


def test_only_one_thing_is_made_of_the_figures(made):
    store, scene = made(*SIX, country(), indicators=[*INDICATORS, indicator("x", **PARTS)])
    shown, _ = make_scene(store, scene.view.to(against="country", at=date(2024, 12, 31)))
    assert (shown.view.against, shown.view.per) == ("country", "")
