"""The legend: classes with their counts, how they were made, when, and what is missing."""

import re

import pytest

from base.words import t, tn
from geo.editions import EDITION_2024, Level, areas
from tests.metrics.made_up import INDICATORS, indicator, row, text
from tests.ui.hostile import HOSTILE, SCRIPT, assert_harmless
from ui.scene import class_labels, legend_html
from ui.scene.histogram import histogram_html
from ui.scene.legend import framed, notes_of

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
QUANG_BINH = "44"


def rows(indicator="rate", n=10, **fields):
    return [row(indicator, code, i, **fields) for i, code in enumerate(PROVINCES[:n])]


def keys(html):
    """Return label and count of each entry of a legend."""
    return re.findall(r"<span>([^<]*)</span><small>([^<]*)</small>", html)


def test_what_is_said_below_the_classes_begins_with_a_capital():
    shown = framed(["Rate"], [], ["the 136 figures of all maps", "of 2026"])
    assert '<div class="foot">The 136 figures of all maps · of 2026</div>' in shown


def areas_text(n, level=Level.PROVINCE):
    return tn(f"legend.areas.{level}", n, "vi")


def test_each_class_has_its_bounds_its_colour_and_its_number_of_areas(made):
    _, scene = made(*rows())
    html = legend_html(scene)
    assert class_labels(scene)[0].startswith("0 – ")
    counted = [(label, areas_text(2)) for label in class_labels(scene)]
    assert keys(html)[:5] == counted
    for color in scene.palette:
        assert f"background:{color}" in html


def test_bounds_are_written_in_the_readers_way(made):
    found = [row("rate", code, 0.5 + i / 4) for i, code in enumerate(PROVINCES[:9])]
    assert "0,5" in class_labels(made(*found)[1])[0]
    assert "0.5" in class_labels(made(*found, lang="en")[1])[0]


def test_a_class_of_one_value_is_that_value(made):
    found = [row("rate", code, i % 2) for i, code in enumerate(PROVINCES[:6])]
    _, scene = made(*found)
    assert class_labels(scene) == ["0", "1"]
    assert t("legend.fewer", "vi", asked=5) in legend_html(scene)


def test_the_method_and_the_number_of_classes_are_said(made):
    html = legend_html(made(*rows(), k=4, method="equal_interval")[1])
    assert t("method.equal_interval", "vi") in html
    assert tn("legend.classes", 4, "vi") in html
    assert t("legend.fewer", "vi", asked=4) not in html


def test_the_dates_of_the_figures_are_said(made):
    _, scene = made(*rows(n=9), row("rate", PROVINCES[9], 5, period_end="2023-12-31"))
    assert t("legend.as_of", "vi", when="31/12/2023 – 31/12/2024") in notes_of(scene)
    assert "31/12/2023 – 31/12/2024" in scene.words.title


def test_the_unit_and_the_direction_are_said(made):
    html = legend_html(made(*rows())[1])
    assert "rate (%)" in html
    assert t("direction.higher_better", "vi") in html
    lower = legend_html(made(*rows("days"), indicator="days")[1])
    assert t("direction.lower_better", "vi") in lower


def test_no_data_has_an_entry_even_where_every_area_reports(made):
    label = t("state.no_data", "vi")
    assert (label, areas_text(0)) in keys(legend_html(made(*rows(n=63))[1]))
    assert (label, areas_text(53)) in keys(legend_html(made(*rows(n=10))[1]))


@pytest.mark.parametrize("state", ["not_applicable", "suppressed", "split"])
def test_every_state_that_appears_has_its_own_entry(made, state):
    html = legend_html(made(*rows(), row("rate", PROVINCES[10], state=state, note="…"))[1])
    assert (t(f"state.{state}", "vi"), areas_text(1)) in keys(html)
    assert (t("state.no_data", "vi"), areas_text(52)) in keys(html)
    assert f'class="state {state}"' in html
    assert t(f"state.{state}", "vi") not in legend_html(made(*rows())[1])


