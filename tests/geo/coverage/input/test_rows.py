"""Rows of unknown hands: every bad one counted and listed with its reason."""

import gzip

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from base.words import Refusal
from geo.coverage import Files, find_gaps
from geo.coverage.ground import CoverageError, Options
from geo.coverage.input import Problems, read_file, read_measurements, read_polygons
from geo.coverage.input.operators import operator, technologies
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, reasons, settlements, sites, write_csv

LON, LAT = 104.965, 22.858
GOOD = ["a", "A", LON, LAT, "", 10, "yes"]


def test_bad_settlements_are_each_listed_with_their_row_and_reason(tmp_path):
    rows = [
        GOOD,
        ["b", "B", LAT, LON, "", 10, ""],  # exchanged
        ["c", "C", 109.5, 15.5, "", 10, ""],  # at sea
        ["d", "D", 2.35, 48.85, "", 10, ""],  # abroad
        ["a", "A again", LON, LAT, "", 10, ""],  # twice
        ["f", "F", "", "", "", 10, ""],  # nowhere
        ["g", "G", "x", LAT, "", 10, ""],  # unreadable
        ["h", "H", LON, "", "", 10, ""],  # half
        ["i", "I", LON, LAT, "00000", 10, ""],  # no such commune
        ["j", "J", 0, 0, "", 10, ""],
        ["k", "K", "inf", "nan", "", 10, ""],
    ]
    found, problems = settlements(write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows))
    assert found.id.tolist() == ["a"]
    assert reasons(problems) == [
        (3, "swapped"),
        (4, "at_sea_or_abroad"),
        (5, "abroad"),
        (6, "duplicate_id"),
        (7, "no_coordinates"),
        (8, "coordinates"),
        (9, "coordinates"),
        (10, "unknown_area"),
        (11, "abroad"),
        (12, "coordinates"),
    ]
    assert problems["value"].tolist()[0] == f"{LAT}; {LON}"


def test_exchanged_coordinates_are_mended_only_when_asked(tmp_path):
    path = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, [["b", "B", LAT, LON, "", 10, ""]])
    found, problems = settlements(path, mend_swapped=True)
    assert (found.lon[0], found.lat[0]) == (LON, LAT)
    assert reasons(problems, kept=True) == [(2, "swapped_mended")]


def test_doubtful_cells_are_unknown_and_listed_but_the_row_stays(tmp_path):
    rows = [
        ["a", "A", LON, LAT, "", "nhiều", "maybe"],
        ["b", "B", LON, LAT, "", -5, "có"],
        ["c", "C", 106.7, 10.8, "00691", 10, "chưa"],  # in Hồ Chí Minh City by its point
    ]
    found, problems = settlements(write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows))
    assert len(found) == 3
    assert found.power.tolist() == [-1, 1, 0]
    assert pd.isna(found.population[:2]).all()
    kept = reasons(problems, kept=True)
    assert sorted(kept) == [
        (2, "population"),
        (2, "power"),
        (3, "population"),
        (4, "far_from_area"),
    ]


def test_directions_and_widths_are_read_as_offices_write_them(tmp_path):
    header = ("Kinh độ", "Vĩ độ", "Công nghệ", "Bán kính", "Góc phương vị", "Độ rộng búp sóng")
    rows = [[LON, LAT, "4G", 1000, "90°", "65 °"], [LON, LAT, "4G", 1000, "225,5º", "65"]]
    found, problems = sites(write_csv(tmp_path / "t.csv", header, rows))
    assert problems.empty
    assert found.azimuth.tolist() == [90, 225.5]
    assert found.beam.tolist() == [65, 65]


@pytest.mark.parametrize(
    "heading", ["range_km", "Range (km)", "Bán kính (km)", "Bán kính phủ sóng [km]", "Tầm phủ (Km)"]
)
def test_a_heading_says_that_ranges_are_kilometres(tmp_path, heading):
    path = write_csv(tmp_path / "t.csv", ("lon", "lat", heading), [[LON, LAT, "2,5"]])
    found, _ = sites(path)
    assert found.range_m.tolist() == [2500]


def test_ranges_in_metres_come_before_those_in_kilometres(tmp_path):
    header = ("lon", "lat", "range_km", "range")
    found, _ = sites(write_csv(tmp_path / "t.csv", header, [[LON, LAT, "3", "2500"]]))
    assert found.range_m.tolist() == [2500]


