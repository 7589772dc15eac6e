"""Old and new places side by side: the right units on both maps, and their story."""

import pytest

from geo.crosswalk import old_communes
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, HOANG_SA, Level, area, areas
from ui.places import side_view, sides, story_html
from ui.places.where import find_unit

QUANG_BINH, QUANG_TRI, LE_THUY, HA_NOI, QUAN_9 = "44", "45", "457", "01", "763"


def unit(edition, code):
    return find_unit(f"{edition}:{code}")


def test_an_old_province_is_shown_with_those_it_was_united_with():
    old, new = sides(*unit(EDITION_2024, QUANG_BINH))
    assert (old.main, old.beside) == ((QUANG_BINH,), (QUANG_TRI,))
    assert [area(EDITION_2025, code).short_vi for code in new.main] == ["Quảng Trị"]


def test_a_new_province_is_shown_with_all_it_was_made_of():
    old, new = sides(*unit(EDITION_2025, QUANG_BINH))
    assert set(old.main) == {QUANG_BINH, QUANG_TRI}
    assert new.main == (QUANG_BINH,)


def test_a_district_is_shown_with_the_communes_of_today_that_lie_there():
    old, new = sides(*unit(EDITION_2024, LE_THUY))
    assert (old.level, old.main, old.focus) == (Level.DISTRICT, (LE_THUY,), QUANG_BINH)
    assert new.level is Level.COMMUNE
    assert "Xã Lệ Thủy" in [area(EDITION_2025, code).name_vi for code in new.main]


def test_a_district_that_was_gone_before_2025_is_followed_through():
    old, new = sides(*unit(EDITION_2019, QUAN_9))
    assert [area(EDITION_2024, code).short_vi for code in old.main] == ["Thủ Đức"]
    assert new.main


def test_an_old_commune_is_found_and_followed():
    commune = old_communes()[0]
    edition, found = unit(EDITION_2024, commune.code)
    assert found.name_vi == commune.name_vi
    old, new = sides(edition, found)
    assert old.main == (commune.district,)
    assert new.main


def test_every_province_has_two_maps_and_a_story():
    for edition in (EDITION_2024, EDITION_2025):
        for place in areas(edition, Level.PROVINCE):
            for side in sides(edition, place):
                view = side_view(side, "vi")
                assert len(view.marks) == len(view.codes) > 0
            assert place.name_vi.casefold() in story_html(edition, place, "vi").casefold()


def test_hoang_sa_is_followed_from_its_district_to_its_special_zone():
    code = HOANG_SA[EDITION_2024, Level.DISTRICT]
    old, new = sides(*unit(EDITION_2024, code))
    assert old.main == (code,)
    assert new.main == (HOANG_SA[EDITION_2025, Level.COMMUNE],)


def test_the_story_names_the_resolution_and_the_day():
    story = story_html(*unit(EDITION_2024, QUANG_BINH), "vi")
    assert "Tỉnh Quảng Bình và tỉnh Quảng Trị hợp thành tỉnh Quảng Trị" in story
    assert "01/07/2025 (Nghị quyết 202/2025/QH15)" in story


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", "Tỉnh Hòa Bình, tỉnh Phú Thọ và tỉnh Vĩnh Phúc hợp thành tỉnh Phú Thọ"),
        ("en", "Hoa Binh Province, Phu Tho Province and Vinh Phuc Province became Phu Tho"),
    ],
)
def test_three_that_became_one_are_told_as_one_sentence(lang, told):
    assert told in story_html(*unit(EDITION_2024, "17"), lang)


def test_what_did_not_change_is_said_once():
    assert story_html(*unit(EDITION_2024, HA_NOI), "vi").count("giữ nguyên địa giới") == 1


@pytest.mark.parametrize(
    "text", ["", ":", "2024", "2024:", "9999:01", "2024:<b>", "2025:450", "__proto__:x"]
)
def test_what_names_no_unit_is_refused(text):
    assert find_unit(text) is None
