"""Which classes a map has: of the reader's own, of a target, of grades; and its histogram."""

import math
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from base.words import t, tn
from geo.classify import NO_CLASS, OWN_K
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level, areas
from tests.metrics.made_up import INDICATORS, indicator, row
from ui.address import View
from ui.scene import MARKS, class_labels, legend_html, make_scene, map_view
from ui.scene.histogram import END, histogram_html, spots
from ui.scene.measure import NOT_COMPUTED


def plain(value):
    """Write a number as a table has it, without exponent."""
    return format(Decimal(repr(float(value))), "f")


PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
TEN = [row("rate", code, 10 * i) for i, code in enumerate(PROVINCES[:10])]
QUANG_BINH, DONG_HOI = "44", "450"
DISTRICTS = [area.code for area in areas(EDITION_2024, Level.DISTRICT, QUANG_BINH)]


def target(code, value, name="rate", **fields):
    return row(name, code, value, role="target", period_end="2030-12-31", **fields)


def test_breaks_of_the_readers_own_make_the_classes_and_are_open_at_the_ends(made):
    _, scene = made(*TEN, method="manual", breaks=(25.0, 60.0))
    assert scene.classes.counts == (3, 4, 3)
    assert class_labels(scene) == ["đến 25", "25 – 60", "trên 60"]
    assert t("method.manual", "vi") in legend_html(scene)


def test_own_breaks_begin_with_those_of_quantiles_and_the_address_names_them(made):
    _, scene = made(*TEN, method="manual", k=4)
    assert len(scene.view.breaks) == 3
    assert scene.view.params()["breaks"]
    assert scene.classes.k == 4


@pytest.mark.parametrize("values", [[7.0] * 9, [1e300, *range(8)], [1e-9 * i for i in range(9)]])
@pytest.mark.parametrize("against", ["none", "country"])
def test_own_breaks_of_odd_figures_never_fail(made, values, against):
    rows = [row("rate", code, plain(value)) for code, value in zip(PROVINCES, values, strict=False)]
    country = row("rate", COUNTRY_CODE, 7, edition="")
    store, scene = made(*rows, country, method="manual")
    scene, _ = make_scene(store, scene.view.to(against=against, method="manual"))
    assert sum(scene.classes.counts) == 9
    assert legend_html(scene)


def test_a_target_makes_met_near_and_missed(made):
    _, scene = made(*TEN, target(COUNTRY_CODE, 80, edition=""), method="target")
    assert scene.classes.index[:10].tolist() == [0] * 8 + [2, 2]
    assert class_labels(scene) == [t(f"class.{name}", "vi") for name in ("missed", "near", "met")]
    html = legend_html(scene)
    assert "80%" in html
    assert "31/12/2030" in html
    assert t("target.rule", "vi", share=10) in html


def test_an_area_without_a_target_is_not_taken_for_one_without_a_figure(made):
    store, scene = made(*TEN, *[target(code, 40) for code in PROVINCES[:6]], method="target")
    view = map_view(scene)
    assert view.marks[:6] == "000022"  # 36 and more would be near 40
    assert set(view.marks[6:10]) == {MARKS[NOT_COMPUTED]}
    assert view.text[9] == "90"
    assert t("target.several", "vi") not in legend_html(scene)
    assert store is not None


def test_target_classes_are_offered_only_where_there_is_a_target_to_reach(made):
    assert "target" not in made(*TEN)[1].methods
    assert "target" in made(*TEN, target(PROVINCES[0], 5))[1].methods
    neutral = [indicator("rate", direction="neutral"), *INDICATORS[1:]]
    assert "target" not in made(*TEN, target(PROVINCES[0], 5), indicators=neutral)[1].methods
    few = made(*TEN[:3], target(PROVINCES[0], 5))[1]
    assert few.methods == ()


def test_a_method_that_does_not_fit_is_refused_in_words_and_quantiles_are_shown(made):
    store, scene = made(*TEN)
    for method in ("target", "grades"):
        shown, refused = make_scene(store, replace(scene.view, method=method))
        name = t(f"method.{method}", "vi")
        assert [r.reason for r in refused] == [t("method.not_here", "vi", method=name)]
        assert shown.classes.method == shown.view.method == "quantile"


