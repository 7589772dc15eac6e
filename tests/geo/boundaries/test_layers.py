from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely

from base.folders import STATIC
from geo import boundaries
from geo.editions import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    TRUONG_SA,
    Level,
    area,
    areas,
    path,
    regions,
)

LAYERS = [
    (EDITION_2024, Level.PROVINCE),
    (EDITION_2024, Level.DISTRICT),
    (EDITION_2025, Level.PROVINCE),
    (EDITION_2025, Level.COMMUNE),
]
FINEST = [(EDITION_2024, Level.DISTRICT), (EDITION_2025, Level.COMMUNE)]

# East of this meridian (degrees) there is nothing but the two archipelagos.
OPEN_SEA = 110.0


def by_code(edition, level):
    return boundaries.load(edition, level).set_index("code").geometry


def segments(geometries):
    """The undirected edges of polygons, as a set."""
    found = set()
    for ring in shapely.get_rings(shapely.get_parts(geometries)):
        points = [tuple(point) for point in shapely.get_coordinates(ring).tolist()]
        found.update(tuple(sorted(pair)) for pair in pairwise(points))
    return found


@pytest.mark.parametrize(("edition", "level"), LAYERS)
def test_a_layer_holds_every_area_once_in_official_order(edition, level):
    frame = boundaries.load(edition, level)
    assert frame["code"].tolist() == [unit.code for unit in areas(edition, level)]
    assert frame.crs.to_epsg() == 4326
    assert set(frame.geom_type) <= {"Polygon", "MultiPolygon"}
    assert not frame.geometry.is_empty.any()


@pytest.mark.parametrize(("edition", "level"), LAYERS)
def test_a_layer_is_a_valid_coverage(edition, level):
    geometry = boundaries.load(edition, level).geometry
    assert geometry.is_valid.all()
    assert geometry.is_valid_coverage(gap_width=0)


@pytest.mark.parametrize(("edition", "level"), FINEST)
def test_a_province_is_the_union_of_its_units(edition, level):
    provinces = by_code(edition, Level.PROVINCE)
    units = by_code(edition, level)
    owner = [area(edition, code).parent for code in units.index]
    united = gpd.GeoSeries(units.groupby(owner).apply(shapely.coverage_union_all))
    difference = shapely.symmetric_difference(provinces.to_numpy(), united[provinces.index])
    assert shapely.area(difference).max() < 1e-12


@pytest.mark.parametrize(("edition", "level"), FINEST)
def test_provinces_and_their_units_are_one_topology(edition, level):
    fine = segments(by_code(edition, level).to_numpy())
    assert segments(by_code(edition, Level.PROVINCE).to_numpy()) <= fine


@pytest.mark.parametrize(("edition", "level"), FINEST)
@pytest.mark.parametrize(
    ("special", "province", "islets"),
    [(HOANG_SA, "Thành phố Đà Nẵng", 1), (TRUONG_SA, "Tỉnh Khánh Hòa", 11)],
)
def test_the_archipelagos_belong_to_their_provinces(edition, level, special, province, islets):
    unit = area(edition, special[edition, level])
    holder = path(unit)[-2]
    assert holder.name_vi == province
    assert holder.code == special[edition, Level.PROVINCE]
    shape = by_code(edition, level)[unit.code]
    assert shapely.get_num_geometries(shape) == islets
    assert by_code(edition, Level.PROVINCE)[holder.code].covers(shape)


@pytest.mark.parametrize(("edition", "level"), LAYERS)
def test_nothing_else_lies_in_the_open_sea(edition, level):
    shapes = by_code(edition, level)
    east = shapes.index[shapes.bounds["maxx"] > OPEN_SEA]
    assert set(east) == {HOANG_SA[edition, level], TRUONG_SA[edition, level]}


