"""Figures of one map carried to another: added up where that is honest, and always said so."""

import json

import pytest

from base.words import t
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level
from tests.metrics.made_up import row
from tests.ui.hostile import HOSTILE, SCRIPT, assert_harmless
from ui.address import PUBLISHED, View, bases
from ui.parts.provenance import provenance_html
from ui.scene import (
    MARKS,
    basis_name,
    legend_html,
    map_view,
    ranking_data,
    state_text,
)

# Quảng Bình and Quảng Trị became the Quảng Trị of today; Hà Nội stayed as it was.
QUANG_BINH, OLD_QUANG_TRI, QUANG_TRI, HANOI = "44", "45", "44", "01"
CARRIED = {"edition": EDITION_2025, "basis": EDITION_2024}
BOTH = [row("people", QUANG_BINH, 10), row("people", OLD_QUANG_TRI, 5)]


def cells(store, scene, code):
    """Return rank, value and state of an area in the table."""
    found = next(cells for cells in ranking_data(scene)["rows"] if cells[0] == code)
    return found[1], found[3], found[4]


def mark_of(view, code):
    return view.marks[view.codes.index(code)]


def test_counts_of_united_provinces_are_added_up_and_marked(made):
    store, scene = made(*BOTH, row("people", HANOI, 7), indicator="people", **CARRIED)
    assert cells(store, scene, QUANG_TRI) == (1, "15", "recomputed")
    assert cells(store, scene, HANOI) == (2, "7", "")
    view = map_view(scene, "alt")
    assert mark_of(view, QUANG_TRI).isdigit()
    assert view.notes[QUANG_TRI]


@pytest.mark.parametrize(
    ("rows", "indicator", "state"),
    [
        (BOTH[:1], "people", "partial"),
        (
            [row("trusted", QUANG_BINH, 1), row("trusted", OLD_QUANG_TRI, 3)],
            "trusted",
            "cannot_be_carried",
        ),
        (
            [
                row("named", QUANG_BINH, category="done"),
                row("named", OLD_QUANG_TRI, category="begun"),
            ],
            "named",
            "mixed",
        ),
    ],
)
def test_what_cannot_be_added_up_is_not_and_says_why(made, rows, indicator, state):
    store, scene = made(*rows, indicator=indicator, **CARRIED)
    assert cells(store, scene, QUANG_TRI) == (None, "", state)
    view = map_view(scene, "alt")
    mark = mark_of(view, QUANG_TRI)
    assert mark == MARKS[state] != MARKS["no_data"]
    assert view.words[mark] == state_text(state, "vi")
    assert view.notes[QUANG_TRI]
    assert state_text(state, "vi") in legend_html(scene)


def test_the_title_stays_and_the_sentence_below_says_that_figures_are_carried(made):
    _, scene = made(*BOTH, indicator="people", **CARRIED)
    said = t("subtitle.carried", "vi", basis=basis_name(EDITION_2024, Level.PROVINCE, "vi"))
    assert said in scene.words.subtitle
    _, published = made(*BOTH, indicator="people")
    assert said not in published.words.subtitle
    assert scene.words.title == published.words.title


def test_a_carried_figure_leads_to_its_parts_with_their_sources(made):
    rows = [row("people", QUANG_BINH, 10), row("people", OLD_QUANG_TRI, 5, origin="press")]
    _, scene = made(*rows, indicator="people", **CARRIED)
    html = provenance_html(scene, QUANG_TRI)
    assert 'class="figure large">15 người' in html
    for words in ("Tỉnh Quảng Bình", "10 người", "5 người", "Báo cáo ministry", "Báo cáo press"):
        assert words in html


def test_a_missing_part_is_named_as_missing(made):
    _, scene = made(*BOTH[:1], indicator="people", **CARRIED)
    html = provenance_html(scene, QUANG_TRI)
    assert t("state.partial", "vi") in html
    assert t("state.no_data", "vi") in html
    assert "10 người" in html


def test_hostile_texts_of_the_parts_are_escaped(made):
    bad = [row("people", QUANG_BINH, 10, note=HOSTILE, locator=SCRIPT), BOTH[1]]
    _, scene = made(*bad, indicator="people", **CARRIED)
    assert_harmless(provenance_html(scene, QUANG_TRI))
    assert "<" not in map_view(scene, HOSTILE).message()


def test_the_message_says_which_areas_have_no_figure(made):
    _, scene = made(*BOTH, indicator="people", **CARRIED)
    got = json.loads(map_view(scene, "alt").message())
    assert got["marks"].count(MARKS["no_data"]) == 33


def test_only_levels_with_a_crosswalk_can_be_carried():
    assert bases(EDITION_2025, Level.PROVINCE) == (PUBLISHED, EDITION_2024)
    assert bases(EDITION_2025, Level.COMMUNE) == (PUBLISHED,)


def test_the_basis_is_given_up_where_it_means_nothing():
    carried = View(indicator="people", **CARRIED)
    assert carried.to(k=3).basis == EDITION_2024
    assert carried.to(indicator="rate").basis == PUBLISHED
    assert carried.to(place=QUANG_TRI, level=Level.COMMUNE).basis == PUBLISHED
    assert carried.to(edition=EDITION_2024).basis == PUBLISHED
    assert carried.to(edition=EDITION_2024, indicator="people").place == COUNTRY_CODE