def test_conflicts_are_counted(made):
    two = [row("rate", PROVINCES[10], 1), row("rate", PROVINCES[10], 2, origin="press")]
    html = legend_html(made(*rows(), *two)[1])
    assert (t("state.conflicting", "vi"), areas_text(1)) in keys(html)


def test_recomputed_figures_are_counted(made):
    html = legend_html(made(*rows(), row("rate", PROVINCES[10], 1, state="recomputed"))[1])
    assert tn("legend.recomputed", 1, "vi") in html
    assert tn("legend.recomputed", 1, "vi") not in legend_html(made(*rows())[1])


def test_categories_are_named_and_an_open_list_says_so(made):
    open_list = legend_html(made(row("named", QUANG_BINH, category="done"), indicator="named")[1])
    assert keys(open_list)[:2] == [("xong", areas_text(1)), ("đang", areas_text(0))]
    assert (t("state.not_named", "vi"), areas_text(62)) in keys(open_list)
    assert t("legend.named_only", "vi") in open_list
    assert t("legend.exhaustive", "vi") not in open_list
    assert t("direction.higher_better", "vi") not in open_list


def test_circles_have_sizes_and_no_classes(made):
    html = legend_html(made(*rows("people", n=11), indicator="people")[1])
    sizes = [int(size) for size in re.findall(r"width:(\d+)px", html)]
    assert len(sizes) == 3
    assert sizes == sorted(sizes, reverse=True)
    assert t("legend.circles", "vi") in html
    assert "cận trên thuộc nhóm dưới" not in html


def test_circles_of_nothing_but_zeros_have_a_legend(made):
    found = [row("people", code, 0) for code in PROVINCES[:6]]
    assert t("legend.circles", "vi") in legend_html(made(*found, indicator="people")[1])


def test_few_figures_have_a_marker_and_no_scale(made):
    html = legend_html(made(*rows(n=3))[1])
    assert (t("legend.marker", "vi"), areas_text(3)) in keys(html)
    assert t("legend.too_few", "vi") in html
    assert "background:#" not in html


def test_an_empty_level_says_only_what_is_missing(made):
    html = legend_html(made(*rows(), place=QUANG_BINH, level=Level.DISTRICT)[1])
    assert keys(html) == [(t("state.no_data", "vi"), areas_text(8, Level.DISTRICT))]
    assert t("legend.as_of", "vi", when="") not in html


def test_what_comes_from_data_is_escaped(made):
    bad = indicator(
        "rate",
        kind="status",
        short=text(HOSTILE),
        unit=text(HOSTILE),
        categories=[{"id": "done", "title": text(SCRIPT)}],
        list="exhaustive",
    )
    found = row("rate", QUANG_BINH, category="done", period_text=SCRIPT)
    assert_harmless(legend_html(made(found, indicators=[bad, *INDICATORS[1:]])[1]))
    rate = indicator("rate", short=text(HOSTILE), unit=text(SCRIPT))
    for n in (3, 10):
        _, scene = made(*rows(n=n), indicators=[rate, *INDICATORS[1:]])
        assert_harmless(legend_html(scene))


def test_bounds_are_written_with_the_decimals_of_the_figures(made):
    rated = [row("fine", code, 50 + at / 2) for at, code in enumerate(PROVINCES[:20])]
    _, scene = made(
        *rated, indicator="fine", indicators=[*INDICATORS, indicator("fine", decimals=2)]
    )
    assert all(re.fullmatch(r"\d+,\d\d – \d+,\d\d", label) for label in class_labels(scene))
    assert re.findall(r"<span>([\d,]+)</span>", str(histogram_html(scene))) == ["50,00", "59,50"]


def test_bounds_of_whole_figures_are_whole(made):
    days = [row("days", code, at + 1) for at, code in enumerate(PROVINCES)]
    _, scene = made(*days, indicator="days")
    assert all(re.fullmatch(r"\d+ – \d+", label) for label in class_labels(scene))
