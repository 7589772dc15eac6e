import unicodedata
from collections import Counter
from datetime import date

import pytest

from geo.editions import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    Level,
    area,
    areas,
    edition,
    editions,
    regions,
)
from geo.editions.lookup import children

ALL = [found for one in editions() for found in areas(one.id)]
IDS = [one.id for one in editions()]
LEAF = {
    EDITION_2019: Level.DISTRICT,
    EDITION_2024: Level.DISTRICT,
    EDITION_2025: Level.COMMUNE,
}


def total(edition_id, level, field):
    return sum(getattr(found, field) for found in areas(edition_id, level))


@pytest.mark.parametrize(
    ("edition_id", "provinces", "lower"),
    [(EDITION_2019, 63, 713), (EDITION_2024, 63, 696), (EDITION_2025, 34, 3321)],
)
def test_every_edition_has_all_its_areas(edition_id, provinces, lower):
    counted = Counter(found.level for found in areas(edition_id))
    assert counted == {
        Level.COUNTRY: 1,
        Level.REGION: 6,
        Level.PROVINCE: provinces,
        LEAF[edition_id]: lower,
    }
    assert tuple(counted) == edition(edition_id).levels


@pytest.mark.parametrize("edition_id", IDS)
def test_every_parent_is_one_level_up_and_every_region_is_a_region(edition_id):
    above = {Level.REGION: Level.COUNTRY, Level.PROVINCE: Level.COUNTRY}
    for found in areas(edition_id):
        if found.level is Level.COUNTRY:
            assert found.parent is None
            continue
        expected = above.get(found.level, Level.PROVINCE)
        assert area(edition_id, found.parent).level is expected
        if expected is Level.PROVINCE:
            assert found.region == area(edition_id, found.parent).region
        if found.level in (Level.COUNTRY, Level.REGION):
            assert found.region is None
        else:
            assert area(edition_id, found.region).level is Level.REGION


@pytest.mark.parametrize("edition_id", IDS)
def test_regions_share_the_provinces_out(edition_id):
    shared = [found for region in regions(edition_id) for found in children(region)]
    assert sorted(found.code for found in shared) == [
        found.code for found in areas(edition_id, Level.PROVINCE)
    ]


def test_regions_of_the_34_are_other_regions():
    sizes = {one: [len(children(region)) for region in regions(one)] for one in IDS}
    assert sizes[EDITION_2019] == sizes[EDITION_2024] == [14, 11, 14, 5, 6, 13]
    assert sizes[EDITION_2025] == [9, 6, 5, 6, 3, 5]
    assert area(EDITION_2024, "R3").name_vi == "Bắc Trung Bộ và Duyên hải miền Trung"
    assert area(EDITION_2025, "R3").name_vi == "Bắc Trung Bộ"


def test_population_adds_up_to_what_was_published():
    assert total(EDITION_2019, Level.PROVINCE, "population") == 96_208_984
    counted = [found.population for found in areas(EDITION_2019, Level.DISTRICT)]
    assert sum(filter(None, counted)) == 96_208_984
    assert area(EDITION_2019, COUNTRY_CODE).population == 96_208_984
    assert total(EDITION_2024, Level.PROVINCE, "population") == 101_343_900
    assert total(EDITION_2025, Level.PROVINCE, "population") == 101_343_900
    assert area(EDITION_2024, COUNTRY_CODE).population == 101_343_800


@pytest.mark.parametrize("edition_id", [EDITION_2024, EDITION_2025])
def test_land_area_adds_up_to_what_was_published(edition_id):
    for level in (Level.PROVINCE, Level.REGION):
        assert total(edition_id, level, "area_km2") == pytest.approx(331_326.1, abs=1e-6)
    assert area(edition_id, COUNTRY_CODE).area_km2 == 331_338.3


def test_only_hoang_sa_was_not_counted_in_2019():
    empty = [f.code for f in areas(EDITION_2019, Level.DISTRICT) if f.population is None]
    assert empty == [HOANG_SA[EDITION_2019, Level.DISTRICT]]


