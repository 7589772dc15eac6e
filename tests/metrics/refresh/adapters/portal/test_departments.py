"""Which areas departments are: by name and by code, and never by a guess."""

import pytest

from metrics.refresh.adapters.portal.departments import place, provinces


def test_the_34_provinces_have_a_code_each():
    assert len(provinces()) == len({area.code for area in provinces().values()}) == 34
    assert provinces()["H21"].code == "52"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("UBND tỉnh Quảng Ninh", "areas"),
        # The portal changed its word within days.
        ("UBND thành phố Quảng Ninh", "retyped"),
        ("UBND Thành phố Quảng Ninh", "retyped"),
        ("UBND tỉnh Quảng Trị", "apart"),
        ("Sở Y tế - tỉnh Quảng Ninh", "apart"),
        ("UBND huyện Quảng Ninh, Quảng Bình", "apart"),
        ("Quảng Nin", "apart"),
    ],
)
def test_a_province_is_named_as_its_code_says(name, found):
    placed = place([("H49", name)], None)
    assert ("H49" in placed.areas) == (found in ("areas", "retyped"))
    assert bool(placed.retyped) == (found == "retyped")
    assert bool(placed.apart) == (found == "apart")


def test_former_provinces_are_told_and_left_out():
    placed = place([("H22", "UBND tỉnh Hà Giang"), ("H77", "Bộ Y tế")], None)
    assert placed.areas == {}
    assert placed.former == ["UBND tỉnh Hà Giang (H22)"]
    assert placed.unknown == ["Bộ Y tế (H77)"]


def test_communes_lie_in_their_province():
    named = [
        ("H21.1", "UBND Xã Chơ Long"),
        ("H21.2", "UBND xã Kông Bơ La - Gia Lai"),
        ("H21.3", "UBND xã Nhơn Hưng"),
        ("H01.4", "UBND xã Vân Canh"),
        ("H21.5", "Ban Quản lý Khu kinh tế - tỉnh Gia Lai"),
    ]
    placed = place(named, "H21")
    assert {code: area.code for code, area in placed.areas.items()} == {
        "H21.1": "23851",
        "H21.2": "23674",
    }
    assert placed.apart == ["UBND xã Vân Canh (H01.4)"]
    assert len(placed.former + placed.unknown) == 2


def test_two_departments_of_one_area_are_both_left_out():
    placed = place([("H21.1", "UBND xã Chơ Long"), ("H21.2", "UBND Xã Chơ Long")], "H21")
    assert placed.areas == {}
    assert len(placed.apart) == 2


def test_a_code_that_two_departments_have_is_neither_of_them():
    placed = place([("H49", "UBND tỉnh Quảng Ninh"), ("H49", "UBND tỉnh Quảng Ninh")], None)
    assert placed.areas == {}
    assert len(placed.apart) == 2
