"""Faults of sets of boundaries: found, mended, told; or refused whole."""

import numpy as np
import pytest
import shapely
from shapely.affinity import scale, translate

from geo.boundaries.official import Refused
from geo.boundaries.official.base import bundled
from geo.boundaries.official.carry import carry
from geo.boundaries.official.fit import fit
from geo.boundaries.official.measure import check_provinces
from geo.boundaries.official.records import Candidate, Source, Status, codes_of
from geo.boundaries.official.upgrade import prepare
from geo.editions import EDITION_2024, EDITION_2025, HOANG_SA, TRUONG_SA, Level
from tests.geo.boundaries.official.official_files import DISTRICT, HA_NOI, districts, keys

VINH_PHUC, DA_NANG, LAI_CHAU = "26", "48", "12"
SPLIT_OLD, SPLIT_NEW = "219", "224"  # Lục Ngạn, from which Chũ was cut in 2025
SPECIAL = [special[EDITION_2024, DISTRICT] for special in (HOANG_SA, TRUONG_SA)]


@pytest.fixture(scope="module")
def hanoi():
    return districts(HA_NOI)


def prepared(shapes, *, outlines=None, partial=True, level=DISTRICT):
    candidate = Candidate(EDITION_2024, level, dict(shapes), Source("x"), outlines or {})
    return prepare(candidate, partial=partial)


def found(made):
    return {finding.key: finding for finding in made.findings}


def overlap(one, other):
    return shapely.area(shapely.intersection(one, other)) / shapely.area(shapely.union(one, other))


@pytest.fixture(scope="module")
def plain(hanoi):
    return prepared(hanoi)


def test_part_of_the_country_comes_and_the_rest_stays_as_one_valid_coverage(plain, hanoi):
    assert list(plain.shapes) == codes_of(EDITION_2024, DISTRICT)
    drawn = np.array(list(plain.shapes.values()), dtype=object)
    assert shapely.is_valid(drawn).all()
    assert shapely.coverage_is_valid(drawn)
    official = {c for c, state in plain.status.items() if state is Status.OFFICIAL}
    assert official == set(hanoi)
    assert min(overlap(plain.shapes[code], shape) for code, shape in hanoi.items()) > 0.97


def test_along_the_seam_no_land_is_lost(plain):
    before = shapely.coverage_union_all(np.array(list(bundled(EDITION_2024, DISTRICT).values())))
    after = shapely.coverage_union_all(np.array(list(plain.shapes.values())))
    # Only the coast could recede, and there is none around Hà Nội.
    assert shapely.area(shapely.difference(before, after)) < 1e-5 * shapely.area(before)
    assert len(shapely.get_rings(after)) <= len(shapely.get_rings(before))


def test_edges_that_did_not_match_are_counted(plain, hanoi):
    edges = shapely.coverage_invalid_edges(np.array(list(hanoi.values())))
    assert int((~shapely.is_empty(edges)).sum()) == int(found(plain)["edges"].values["n"]) > 10


def test_what_is_missing_is_refused_unless_it_may_be(hanoi):
    with pytest.raises(Refused) as caught:
        prepared(hanoi, partial=False)
    assert keys(caught) >= {"missing", "partial_hint"}


def test_polygons_exchanged_between_neighbours_are_put_right(hanoi, plain):
    swapped = {**hanoi, "005": hanoi["006"], "006": hanoi["005"]}
    made = prepared(swapped)
    assert "005" in found(made)["swapped"].values["units"]
    for code in ("005", "006"):
        assert overlap(made.shapes[code], plain.shapes[code]) > 0.99


def test_three_that_went_round_in_a_circle_are_put_right(hanoi, plain):
    turned = {**hanoi, "005": hanoi["006"], "006": hanoi["009"], "009": hanoi["005"]}
    made = prepared(turned)
    assert overlap(made.shapes["009"], plain.shapes["009"]) > 0.99


