"""What the page says and draws of real ground: the mark, classes, profiles, figures."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from base.words import LANGS, t
from geo.coverage.ground import SIMULATED_VI, CoverageError
from geo.coverage.search import on_edition
from geo.coverage.terrain import section
from geo.coverage.terrain.section import cut
from geo.editions import EDITION_2024, EDITION_2025
from geo.figure import render
from ui.gaps.cutting import body_of, section_html
from ui.gaps.figured import gap_figure
from ui.gaps.margins import OUT, UNKNOWN, kind_words, kinds, margins_here, sites_here, summits_here
from ui.gaps.paths import figure_of, of_settlement, profile_frame, row_of_path
from ui.gaps.settings import Settings
from ui.gaps.simulated import simulated_ground, simulated_weighed
from ui.gaps.terrain import classes_of, seconds_text
from ui.gaps.verdicts import beside_html, ground_html, ordered, summits_html
from ui.gaps.weighed import evidence_figure, evidence_map, rows_of

DAY = date(2026, 11, 30)


@pytest.mark.parametrize("lang", LANGS)
def test_lists_of_made_up_ground_carry_the_mark(lang):
    result = simulated_ground().result
    for place in ("VN", "11"):
        settings = Settings(mode="simulated", over="margins", place=place)
        for made in (beside_html, ground_html):
            assert SIMULATED_VI in made(result, settings, lang)
    assert SIMULATED_VI in summits_html(result, Settings(over="summits"), lang)


@pytest.mark.parametrize("over", ["margins", "summits"])
@pytest.mark.parametrize("edition", [EDITION_2025, EDITION_2024])
def test_the_figure_shows_the_points_of_the_map_and_the_mark(over, edition):
    result = on_edition(simulated_ground().result, edition)
    settings = Settings(mode="simulated", over=over, edition=edition, place="11")
    spec = gap_figure(result, settings, "vi", DAY)
    n = len(summits_here(result, settings))
    if over == "margins":
        found = margins_here(result, settings)
        n = len(found.rows) + len(sites_here(result, found))
    assert len(spec.body.dots) == n
    svg = render(spec, "svg").decode()
    assert "MÔ PHỎNG" in svg
    assert "ground.tif" in svg


def test_classes_tell_margins_from_what_is_out_of_range_or_not_known():
    frame = pd.DataFrame(
        {
            "best_margin_db": [-50, -10, -0.01, 0, 29.9, 30, np.nan, np.nan, 5],
            "terrain": [*["in_sight"] * 6, "out_of_range", "unknown", "shadowed"],
        }
    )
    assert kinds(frame).tolist() == [0, 1, 1, 2, 4, 5, OUT, UNKNOWN, 2]
    for lang in LANGS:
        assert len({kind_words(kind, lang) for kind in range(UNKNOWN + 1)}) == UNKNOWN + 1


def test_what_radius_calls_covered_and_the_ground_shadows_comes_first():
    rows = simulated_ground().result.settlements
    first = ordered(rows).iloc[0]
    assert first["terrain"] == "shadowed"
    assert first["status"] in ("covered", "weak")


def test_a_profile_has_the_clearance_of_its_path():
    held = simulated_ground()
    paths = held.result.terrain.paths
    some = paths[paths["verdict"].isin(("in_sight", "shadowed"))]
    for _, row in some[some["distance_m"] > 3000].iloc[::1500].iterrows():
        found = section(held.opened, row_of_path(row), held.result.terrain.k)
        assert found.clearance == pytest.approx(row["clearance"], abs=0.002)
        assert found.ground[0] == pytest.approx(row["site_ground_m"], abs=0.06)


def test_the_worst_edge_is_where_geometry_has_it():
    at = np.linspace(0, 1, 101)
    bare = np.zeros(101)
    bare[40] = 100.0
    found = cut(at, bare, np.zeros(101), km=10, ghz=1.0, heights=(30, 10), k=1e9)
    assert found.worst == 40
    assert found.over_m == pytest.approx(100 - (30 * 0.6 + 10 * 0.4))
    zone = np.sqrt(0.299792458 * 10_000 * 0.4 * 0.6)
    assert found.zone[40] == pytest.approx(zone)
    assert found.clearance == pytest.approx(-found.over_m / zone)
    # Half way along 10 km a true earth rises by 1.96 m, one of 4/3 by 1.47 m.
    round_ = cut(at, np.zeros(101), np.zeros(101), km=10, ghz=1.0, heights=(30, 10), k=4 / 3)
    assert round_.ground[50] == pytest.approx(25e6 / (2 * 4 / 3 * 6371e3), abs=0.001)


@pytest.mark.parametrize("lang", LANGS)
def test_a_profile_with_holes_or_clutter_is_drawn_and_said(lang):
    at = np.linspace(0, 1, 33)
    holes = np.where(at == 0.5, np.nan, 10.0)
    for bare, standing in ((holes, 0 * at), (0 * at + 10, 0 * at + 15), (0 * at, 0 * at)):
        found = cut(at, bare, standing, km=2, ghz=0.9, heights=(30, 1.5), k=4 / 3)
        body = body_of(found, ("<b>A</b>", "B & C"), lang)
        html = str(section_html(body, "alt <x>", lang))
        assert "<b>A" not in html
        assert "nan" not in html
        assert bool(body.top) == (standing.max() > 0)
        assert (body.worst is None) == np.isnan(bare).any()


def test_a_path_is_taken_away_as_a_figure_with_its_mark_and_its_files():
    held = simulated_ground()
    result = held.result
    id_ = ordered(result.settlements)["id"].iloc[0]
    row = of_settlement(result, id_).iloc[0].to_dict()
    found = section(held.opened, row_of_path(row), result.terrain.k)
    body = body_of(found, ("Trạm A", "Nà B"), "vi")
    svg = render(figure_of(result, row, found, body, "vi"), "svg").decode()
    assert "MÔ PHỎNG" in svg
    assert "P.1812" in svg
    assert re.search(r'id="ground"', svg)
    table = profile_frame(found, result)
    assert table["simulated"].str.contains(SIMULATED_VI).all()
    assert table["km"].iloc[-1] == pytest.approx(row["distance_m"] / 1000, abs=0.001)


@pytest.mark.parametrize("text", ["10", "10=a", "=5", "10=300", "10=5 20=8 x"])
def test_a_table_of_clutter_that_makes_no_sense_is_refused(text):
    with pytest.raises(CoverageError, match="10=15"):
        classes_of(text)
    assert classes_of(" ") is None


def test_a_time_is_told_no_more_exactly_than_it_is_known():
    assert seconds_text(3.2, "vi") == t("gaps.seconds.few", "vi")
    assert "40" in seconds_text(31, "en")
    assert "3" in seconds_text(151, "en")


@pytest.mark.parametrize("place", ["VN", "11"])
def test_the_map_of_claims_is_taken_away_with_its_thresholds_and_its_mark(place):
    weighed = simulated_weighed()
    rows = rows_of(weighed, place, "")
    view, _, counts = evidence_map(weighed, rows, place, "vi")
    spec = evidence_figure(weighed, view, Settings(place=place), counts, "vi")
    assert len(spec.body.dots) == len(view.dots) // 3 > 0
    svg = render(spec, "svg").decode()
    assert "MÔ PHỎNG" in svg
    assert "−110" in svg
