"""The census: as published, added up by province, and carried to the map of 2024."""

from __future__ import annotations

import re

import pytest

from geo.editions import EDITION_2019, EDITION_2024, HOANG_SA, Level, areas
from tests.data.fact_files import by_area, fact_rows, observed

POPULATION, URBAN = "census-population", "census-urban-population"


@pytest.fixture(scope="module")
def census():
    rows = fact_rows("census2019_population_district")
    return {row["area_code"]: (int(row["value"]), int(row["urban_value"])) for row in rows}


def test_the_census_is_as_published(census):
    total = by_area("census2019", POPULATION, EDITION_2019)
    urban = by_area("census2019", URBAN, EDITION_2019)
    assert {code: (int(total[code]), int(urban[code])) for code in census} == census
    missing = {area.code for area in areas(EDITION_2019, Level.DISTRICT)} - set(census)
    assert missing == {HOANG_SA[EDITION_2019, Level.DISTRICT]}


def test_provinces_of_the_census_are_sums_and_say_so():
    provinces = [
        row
        for row in observed("census2019")
        if row["indicator"] == POPULATION and len(row["area"]) == 2 and row["edition"]
    ]
    assert len(provinces) == 63
    assert sum(int(row["value"]) for row in provinces) == 96_208_984
    assert {(row["state"], row["qualifier"], row["origin"]) for row in provinces} == {
        ("recomputed", "computed", "gso-census-2019-sums")
    }


def test_the_urban_share_is_computed_from_its_parts():
    for file in ("census2019", "census2019_carried_2024"):
        rows = [row for row in observed(file) if row["indicator"] == "census-urban-rate"]
        for row in rows:
            if row["state"] == "split":
                continue
            share = 100 * int(row["numerator"]) / int(row["denominator"])
            assert float(row["value"]) == pytest.approx(share, abs=0.00501)
            assert row["qualifier"] == "computed"


def test_nobody_is_lost_or_counted_twice_on_the_way_to_2024(census):
    rows = [
        row
        for row in observed("census2019_carried_2024")
        if row["indicator"] == POPULATION and len(row["area"]) == 3
    ]
    carried = sum(int(row["value"]) for row in rows if row["state"] != "split")
    split = {row["area"] for row in rows if row["state"] == "split"}
    # Old districts that went, wholly or in part, into one that is split, or that are one.
    changes = fact_rows("district_changes")
    lost = {c["old_code"] for c in changes if c["new_code"] in split} | (split & set(census))
    assert carried + sum(census[code][0] for code in lost) == 96_208_984


@pytest.mark.parametrize(
    ("code", "olds"),
    [
        ("769", ["762", "763", "769"]),
        ("682", ["681", "682", "683"]),
        ("753", ["752", "753"]),
        ("374", ["369", "374"]),
        ("193", ["193", "204"]),
        ("045", ["044", "045"]),
    ],
)
def test_districts_merged_whole_are_added_up(census, code, olds):
    (row,) = [
        row
        for row in observed("census2019_carried_2024")
        if row["area"] == code and row["indicator"] == URBAN
    ]
    assert int(row["value"]) == sum(census[old][1] for old in olds)
    assert (row["state"], row["qualifier"]) == ("recomputed", "computed")
    assert all(f"({old})" in row["note"] for old in olds)


def test_divided_districts_have_no_value_but_a_reason():
    rows = [row for row in observed("census2019_carried_2024") if row["state"] == "split"]
    assert {row["area"] for row in rows} == {
        *("219", "224", "445", "474", "475", "047"),
        # Told of in the notes of the list of changes.
        *("049", "412", "429", "436", "478", "479", "480"),
        # Told by the codes of their communes: some went to the city of Hà Tĩnh.
        "446",
    }
    for row in rows:
        assert (row["value"], row["numerator"], row["denominator"]) == ("", "", "")
        assert re.search(r"sang được: .*20\d\d", row["note"])


def test_unchanged_districts_keep_their_figure_and_say_where_it_is_from(census):
    changed = {c[side] for c in fact_rows("district_changes") for side in ("old_code", "new_code")}
    # The list has 512, Hiệp Đức, where it means 509, Quế Sơn.
    changed = changed - {"512"} | {"509"}
    rows = {
        row["area"]: row
        for row in observed("census2019_carried_2024")
        if row["indicator"] == POPULATION and row["state"] == "reported"
    }
    assert rows["407"]["note"].endswith("Trước là Huyện Tĩnh Gia, đổi tên (2020).")
    for code, row in rows.items():
        assert int(row["value"]) == census[code][0]
        assert row["note"].startswith("Mang từ bản đồ 2019")
        assert row["origin"] == "gso-census-2019-carried"
        assert code == "407" or code not in changed


def test_nong_son_is_added_to_que_son_and_not_to_the_code_that_the_list_misprints(census):
    carried = by_area("census2019_carried_2024", POPULATION, EDITION_2024)
    assert int(carried["509"]) == census["509"][0] + census["519"][0]
    assert int(carried["512"]) == census["512"][0]


def test_every_district_of_2024_is_accounted_for():
    found = {row["area"] for row in observed("census2019_carried_2024") if len(row["area"]) == 3}
    districts = {area.code for area in areas(EDITION_2024, Level.DISTRICT)}
    assert len(districts) == 696
    assert districts - found == {HOANG_SA[EDITION_2024, Level.DISTRICT]}
