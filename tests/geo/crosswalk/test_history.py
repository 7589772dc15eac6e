from datetime import date

import pytest

from geo.crosswalk import Extent, Kind, old_communes, predecessors, successors
from geo.crosswalk.history import lineage
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, Level, UnknownArea, areas

UNITS = [
    *((e, unit.code) for e in (EDITION_2019, EDITION_2024) for unit in areas(e, Level.PROVINCE)),
    *((e, unit.code) for e in (EDITION_2019, EDITION_2024) for unit in areas(e, Level.DISTRICT)),
    *((EDITION_2024, unit.code) for unit in old_communes()),
]


def one(events):
    (event,) = events
    return event


def test_what_came_after_came_from_before():
    for unit in UNITS:
        for event in successors(*unit):
            back = [
                e for e in predecessors(event.edition, event.code) if (e.edition, e.code) == unit
            ]
            assert (one(back).kind, one(back).extent) == (event.kind, event.extent)


def test_every_older_unit_has_successors_and_every_newer_one_predecessors():
    for unit in UNITS:
        level = Level.PROVINCE if len(unit[1]) == 2 else Level.COMMUNE
        if unit[0] == EDITION_2019 or level is Level.PROVINCE or len(unit[1]) == 5:
            assert successors(*unit)
    for level in (Level.PROVINCE, Level.COMMUNE):
        assert all(predecessors(EDITION_2025, unit.code) for unit in areas(EDITION_2025, level))
    assert all(predecessors(EDITION_2024, u.code) for u in areas(EDITION_2024, Level.DISTRICT))


def test_a_united_province_tells_of_its_parts_with_date_and_resolution():
    found = predecessors(EDITION_2025, "44")
    assert [event.name_vi for event in found] == ["Tỉnh Quảng Bình", "Tỉnh Quảng Trị"]
    for event in found:
        assert (event.kind, event.extent) == (Kind.MERGED, Extent.WHOLE)
        assert event.date == date(2025, 7, 1)
        assert event.resolution == "Nghị quyết 202/2025/QH15"
        assert event.level is Level.PROVINCE


def test_a_province_that_stayed_is_the_same_without_date():
    event = one(successors(EDITION_2024, "01"))
    assert (event.kind, event.date, event.resolution, event.when) == (Kind.SAME, None, None, "")


def test_hue_became_a_city_under_another_name():
    event = one(successors(EDITION_2019, "46"))
    assert (event.kind, event.name_vi) == (Kind.RENAMED, "Thành phố Huế")
    assert (event.date, event.resolution) == (date(2025, 1, 1), "Nghị quyết 175/2024/QH15")


@pytest.mark.parametrize(
    ("old", "kind", "name"),
    [
        ("407", Kind.RENAMED, "Thị xã Nghi Sơn"),
        ("564", Kind.UPGRADED, "Thị xã Đông Hòa"),
        ("754", Kind.UPGRADED, "Thành phố Phú Mỹ"),
        ("051", Kind.SAME, "Huyện Hòa An"),  # Hoà An: another spelling
        ("060", Kind.SAME, "Huyện Pác Nặm"),
        ("763", Kind.MERGED, "Thành phố Thủ Đức"),
        ("519", Kind.MERGED, "Huyện Quế Sơn"),
    ],
)
def test_what_happened_to_a_district(old, kind, name):
    event = one(successors(EDITION_2019, old))
    assert (event.kind, event.name_vi) == (kind, name)


def test_only_the_year_is_told_where_only_the_year_is_known():
    event = one(successors(EDITION_2019, "044"))
    assert (event.date, event.when, event.resolution) == (None, "2020", None)


def test_a_divided_district_has_several_successors_the_larger_first():
    found = successors(EDITION_2019, "219")
    assert [(e.code, e.kind, e.extent) for e in found] == [
        ("219", Kind.SPLIT, Extent.PART),
        ("224", Kind.SPLIT, Extent.PART),
    ]
    most = successors(EDITION_2019, "046")
    assert [(e.code, e.extent) for e in most] == [("047", Extent.MOST), ("049", Extent.PART)]


def test_a_commune_of_today_names_those_of_before():
    found = predecessors(EDITION_2025, "00004")
    assert "Phường Trúc Bạch" in {event.name_vi for event in found}
    assert {event.edition for event in found} == {EDITION_2024}
    assert {event.level for event in found} == {Level.COMMUNE}
    assert [e.extent for e in found] == sorted((e.extent for e in found), key=[*Extent].index)


def test_the_same_code_can_be_a_district_and_what_became_of_it():
    assert one(successors(EDITION_2024, "498")).code == "20333"
    assert one(predecessors(EDITION_2024, "498")).edition == EDITION_2019


def test_lineage_runs_from_the_oldest_to_the_newest():
    found = lineage(EDITION_2024, "45")
    assert [(e.edition, e.code) for e in found] == [(EDITION_2019, "45"), (EDITION_2025, "44")]
    whole = lineage(EDITION_2025, "48")
    assert [(e.edition, e.code) for e in whole] == [
        (EDITION_2019, "48"),
        (EDITION_2019, "49"),
        (EDITION_2024, "48"),
        (EDITION_2024, "49"),
    ]


def test_levels_without_another_edition_have_no_history():
    assert successors(EDITION_2024, "001") == ()
    assert predecessors(EDITION_2019, "01") == ()


def test_an_unknown_area_is_refused():
    with pytest.raises(UnknownArea, match="'99'"):
        predecessors(EDITION_2025, "99")
    with pytest.raises(UnknownArea, match="'99999'"):
        successors(EDITION_2024, "99999")