@pytest.mark.parametrize(("edition", "level"), LAYERS)
def test_the_box_of_an_area_holds_its_mainland_tightly(edition, level):
    special = {HOANG_SA[edition, level], TRUONG_SA[edition, level]}
    for code, shape in by_code(edition, level).items():
        if code in special:
            continue
        box = np.array(boundaries.bounds(edition, code))
        exact = np.array(shape.bounds)
        assert ((box - exact) * [1, 1, -1, -1] <= 0).all(), code
        assert np.abs(box - exact).max() <= 1.1e-4, code


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
@pytest.mark.parametrize("special", [HOANG_SA, TRUONG_SA])
def test_the_archipelagos_are_left_out_of_every_box_but_their_own(edition, special):
    finest = dict(FINEST)[edition]
    own = boundaries.bounds(edition, special[edition, finest])
    assert own[0] > OPEN_SEA
    province = area(edition, special[edition, Level.PROVINCE])
    for code in (province.code, province.region, COUNTRY_CODE):
        assert boundaries.bounds(edition, code)[2] < OPEN_SEA


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_every_area_of_every_level_has_a_box(edition):
    for unit in areas(edition):
        west, south, east, north = boundaries.bounds(edition, unit.code)
        assert west < east
        assert south < north


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_the_box_of_a_region_is_that_of_its_provinces(edition):
    for region in regions(edition):
        members = [u.code for u in areas(edition, Level.PROVINCE) if u.region == region.code]
        boxes = np.array([boundaries.bounds(edition, code) for code in members])
        expected = (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))
        assert boundaries.bounds(edition, region.code) == pytest.approx(expected)


def test_the_same_code_has_the_box_of_its_edition():
    # 15 is Yên Bái among the 63 and Lào Cai among the 34, which holds Yên Bái.
    old, new = (boundaries.bounds(e, "15") for e in (EDITION_2024, EDITION_2025))
    assert old != new
    assert new[0] <= old[0]
    assert new[3] >= old[3]


@pytest.mark.parametrize(("edition", "level"), LAYERS)
@pytest.mark.parametrize("detail", [False, True])
def test_a_web_layer_describes_a_file_that_exists(edition, level, detail):
    layer = boundaries.web_layer(edition, level, detail)
    assert (layer.edition, layer.level, layer.detail) == (edition, level, detail)
    assert (STATIC / layer.url).stat().st_size == layer.n_bytes
    assert layer.n == len(areas(edition, level))
    assert layer.kind == boundaries.KIND_APPROXIMATE
    assert layer.mainland_bbox[2] < OPEN_SEA < layer.bbox[2]
    assert layer.mainland_bbox == boundaries.bounds(edition, COUNTRY_CODE)


def test_layers_are_known_by_edition_and_level():
    assert [(x.edition, x.level) for x in boundaries.web_layers() if not x.detail] == LAYERS
    assert boundaries.has_layer(EDITION_2024, Level.DISTRICT)
    assert not boundaries.has_layer(EDITION_2025, Level.DISTRICT)
    assert not boundaries.has_layer(EDITION_2019, Level.DISTRICT)
    assert not boundaries.has_layer("1802", Level.PROVINCE)


@pytest.mark.parametrize("function", [boundaries.web_layer, boundaries.load])
def test_a_missing_layer_is_answered_with_those_there_are(function):
    with pytest.raises(boundaries.NoBoundariesError) as caught:
        function(EDITION_2019, Level.DISTRICT)
    message = str(caught.value)
    assert "'2019'" in message
    assert "'district'" in message
    assert all(f"{edition} {level}" in message for edition, level in LAYERS)


def test_a_missing_box_is_answered_with_what_is_allowed():
    with pytest.raises(boundaries.NoBoundariesError, match="allowed: 2024, 2025"):
        boundaries.bounds(EDITION_2019, "01")
    with pytest.raises(boundaries.NoBoundariesError, match=r"'20333'.*'2024'"):
        boundaries.bounds(EDITION_2024, HOANG_SA[EDITION_2025, Level.COMMUNE])


def test_changing_what_was_loaded_does_not_change_the_next_load():
    frame = boundaries.load(EDITION_2024, Level.PROVINCE)
    frame["code"] = "spoilt"
    assert boundaries.load(EDITION_2024, Level.PROVINCE)["code"].iloc[0] == "01"
