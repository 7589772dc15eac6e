"""Searching places by what people type."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.editions import EDITION_2024, EDITION_2025, TYPE_WORDS, Level, area, areas, editions
from geo.names import normalise
from geo.search import search, units
from tests.geo.search.table import rows

ALL = units()
SHORT = {
    "city_central": ("tp", "tp.", "thanh pho ", "TP "),
    "city": ("tp ", "tp.", "thanh pho "),
    "city_in_central": ("tp ", "tp."),
    "province": ("tinh ", "tỉnh ", "T. "),
    "urban_district": ("q.", "q ", "quan "),
    "district": ("h.", "h ", "huyen "),
    "town": ("tx ", "tx.", "thi xa "),
    "ward": ("p.", "p ", "phuong "),
    "commune": ("x.", "x ", "xa "),
    "township": ("tt ", "tt.", "thi tran "),
    "special_zone": ("dac khu ",),
}


@pytest.mark.parametrize(("query", "name", "edition", "told"), rows())
def test_the_place_meant_comes_first(query, name, edition, told):
    first = search(query)[0]
    assert (first.name, first.edition) == (name, edition)
    assert told in first.note


def _keys(query, name):
    """Return the places of a name that lead, before any that is called otherwise."""
    found = []
    for hit in search(query, limit=400):
        if normalise(hit.name) != normalise(name) and not hit.whole:
            break
        found.append(hit.key)
    return found


def _core(unit):
    words = TYPE_WORDS.get(unit.type)
    word = "Thị trấn" if unit.type == "township" else words.vi if words else ""
    return unit.name_vi.removeprefix(word + " ") if word else unit.name_vi


NAMED = [unit for unit in ALL if not unit.until and unit.level is not Level.REGION]


def _same(unit):
    return {one.key for one in ALL if one.same and one.same == unit.same} | {unit.key}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMED), st.sampled_from([str, str.upper, normalise]))
def test_every_place_is_found_by_its_official_name_before_fragments(unit, written):
    assert _same(unit) & set(_keys(written(unit.name_vi), unit.name_vi))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([u for u in NAMED if u.type in SHORT]), st.data())
def test_every_place_is_found_by_each_usual_prefix(unit, data):
    prefix = data.draw(st.sampled_from(SHORT[unit.type]))
    core = normalise(_core(unit))
    assert _same(unit) & set(_keys(prefix + core, unit.name_vi))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([u for u in NAMED if u.within]))
def test_a_place_with_its_province_behind_it_comes_first(unit):
    edition, _, code = unit.within.partition(":")
    above = area(edition, code)
    while above.level is not Level.PROVINCE:
        above = area(edition, above.parent)
    found = search(f"{unit.name_vi}, {above.name_vi}", limit=60)
    assert unit.key in [hit.key for hit in found]
    assert normalise(found[0].name) == normalise(unit.name_vi)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([u for u in NAMED if u.level is not Level.COUNTRY]))
def test_every_place_is_found_by_its_code(unit):
    assert _same(unit) & {hit.key for hit in search(unit.code, limit=60) if hit.whole}


def test_the_names_of_all_provinces_and_districts_lead():
    for edition in (EDITION_2025, EDITION_2024):
        for level in (Level.PROVINCE, Level.DISTRICT):
            if level not in next(e.levels for e in editions() if e.id == edition):
                continue
            for one in areas(edition, level):
                first = search(one.name_vi, edition=edition)[0]
                assert normalise(first.name) == normalise(one.name_vi)


@pytest.mark.parametrize("query", ["", "  ", "zzzz", "!", "\u0301", "(", "0x", "tp qqq", "quận 99"])
def test_nothing_is_found_for_nothing(query):
    assert search(query) == []


@pytest.mark.parametrize("query", ["huq", "tonh 12", "quan 1b", "hz nxi", "hcmcc, xx"])
def test_short_names_numbers_and_two_wrong_letters_are_not_guessed(query):
    assert search(query) == []


def test_what_the_standard_and_the_country_mean_by_a_code_are_both_offered():
    assert [hit.name for hit in search("VN-44")][:3] == [
        "Tỉnh An Giang",
        "Tỉnh Quảng Trị",
        "Tỉnh Quảng Bình",
    ]


def test_a_part_of_the_country_leads_to_all_its_regions():
    found = [hit.key for hit in search("miền nam", only=True)]
    assert found == ["2025:R5", "2025:R6"]


@pytest.mark.parametrize("query", ["Hà Nội 2", "phố cổ hội an", "hà nội quận 1"])
def test_what_an_unknown_place_lies_in_is_no_whole_name(query):
    assert [hit.whole for hit in search(query, 2)] in ([False], [False, False])


def test_a_mistyped_name_is_no_whole_name_and_leaves_what_begins_so():
    found = search("hung yenn")
    assert not any(hit.whole for hit in found)
    assert found[-1].name == "Xã Hưng Yên Nam"


def test_a_number_is_not_a_part_of_a_longer_one():
    assert all("12" not in hit.name for hit in search("quan 1"))


def test_two_alike_are_told_apart_by_their_province():
    found = [hit for hit in search("chau thanh", limit=60) if hit.name == "Huyện Châu Thành"]
    assert len({hit.note.split(" · ")[0] for hit in found}) == len(found) > 8


def test_of_two_alike_the_one_on_the_map_looked_at_comes_first():
    assert search("hai phong", edition=EDITION_2024)[0].edition == EDITION_2024
    assert search("ha noi", edition=EDITION_2024)[0].edition == EDITION_2024
    assert search("hai phong")[0].edition == EDITION_2025


def test_on_one_map_former_units_lead_to_what_they_became():
    first = search("quang binh", only=True)[0]
    assert (first.key, first.name) == ("2025:44", "Tỉnh Quảng Trị")
    assert "Tỉnh Quảng Bình" in first.note
    assert {hit.edition for hit in search("thu duc", only=True)} == {EDITION_2025}
    assert search("quan 2", edition=EDITION_2024, only=True)[0].key == "2024:769"


def test_limit_and_no_place_twice():
    assert len(search("an", 5)) == 5
    assert search("an", 0) == []
    found = [hit.key for hit in search("h", 4000)]
    assert len(found) > 100


def test_in_english():
    first = search("quang binh", lang="en")[0]
    assert (first.name, "Quang Tri" in first.note) == ("Quang Binh Province", True)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_query_has_an_answer(query):
    assert len(search(query, 5)) <= 5


def test_a_query_takes_no_more_than_ten_milliseconds():
    queries = [row[0] for row in rows()]
    for query in queries:
        search(query)
    start = time.process_time()
    for query in queries:
        search(query)
    assert (time.process_time() - start) / len(queries) < 0.010
