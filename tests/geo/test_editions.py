import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import _editions_read
from geo.editions import (
    AREA_COLUMNS,
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    EDITION_COLUMNS,
    HOANG_SA,
    TRUONG_SA,
    Level,
    UnknownArea,
    UnknownEdition,
    UnknownLevel,
    area,
    areas,
    child_level,
    children,
    edition,
    editions,
    has_area,
    path,
    regions,
)

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


def test_editions_come_oldest_first_and_only_the_last_is_in_force():
    assert IDS == [EDITION_2019, EDITION_2024, EDITION_2025]
    assert edition(EDITION_2024).valid_to == date(2025, 6, 30)
    assert edition(EDITION_2025).valid_from == date(2025, 7, 1)
    assert [one.valid_to is None for one in editions()] == [False, False, True]


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


ROW = "2024,VN,country,Việt Nam,Viet Nam,country,,,,,,,,"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["code,level"], r"areas_2024\.csv: columns are \('code', 'level'\)"),
        ([",".join(AREA_COLUMNS), "2024,VN"], r"line 2: 2 cells instead of 14"),
        ([",".join(AREA_COLUMNS), ROW.replace("country", "nation", 1)], r"line 2 \(VN\): 'nation'"),
        ([",".join(AREA_COLUMNS), ROW.replace("2024", "2019")], r"line 2: edition '2019'"),
        ([",".join(AREA_COLUMNS), ROW, ROW], r"line 3: edition '2024', code 'VN'"),
        (
            [",".join(AREA_COLUMNS), "2024,01,province,A,A,province,VN,,,,,,,"],
            r"'01' of edition '2024' has parent 'VN', which is not",
        ),
        ([",".join(AREA_COLUMNS), ROW[:-1] + "2024-13-01,"], r"line 2 \(VN\): .*month"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(tmp_path, lines, message):
    (tmp_path / "areas_2024.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        _editions_read.read_areas(EDITION_2024, tmp_path)


def test_a_broken_list_of_editions_is_refused_with_its_line(tmp_path):
    text = ",".join(EDITION_COLUMNS) + "\n2024,A,A,2024-01-01,,country|ward\n"
    (tmp_path / "editions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"editions\.csv, line 2 \(2024\): 'ward'"):
        _editions_read.read_editions(tmp_path)


def test_loading_everything_is_fast():
    code = (
        "import time; start = time.perf_counter()\n"
        "from geo.editions import areas, editions\n"
        "for one in editions(): areas(one.id)\n"
        "print(time.perf_counter() - start)"
    )
    command = [sys.executable, "-c", code]
    seconds = min(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    assert seconds < 0.15
