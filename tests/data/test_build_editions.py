import csv
import filecmp
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.build import _area_sources as sources
from data.build._area_names import area_type, clean_name, english_name, without_diacritics
from data.build._area_sources import PACKAGE
from data.build.editions import build
from geo.editions import EDITION_2024, EDITION_2025, EDITIONS_DIR, TYPE_WORDS, Level, areas

needs_package = pytest.mark.skipif(
    find_spec(PACKAGE) is None,
    reason=f"{PACKAGE} is not installed: pip install -r requirements-dev.txt",
)
LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)
place_names = st.text(alphabet=LETTERS + LETTERS.upper() + " '-0123456789", min_size=1).filter(
    lambda text: text == " ".join(text.split()) and text
)


@needs_package
def test_building_again_gives_the_same_bytes(tmp_path):
    written = build(tmp_path)
    assert sorted(path.name for path in written) == [
        "areas_2019.csv",
        "areas_2024.csv",
        "areas_2025.csv",
        "editions.csv",
    ]
    for path in written:
        assert filecmp.cmp(path, EDITIONS_DIR / path.name, shallow=False), path.name


@needs_package
def test_the_34_unite_each_of_the_63_once():
    united = sources.read_package().united
    olds = [old for group in united.values() for old in group]
    assert sorted(united) == [found.code for found in areas(EDITION_2025, Level.PROVINCE)]
    assert sorted(olds) == [found.code for found in areas(EDITION_2024, Level.PROVINCE)]


def test_a_missing_package_is_named_with_the_remedy(monkeypatch):
    monkeypatch.setattr(sources, "PACKAGE", "no_such_package")
    with pytest.raises(ModuleNotFoundError, match=r"no_such_package.*requirements-dev\.txt"):
        sources.read_package()


def test_every_correction_is_used_and_says_why():
    with sources.CORRECTIONS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        found = next(one for one in areas(row["edition"]) if one.code == row["code"])
        value = getattr(found, row["column"])
        assert ("" if value is None else str(value)) in (row["value"], row["value"] + ".0")
        assert row["reason"]
    keys = [(row["edition"], row["code"], row["column"]) for row in rows]
    assert len(keys) == len(set(keys))


@given(place_names, st.sampled_from(sorted(TYPE_WORDS)))
def test_english_names_are_plain_and_carry_the_type_word(place, type_id):
    words = TYPE_WORDS[type_id]
    name = english_name(f"{words.vi} {place}", type_id)
    assert name.isascii()
    assert name.startswith(words.en) if place[0].isdigit() else name.endswith(words.en)
    assert len(name) == len(place) + 1 + len(words.en)


@given(place_names)
def test_taking_the_marks_off_keeps_length_and_case_and_is_done_once(text):
    plain = without_diacritics(text)
    assert plain.isascii()
    assert len(plain) == len(text)
    assert without_diacritics(plain) == plain
    assert [a.isupper() for a in plain] == [a.isupper() for a in text]


@given(place_names, st.sampled_from(sorted(TYPE_WORDS)))
def test_cleaning_gives_the_type_word_one_capital_and_is_done_once(place, type_id):
    word = TYPE_WORDS[type_id].vi
    cleaned = clean_name(f" {word.title()}  {place} ")
    assert cleaned == f"{word} {place}"
    assert clean_name(cleaned) == cleaned


def test_cleaning_composes_letters():
    assert clean_name("Huyện Hòa An") == "Huyện Hòa An"


@pytest.mark.parametrize(
    ("name", "flags", "expected"),
    [
        ("Thành phố Hà Nội", {"of_province": True}, "city_central"),
        ("Tỉnh Hà Giang", {"of_province": True}, "province"),
        ("Thành phố Đồng Hới", {}, "city"),
        ("Thành phố Thủ Đức", {"in_central_city": True}, "city_in_central"),
        ("Quận 1", {"in_central_city": True}, "urban_district"),
        ("Huyện Cần Giờ", {"in_central_city": True}, "district"),
        ("Thị xã Chũ", {}, "town"),
        ("Xã Ba Chẽ", {}, "commune"),
        ("Phường 1 Bảo Lộc", {}, "ward"),
        ("Đặc khu Côn Đảo", {}, "special_zone"),
    ],
)
def test_type_follows_from_the_word(name, flags, expected):
    assert area_type(name, **flags) == expected


def test_a_name_without_a_type_word_is_refused():
    with pytest.raises(ValueError, match=r"'Côn Đảo'; it must start with one of Quận, Huyện"):
        area_type("Côn Đảo")
    with pytest.raises(ValueError, match=r"must start with one of Thành phố, Tỉnh$"):
        area_type("Huyện Hòa An", of_province=True)
