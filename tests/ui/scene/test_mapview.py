"""What the map is told: every state with its own mark, every figure as written."""

import json
from dataclasses import replace
from datetime import date

import pytest

from geo.classify import classify
from geo.editions import EDITION_2024, HOANG_SA, TRUONG_SA, Level, areas
from metrics.panel import panel
from tests.metrics.made_up import INDICATORS, indicator, row, text
from tests.ui.hostile import HOSTILE, SCRIPT
from ui.scene import MARKS, map_view
from ui.scene.mapview import marks_of

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
QUANG_BINH, DONG_HOI = "44", "450"
FIVE = [row("rate", code, i) for i, code in enumerate(PROVINCES[:5])]


def mark_of(view, code):
    return view.marks[view.codes.index(code)]


def test_every_area_has_its_code_mark_figure_and_date(made):
    _, scene = made(*FIVE, row("rate", PROVINCES[5], 28.17, period_end="2023-12-31"))
    view = map_view(scene, "alt")
    assert list(view.codes) == PROVINCES
    assert len(view.marks) == len(view.text) == len(view.when) == len(PROVINCES)
    at = view.codes.index(PROVINCES[5])
    assert (view.text[at], view.dates[view.when[at]]) == ("28,17", "31/12/2023")
    assert view.dates[view.when[-1]] == ""
    assert view.unit == "%"


def test_zero_is_told_apart_from_no_data(made):
    view = map_view(made(*FIVE)[1], "alt")
    assert (mark_of(view, PROVINCES[0]), view.text[0]) == ("0", "0")
    assert (mark_of(view, PROVINCES[9]), view.text[9]) == ("n", "")


@pytest.mark.parametrize("state", ["not_applicable", "suppressed", "split"])
def test_a_stated_absence_has_its_own_mark_and_word(made, state):
    view = map_view(made(*FIVE, row("rate", PROVINCES[5], state=state, note="…"))[1], "alt")
    mark = mark_of(view, PROVINCES[5])
    assert mark == MARKS[state]
    assert mark != mark_of(view, PROVINCES[6])
    assert view.words[mark]
    assert view.words[mark] != view.words["n"]


def test_suppressed_and_not_applicable_share_a_mark_but_not_a_word(made):
    words = {
        state: map_view(made(*FIVE, row("rate", PROVINCES[5], state=state))[1], "").words["x"]
        for state in ("suppressed", "not_applicable")
    }
    assert len(set(words.values())) == 2


def test_a_conflict_has_no_figure_but_a_mark_and_a_note(made):
    two = [row("rate", PROVINCES[5], 1), row("rate", PROVINCES[5], 2, origin="press")]
    view = map_view(made(*FIVE, *two)[1], "alt")
    assert mark_of(view, PROVINCES[5]) == MARKS["conflicting"]
    assert view.text[5] == ""
    assert "2" in view.notes[PROVINCES[5]]


def test_a_trusted_source_is_taken_and_the_other_noted(made):
    two = [row("trusted", code, i) for i, code in enumerate(PROVINCES[:5])]
    other = row("trusted", PROVINCES[0], 77, origin="press")
    view = map_view(made(*two, other, indicator="trusted")[1], "alt")
    assert view.text[0] == "0"
    assert "1" in view.notes[PROVINCES[0]]


def test_a_recomputed_figure_says_so(made):
    view = map_view(made(*FIVE, row("rate", PROVINCES[5], 7, state="recomputed"))[1], "alt")
    assert mark_of(view, PROVINCES[5]).isdigit()
    assert view.notes[PROVINCES[5]] == "tính lại"


def test_not_being_named_is_not_a_status(made):
    named = map_view(made(row("named", QUANG_BINH, category="done"), indicator="named")[1], "")
    listed = map_view(made(row("listed", QUANG_BINH, category="done"), indicator="listed")[1], "")
    assert (mark_of(named, QUANG_BINH), named.text[PROVINCES.index(QUANG_BINH)]) == ("0", "xong")
    assert mark_of(named, PROVINCES[0]) == MARKS["not_named"]
    assert mark_of(listed, PROVINCES[0]) == MARKS["no_data"]


def test_a_unit_that_did_not_exist_then_is_not_missing(made):
    store, scene = made(*FIVE)
    # Hà Giang was dissolved on 30 June 2025, Hà Nội was not.
    later = panel(store, "days", EDITION_2024, Level.PROVINCE, at=date(2025, 12, 31))
    nothing = classify([float("nan")] * len(PROVINCES))
    marks = marks_of(replace(scene, panel=later, classes=nothing))
    assert marks[PROVINCES.index("02")] == MARKS["not_existing"]
    assert marks[PROVINCES.index("01")] == MARKS["no_data"]