def test_bad_sites_are_each_listed(tmp_path):
    header = ("lon", "lat", "technology", "operator", "range", "azimuth", "beam")
    rows = [
        [LON, LAT, "LTE", "VIETTEL", "2500", "", ""],
        [LON, LAT, "4G", "Viettel", 0, "", ""],
        [LON, LAT, "4G", "Viettel", 500_000, "", ""],
        [LON, LAT, "4G", "Viettel", "", "", ""],
        [LON, LAT, "4G", "Viettel", "xa", "", ""],
        [LON, LAT, "6G", "Viettel", 1000, "", ""],
        [LON, LAT, "4G", "Viettel", 1000, 90, ""],
        [LON, LAT, "4G", "Viettel", 1000, 90, 400],
        [LAT, LON, "4G", "Viettel", 1000, "", ""],
        [109.9, 12.0, "4G", "Viettel", 1000, "", ""],  # far out at sea
        [LON, LAT, "4G", "Viettel", 1000, -90, 60],
    ]
    found, problems = sites(write_csv(tmp_path / "t.csv", header, rows))
    assert [layer.operator for layer in found.layers] == ["Viettel"]
    assert found.azimuth.tolist()[1] == 270
    assert [reason for _, reason in reasons(problems)] == [
        *("range_zero", "range_large", "range_missing", "range_unread", "technology"),
        *("sector_half", "sector", "swapped", "at_sea_or_abroad"),
    ]
    found, problems = sites(tmp_path / "t.csv", default_range_m={"4G": 3_000.0})
    assert (5, "range_assumed") in reasons(problems, kept=True)
    assert 3_000 in found.range_m


def test_cells_of_opencellid_with_and_without_header_and_gzipped(tmp_path):
    header = "radio,mcc,net,area,cell,unit,lon,lat,range,samples,"
    header += "changeable,created,updated,averageSignal"
    rows = [
        f"LTE,452,4,1,1,0,{LON},{LAT},1500,9,1,1,1,0",
        f"LTE,452,5,1,2,0,{LON},{LAT},1500,9,1,1,1,0",
        f"LTE,452,4,1,1,0,{LON},{LAT},1500,9,1,1,1,0",  # the same row again
        f"LTE,452,4,1,1,0,{LON},{LAT},9999,9,1,1,1,0",  # the same cell with another range
        f"GSM,457,1,1,3,0,{LON},{LAT},1500,9,1,1,1,0",  # a cell of Laos
        f"LTE,452,4,1,4,0,{LON},{LAT},1500,9,1,1,1",  # a cell too few
    ]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]))
    (tmp_path / "b.csv").write_text("\n".join(rows))
    with gzip.open(tmp_path / "c.csv.gz", "wt") as file:
        file.write("\n".join(rows))
    for name in ("a.csv", "b.csv", "c.csv.gz"):
        found, problems = sites(tmp_path / name)
        assert [layer.operator for layer in found.layers] == ["Vietnamobile", "Viettel"]
        first = 2 if name == "a.csv" else 1
        assert reasons(problems) == [
            (first + 2, "duplicate_row"),
            (first + 4, "other_country"),
            (first + 5, "cells"),
        ]
        assert reasons(problems, kept=True) == [(first + 3, "duplicate_cell")]
        assert sorted(found.range_m) == [1500, 1500, 9999]


def test_a_mast_of_several_technologies_is_a_cell_of_each(tmp_path):
    header = ("id", "lon", "lat", "technology", "operator", "range")
    rows = [
        ["m1", LON, LAT, "2G/3G, 4G", "Viettel", 1000],
        ["m2", LON, LAT, "4G/6G", "Viettel", 1000],
        ["m1", LON, LAT, "5G", "Viettel", 1000],  # of the same station
        ["m1", LON, LAT, "5G", "Viettel", 1000],
    ]
    found, problems = sites(write_csv(tmp_path / "t.csv", header, rows))
    assert [found.layers[at].technology for at in found.layer] == ["2G", "3G", "4G", "5G"]
    assert reasons(problems) == [(3, "technology"), (5, "duplicate_row")]


def polygons(frame, path, crs=""):
    frame.to_file(path)
    problems = Problems()
    return read_polygons(read_file(path, problems, crs=crs), problems), problems.frame()


