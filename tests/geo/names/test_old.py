"""Communes of before July 2025, by name: where the crosswalk says that they went, or no code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crosswalk import OldCommune, crosswalk, old_communes
from geo.editions import EDITION_2024, EDITION_2025, Level, area, areas
from geo.names import Method, resolve_many
from geo.names.bulk import resolve

COMMUNE = Level.COMMUNE
OLD = old_communes()
WAYS = ("apart", "in one cell", "province apart")


def heirs(unit: OldCommune) -> list[str]:
    made = crosswalk(EDITION_2024, EDITION_2025, COMMUNE, COMMUNE)
    return [link.to_code for link in made.targets(unit.code)]


def above(unit: OldCommune) -> tuple[str, str]:
    return tuple(area(EDITION_2024, code).name_vi for code in (unit.district, unit.province))


def written(unit: OldCommune, way: str) -> tuple[str, str | None]:
    district, province = above(unit)
    if way == "apart":
        return unit.name_vi, f"{district}, {province}"
    if way == "in one cell":
        return f"{unit.name_vi}, {district}, {province}", None
    return f"{unit.name_vi}, {district}", province


@pytest.mark.parametrize("way", WAYS)
def test_every_old_commune_with_its_parents_goes_where_the_crosswalk_says(way):
    cells = [written(unit, way) for unit in OLD]
    names, parents = zip(*cells, strict=True)
    found = resolve_many(names, parents, edition=EDITION_2025, level=COMMUNE)
    expected = [went[0] if len(went) == 1 else None for went in map(heirs, OLD)]
    assert found["area_code"].tolist() == expected
    methods = {Method.PREDECESSOR, Method.SPLIT, Method.NAME}
    assert set(found["match_method"]) == methods
    split = found["match_method"] == Method.SPLIT
    assert split.tolist() == [code is None for code in expected]


def test_without_parents_an_old_commune_is_never_joined_to_a_wrong_place():
    found = resolve_many([unit.name_vi for unit in OLD], edition=EDITION_2025, level=COMMUNE)
    wrong = [
        (unit, code)
        for unit, code in zip(OLD, found["area_code"], strict=True)
        if code is not None and code not in heirs(unit)
    ]
    assert wrong == []
    assert (found["match_method"] == Method.PREDECESSOR).sum() > len(OLD) // 3


def test_under_its_province_another_place_is_only_today_s_and_says_so():
    parents = [above(unit)[1] for unit in OLD]
    names = [unit.name_vi for unit in OLD]
    found = resolve_many(names, parents, edition=EDITION_2025, level=COMMUNE)
    others = 0
    for unit, row in zip(OLD, found.itertuples(), strict=True):
        if row.area_code is None or row.area_code in heirs(unit):
            continue
        others += 1
        assert row.match_method in (Method.NAME, Method.ALIAS)
        assert f"{unit.name_vi}, {above(unit)[0]}" in row.match_note
    assert others


@given(st.sampled_from(OLD), st.sampled_from(areas(EDITION_2024, Level.DISTRICT)))
def test_under_another_district_there_is_no_code_but_of_a_namesake(unit, district):
    typed = f"{district.name_vi}, {area(EDITION_2024, district.parent).name_vi}"
    found = resolve(unit.name_vi, edition=EDITION_2025, level=COMMUNE, parent=typed)
    namesakes = [o for o in OLD if o.district == district.code and o.short_vi == unit.short_vi]
    if found.code is not None:
        assert any(found.code in heirs(other) for other in namesakes)


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        ("Phường Phúc Xá", "vi", ["Quận Ba Đình", "từ 01/07/2025, toàn bộ là một phần", "(00097)"]),
        ("Phường Phúc Xá", "en", ["since 1 July 2025", "the whole of it is a part", "(00097)"]),
        ("Phường Cống Vị", "vi", ["Quận Ba Đình", "01/07/2025", "(00008)", "(00025)"]),
        ("Huyện Côn Đảo", "vi", ["01/07/2025", "toàn bộ Đặc khu Côn Đảo (26732)", "đổi tên"]),
        ("Phường Vĩnh Phúc", "vi", ["Vừa là Phường Vĩnh Phúc", "Quận Ba Đình"]),
    ],
)
def test_the_note_says_which_unit_how_much_of_it_and_since_when(name, lang, words):
    note = resolve(name, edition=EDITION_2025, level=COMMUNE, lang=lang).note
    assert [word for word in words if word not in note] == []


def test_a_split_commune_offers_those_it_was_divided_among():
    found = resolve("Phường Cống Vị", edition=EDITION_2025, level=COMMUNE, parent="Quận Ba Đình")
    assert [unit.code for unit in found.suggestions] == ["00008", "00025"]
