"""The tables that names are matched by agree with the editions and with each other."""

from __future__ import annotations

import csv

import pytest

from geo.editions import (
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    TYPE_WORDS,
    Level,
    area,
    areas,
    editions,
    has_area,
)
from geo.names import MATCHED, Method
from geo.names.bulk import resolve
from geo.names.data import NAMES_DIR, aliases, iso_codes, old_units, successors, type_words


@pytest.mark.parametrize("alias", aliases(), ids=lambda a: a.alias)
def test_every_alias_is_matched_to_its_area(alias):
    unit = area(alias.edition, alias.code)
    assert unit.level is alias.level
    parent = unit.parent if unit.level in (Level.DISTRICT, Level.COMMUNE) else None
    found = resolve(alias.alias, edition=alias.edition, level=alias.level, parent=parent)
    assert found.code == alias.code


def test_no_alias_is_stated_twice():
    stated = [(a.edition, a.level, a.alias.lower()) for a in aliases()]
    assert len(stated) == len(set(stated))


@pytest.mark.parametrize("edition", [e.id for e in editions()])
def test_aliases_of_provinces_are_known_on_every_map(edition):
    for alias in aliases():
        if alias.level is Level.PROVINCE:
            found = resolve(alias.alias, edition=edition, level=alias.level)
            assert found.method in MATCHED, (edition, alias.alias, found.method)


def rows(name: str) -> list[dict[str, str]]:
    with (NAMES_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["province_successors_2025.csv", "district_successors_2024.csv"])
def test_successors_carry_the_names_of_the_editions(name):
    for row in rows(name):
        assert area(row["old_edition"], row["old_code"]).name_vi == row["old_name"]
        assert area(row["edition"], row["new_code"]).name_vi == row["new_name"]


def test_every_province_has_one_successor_and_every_new_one_a_predecessor():
    steps = [step for step in successors() if step.level is Level.PROVINCE]
    assert [s.old_code for s in steps] == [u.code for u in areas(EDITION_2024, Level.PROVINCE)]
    new = {unit.code for unit in areas(EDITION_2025, Level.PROVINCE)}
    assert {step.new_code for step in steps} == new


def test_every_district_that_is_gone_has_a_successor():
    stated = {step.old_code for step in successors() if step.level is Level.DISTRICT}
    for unit in areas(EDITION_2019, Level.DISTRICT):
        assert unit.code in stated or has_area(EDITION_2024, unit.code), unit.name_vi


def test_a_successor_lies_in_the_province_of_the_old_district():
    for step in successors():
        if step.level is Level.DISTRICT:
            old = area(step.old_edition, step.old_code)
            assert area(step.edition, step.new_code).parent == old.parent


def test_iso_codes_are_those_of_the_63():
    codes = {alias.code for alias in iso_codes().values()}
    assert codes == {unit.code for unit in areas(EDITION_2024, Level.PROVINCE)}
    assert len(iso_codes()) == 63


@pytest.mark.parametrize("unit", old_units(), ids=lambda u: u.name)
def test_units_of_old_are_never_matched_to_one_of_several_heirs(unit):
    assert all(area(EDITION_2024, code).level is unit.level for code in unit.codes)
    found = resolve(unit.name, edition=EDITION_2024, level=unit.level)
    if len(unit.codes) > 1:
        assert (found.code, found.method) == (None, Method.SPLIT)
    else:
        assert (found.code, found.method) == (unit.codes[0], Method.PREDECESSOR)


def test_every_type_of_area_has_a_word():
    spoken = {one for word in type_words() for one in word.types}
    assert set(TYPE_WORDS) <= spoken


def test_the_derived_tables_are_what_the_build_makes():
    build = pytest.importorskip("data.build.names")
    pytest.importorskip("vietnamadminunits")
    united = build.read_package().united
    made = [
        dict(zip(build.SUCCESSOR_COLUMNS, r, strict=True)) for r in build.successor_rows(united)
    ]
    assert made == rows("province_successors_2025.csv")
    olds = build.old_provinces(united)
    assert {
        r["code"]: set(r["old_provinces"].split("|"))
        for r in rows("commune_old_provinces_2025.csv")
    } == olds


def test_every_method_and_file_is_documented():
    told = (NAMES_DIR.parents[1] / "docs" / "names.md").read_text(encoding="utf-8")
    assert [m for m in Method if f"| `{m}` |" not in told] == []
    assert [path.name for path in NAMES_DIR.glob("*.csv") if path.name not in told] == []