def test_scores_of_the_index_are_graded_by_its_own_scale(shipped):
    view = View(edition=EDITION_2025, indicator="index766-total", method="grades")
    scene, refused = make_scene(shipped, view)
    assert refused == []
    assert scene.classes.k == 5
    assert class_labels(scene)[1:3] == ["Trung bình (50 đến dưới 70)", "Khá (70 đến dưới 80)"]
    for value, at in zip(scene.panel.frame["value"], scene.classes.index, strict=True):
        assert scene.classes.names[at] == ("average" if 50 <= value < 70 else "")
    assert t("grades.note.unchecked", "vi") in legend_html(scene)
    part = View(edition=EDITION_2025, indicator="index766-openness")
    assert "grades" not in make_scene(shipped, part)[0].methods


def test_differences_are_classed_by_what_makes_sense_for_distances(made):
    country = row("rate", COUNTRY_CODE, 33, edition="")
    store, scene = made(*TEN, country, against="country")
    assert not set(scene.methods) & {*OWN_K, "target", "grades"}
    for method in scene.methods:
        shown, refused = make_scene(store, scene.view.to(method=method))
        assert refused == []
        assert 0 not in shown.classes.steps
        assert sum(shown.classes.counts) == 10


@pytest.mark.parametrize("method", ["natural_breaks", "head_tail", "std_mean"])
def test_every_method_is_named_with_its_classes_and_areas(made, method):
    html = legend_html(made(*TEN, method=method, lang="en")[1])
    assert t(f"method.{method}", "en") in html
    assert tn("legend.areas", 10, "en", n=10) in html


def test_bounds_of_tiny_figures_are_told_apart(made):
    rows = [row("rate", code, plain(1e-6 * (i + 1))) for i, code in enumerate(PROVINCES[:12])]
    labels = class_labels(made(*rows, lang="en")[1])
    assert len(set(labels)) == len(labels)


# ---- the histogram -----------------------------------------------------------------------------


def test_the_histogram_has_the_colours_of_the_classes_and_the_heights_of_the_counts(made):
    _, scene = made(*TEN, *[row("rate", code, 90) for code in PROVINCES[10:13]])
    html = histogram_html(scene)
    for color in scene.palette:
        assert f"background:{color}" in html
    heights = [float(h) for h in re.findall(r"height:([\d.]+)%", html)]
    assert max(heights) == 100
    assert sum(heights) == pytest.approx(25 * 13, abs=1)
    assert "0%" in html
    assert t("legend.histogram", "vi", n=13, low="0%", high="90%") in html


def test_the_place_looked_at_has_a_tick_where_its_figure_is(made):
    found = [row("rate", code, i) for i, code in enumerate(DISTRICTS)]
    _, scene = made(*found, place=DONG_HOI, level=Level.DISTRICT)
    at = DISTRICTS.index(DONG_HOI)
    place = spots(scene)[at]
    assert f'class="tick" style="left:{place / 10:.1f}%"' in histogram_html(scene)
    assert t("legend.tick", "vi", name="Đồng Hới", value=f"{at}%") in legend_html(scene)
    assert 'class="tick" style' not in histogram_html(made(*TEN)[1])


def test_spots_rise_with_the_figures_and_stay_within_the_drawing(made):
    _, scene = made(*TEN)
    view = map_view(scene)
    assert list(view.spots[:10]) == sorted(view.spots[:10])
    assert set(view.spots[10:]) == {-1}
    assert min(view.spots[:10]) > 0
    assert max(view.spots) < END


@pytest.mark.parametrize(
    "values",
    [
        [5] * 6,
        [0] * 6,
        [-1e300, 1e300, 0, 1, 2, 3],
        [1e-300, 2e-300, 0, 0, 0],
        [-5, -4, -3, -2, -1],
    ],
)
def test_odd_figures_have_a_histogram_all_the_same(made, values):
    rows = [row("rate", code, plain(value)) for code, value in zip(PROVINCES, values, strict=False)]
    _, scene = made(*rows)
    shown = [spot for spot in spots(scene) if spot >= 0]
    assert len(shown) == len(values)
    assert all(0 < spot < END for spot in shown)
    assert "nan" not in histogram_html(scene)


def test_circles_statuses_and_cards_have_no_histogram(made):
    people = [row("people", code, i) for i, code in enumerate(PROVINCES[:9])]
    for _, scene in (made(*people, indicator="people"), made(*TEN[:3])):
        assert histogram_html(scene) == ""
        assert spots(scene) == []


def test_what_has_no_class_has_no_place_in_the_histogram(made):
    _, scene = made(*TEN, *[target(code, 40) for code in PROVINCES[:6]], method="target")
    placed = [spot >= 0 for spot in spots(scene)]
    assert placed == [at != NO_CLASS for at in scene.classes.index]
    assert not math.isnan(sum(spots(scene)))
