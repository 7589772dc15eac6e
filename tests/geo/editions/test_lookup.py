from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.editions import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    TRUONG_SA,
    Level,
    UnknownArea,
    UnknownLevel,
    area,
    areas,
    child_level,
    edition,
    editions,
    has_area,
    path,
    regions,
)
from geo.editions.lookup import children
from geo.editions.records import UnknownEdition

ALL = [found for one in editions() for found in areas(one.id)]
IDS = [one.id for one in editions()]
LEAF = {
    EDITION_2019: Level.DISTRICT,
    EDITION_2024: Level.DISTRICT,
    EDITION_2025: Level.COMMUNE,
}


def test_editions_come_oldest_first_and_only_the_last_is_in_force():
    assert IDS == [EDITION_2019, EDITION_2024, EDITION_2025]
    assert edition(EDITION_2024).valid_to == date(2025, 6, 30)
    assert edition(EDITION_2025).valid_from == date(2025, 7, 1)
    assert [one.valid_to is None for one in editions()] == [False, False, True]


def test_codes_are_unique_in_official_order_and_as_long_as_their_level_asks():
    digits = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
    for edition_id in IDS:
        codes = [found.code for found in areas(edition_id)]
        assert len(codes) == len(set(codes))
        for level in edition(edition_id).levels:
            found = [one.code for one in areas(edition_id, level)]
            assert found == sorted(found)
            if level in digits:
                assert all(code.isdigit() and len(code) == digits[level] for code in found)


@pytest.mark.parametrize("where", [HOANG_SA, TRUONG_SA])
def test_the_archipelagos_are_in_every_edition(where):
    name = "Hoàng Sa" if where is HOANG_SA else "Trường Sa"
    for edition_id in IDS:
        lower = area(edition_id, where[edition_id, LEAF[edition_id]])
        assert lower.short_vi == name
        assert lower.parent == where[edition_id, Level.PROVINCE]
        west, south = (111, 15.5) if where is HOANG_SA else (112, 7)
        assert west < lower.lon < west + 5
        assert south < lower.lat < south + 4.5
    with pytest.raises(TypeError):
        where[EDITION_2025, Level.DISTRICT] = "000"


@pytest.mark.parametrize(
    ("edition_id", "code", "name_en", "short_vi", "short_en"),
    [
        (EDITION_2024, "44", "Quang Binh Province", "Quảng Bình", "Quang Binh"),
        (EDITION_2024, "01", "Ha Noi City", "Hà Nội", "Ha Noi"),
        (EDITION_2024, "450", "Dong Hoi City", "Đồng Hới", "Dong Hoi"),
        (EDITION_2024, "760", "District 1", "Quận 1", "District 1"),
        (EDITION_2024, "77", "Ba Ria - Vung Tau Province", "Bà Rịa - Vũng Tàu", None),
        (EDITION_2024, "666", "Dak R'Lap District", "Đắk R'Lấp", "Dak R'Lap"),
        (EDITION_2025, "26732", "Con Dao Special Zone", "Côn Đảo", "Con Dao"),
        (EDITION_2025, "24823", "Ward 1 Bao Loc", "Phường 1 Bảo Lộc", "Ward 1 Bao Loc"),
        (EDITION_2025, "06712", "Mong Cai 1 Ward", "Móng Cái 1", "Mong Cai 1"),
        (EDITION_2025, COUNTRY_CODE, "Viet Nam", "Việt Nam", "Viet Nam"),
        (EDITION_2025, "R2", "Red River Delta", "Đồng bằng sông Hồng", "Red River Delta"),
    ],
)
def test_names(edition_id, code, name_en, short_vi, short_en):
    found = area(edition_id, code)
    assert found.name_en == name_en
    assert found.short_vi == short_vi
    assert found.short_en == (short_en or name_en.removesuffix(" Province"))


@given(st.sampled_from(ALL))
def test_path_leads_from_the_country_to_the_area(found):
    steps = path(found)
    assert steps[0].code == COUNTRY_CODE
    assert steps[-1] is found
    assert all(below.parent == above.code for above, below in pairwise(steps))


@given(st.sampled_from(ALL))
def test_children_are_the_areas_whose_parent_or_region_this_is(found):
    level = child_level(found.edition, found.level)
    expected = [
        one
        for one in ALL
        if one.edition == found.edition
        and one.level is level
        and found.code in (one.parent, one.region)
    ]
    assert list(children(found)) == expected
    assert bool(expected) == (level is not None)


def test_child_level_steps_over_the_region():
    assert child_level(EDITION_2024, Level.COUNTRY) is Level.PROVINCE
    assert child_level(EDITION_2024, Level.REGION) is Level.PROVINCE
    assert child_level(EDITION_2024, Level.PROVINCE) is Level.DISTRICT
    assert child_level(EDITION_2024, Level.DISTRICT) is None
    assert child_level(EDITION_2025, Level.PROVINCE) is Level.COMMUNE


def test_areas_within_any_ancestor():
    assert len(areas(EDITION_2024, Level.DISTRICT, "44")) == 8
    assert areas(EDITION_2024, parent="44") == areas(EDITION_2024, Level.DISTRICT, "44")
    assert areas(EDITION_2024, Level.DISTRICT, COUNTRY_CODE) == areas(EDITION_2024, Level.DISTRICT)
    in_region = areas(EDITION_2025, Level.COMMUNE, "R5")
    assert {found.parent for found in in_region} == {"75", "79", "80"}
    assert areas(EDITION_2024, Level.PROVINCE, "44") == ()
    assert areas(EDITION_2024, parent="450") == ()


def test_areas_are_made_once():
    assert areas(EDITION_2025) is areas(EDITION_2025)
    assert areas(EDITION_2025, Level.COMMUNE, "01") is areas(EDITION_2025, Level.COMMUNE, "01")


def test_unknown_edition_names_the_editions():
    for call in (
        lambda: edition("2021"),
        lambda: areas("2021"),
        lambda: area("2021", "01"),
        lambda: has_area("2021", "01"),
        lambda: regions("2021"),
        lambda: child_level("2021", Level.PROVINCE),
    ):
        with pytest.raises(UnknownEdition, match=r"^edition is '2021'.*2019, 2024, 2025$"):
            call()


def test_unknown_area_names_code_and_edition_and_where_the_code_exists():
    with pytest.raises(UnknownArea, match=r"'450'.*'2025'.*2019, 2024"):
        area(EDITION_2025, "450")
    with pytest.raises(UnknownArea, match=r"'1'.*no edition has it.*leading zeros"):
        area(EDITION_2024, "1")
    with pytest.raises(UnknownArea, match="'999'"):
        areas(EDITION_2024, Level.DISTRICT, "999")
    assert has_area(EDITION_2024, "450")
    assert not has_area(EDITION_2025, "450")


def test_unknown_level_names_the_levels():
    for call in (
        lambda: areas(EDITION_2025, Level.DISTRICT),
        lambda: child_level(EDITION_2025, Level.DISTRICT),
        lambda: areas(EDITION_2025, Level.DISTRICT, "01"),
    ):
        with pytest.raises(UnknownLevel, match=r"'district'.*'2025'.*province, commune"):
            call()
