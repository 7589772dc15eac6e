"""The whole recipe on the made-up country, and what it made of the real one."""

import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.build.boundaries import islands, layers, measure, mirror, quality, recipe, sources
from data.build.boundaries.__main__ import compare
from data.build.boundaries.records import Extent
from geo.boundaries import layers as boundaries
from geo.editions import EDITION_2024, EDITION_2025, HOANG_SA, TRUONG_SA, Level, areas
from tests.data import made_up_country as country

DISTRICTS, COMMUNES = (EDITION_2024, Level.DISTRICT), (EDITION_2025, Level.COMMUNE)
ARCHIPELAGOS = {special[key] for special in (HOANG_SA, TRUONG_SA) for key in (DISTRICTS, COMMUNES)}


def with_archipelagos(units):
    """The made-up country with the codes of the archipelagos, which the recipe adds."""
    return sources.Units(
        units.wards,
        units.districts
        | {
            special[DISTRICTS]: sources.District(special[DISTRICTS], "P1", (0.0, 0.0, 1.0, 1.0))
            for special in (HOANG_SA, TRUONG_SA)
        },
        units.communes
        | {
            special[COMMUNES]: sources.Commune(special[COMMUNES], "N", 0.0, 0.0, None)
            for special in (HOANG_SA, TRUONG_SA)
        },
        units.provinces,
        units.united,
    )


@pytest.fixture(scope="module")
def made():
    units = with_archipelagos(country.units())
    return recipe.build(units, country.land(), country.ocean(), country.GRID)


class TestMadeUp:
    def test_every_unit_of_every_layer_is_drawn(self, made):
        units = country.units()
        assert set(made[DISTRICTS]) - ARCHIPELAGOS == set(units.districts)
        assert set(made[COMMUNES]) - ARCHIPELAGOS == set(units.communes)
        assert set(made[EDITION_2024, Level.PROVINCE]) == {"P0", "P1"}
        assert set(made[EDITION_2025, Level.PROVINCE]) == {"N"}

    def test_every_layer_is_a_valid_coverage(self, made):
        for layer in made.values():
            layers.checked(layer, layer)

    def test_districts_are_where_they_were(self, made):
        for row in range(2):
            for column in range(2):
                west, south = country.WEST + column * 0.2, country.SOUTH + row * 0.2
                true = shapely.box(west, south, west + 0.2, south + 0.2)
                drawn = made[DISTRICTS][f"D{row}{column}"]
                assert drawn.intersection(true).area / drawn.union(true).area > 0.9

    def test_the_outline_of_a_province_is_made_of_lines_of_its_districts(self, made):
        province = made[EDITION_2024, Level.PROVINCE]["P0"]
        lines = shapely.union_all([made[DISTRICTS][code].boundary for code in ("D00", "D10")])
        assert lines.covers(province.boundary)

    def test_both_editions_cover_the_same_land(self, made):
        one, other = (shapely.union_all(list(made[key].values())) for key in (DISTRICTS, COMMUNES))
        assert one.symmetric_difference(other).area == pytest.approx(0, abs=1e-12)

    def test_the_same_input_gives_the_same_bytes(self, made):
        units = with_archipelagos(country.units())
        again = recipe.build(units, country.land(), country.ocean(), country.GRID)
        for key, layer in made.items():
            assert shapely.to_wkb(list(layer.values())).tolist() == (
                shapely.to_wkb(list(again[key].values())).tolist()
            )

    def test_a_ward_without_a_box_still_gets_land(self):
        units = with_archipelagos(country.units())
        lost = {code: w for code, w in units.wards.items() if w.communes == ("C00",)}
        box = units.districts["D00"].box
        wards = units.wards | {
            code: sources.Ward(code, w.district, w.communes, w.lon, w.lat, box)
            for code, w in lost.items()
        }
        units = sources.Units(wards, units.districts, units.communes, units.provinces, units.united)
        found = recipe.build(units, country.land(), country.ocean(), country.GRID)
        true = shapely.box(106.0, 16.0, 106.2, 16.1)
        drawn = found[COMMUNES]["C00"]
        assert drawn.intersection(true).area / drawn.union(true).area > 0.6


class TestChecks:
    def test_a_missing_area_is_named(self):
        with pytest.raises(ValueError, match="'b'"):
            layers.checked({"a": shapely.box(0, 0, 1, 1)}, ["a", "b"])

    def test_edges_that_do_not_fit_are_named(self):
        torn = {"a": shapely.box(0, 0, 1, 1), "b": shapely.box(0.9, 0, 2, 1)}
        with pytest.raises(ValueError, match="do not fit"):
            layers.checked(torn, torn)

    def test_a_missing_package_is_told(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="make boundaries"):
            sources.read_land(tmp_path)


class TestMeasure:
    def test_agreement_is_shared_over_joint_area(self):
        ours = {"a": shapely.box(105, 10, 105.2, 10.1), "c": shapely.box(0, 0, 1, 1)}
        theirs = {"a": shapely.box(105.1, 10, 105.3, 10.1)}
        found = measure.agreement(ours, theirs)
        assert found.iou == {"a": pytest.approx(1 / 3, abs=1e-3)}
        assert found.right == pytest.approx(0.5, abs=1e-3)

    def test_islets_far_out_do_not_count(self):
        land = shapely.box(105, 10, 105.2, 10.1)
        ours = {"a": shapely.MultiPolygon([land, shapely.box(112, 10, 113, 11)])}
        assert measure.agreement(ours, {"a": land}).mean == pytest.approx(1.0)

    def test_sets_without_a_common_area_are_refused(self):
        with pytest.raises(ValueError, match="both sets"):
            measure.agreement({"a": shapely.box(105, 10, 106, 11)}, {})

    def test_an_empty_mirror_is_refused(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="holds neither"):
            mirror.official(tmp_path)


