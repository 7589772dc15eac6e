import csv
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crosswalk import (
    CROSSWALK_DIR,
    LINK_COLUMNS,
    Extent,
    Link,
    Method,
    NoCrosswalkError,
    available,
    crosswalk,
    old_commune,
    old_communes,
    read_links,
)
from geo.crosswalk.algebra import back, chain, whole
from geo.crosswalk.records import FRAME_COLUMNS, Relation, Weight, grouped
from geo.editions import (
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    Level,
    UnknownArea,
    area,
    areas,
    edition,
)
from metrics.catalog import load_catalog

FACTS = CROSSWALK_DIR.parent / "facts" / "district_changes.csv"
P, D, C = Level.PROVINCE, Level.DISTRICT, Level.COMMUNE
PAIRS = [pytest.param(pair, id="-".join(pair)) for pair in available()]
# Resolution 202/2025/QH15, article 1: each new province (old code of its name) and what it unites.
RESOLUTION_202 = {
    "08": {"02", "08"},  # Tuyên Quang: Hà Giang
    "15": {"10", "15"},  # Lào Cai: Yên Bái
    "19": {"06", "19"},  # Thái Nguyên: Bắc Kạn
    "25": {"17", "25", "26"},  # Phú Thọ: Hòa Bình, Vĩnh Phúc
    "24": {"24", "27"},  # Bắc Ninh: Bắc Giang
    "33": {"33", "34"},  # Hưng Yên: Thái Bình
    "31": {"30", "31"},  # Hải Phòng: Hải Dương
    "37": {"35", "36", "37"},  # Ninh Bình: Hà Nam, Nam Định
    "44": {"44", "45"},  # Quảng Trị: Quảng Bình
    "48": {"48", "49"},  # Đà Nẵng: Quảng Nam
    "51": {"51", "62"},  # Quảng Ngãi: Kon Tum
    "52": {"52", "64"},  # Gia Lai: Bình Định
    "56": {"56", "58"},  # Khánh Hòa: Ninh Thuận
    "68": {"60", "67", "68"},  # Lâm Đồng: Đắk Nông, Bình Thuận
    "66": {"54", "66"},  # Đắk Lắk: Phú Yên
    "79": {"74", "77", "79"},  # Hồ Chí Minh: Bình Dương, Bà Rịa - Vũng Tàu
    "75": {"70", "75"},  # Đồng Nai: Bình Phước
    "80": {"72", "80"},  # Tây Ninh: Long An
    "92": {"92", "93", "94"},  # Cần Thơ: Hậu Giang, Sóc Trăng
    "86": {"83", "84", "86"},  # Vĩnh Long: Bến Tre, Trà Vinh
    "82": {"82", "87"},  # Đồng Tháp: Tiền Giang
    "96": {"95", "96"},  # Cà Mau: Bạc Liêu
    "91": {"89", "91"},  # An Giang: Kiên Giang
}
UNCHANGED = {"01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}


def made(pair):
    from_edition, level_from, to_edition, level_to = pair
    return crosswalk(from_edition, to_edition, level_from, level_to)


def provinces():
    return crosswalk(EDITION_2024, EDITION_2025, P, P)


def districts():
    return crosswalk(EDITION_2019, EDITION_2024, D, D)


def communes():
    return crosswalk(EDITION_2024, EDITION_2025, C, C)


@pytest.mark.parametrize("pair", PAIRS)
def test_links_join_units_that_exist_and_every_unit_is_linked(pair):
    found = made(pair)
    assert {link.from_code for link in found.links} == set(found.from_codes)
    assert {link.to_code for link in found.links} == set(found.to_codes)
    assert found.complete
    for edition_id, level, codes in (
        (pair[0], pair[1], found.from_codes),
        (pair[2], pair[3], found.to_codes),
    ):
        if level in edition(edition_id).levels:
            assert codes == tuple(unit.code for unit in areas(edition_id, level))
    keys = [(link.from_code, link.to_code) for link in found.links]
    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize("pair", PAIRS)
def test_shares_of_a_unit_add_up_to_one_or_are_all_unknown(pair):
    for links in grouped(made(pair).links, "from_code").values():
        for weight in Weight:
            shares = [link.share(weight) for link in links]
            if None in shares:
                assert set(shares) == {None}
            else:
                assert math.isclose(sum(shares), 1, abs_tol=1e-9)
                assert min(shares) > 0


@pytest.mark.parametrize("pair", PAIRS)
def test_only_whole_units_are_exact_and_every_doubt_has_its_reason(pair):
    for link in made(pair).links:
        assert link.exact == (link.relation is Relation.WHOLE) == (link.method == Method.WHOLE)
        if link.exact:
            assert [link.share(weight) for weight in Weight] == [1, 1, 1]
        elif pair[0] < pair[2]:
            assert link.note


@pytest.mark.parametrize("pair", PAIRS)
def test_every_origin_is_in_the_catalog(pair):
    known = set(load_catalog().origins)
    assert {one for link in made(pair).links for one in link.origin.split("|")} <= known


@pytest.mark.parametrize("pair", PAIRS)
@settings(max_examples=5, deadline=None)
@given(st.data())
def test_nothing_is_lost_or_made_when_values_are_carried(pair, data):
    found = made(pair)
    seed = data.draw(st.integers(min_value=1, max_value=10**6))
    values = {code: (seed * (at + 1)) % 9973 for at, code in enumerate(found.from_codes)}
    for weight in Weight:
        unknown = {link.from_code for link in found.links if link.share(weight) is None}
        carried = sum(
            values[link.from_code] * link.share(weight)
            for link in found.links
            if link.from_code not in unknown
        )
        there_was = sum(value for code, value in values.items() if code not in unknown)
        assert math.isclose(carried, there_was, rel_tol=1e-9, abs_tol=1e-6)


@pytest.mark.parametrize("field", ["population", "area_km2"])
def test_people_and_land_of_the_34_are_those_of_the_63(field):
    for unit in areas(EDITION_2025, P):
        parts = [area(EDITION_2024, link.from_code) for link in provinces().members(unit.code)]
        assert math.isclose(sum(getattr(p, field) for p in parts), getattr(unit, field))


def test_every_new_province_unites_whole_old_ones_as_resolution_202_says():
    expected = RESOLUTION_202 | {code: {code} for code in UNCHANGED}
    assert set(expected) == set(provinces().to_codes)
    for code, olds in expected.items():
        members = provinces().members(code)
        assert {link.from_code for link in members} == olds
        assert all(link.exact for link in members)


def test_districts_follow_the_list_of_changes_row_by_row():
    with FACTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 29
    for row in rows:
        # The list has Nông Sơn going to 512 "Huyện Quế Sơn"; that code is Hiệp Đức, Quế Sơn is 509.
        new = "509" if (row["old_code"], row["new_code"]) == ("519", "512") else row["new_code"]
        link = next(one for one in districts().targets(row["old_code"]) if one.to_code == new)
        assert link.extent == row["extent"]
        assert link.effective.startswith(row["effective"][:4]) or row["effective"] == ""
        assert area(EDITION_2019, link.from_code).name_vi == row["old_name"]
        assert area(EDITION_2024, link.to_code).name_vi == row["new_name"]


def test_districts_that_nothing_is_said_of_keep_their_code_and_name():
    with FACTS.open(encoding="utf-8", newline="") as stream:
        named = {row["old_code"] for row in csv.DictReader(stream)}
    gone = set(districts().from_codes) - set(districts().to_codes)
    assert len(gone) == 19
    assert gone <= named
    assert set(districts().to_codes) - set(districts().from_codes) == {"224", "475"}
    for code in set(districts().from_codes) - named:
        assert code in {link.to_code for link in districts().targets(code)}


def test_a_divided_district_is_measured_only_where_its_parts_took_in_nothing_else():
    shares = {link.to_code: link.share_area for link in districts().targets("219")}
    assert set(shares) == {"219", "224"}
    # Published: Chũ 251.55 of some 1,030 km².
    assert 0.2 < shares["224"] < 0.3
    assert all(link.method == Method.DRAWN for link in districts().targets("219"))
    for link in districts().targets("474"):
        assert link.share_area is None
        assert link.share_population is None
        assert link.method == Method.UNKNOWN


def test_a_divided_district_is_whole_again_in_its_province():
    for pair in ((EDITION_2024, P), (EDITION_2025, P)):
        found = crosswalk(EDITION_2019, pair[0], D, pair[1])
        assert len(found.links) == 713
        assert all(link.exact for link in found.links)
    (link,) = crosswalk(EDITION_2019, EDITION_2025, D, P).targets("219")
    assert (link.to_code, link.extent, link.note) == ("24", Extent.WHOLE, "")


def test_chains_lead_where_the_single_steps_lead():
    found = crosswalk(EDITION_2019, EDITION_2025, P, P)
    for link in found.links:
        assert link.to_code == provinces().targets(link.from_code)[0].to_code
    for link in crosswalk(EDITION_2024, EDITION_2025, D, P).links:
        province = area(EDITION_2024, link.from_code).parent
        assert link.to_code == provinces().targets(province)[0].to_code


def test_the_way_back_is_exact_only_where_nothing_was_united():
    found = crosswalk(EDITION_2025, EDITION_2024, P, P)
    assert {link.from_code for link in found.links if link.exact} == UNCHANGED
    one, other = found.targets("48")
    people = [area(EDITION_2024, link.to_code).population for link in (one, other)]
    land = [area(EDITION_2024, link.to_code).area_km2 for link in (one, other)]
    assert math.isclose(one.share_population, people[0] / sum(people))
    assert math.isclose(one.share_area, land[0] / sum(land))
    assert one.share_count == other.share_count == 0.5
    assert one.origin.endswith("|crosswalk-back")


def test_a_district_that_took_in_parts_has_no_shares_on_the_way_back():
    found = crosswalk(EDITION_2024, EDITION_2019, D, D)
    assert {link.to_code for link in found.targets("049")} == {"046", "049", "050"}
    assert all(link.share(weight) is None for link in found.targets("049") for weight in Weight)
    (link,) = found.targets("224")
    assert (link.to_code, link.exact) == ("219", True)
    merged = {link.to_code: link.share_population for link in found.targets("769")}
    total = sum(area(EDITION_2019, code).population for code in ("762", "763", "769"))
    assert math.isclose(merged["762"], area(EDITION_2019, "762").population / total)


def test_all_communes_are_there_and_lie_in_the_province_they_came_to():
    found = communes()
    assert len(old_communes()) == 10_040
    assert len({area(EDITION_2025, link.to_code).parent for link in found.links}) == 34
    into = crosswalk(EDITION_2024, EDITION_2025, D, P)
    for link in found.links:
        old = old_commune(link.from_code)
        assert area(EDITION_2024, old.district).parent == old.province
        (province,) = into.targets(old.district)
        assert province.to_code == area(EDITION_2025, link.to_code).parent


def test_divided_communes_are_as_many_as_the_source_says_less_those_it_confused():
    divided = [links for links in grouped(communes().links, "from_code").values() if len(links) > 1]
    with (CROSSWALK_DIR / "left_out_2025.csv").open(encoding="utf-8", newline="") as stream:
        left_out = list(csv.DictReader(stream))
    kept = {(link.from_code, link.to_code) for link in communes().links}
    assert not kept & {(row["from_code"], row["to_code"]) for row in left_out}
    whole_again = {row["from_code"] for row in left_out} - {ls[0].from_code for ls in divided}
    assert (len(divided), len(left_out), len(whole_again)) == (445, 28, 26)
    assert len(divided) + len(whole_again) == 471
    assert {len(links) for links in divided} == {2, 3, 4, 5}
    for links in divided:
        assert {link.method for link in links} <= {Method.OVERLAP, Method.EQUAL}
        assert all(link.share_population is None for link in links)


def test_confused_namesakes_go_each_their_own_way():
    assert [link.to_code for link in communes().targets("31246")] == ["31246"]
    assert [link.to_code for link in communes().targets("31714")] == ["31726"]


def test_island_districts_without_communes_stand_for_themselves():
    islands = [unit for unit in old_communes() if unit.code == unit.district]
    assert sorted(unit.code for unit in islands) == ["318", "471", "498", "536", "755"]
    for unit in islands:
        (link,) = communes().targets(unit.code)
        assert area(EDITION_2025, link.to_code).type == "special_zone"


def test_the_table_has_one_row_a_link_and_is_the_callers_own():
    frame = districts().frame
    assert tuple(frame.columns) == FRAME_COLUMNS
    assert len(frame) == len(districts().links)
    assert frame["share_area"].isna().sum() == sum(
        link.share_area is None for link in districts().links
    )
    assert frame["exact"].dtype == bool
    frame["exact"] = False
    assert districts().frame["exact"].any()


def test_an_unknown_pair_lists_those_there_are():
    with pytest.raises(NoCrosswalkError, match=r"from province 2025 to commune 2019.*2024 commune"):
        crosswalk(EDITION_2025, EDITION_2019, P, C)


def test_an_unknown_code_is_refused_with_its_edition():
    with pytest.raises(UnknownArea, match=r"'99'.*34 units of edition '2025'"):
        provinces().members("99")
    with pytest.raises(UnknownArea, match=r"'1'.*five digits"):
        old_commune("1")


def part(old, new, share, extent=Extent.PART):
    return Link(
        EDITION_2019, old, EDITION_2024, new, extent, share, share, share, False, Method.DRAWN, "o"
    )  # fmt: skip


def test_parts_that_part_again_multiply_and_an_unknown_share_makes_all_unknown():
    second = (
        whole(EDITION_2024, "b", EDITION_2025, "x", "p"),
        part("c", "x", 0.5),
        part("c", "y", 0.5),
    )
    found = chain((part("a", "b", 0.6), part("a", "c", 0.4)), second)
    assert [(link.to_code, link.share_area) for link in found] == [("x", 0.8), ("y", 0.2)]
    assert found[0].origin == "o|p"
    vague = chain((part("a", "b", None), part("a", "c", None)), second)
    assert [link.share_area for link in vague] == [None, None]


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=6))
def test_a_union_goes_back_by_the_sizes_of_its_parts(sizes):
    links = tuple(whole(EDITION_2019, str(at), EDITION_2024, "u", "o") for at in range(len(sizes)))
    found = back(links, lambda code, _: sizes[int(code)])
    for link in found:
        assert math.isclose(link.share_area, sizes[int(link.to_code)] / sum(sizes))
        assert (link.exact, link.share_count) == (False, 1 / len(sizes))


def test_a_union_of_unknown_sizes_goes_back_without_shares():
    links = tuple(whole(EDITION_2019, code, EDITION_2024, "u", "o") for code in "ab")
    assert {link.method for link in back(links, lambda *_: None)} == {Method.UNKNOWN}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"share_area": "1.5"}, r"line 2 \(01\): share is 1\.5; it must be between 0 and 1"),
        ({"exact": "maybe"}, r"line 2 \(01\): exact is 'maybe'; it must be yes or no"),
        ({"extent": "half"}, r"line 2 \(01\): 'half' is not a valid Extent"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(tmp_path, cells, said):
    row = {"from_code": "01", "to_code": "01", "extent": "whole", "exact": "yes", **cells}
    path = tmp_path / f"province_{EDITION_2024}_{EDITION_2025}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, LINK_COLUMNS, restval="")
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises(ValueError, match=said):
        read_links(P, EDITION_2024, EDITION_2025, tmp_path)
