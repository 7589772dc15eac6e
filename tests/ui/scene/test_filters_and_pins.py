"""Filters, pins and periods of a scene: what is offered, counted, dimmed, kept and pooled."""

import json
from datetime import date

import numpy as np

from base.words import t
from geo.editions import EDITION_2024, Level, areas
from metrics.panel import Filters
from tests.metrics.made_up import INDICATORS, indicator, row, text
from tests.ui.hostile import HOSTILE
from ui.address import View
from ui.address.choices import COLOURS
from ui.explore.filter_panel import panel_data
from ui.parts.pinned import pinned_table
from ui.scene import legend_html, make_scene, map_view, ranking_data, stops

CODES = [place.code for place in areas(EDITION_2024, Level.PROVINCE)]
DISTRICTS = [place.code for place in areas(EDITION_2024, Level.DISTRICT, "44")]
RATES = [row("rate", code, 10.0 * i) for i, code in enumerate(CODES[:8])]
OLDER = [row("rate", code, 5.0 * i, period_end="2022-12-31") for i, code in enumerate(CODES[:8])]


def test_what_is_left_out_is_marked_on_the_map_counted_and_last_in_the_table(made):
    _, scene = made(*RATES, filters=Filters(low=40))
    off = json.loads(map_view(scene).message())["off"]
    assert [code for code, mark in zip(CODES, off, strict=True) if mark == "0"] == CODES[4:8]
    data = ranking_data(scene)
    assert data["matched"] == 4
    assert {cells[0] for cells in data["rows"][:4]} == set(CODES[4:8])
    assert len(data["rows"]) == len(CODES)
    assert "4 trên 63" in scene.words.subtitle
    assert t("filters.off", "vi") in legend_html(scene)


def test_without_filters_nothing_is_marked(made):
    _, scene = made(*RATES)
    assert json.loads(map_view(scene).message())["off"] == ""
    assert ranking_data(scene)["matched"] is None
    assert panel_data(scene)["counted"] == ""


def test_a_filter_that_no_area_meets_is_said_and_breaks_nothing(made):
    _, scene = made(*RATES, filters=Filters(low=1e6))
    assert ranking_data(scene)["matched"] == 0
    assert "0 trên 63" in panel_data(scene)["counted"]


def test_a_filter_that_does_not_fit_is_refused_in_words(made):
    store, _ = made(*RATES)
    asked = View(edition=EDITION_2024, indicator="rate", filters=Filters(categories=("done",)))
    scene, refused = make_scene(store, asked)
    assert scene.view.filters == Filters()
    assert refused[0].reason == t("filters.not_here", "vi", name=t("filters.status", "vi"))
    island = View(edition=EDITION_2024, indicator="rate", filters=Filters(types=("island",)))
    assert make_scene(store, island)[1][0].param == "filters"


def test_the_panel_offers_the_categories_of_a_status_and_no_values(made):
    _, scene = made(row("named", CODES[0], category="done"), indicator="named")
    data = panel_data(scene)
    assert "value" not in data["offered"]
    assert [choice[0] for choice in data["choices"]["status"]] == ["done", "begun"]


def test_pinned_areas_have_one_colour_on_the_map_and_in_the_tables(made):
    _, scene = made(*RATES, pins=(CODES[3], "450"))
    assert json.loads(map_view(scene).message())["pins"] == ranking_data(scene)["pins"]
    html = pinned_table(scene)
    assert html.count("<tr") == 3
    assert COLOURS[0] in html
    assert "30" in html
    assert t("state.no_data", "vi") in html  # a district has no figure of its own


def test_hostile_texts_stay_texts_in_the_table_of_pins(made):
    bad = indicator("rate", title=text(HOSTILE), unit=text(HOSTILE))
    _, scene = made(*RATES, indicators=[bad, *INDICATORS[1:]], pins=(CODES[0],))
    assert HOSTILE not in pinned_table(scene)


def test_one_scale_for_all_periods_holds_the_figures_of_each(made):
    shared = {}
    for at in (None, date(2022, 12, 31)):
        _, scene = made(*RATES, *OLDER, at=at, scale="all")
        shared[at] = scene.classes.breaks
        assert sum(scene.classes.counts) == 8
        assert len(scene.classes.index) == len(CODES)
        assert t("legend.pooled", "vi", n=2) in legend_html(scene)
    assert shared[None] == shared[date(2022, 12, 31)]
    _, alone = made(*RATES, *OLDER, at=date(2022, 12, 31))
    assert alone.classes.breaks != shared[None]


def test_circles_of_an_older_period_are_measured_by_the_largest_of_all(made):
    rows = [
        row("people", code, 10.0 * (i + 1), period_end=end)
        for i, code in enumerate(CODES[:6])
        for end in ("2022-12-31",)
    ] + [row("people", code, 1000.0) for code in CODES[:6]]
    _, scene = made(*rows, indicator="people", at=date(2022, 12, 31), scale="all")
    assert scene.largest == 1000
    assert max(json.loads(map_view(scene).message())["sizes"]) == 60


def test_no_period_is_offered_where_none_of_the_areas_has_a_figure(made):
    rows = [row("rate", DISTRICTS[0], 1), row("rate", "001", 1, period_end="2022-12-31")]
    store, _ = made(*rows, level=Level.DISTRICT)
    country = View(edition=EDITION_2024, indicator="rate", level=Level.DISTRICT)
    assert len(stops(store, country)) == 2
    assert [s.at for s in stops(store, country.to(place="44", level=Level.DISTRICT))] == [
        date(2024, 12, 31)
    ]


def test_conflicting_and_missing_figures_are_outside_of_every_range(made):
    two = [row("rate", CODES[0], 1), row("rate", CODES[0], 2, origin="press")]
    _, scene = made(*two, *RATES[1:], filters=Filters(low=0))
    assert not scene.matched[0]
    assert int(np.sum(scene.matched)) == 7


def test_highest_and_lowest_are_of_the_areas_that_the_filters_keep(made):
    _, scene = made(*RATES, filters=Filters(low=20, high=50))
    text_ = scene.words.subtitle
    assert "cao nhất" in text_.casefold()
    assert ": 50" in text_
    assert ": 20" in text_
    assert "70" not in text_


def test_a_change_names_its_two_periods_once_in_the_title(made):
    _, scene = made(*RATES, *OLDER, change="difference")
    assert scene.measure.phrase in scene.words.title
    assert scene.words.title.endswith(scene.place.name_vi)