@pytest.fixture(scope="module")
def real():
    return quality.checked(quality.published(sources.read_units()))


class TestReal:
    def test_the_package_has_all_units(self, real):
        assert set(real.districts) == {unit.code for unit in areas(*DISTRICTS)}
        assert set(real.communes) == {unit.code for unit in areas(*COMMUNES)}
        assert all(ward.communes for ward in real.wards.values())

    def test_nearly_all_boxes_can_be_believed(self, real):
        kinds = [ward.extent for ward in real.wards.values()]
        assert len(kinds) == 10_040
        assert kinds.count(Extent.BOX) > 9_300
        assert kinds.count(Extent.NONE) < 250

    def test_the_ocean_is_cut_to_the_country(self, tmp_path):
        latitudes, longitudes = 90 - np.arange(180.0), -180 + np.arange(360.0)
        wet = np.zeros((180, 360), bool)
        wet[90 - 16, 180 + 109] = True
        file = tmp_path / sources.OCEAN_FILE
        np.savez_compressed(file, mask=wet, lat=latitudes, lon=longitudes)
        ocean = sources.read_ocean(tmp_path)
        row, column = np.argwhere(ocean.mask)[0]
        assert (ocean.north - row * ocean.step, ocean.west + column * ocean.step) == (16, 109)


class TestShipped:
    """What the recipe made of the real country."""

    def test_layers_share_their_lines(self):
        for key in (DISTRICTS, COMMUNES):
            fine = gpd.read_parquet(boundaries.parquet_path(*key)).set_index("code")
            coarse = boundaries.parquet_path(key[0], Level.PROVINCE)
            provinces = gpd.read_parquet(coarse).set_index("code")
            for code in ("01", "22", "48"):
                parts = fine.geometry[fine["province_code"] == code].to_numpy()
                outline = shapely.coverage_union_all(parts)
                assert outline.normalize().equals_exact(provinces.geometry[code].normalize())

    def test_both_editions_cover_the_same_land(self):
        one, other = (
            gpd.read_parquet(boundaries.parquet_path(edition, Level.PROVINCE))
            for edition in (EDITION_2024, EDITION_2025)
        )
        apart = shapely.symmetric_difference(
            shapely.coverage_union_all(one.geometry.to_numpy()),
            shapely.coverage_union_all(other.geometry.to_numpy()),
        )
        assert apart.area == pytest.approx(0, abs=1e-9)

    @pytest.mark.skipif("ATLAS_TEST_MIRROR" not in os.environ, reason="no mirror of official sets")
    def test_it_agrees_with_official_polygons(self):
        official = mirror.official(Path(os.environ["ATLAS_TEST_MIRROR"]))
        for key, least in ((DISTRICTS, 0.83), (COMMUNES, 0.71)):
            frame = gpd.read_parquet(boundaries.parquet_path(*key))
            ours = dict(zip(frame["code"], frame.geometry, strict=True))
            assert measure.agreement(ours, official[key]).mean > least

    def test_the_report_has_a_line_for_each_comparison(self):
        lines = compare(boundaries.BOUNDARIES_DIR, boundaries.BOUNDARIES_DIR, None)
        assert [line.split()[0] for line in lines] == ["area"] * 3 + ["point"] + ["reference"] * 4
        assert all("mean IoU 1.000" in line for line in lines[4:])

    def test_nearly_every_commune_holds_its_own_point(self, real):
        # The independent check for communes whose area no register knows.
        frame = gpd.read_parquet(boundaries.parquet_path(*COMMUNES)).set_index("code")
        points = {c: shapely.Point(unit.point) for c, unit in real.communes.items()}
        off = [c for c, point in points.items() if frame.geometry[c].distance(point) > 0.02]
        # Points between islands; 24637 is where its wards' boxes are, 2 km from its point.
        assert set(off) - ARCHIPELAGOS <= {"06757", "24637", "30781", "30811", "31108"}

    @pytest.mark.parametrize(
        ("code", "point"),
        [
            ("31108", (104.842, 9.963)),  # Hòn Tre
            ("31108", (104.357, 9.684)),  # Nam Du
            ("30781", (104.325, 10.325)),  # Tiên Hải, where the mask of the ocean has islets
            ("30781", (104.350, 10.300)),
            ("30811", (104.530, 10.181)),  # Sơn Hải
            ("32248", (104.833, 8.434)),  # Hòn Khoai
        ],
    )
    def test_islands_stand_at_their_places(self, code, point):
        frame = gpd.read_parquet(boundaries.parquet_path(*COMMUNES)).set_index("code")
        assert frame.geometry[code].contains(shapely.Point(point))

    def test_provinces_have_nearly_their_official_area(self):
        known = sources.read_package().provinces_old
        assert len(known) == 63
        frame = gpd.read_parquet(boundaries.parquet_path(EDITION_2024, Level.PROVINCE))
        drawn = measure.areas_km2(dict(zip(frame["code"], frame.geometry, strict=True)))
        official = {u.code: u.area_km2 for u in areas(EDITION_2024, Level.PROVINCE) if u.area_km2}
        official["48"] -= islands.HOANG_SA_KM2  # not measured, but in what is official
        ratios = np.array([drawn[code] / km2 for code, km2 in official.items()])
        assert np.median(np.abs(ratios - 1)) < 0.05
        assert ((ratios > 0.9) & (ratios < 1.1)).all()