def test_all_marks_differ_but_where_they_mean_not_to():
    distinct = {state: mark for state, mark in MARKS.items() if state != "suppressed"}
    assert len(set(distinct.values())) == len(distinct)
    assert all(len(mark) == 1 and not mark.isdigit() for mark in MARKS.values())


def test_counts_become_circles_by_area(made):
    people = [
        row("people", code, value) for code, value in zip(PROVINCES, (0, 50, 100), strict=False)
    ]
    people += [row("people", code, 10) for code in PROVINCES[3:5]]
    view = map_view(made(*people, indicator="people")[1], "alt")
    assert view.circles
    assert list(view.sizes[:6]) == [0, 500, 1000, 100, 100, -1]


def test_a_country_of_zeros_has_circles_of_no_size(made):
    people = [row("people", code, 0) for code in PROVINCES[:5]]
    view = map_view(made(*people, indicator="people")[1], "alt")
    assert set(view.sizes) == {0, -1}


def test_rates_have_no_circles_and_few_figures_have_markers(made):
    rates = map_view(made(*FIVE)[1], "alt")
    few = map_view(made(*FIVE[:2])[1], "alt")
    assert (rates.circles, rates.card, list(rates.sizes)) == (False, False, [])
    assert (few.circles, few.card, few.marks[:3]) == (False, True, "00n")


def test_a_province_is_in_focus_in_detail_with_its_neighbours_around(made):
    country = map_view(made(*FIVE)[1], "alt")
    province = map_view(made(*FIVE, place=QUANG_BINH, level=Level.DISTRICT)[1], "alt")
    district = map_view(made(*FIVE, place=DONG_HOI, level=Level.DISTRICT)[1], "alt")
    assert (country.focus, province.focus, district.focus) == (None, QUANG_BINH, QUANG_BINH)
    assert (province.selected, district.selected) == (None, DONG_HOI)
    assert province.layer == district.layer != country.layer
    assert province.bounds == district.bounds
    w, s, e, n = country.bounds
    assert w < province.bounds[0] < province.bounds[2] < e
    assert s < province.bounds[1] < province.bounds[3] < n


def test_provinces_lend_their_names_where_areas_are_too_small(made):
    assert map_view(made(*FIVE)[1], "alt").names is None
    assert "province" in map_view(made(*FIVE, level=Level.DISTRICT)[1], "alt").names


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("place", ["VN", QUANG_BINH])
def test_the_archipelagos_are_in_every_view(made, lang, place):
    level = Level.PROVINCE if place == "VN" else Level.DISTRICT
    view = map_view(made(*FIVE, place=place, level=level, lang=lang)[1], "alt")
    assert [symbol.name for symbol in view.symbols] == ["Hoàng Sa", "Trường Sa"] or lang == "en"
    codes = [symbol.code for symbol in view.symbols]
    assert codes == [HOANG_SA[EDITION_2024, level], TRUONG_SA[EDITION_2024, level]]
    assert all(symbol.points and symbol.place.startswith("(") for symbol in view.symbols)


def test_the_archipelagos_are_within_the_view_of_the_country(made):
    view = map_view(made(*FIVE)[1], "alt")
    w, s, e, n = view.bounds
    for symbol in view.symbols:
        assert all(w <= lon <= e and s <= lat <= n for lon, lat in symbol.points)


def test_hostile_texts_reach_the_browser_as_text(made):
    bad = indicator(
        "rate",
        unit=text(HOSTILE),
        short=text(HOSTILE),
        title=text(SCRIPT),
        kind="status",
        categories=[{"id": "done", "title": text(SCRIPT)}],
        list="exhaustive",
    )
    found = row("rate", QUANG_BINH, category="done", note=HOSTILE, period_text=SCRIPT)
    message = map_view(made(found, indicators=[bad, *INDICATORS[1:]])[1], SCRIPT).message()
    assert "<" not in message
    assert "{{" not in message
    assert SCRIPT in json.loads(message)["text"]


def test_the_message_of_the_country_is_small(made):
    view = map_view(made(*[row("rate", code, 28.17) for code in PROVINCES])[1], "alt")
    assert len(view.message().encode()) < 8_000