def test_a_border_drawn_elsewhere_is_no_exchange(plain):
    assert "swapped" not in found(plain)
    assert "misplaced" not in found(plain)


def test_a_missing_district_is_what_its_province_has_left(hanoi, plain):
    outline = shapely.union_all([shapely.buffer(shape, 1e-5) for shape in hanoi.values()])
    lacking = {code: shape for code, shape in hanoi.items() if code != "250"}
    made = prepared(lacking, outlines={HA_NOI: outline})
    assert "250" in found(made)["remainder"].values["units"]
    assert made.status["250"] is Status.OFFICIAL
    assert overlap(made.shapes["250"], plain.shapes["250"]) > 0.97


def test_empty_broken_doubled_and_far_polygons_are_set_aside_and_named(hanoi):
    codes = list(hanoi)
    bad = dict(hanoi)
    bad[codes[0]] = shapely.Polygon()
    bad[codes[1]] = None
    x, y = shapely.get_coordinates(hanoi[codes[2]])[0]
    bad[codes[2]] = shapely.box(x + 3, y - 1, x + 3.1, y - 0.9)
    bad[codes[3]] = hanoi[codes[4]]
    bad[codes[5]] = shapely.box(0, 0, 1, 1)
    bad[codes[6]] = shapely.transform(hanoi[codes[6]], lambda xy: xy * np.inf)
    x, y = shapely.get_coordinates(shapely.centroid(hanoi[codes[7]]))[0]
    tie = [(x, y), (x + 0.03, y + 0.03), (x + 0.03, y), (x, y + 0.03), (x, y)]
    bad[codes[7]] = shapely.Polygon(tie)
    made = prepared(bad)
    told = found(made)
    for key, at in {"empty": (0, 1, 6), "misplaced": (2,), "overlapping": (3,)}.items():
        assert all(codes[i] in told[key].values["units"] for i in at), key
    assert codes[5] in told["outside"].values["units"]
    assert codes[7] in told["repaired"].values["units"]
    assert all(made.status[codes[i]] is Status.KEPT for i in (0, 1, 2, 3, 5, 6))


def test_swapped_axes_and_other_places_are_refused(hanoi):
    turned = {c: shapely.transform(s, lambda xy: xy[:, ::-1]) for c, s in hanoi.items()}
    with pytest.raises(Refused) as caught:
        prepared(turned)
    assert keys(caught) == {"axes"}
    metres = {c: shapely.transform(s, lambda xy: xy * 1e5) for c, s in hanoi.items()}
    with pytest.raises(Refused) as caught:
        prepared(metres)
    assert keys(caught) == {"elsewhere"}
    with pytest.raises(Refused) as caught:
        prepared({"001": None})
    assert keys(caught) == {"nothing"}


def test_without_the_archipelagos_those_of_the_bundled_layer_stay(plain):
    assert all(code in found(plain)["island_kept"].values["units"] for code in SPECIAL)
    for code in SPECIAL:
        assert shapely.equals(plain.shapes[code], bundled(EDITION_2024, DISTRICT)[code])
        assert plain.status[code] is Status.KEPT


def test_what_is_said_to_be_hoang_sa_elsewhere_is_dropped(hanoi):
    own = shapely.box(111.6, 16.5, 111.62, 16.52)
    stray = shapely.box(108.2, 16.1, 108.21, 16.11)
    made = prepared({**hanoi, SPECIAL[0]: shapely.MultiPolygon([own, stray])})
    assert shapely.equals(made.shapes[SPECIAL[0]], own)
    assert "island_parts" in found(made)


