"""Figures of one edition seen on the map of another: marked, explained, traceable."""

import pytest

from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level
from metrics.known import coverage, taken
from ui.facts import MOST_OFFERS
from ui.indicators import basis_options, period_options
from ui.legend import legend_html
from ui.mapview import map_view
from ui.provenance import provenance_html
from ui.ranking import ranking_data
from ui.scene import Manner, make_scene
from ui.seam import seam_html
from ui.sentences import carried_note, subtitle
from ui.view import PUBLISHED, View

DA_NANG, HA_NOI = "48", "01"
POPULATION, RANK = "population-average", "dti-rank"


def scene_of(store, **view):
    return make_scene(store, View(**({"indicator": POPULATION, "basis": EDITION_2024} | view)))[0]


def row(scene, code):
    frame = scene.panel.frame
    return frame[frame["code"] == code].iloc[0]


def test_sums_of_whole_provinces_are_marked_and_conserve_the_total(shipped):
    scene = scene_of(shipped)
    assert row(scene, DA_NANG)["value"] == pytest.approx(1276.0 + 1543.9)
    assert row(scene, DA_NANG)["state"] == "recomputed"
    assert row(scene, HA_NOI)["state"] == "reported"
    assert scene.panel.frame["value"].sum() == pytest.approx(101_343.9)


def test_the_reader_is_told_in_the_title_the_legend_and_the_tooltip(shipped):
    scene = scene_of(shipped)
    assert "không phải số công bố" in subtitle(scene)
    assert "23 nơi là số tính lại" in legend_html(scene)
    note = map_view(scene, "").notes[DA_NANG]
    assert "63 tỉnh" in note
    assert "Quảng Nam" in note


def test_the_note_is_english_on_english_pages(shipped):
    scene = scene_of(shipped, lang="en")
    note = carried_note(row(scene, DA_NANG), "en")
    assert "Quang Nam Province" in note
    assert "63 provinces" in note


def test_a_rank_is_refused_and_says_why(shipped):
    scene = scene_of(shipped, indicator=RANK)
    assert scene.manner is Manner.EMPTY
    assert set(scene.panel.frame["state"]) == {"cannot_be_carried"}
    assert "63" in carried_note(row(scene, DA_NANG), "vi")
    assert "không chuyển sang bản đồ này được" in legend_html(scene)


def test_a_carried_figure_leads_to_each_of_its_parts_with_their_sources(shipped):
    html = provenance_html(shipped, scene_of(shipped), DA_NANG)
    for text in ("2.819,9", "1.276", "1.543,9", "Tỉnh Quảng Nam", "population_2024.csv"):
        assert text in html


def test_the_ranking_names_the_sources_of_carried_figures(shipped):
    data = ranking_data(shipped, scene_of(shipped))
    assert any(source for source in data["sources"])
    assert len(data["rows"]) == 34


def test_the_switch_is_offered_only_where_there_are_figures_to_carry(shipped):
    assert basis_options(shipped, View(indicator=POPULATION)) == [PUBLISHED, EDITION_2024]
    assert basis_options(shipped, View(indicator="index766-total")) == [PUBLISHED]


def test_the_periods_offered_are_those_of_the_older_map(shipped):
    view = View(indicator=POPULATION, basis=EDITION_2024)
    assert len(period_options(shipped, view)) == 4


def test_the_basis_falls_back_where_it_means_nothing(shipped):
    view = View(indicator=POPULATION, basis=EDITION_2024)
    assert view.to(place=HA_NOI).basis in (PUBLISHED, EDITION_2024)
    assert view.to(edition=EDITION_2024).basis == PUBLISHED
    assert view.to(indicator=RANK).basis == PUBLISHED


def test_the_series_shows_where_the_map_changes(shipped):
    scene = scene_of(shipped)
    html = seam_html(shipped, scene, DA_NANG)
    assert html.count("<tr>") >= 4
    assert "tính lại từ 63" in html
    assert seam_html(shipped, scene_of(shipped, edition=EDITION_2024, basis=PUBLISHED), "01") == ""


def test_what_is_known_counts_areas_dates_and_sources(shipped):
    found = {(c.indicator.id, c.edition, c.level): c for c in coverage(shipped)}
    total = found["index766-total", EDITION_2025, Level.PROVINCE]
    assert (total.n, total.of) == (34, 34)
    assert found["index766-total", "", Level.COUNTRY].of == 1
    gap = found["coverage-gap-counted", "", Level.COUNTRY]
    assert len(gap.origins) == 2


def test_every_observation_is_counted_under_its_source(shipped):
    items = taken(shipped)
    assert sum(item.observations for item in items) == len(shipped.observations())
    assert {item.origin.id for item in items} == set(shipped.catalog.origins)
    rows = shipped.observations()
    assert COUNTRY_CODE in set(rows["area"])
    assert MOST_OFFERS > 0