@pytest.mark.parametrize(
    ("new", "olds"),
    [
        ("79", ["74", "77", "79"]),
        ("44", ["44", "45"]),
        ("15", ["10", "15"]),
        ("91", ["89", "91"]),
        ("68", ["60", "67", "68"]),
        ("01", ["01"]),
    ],
)
def test_a_united_province_is_the_sum_of_the_old_ones(new, olds):
    united = area(EDITION_2025, new)
    parts = [area(EDITION_2024, old) for old in olds]
    assert united.population == sum(part.population for part in parts)
    assert united.area_km2 == pytest.approx(sum(part.area_km2 for part in parts))
    assert (united.valid_from is None) == (len(olds) == 1)
    assert {part.valid_to for part in parts} == {None if len(olds) == 1 else date(2025, 6, 30)}


def test_eleven_provinces_stay_and_fifty_two_become_twenty_three():
    ended = [f for f in areas(EDITION_2024, Level.PROVINCE) if f.valid_to == date(2025, 6, 30)]
    begun = [f for f in areas(EDITION_2025, Level.PROVINCE) if f.valid_from == date(2025, 7, 1)]
    assert (len(ended), len(begun)) == (52, 23)


def test_communes_have_areas_only_where_they_add_up_to_their_province():
    for province in areas(EDITION_2025, Level.PROVINCE):
        km2 = [found.area_km2 for found in children(province)]
        if any(value is not None for value in km2):
            assert sum(km2) == pytest.approx(province.area_km2, rel=0.002)
    assert area(EDITION_2025, "00004").area_km2 == 2.97


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("15", "Tỉnh Yên Bái", "Tỉnh Lào Cai"),
        ("44", "Tỉnh Quảng Bình", "Tỉnh Quảng Trị"),
        ("91", "Tỉnh Kiên Giang", "Tỉnh An Giang"),
    ],
)
def test_a_province_code_can_be_another_place_in_2025(code, before, after):
    assert area(EDITION_2024, code).name_vi == before
    assert area(EDITION_2025, code).name_vi == after


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("769", "Quận 2", "Thành phố Thủ Đức"),
        ("049", "Huyện Quảng Uyên", "Huyện Quảng Hòa"),
        ("682", "Huyện Đạ Tẻh", "Huyện Đạ Huoai"),
        ("753", "Huyện Đất Đỏ", "Huyện Long Đất"),
        ("46", "Tỉnh Thừa Thiên Huế", "Thành phố Huế"),
    ],
)
def test_a_code_can_be_another_place_in_2024(code, before, after):
    assert area(EDITION_2019, code).name_vi == before
    assert area(EDITION_2024, code).name_vi == after


def test_every_name_is_composed_and_every_english_name_is_ascii():
    for found in ALL:
        assert unicodedata.is_normalized("NFC", found.name_vi), found
        assert found.name_vi == " ".join(found.name_vi.split())
        assert found.name_en.isascii(), found
        assert found.short_vi
        assert found.short_en


def test_both_ways_to_place_the_mark_are_kept_as_written():
    assert area(EDITION_2019, "051").name_vi == "Huyện Hoà An"
    assert area(EDITION_2024, "051").name_vi == "Huyện Hòa An"


def test_types_of_cities_are_told_apart():
    central = [f.code for f in areas(EDITION_2019, Level.PROVINCE) if f.type == "city_central"]
    assert central == ["01", "31", "48", "79", "92"]
    central = [f.code for f in areas(EDITION_2024, Level.PROVINCE) if f.type == "city_central"]
    assert central == ["01", "31", "46", "48", "79", "92"]
    inner = [f.code for f in areas(EDITION_2024, Level.DISTRICT) if f.type == "city_in_central"]
    assert inner == ["311", "769"]
    zones = [f.code for f in areas(EDITION_2025, Level.COMMUNE) if f.type == "special_zone"]
    assert len(zones) == 13


def test_points_lie_in_the_country():
    for found in ALL:
        assert (found.lon is None) == (found.lat is None)
        if found.lon is not None:
            assert 102 < found.lon < 118
            assert 6 < found.lat < 23.5


def test_days_are_in_order():
    for found in ALL:
        if found.valid_from and found.valid_to:
            assert found.valid_from <= found.valid_to
    assert area(EDITION_2019, "769").valid_to == date(2020, 12, 31)
    assert area(EDITION_2024, "769").valid_from == date(2021, 1, 1)
    assert area(EDITION_2024, "001").valid_to == date(2025, 6, 30)
    # Only the year is known.
    assert area(EDITION_2019, "044").valid_to is None