def test_an_archipelago_keeps_all_its_pieces_and_may_come_alone(hanoi):
    code = SPECIAL[1]
    islets = [
        shapely.box(x, y, x + 0.02, y + 0.02)
        for x in np.arange(111.2, 115, 0.4)
        for y in (8, 9, 10, 11)
    ]
    islets += [shapely.box(109.6, 7.4, 109.7, 7.5), shapely.box(112, 8.5, 112.0002, 8.5002)]
    for others in (hanoi, {}):
        made = prepared({**others, code: shapely.MultiPolygon(islets)})
        assert len(shapely.get_parts(made.shapes[code])) == len(islets)
        assert found(made)["island_drawn"].values["n"] == str(len(islets))
        assert made.status[code] is Status.OFFICIAL


def test_one_islet_is_told_and_a_box_of_sea_is_none(hanoi):
    code = SPECIAL[1]
    made = prepared({**hanoi, code: shapely.box(112, 8.5, 112.02, 8.52)})
    assert "Trường Sa" in found(made)["island_few"].text("en")
    made = prepared({**hanoi, code: shapely.box(112, 8, 116, 11)})
    assert "Trường Sa" in found(made)["island_sea"].text("en")
    assert shapely.equals(made.shapes[code], bundled(EDITION_2024, DISTRICT)[code])


def test_units_drawn_apart_from_one_another_are_refused(hanoi):
    with pytest.raises(Refused) as caught:
        prepared({code: shapely.buffer(shape, -6e-4) for code, shape in hanoi.items()})
    assert "gaps_everywhere" in keys(caught)


def test_codes_that_slipped_by_a_row_are_refused(hanoi):
    codes = list(hanoi)
    slipped = dict(zip(codes[1:], list(hanoi.values())[:-1], strict=True))
    with pytest.raises(Refused) as caught:
        prepared(slipped)
    assert "codes_shifted" in keys(caught)


def test_polygons_moved_beside_their_units_are_refused_and_one_is_told(hanoi):
    some = {code: hanoi[code] for code in ("250", "278", "280", "282")}
    with pytest.raises(Refused) as caught:
        prepared({code: translate(shape, 0.22, 0.12) for code, shape in some.items()})
    assert "all_beside" in keys(caught)
    made = prepared({**some, "282": translate(some["282"], 0.22, 0.12)})
    assert "(282)" in found(made)["beside"].text("en")
    assert "beside" not in found(prepared(some))


def test_an_outline_that_holds_sea_or_lacks_land_is_told_or_refused():
    base = bundled(EDITION_2024, Level.PROVINCE)
    outline = base[LAI_CHAU]
    assert check_provinces(EDITION_2024, {LAI_CHAU: outline}, base) == []
    (told,) = check_provinces(EDITION_2024, {LAI_CHAU: scale(outline, 1.15, 1.15)}, base)
    assert "Lai Châu (12)" in told.text("en")
    west, south, east, north = shapely.bounds(outline)
    third = shapely.intersection(outline, shapely.box(west, south, west + (east - west) / 3, north))
    for wrong in (shapely.box(west, south, east, north), third):
        with pytest.raises(Refused) as caught:
            check_provinces(EDITION_2024, {LAI_CHAU: wrong}, base)
        assert keys(caught) == {"provinces_wrong"}


def test_land_that_a_unit_lacks_goes_to_its_own_province_up_to_the_outline(hanoi, plain):
    outline = shapely.union_all([shapely.buffer(shape, 1e-5) for shape in hanoi.values()])
    west, south, east, north = shapely.bounds(hanoi["250"])
    third = shapely.box(west, south, west + (east - west) / 3, north)
    small = {**hanoi, "250": shapely.intersection(hanoi["250"], third)}
    for outlines, key in (({HA_NOI: outline}, "outline_left"), ({}, "land_left")):
        made = prepared(small, outlines=outlines)
        assert "250" in found(made)[key].values["units"]
        assert overlap(made.shapes["250"], plain.shapes["250"]) > 0.9


def test_a_province_far_from_its_own_outline_is_refused(hanoi):
    outline = shapely.union_all([shapely.buffer(shape, 0.1) for shape in hanoi.values()])
    lacking = {HA_NOI: shapely.intersection(outline, shapely.box(105, 20, 105.7, 22))}
    with pytest.raises(Refused) as caught:
        prepared(hanoi, outlines=lacking)
    assert "outlines_wrong" in keys(caught)