def test_empty_and_invalid_polygons_are_left_out_and_an_unknown_system_is_refused(tmp_path):
    good = shapely.box(105, 21, 105.1, 21.1)
    bow_tie = shapely.Polygon([(105, 21), (106, 22), (106, 21), (105, 22)])
    shapes = [
        good,
        bow_tie,
        shapely.Polygon(),
        None,
        shapely.Point(105, 21),
        shapely.box(0, 0, 1, 1),
    ]
    frame = gpd.GeoDataFrame({"technology": ["4G"] * 6}, geometry=shapes, crs="EPSG:4326")
    found, problems = polygons(frame, tmp_path / "p.gpkg")
    assert len(found.geometry) == 1
    assert [reason for _, reason in reasons(problems)] == [
        *("geometry_invalid", "geometry_empty", "geometry_empty", "geometry_kind", "abroad"),
    ]
    assert "Self-intersection" in problems["value"].tolist()[0]
    unknown = gpd.GeoDataFrame({"technology": ["4G"]}, geometry=[good])
    with pytest.raises(Refusal, match="coordinate reference system"):
        polygons(unknown, tmp_path / "u.gpkg")
    assert len(polygons(unknown, tmp_path / "u.gpkg", crs="EPSG:4326")[0].geometry) == 1
    with pytest.raises(Refusal, match="no coordinate reference system"):
        polygons(unknown, tmp_path / "u.gpkg", crs="EPSG:99")


def test_measurements(tmp_path):
    rows = [[LON, LAT, -90], [LON, LAT, 20], [LON, LAT, ""], [LON, LAT, "x"], [LAT, LON, -90]]
    path = write_csv(tmp_path / "m.csv", ("lon", "lat", "RSRP"), rows)
    problems = Problems()
    found = read_measurements(read_file(path, problems), problems, Options())
    assert found.dbm.tolist() == [-90]
    assert [r for _, r in reasons(problems.frame())] == ["dbm", "dbm_missing", "dbm", "swapped"]


def test_where_nothing_is_left_the_commonest_reason_is_said(tmp_path):
    rows = [["a", "A", 500_000, 2_300_000, "", 10, ""]]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    header = ("lon", "lat", "technology", "range")
    masts = write_csv(tmp_path / "t.csv", header, [[LON, LAT, "4G", 1000]])
    with pytest.raises(CoverageError, match="coordinates in metres") as told:
        find_gaps(Files(settled, masts))
    assert "VN-2000) (1 dòng)" in told.value.say("vi")


def test_networks_are_named_only_where_the_code_is_known():
    assert [operator(452, n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 20)] == [
        *("MobiFone", "VinaPhone", "452-03", "Viettel", "Vietnamobile", "452-06", "Gmobile"),
        *("I-Telecom", "REDDI", "452-20"),
    ]
    assert operator(457, 1) == "457-01"
    names, bad = technologies(["gsm", "LTE", "", "5G NR", "6G"])
    assert names.tolist() == ["2G", "4G", "", "5G", ""]
    assert bad.tolist() == [False, False, False, False, True]


def test_lists_of_names_alone_are_resolved_as_far_as_names_go(tmp_path):
    header = ("STT", "Tên thôn", "Xã", "Huyện", "Tỉnh", "Số hộ")
    rows = [
        [1, "Bản Nậm Pì", "Xã Mường Mô", "", "Lai Châu", 40],
        [2, "Bản Nà Chua", "Phường Phúc Xá", "Quận Ba Đình", "Hà Nội", 12],
        [3, "Thôn Không Rõ", "Xã Vô Danh", "", "Lai Châu", 9],
        [4, "Thôn Một", "", "", "Lai Châu", 9],
    ]
    path = write_csv(tmp_path / "s.csv", header, rows)
    read, problems = settlements(path)
    assert read.area.tolist() == ["03472", "00097"]
    assert read.households.tolist() == [40, 12]
    assert reasons(problems) == [(4, "unknown_name"), (5, "unknown_name")]
    read, problems = settlements(path, edition="2024")
    assert read.area.tolist() == ["001"]
    named = write_csv(tmp_path / "c.csv", ("name", "ma_xa"), [["A", "Xã Mường Mô"], ["B", "99"]])
    read, problems = settlements(named)
    assert read.area.tolist() == ["03472"]
    assert reasons(problems) == [(3, "unknown_area")]
