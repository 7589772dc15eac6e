"""The chart over time: what it says, where its points stand, and that hostile names stay text."""

import itertools
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025
from tests.metrics.made_up import INDICATORS, indicator, row, text
from tests.ui.hostile import HOSTILE
from ui.address import MOST_PINS
from ui.address.choices import COLOURS
from ui.charts import axes_of, none_text, series_html
from ui.charts.axes import nice_step, spread

HANOI, DA_NANG = "01", "48"
TWO = [
    row("rate", HANOI, 10, period_end="2023-12-31"),
    row("rate", HANOI, 20.5),
    row("rate", DA_NANG, 30, qualifier="over"),
]


def html_of(store_of, rows, lang="vi", codes=(HANOI, DA_NANG), **more):
    name = more.pop("indicator", "rate")
    store = store_of(rows, more.pop("indicators", None))
    return series_html(store, name, more.pop("edition", EDITION_2024), codes, lang, **more)


def test_every_point_tells_its_figure_period_and_source(store_of):
    html = html_of(store_of, TWO)
    tips = re.findall(r'<span class="tip">(.*?)</span></span>', html)
    assert len(tips) == 3
    assert any("trên 30%" in tip and "31/12/2024" in tip and "Bộ Thử nghiệm" in tip for tip in tips)


def test_the_same_figures_are_in_a_table_with_the_colours_of_the_points(store_of):
    html = html_of(store_of, TWO)
    table = html[html.index("<table") :]
    assert table.count("<tr") == 4
    assert f"background:{COLOURS[0]}" in table
    assert f"color:{COLOURS[0]}" in html[: html.index("<table")]


def test_colours_follow_the_pins_and_not_the_order_asked_for(store_of):
    html = html_of(store_of, TWO, codes=(DA_NANG,), pins=(HANOI, DA_NANG))
    assert COLOURS[1] in html
    assert COLOURS[0] not in html


def test_one_point_in_time_is_said_and_not_drawn(store_of):
    html = html_of(store_of, TWO[1:])
    assert t("series.single", "vi", when="31/12/2024") in html
    assert 'class="plot"' not in html
    assert "<details open" in html


def test_no_figure_at_all_is_nothing(store_of):
    assert html_of(store_of, TWO, codes=("02",)) == ""


def test_an_area_without_figures_is_named(store_of):
    assert t("series.without", "en", names="Ha Giang") in html_of(
        store_of, TWO, lang="en", codes=(HANOI, "02")
    )


def test_statuses_have_a_table_and_no_chart(store_of):
    rows = [
        row("named", HANOI, category="begun", period_end="2023-12-31"),
        row("named", HANOI, category="done"),
    ]
    html = html_of(store_of, rows, indicator="named")
    assert "plot" not in html
    assert "xong" in html


def test_the_change_of_the_map_is_shown(store_of):
    rows = [
        row("rate", HANOI, 10),
        row("rate", HANOI, 12, edition=EDITION_2025, period_end="2025-12-31"),
    ]
    html = html_of(store_of, rows, edition=EDITION_2025, codes=(HANOI,))
    assert t("series.seam", "vi", day="01/07/2025") in html
    assert "hollow" in html


def test_hostile_names_are_escaped(store_of):
    bad = indicator("rate", title=text(HOSTILE), short=text("<b onx=1>&\"'"), unit=text(HOSTILE))
    html = html_of(store_of, TWO, indicators=[bad, *INDICATORS[1:]])
    assert HOSTILE not in html
    assert "<b onx" not in html


def test_the_foot_names_a_day_only_where_a_figure_is_of_it():
    told = [
        ("2022-09-30", "instant", "ngày 30/9/2022", "30/09/2022"),
        ("2023-10-31", "month", "", "tháng 10/2023"),
        ("2024-12-31", "unknown", "cuối năm 2024", "2024"),
        ("2025-10-16", "unknown", "tháng 10/2025, đến ngày 16/10", "16/10/2025"),
        ("2026-06-30", "quarter", "", "quý 2/2026"),
    ]
    rows = [
        {"period_end": pd.Timestamp(end), "grain": grain, "period_text": words, "value": 1.0}
        for end, grain, words, _ in told
    ]
    axes = axes_of(rows, falling=False, height=200, seam=None)
    assert [text for _, text in axes.every_date(rows, "vi")] == [text for *_, text in told]


def test_days_along_the_foot_that_would_touch_are_left_out():
    ends = ("2022-09-30", "2024-10-31", "2025-03-31", "2025-08-31")
    rows = [{"period_end": pd.Timestamp(end), "grain": "month", "value": 1.0} for end in ends]
    axes = axes_of(rows, falling=False, height=200, seam=None)
    assert [text for _, text, _ in axes.dates(rows, "vi")] == [
        "tháng 9/2022",
        "tháng 10/2024",
        "tháng 8/2025",
    ]


def test_rank_one_is_at_the_top():
    rows = [{"period_end": pd.Timestamp("2024-12-31"), "value": value} for value in (1, 9)]
    axes = axes_of(rows, True, 100, None)
    assert axes.down(1) < axes.down(9)
    assert next(value for value, _ in axes.ticks("vi")) == 1


NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 4))


@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_all_figures_stand_within_the_plot(values):
    start = pd.Timestamp("2020-01-01")
    rows = [
        {"period_end": start + pd.Timedelta(days=30 * i), "value": v, "grain": "instant"}
        for i, v in enumerate(values)
    ]
    axes = axes_of(rows, False, 200, None)
    for row_ in rows:
        x, y = axes.at(row_)
        assert 0 <= x <= 100
        assert -0.01 <= y <= 200.01
    assert 2 <= len(axes.ticks("vi")) <= 8


@given(st.floats(1e-9, 1e12))
def test_steps_are_round(span):
    step = nice_step(span)
    assert span / 4 * (1 - 1e-6) <= step <= span
    assert float(f"{step:.1e}") == pytest.approx(step)


@given(st.lists(st.floats(0, 200), max_size=MOST_PINS + 1).map(sorted))
def test_names_beside_the_plot_do_not_meet(places):
    moved = spread(places, 16, 200)
    assert moved == sorted(moved)
    assert all(b - a >= 16 - 1e-6 for a, b in itertools.pairwise(moved))
    assert not moved or (moved[0] >= -1e-6 and moved[-1] <= 200 + 1e-6)


def test_there_is_a_colour_for_every_pin():
    assert len(set(COLOURS)) == MOST_PINS


def test_places_without_any_figure_are_named_and_nothing_is_said_of_others():
    assert none_text(EDITION_2025, ("VN",), "en") == (
        "No figure published for Viet Nam can be drawn over time."
    )
    assert none_text(EDITION_2025, ("01", "79"), "vi") == (
        "Chưa có số liệu công bố nào của Hà Nội, Hồ Chí Minh để vẽ theo thời gian."
    )
