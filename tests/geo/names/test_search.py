"""Searching places by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.editions import EDITION_2024, EDITION_2025, Level, area, areas, editions
from geo.editions.records import UnknownEdition
from geo.names import normalise, search_keys
from geo.names.search import search

ALL = [unit for edition in editions() for unit in areas(edition.id)]


def codes(query: str, edition: str = EDITION_2024, limit: int = 20) -> list[str]:
    return [hit.area.code for hit in search(query, edition, limit)]


@pytest.mark.parametrize(
    ("query", "edition", "first"),
    [
        ("Hà Nội", EDITION_2024, "01"),
        ("ha noi", EDITION_2025, "01"),
        ("hanoi", EDITION_2024, "01"),
        ("tphcm", EDITION_2025, "79"),
        ("tp hcm", EDITION_2024, "79"),
        ("sai gon", EDITION_2025, "79"),
        ("brvt", EDITION_2025, "79"),
        ("dac lac", EDITION_2024, "66"),
        ("hue", EDITION_2025, "46"),
        ("viet nam", EDITION_2024, "VN"),
        ("ca nuoc", EDITION_2024, "VN"),
        ("tay nguyen", EDITION_2024, "R4"),
        ("quan 1", EDITION_2024, "760"),
        ("q1", EDITION_2024, "760"),
        ("769", EDITION_2024, "769"),
        ("79", EDITION_2024, "79"),
        ("00004", EDITION_2025, "00004"),
        ("dong hoi", EDITION_2024, "450"),
        ("thanh hoa", EDITION_2024, "38"),
        ("thạnh hóa", EDITION_2024, "800"),
        ("huyện cao lãnh", EDITION_2024, "873"),
        ("tp cao lanh", EDITION_2024, "866"),
        ("Phường Bến Thành", EDITION_2025, "26743"),
    ],
)
def test_the_place_meant_comes_first(query, edition, first):
    assert codes(query, edition)[0] == first


def test_provinces_come_before_districts_and_whole_names_before_parts():
    levels = [hit.area.level for hit in search("thai", EDITION_2024) if hit.kind == "name"]
    assert levels[:2] == [Level.PROVINCE] * 2
    assert Level.PROVINCE not in levels[2:]
    assert codes("ba dinh", EDITION_2025)[0] == "00004"


def test_a_province_of_the_past_leads_to_its_successor():
    (hit,) = [h for h in search("quang nam", EDITION_2025) if h.area.code == "48"]
    assert (hit.kind, hit.matched) == ("past", "Tỉnh Quảng Nam")
    assert "Đà Nẵng (48)" in hit.note


def test_a_district_of_the_past_leads_to_the_province_it_is_in():
    for lang, told in (("vi", "Tỉnh Quảng Trị (44)"), ("en", "Quang Tri Province (44)")):
        hits = search("minh hoa", EDITION_2025, lang=lang)
        (hit,) = [hit for hit in hits if hit.area.code == "44"]
        assert (hit.kind, hit.matched) == ("past", "Huyện Minh Hóa")
        assert told in hit.note


def test_a_former_district_is_found():
    hit = search("tinh gia", EDITION_2024)[0]
    assert (hit.area.code, hit.matched) == ("407", "Huyện Tĩnh Gia")


def test_diacritics_decide_between_likes():
    assert codes("thạnh trị")[0] == "949"
    assert codes("thanh trì")[0] == "020"
    assert set(codes("thanh tri")[:2]) == {"020", "949"}


@pytest.mark.parametrize("query", ["", "  ", "zzzz", "!", "\u0301", "(", "0x"])
def test_nothing_is_found_for_nothing(query):
    assert search(query, EDITION_2024) == []


def test_limit():
    assert len(codes("an", limit=5)) == 5
    assert codes("an", limit=0) == []


def test_no_place_twice():
    found = codes("h", EDITION_2025, limit=4000)
    assert len(found) == len(set(found)) > 100


def test_unknown_edition():
    with pytest.raises(UnknownEdition):
        search("Hà Nội", "1999")


@given(st.text(max_size=20))
def test_any_query_has_an_answer(query):
    assert len(search(query, EDITION_2025, 5)) <= 5


@given(st.sampled_from(ALL))
def test_every_place_is_found_by_its_name(unit):
    assert unit.code in codes(unit.name_vi, unit.edition, limit=60)


@given(st.sampled_from(ALL))
def test_the_browser_finds_every_place_by_its_normalised_names(unit):
    keys = search_keys(unit)
    for query in (unit.name_vi, unit.short_vi, unit.name_en, unit.code):
        assert normalise(query) in keys
        assert normalise(query).replace(" ", "") in keys


@pytest.mark.parametrize(
    ("code", "query"), [("79", "sai gon"), ("79", "tphcm"), ("77", "brvt"), ("769", "quan 9")]
)
def test_the_browser_finds_places_by_other_names(code, query):
    assert query.removeprefix("tp") in search_keys(area(EDITION_2024, code))


def test_the_browser_finds_successors_by_names_of_the_past():
    assert "quang nam" in search_keys(area(EDITION_2025, "48"))
