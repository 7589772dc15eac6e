"""The lists of the place search: complete, findable by other names, as the script makes them."""

import json
from pathlib import Path

import pytest

from data.build import places
from geo.crosswalk import old_communes
from geo.editions import EDITION_2024, EDITION_2025, Level, areas

STATIC = Path(__file__).resolve().parents[2] / "static" / "places"


def test_the_files_are_what_the_script_makes(tmp_path):
    places.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in STATIC.iterdir()}


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_area_that_can_be_opened_is_listed_once(edition, lang):
    listed = [entry["v"] for entry in places.places(edition, lang)]
    levels = (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
    known = [place.code for level in levels for place in _at(edition, level)]
    assert len(set(listed)) == len(listed)
    assert set(known) == set(listed)


def _at(edition, level):
    try:
        return areas(edition, level)
    except LookupError:
        return ()


def test_a_province_is_found_by_what_the_press_calls_it_and_by_old_names():
    by_code = {entry["v"]: entry for entry in places.places(EDITION_2025, "vi")}
    assert "sai gon" in by_code["79"]["k"]
    assert by_code["44"]["s"] == "gồm Quảng Bình, Quảng Trị cũ"
    old = {entry["v"]: entry for entry in places.places(EDITION_2024, "vi")}
    assert old["44"]["s"] == "nay là Quảng Trị"


def test_an_old_commune_or_district_finds_what_it_became_and_the_reverse():
    by_code = {entry["v"]: entry for entry in places.places(EDITION_2025, "vi")}
    assert "Xã Nhân Trạch" in by_code["19198"]["s"]
    assert "Huyện Bố Trạch" in by_code["19198"]["k"]
    assert "một phần Xã Bát Tràng" in by_code["00565"]["s"]
    old = {entry["v"]: entry for entry in places.places(EDITION_2024, "vi")}
    assert "Nam Trạch" in old["455"]["k"]


def test_old_communes_are_among_the_units_of_before_and_after():
    listed = {entry["v"] for entry in places.units("vi")}
    assert {f"{EDITION_2024}:{old.code}" for old in old_communes()} <= listed
    assert len(listed) == len(places.units("vi"))


def test_the_lists_are_compact_json():
    for path in STATIC.iterdir():
        assert isinstance(json.loads(path.read_text(encoding="utf-8")), list)
        assert path.stat().st_size < 2_000_000