def test_a_unit_without_room_in_its_outline_keeps_its_bundled_islet():
    provinces = bundled(EDITION_2024, Level.PROVINCE)
    parts = shapely.get_parts(provinces["51"])
    given = {"51": parts[np.argmax(shapely.area(parts))]}  # without Lý Sơn
    made = prepared(given, level=Level.PROVINCE)
    assert "Lý Sơn" in found(made)["islet_kept"].values["units"]
    assert overlap(made.shapes["536"], bundled(EDITION_2024, DISTRICT)["536"]) > 0.9


def test_an_older_list_is_carried_to_the_districts_of_today():
    layer = bundled(EDITION_2024, DISTRICT)
    west, south, east, north = shapely.bounds(layer["682"])
    half = shapely.box(west, south, (west + east) / 2, north)
    old = {
        "681": shapely.intersection(layer["682"], half),  # joined to 682 in 2024
        "682": shapely.difference(layer["682"], half),
        SPLIT_OLD: shapely.union_all([layer[SPLIT_OLD], layer[SPLIT_NEW]]),
        "999": layer["001"],
    }
    status = {}
    shapes, findings = carry(old, status)
    assert set(shapes) == {"682", SPLIT_OLD, SPLIT_NEW}
    assert overlap(shapes["682"], layer["682"]) > 0.999
    assert overlap(shapes[SPLIT_NEW], layer[SPLIT_NEW]) > 0.999
    assert status == {"682": Status.CARRIED, SPLIT_OLD: Status.SPLIT, SPLIT_NEW: Status.SPLIT}
    assert {finding.key for finding in findings} == {"carried", "split", "unknown_codes"}


def test_a_list_of_today_is_not_carried():
    layer = bundled(EDITION_2024, DISTRICT)
    today = {code: layer[code] for code in ("682", SPLIT_OLD, SPLIT_NEW, "474", "475", "480")}
    shapes, findings = carry(today, {})
    assert findings == []
    assert all(shapes[code] is today[code] for code in today)


def test_units_fit_an_outline_without_rest():
    left, right = shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)
    outline = shapely.box(0.5, 0.5, 3, 3)
    made = fit({"a": left, "b": right, "far": shapely.box(9, 9, 10, 10)}, outline)
    assert set(made) == {"a", "b"}
    assert shapely.equals(shapely.union_all(list(made.values())), outline)
    assert shapely.area(shapely.intersection(made["a"], made["b"])) == 0


def test_provinces_alone_draw_their_districts_into_their_outlines():
    provinces = bundled(EDITION_2024, Level.PROVINCE)
    given = {
        code: shapely.simplify(shapely.segmentize(provinces[code], 0.02), 0.004)
        for code in (VINH_PHUC, DA_NANG, LAI_CHAU)
    }
    made = prepared(given, level=Level.PROVINCE)
    assert made.level is Level.PROVINCE
    drawn = np.array(list(made.shapes.values()), dtype=object)
    assert shapely.coverage_is_valid(drawn)
    own = [made.shapes[code] for code in districts(VINH_PHUC)]
    assert overlap(shapely.union_all(own), given[VINH_PHUC]) > 0.99
    assert made.status[VINH_PHUC] is Status.OFFICIAL
    assert shapely.equals(made.shapes[SPECIAL[0]], bundled(EDITION_2024, DISTRICT)[SPECIAL[0]])


def test_communes_work_alike():
    layer = bundled(EDITION_2025, Level.COMMUNE)
    code = next(iter(layer))
    candidate = Candidate(EDITION_2025, Level.COMMUNE, {code: layer[code]}, Source("x"))
    made = prepare(candidate, partial=True)
    assert len(made.shapes) == 3321
    assert overlap(made.shapes[code], layer[code]) > 0.97
