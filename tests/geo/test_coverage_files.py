"""Files of unknown hands: every bad row counted and listed, every bad file refused in words."""

import gzip
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo._coverage_columns import columns, heading, numbers, yes_no
from geo._coverage_files import read_file
from geo._coverage_messages import REASON_TEXTS, REFUSALS, TEXTS
from geo._coverage_operators import operator, technologies
from geo._coverage_problems import Problems
from geo._coverage_report import left_out
from geo._coverage_settlements import read_settlements
from geo._coverage_shapes import read_measurements, read_polygons
from geo._coverage_sites import read_sites
from geo.coverage import CoverageError, Files, Limits, Options, find_gaps, marked, refusal
from geo.names import Lang
from tests.geo.gaps import SETTLEMENT_COLUMNS, write_csv

LON, LAT = 104.965, 22.858
GOOD = ["a", "A", LON, LAT, "", 10, "yes"]


def settlements(path, **options):
    problems = Problems()
    found = read_settlements(read_file(path, problems), problems, Options(**options))
    return found, problems.frame()


def sites(path, **options):
    problems = Problems()
    found = read_sites(read_file(path, problems), problems, Options(**options))
    return found, problems.frame()


def reasons(problems, *, kept=False):
    rows = problems[problems["kept"] == kept]
    return list(zip(rows["row"], rows["reason"], strict=True))


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
        f"LTE,452,4,1,1,0,{LON},{LAT},9999,9,1,1,1,0",  # the same cell again
        f"GSM,457,1,1,3,0,{LON},{LAT},1500,9,1,1,1,0",  # a cell of Laos
        f"LTE,452,4,1,4,0,{LON},{LAT},1500,9,1,1,1",  # a cell too few
    ]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]))
    (tmp_path / "b.csv").write_text("\n".join(rows))
    with gzip.open(tmp_path / "c.csv.gz", "wt") as file:
        file.write("\n".join(rows))
    for name in ("a.csv", "b.csv", "c.csv.gz"):
        found, problems = sites(tmp_path / name)
        assert [layer.operator for layer in found.layers] == ["452-05", "Viettel"]
        first = 2 if name == "a.csv" else 1
        assert reasons(problems) == [
            (first + 2, "duplicate_id"),
            (first + 3, "other_country"),
            (first + 4, "cells"),
        ]


def test_rows_of_another_encoding_are_left_out_and_a_whole_file_is_refused(tmp_path):
    good, bad = (
        f"a,Thôn Nà,{LON},{LAT}\n".encode(),
        f"b,Thôn Nà,{LON},{LAT}\n".encode("cp1258", "replace"),
    )
    (tmp_path / "mixed.csv").write_bytes(b"id,name,lon,lat\n" + good + bad)
    found, problems = settlements(tmp_path / "mixed.csv")
    assert found.name.tolist() == ["Thôn Nà"]
    assert reasons(problems) == [(3, "encoding")]
    (tmp_path / "all.csv").write_bytes(b"id,name,lon,lat\n" + bad * 3)
    with pytest.raises(CoverageError, match="UTF-8"):
        settlements(tmp_path / "all.csv")
    (tmp_path / "utf16.csv").write_bytes(f"id,name,lon,lat\na,Thôn,{LON},{LAT}\n".encode("utf-16"))
    assert settlements(tmp_path / "utf16.csv")[0].name.tolist() == ["Thôn"]


def test_vietnamese_spreadsheets_are_understood(tmp_path):
    text = "\ufeffMã thôn;Tên thôn;Kinh độ;Vĩ độ;Mã xã;Dân số;Có điện\n"
    text += "t1;Bản Pho;104,965;22,858;691;1.234;chưa có\n"
    (tmp_path / "s.csv").write_text(text)
    frame = pd.DataFrame([["t1", "Bản Pho", 104.965, 22.858, "00691", 1234, "chưa có"]])
    frame.columns = ["Mã thôn", "Tên thôn", "Kinh độ", "Vĩ độ", "Mã xã", "Dân số", "Có điện"]
    frame.to_excel(tmp_path / "s.xlsx", index=False)
    for name in ("s.csv", "s.xlsx"):
        found, problems = settlements(tmp_path / name)
        assert problems.empty
        assert (found.id[0], found.name[0], found.area[0]) == ("t1", "Bản Pho", "00691")
        assert (found.lon[0], found.lat[0]) == (104.965, 22.858)
        assert (found.population[0], found.power[0]) == (1234, 0)


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
    with pytest.raises(CoverageError, match="coordinate reference system"):
        polygons(unknown, tmp_path / "u.gpkg")
    assert len(polygons(unknown, tmp_path / "u.gpkg", crs="EPSG:4326")[0].geometry) == 1
    with pytest.raises(CoverageError, match="no coordinate reference system"):
        polygons(unknown, tmp_path / "u.gpkg", crs="EPSG:99")


def test_measurements(tmp_path):
    rows = [[LON, LAT, -90], [LON, LAT, 20], [LON, LAT, ""], [LON, LAT, "x"], [LAT, LON, -90]]
    path = write_csv(tmp_path / "m.csv", ("lon", "lat", "RSRP"), rows)
    problems = Problems()
    found = read_measurements(read_file(path, problems), problems, Options())
    assert found.dbm.tolist() == [-90]
    assert [r for _, r in reasons(problems.frame())] == ["dbm", "dbm_missing", "dbm", "swapped"]


def bomb(path, name="x.csv"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 10_000_000)
    return path


def tried(path):
    """Return the longitudes of the settlements of a file, and what was said about it."""
    try:
        found, problems = settlements(path)
    except CoverageError as error:
        return [], [refusal(error, lang) for lang in ("vi", "en")]
    return found.lon.tolist(), left_out(problems, "vi")


HOSTILE = {
    "empty.csv": b"",
    "blank.csv": b"  \n\n",
    "binary.csv": bytes(range(256)) * 40,
    "page.html": b"<html><script>alert(1)</script></html>",
    "sources.vrt": b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd"
    b"</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "also.geojson": b"<OGRVRTDataSource/>",
    "json.geojson": b'{"a": 1}',
    "broken.geojson": b'{"type": "FeatureCollection", "features": [',
    "torn.parquet": b"PAR1" + b"\0" * 100,
    "torn.gpkg": b"SQLite format 3\0" + b"\0" * 100,
    "torn.zip": b"PK\3\4" + b"\0" * 100,
    "torn.gz": b"\x1f\x8b\x08" + b"\0" * 10,
    "old.xls": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "document.pdf": b"%PDF-1.7",
    "nothing.csv": b"a,b\n1,2\n",
    "header.csv": b"id,lon,lat\n",
    "twice.csv": b"lon,lon,lat\n1,2,3\n",
    "quote.csv": b'id,lon,lat\n"a,105,21\n',
    "wide.csv": b"," * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_files_that_are_not_what_they_should_be_are_refused_or_hold_nothing(tmp_path, name):
    (tmp_path / name).write_bytes(HOSTILE[name])
    found, said = tried(tmp_path / name)
    assert all(len(text) > 10 and "passwd" not in text for text in said)
    assert len(found) == 0


def test_what_unpacks_to_too_much_is_refused(tmp_path):
    limits = Limits(max_bytes=1_000_000, max_rows=50)
    with gzip.open(tmp_path / "b.csv.gz", "wb") as file:
        file.write(b"0" * 5_000_000)
    write_csv(tmp_path / "long.csv", ("id", "lon", "lat"), [[i, LON, LAT] for i in range(60)])
    for path in (bomb(tmp_path / "b.xlsx"), tmp_path / "b.csv.gz", tmp_path / "long.csv"):
        with pytest.raises(CoverageError, match=r"unpacks|rows"):
            read_file(path, Problems(), limits=limits)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), kind=st.sampled_from(["", "id,lon,lat\n", '{"Feature": ']))
def test_any_bytes_at_all(tmp_path_factory, data, kind):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(kind.encode() + data)
    found, said = tried(path)
    assert all(said)
    assert all(lon > 100 for lon in found)


@pytest.mark.parametrize(
    "row",
    [
        ["sim-1", "A", LON, LAT, "", "", ""],
        [" SIM-1", "A", LON, LAT, "", "", ""],
        ["a", "DỮ LIỆU MÔ PHỎNG", LON, LAT, "", "", ""],
        ["a", "(Simulated data)", LON, LAT, "", "", ""],
        ["a", "A", LON, LAT, "", "", "dữ liệu mô phỏng"],
    ],
)
def test_the_mark_of_made_up_data_is_recognised_in_one_row_of_many(tmp_path, row):
    path = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, [GOOD, row])
    assert marked(read_file(path, Problems()))
    assert not marked(read_file(write_csv(path, SETTLEMENT_COLUMNS, [GOOD]), Problems()))


@pytest.mark.parametrize(
    ("cell", "is_marked"), [("yes", True), ("?", False), ("false", False), ("0", False)]
)
def test_the_column_simulated_is_a_mark_unless_it_says_no(tmp_path, cell, is_marked):
    path = write_csv(tmp_path / "s.csv", ("id", "lon", "lat", "Simulated"), [["a", LON, LAT, cell]])
    assert marked(read_file(path, Problems())) is is_marked
    assert marked(read_file(path, Problems(), name="sim-x.csv"))


def test_numbers_of_both_languages():
    frame = pd.DataFrame({"n": ["1.234", "1,234", "12,5", "1234", "", "x", "1.5"]})
    assert numbers(frame, "n", count=True)[:4].tolist() == [1234, 1234, 12.5, 1234]
    assert numbers(frame, "n")[:4].tolist() == [1.234, 1.234, 12.5, 1234]
    assert pd.isna(numbers(frame, "n")[4:6]).all()
    answer, bad = yes_no(["Có", "chưa có điện?", "", "KHÔNG", "x"])
    assert answer.tolist() == [1, -1, -1, 0, 1]
    assert bad.tolist() == [False, True, False, False, False]


def test_networks_are_named_only_where_the_code_is_known():
    assert [operator(452, n) for n in (1, 2, 4, 5, 7)] == [
        "MobiFone",
        "VinaPhone",
        "Viettel",
        "452-05",
        "452-07",
    ]
    assert operator(457, 1) == "457-01"
    names, bad = technologies(["gsm", "LTE", "", "5G NR", "6G"])
    assert names.tolist() == ["2G", "4G", "", "5G", ""]
    assert bad.tolist() == [False, False, False, False, True]


def test_two_columns_that_could_be_meant_are_refused():
    with pytest.raises(CoverageError, match="rename"):
        columns(pd.DataFrame(columns=["Lon", "lon"]), "lon")
    assert columns(pd.DataFrame(columns=["x", "lon"]), "lon") == {"lon": "lon"}


def test_every_sentence_is_there_in_both_languages():
    for vi, en in (*REASON_TEXTS.values(), *REFUSALS.values(), *TEXTS.values()):
        assert vi
        assert en
    assert Lang


def test_a_header_below_titles_is_found_and_rows_keep_their_numbers(tmp_path):
    text = "DANH SÁCH THÔN LÕM SÓNG;;;\nTỉnh Tuyên Quang;;;\n\nMã;Tên thôn;Kinh độ;Vĩ độ\n"
    text += f"t1;Nà Pồng;{LON};{LAT}\n\nt2;Bản Mới;{LAT};{LON}\nTổng cộng;;;\n"
    (tmp_path / "s.csv").write_text(text)
    cells = [["DANH SÁCH THÔN LÕM SÓNG"], ["Tỉnh Tuyên Quang"], []]
    cells += [["Mã", "Tên thôn", "Kinh độ", "Vĩ độ"]]
    cells += [["t1", "Nà Pồng", LON, LAT], [], ["t2", "Bản Mới", LAT, LON], ["Tổng cộng"]]
    cells = [row + [""] * (4 - len(row)) for row in cells]
    pd.DataFrame(cells).to_excel(tmp_path / "s.xlsx", index=False, header=False)
    for name in ("s.csv", "s.xlsx"):
        found, problems = settlements(tmp_path / name)
        assert found.name.tolist() == ["Nà Pồng"]
        assert found.row.tolist() == [5]
        assert reasons(problems) == [(7, "swapped"), (8, "no_coordinates")]


def test_a_mast_of_several_technologies_is_a_cell_of_each(tmp_path):
    header = ("id", "lon", "lat", "technology", "operator", "range")
    rows = [
        ["m1", LON, LAT, "2G/3G, 4G", "Viettel", 1000],
        ["m2", LON, LAT, "4G/6G", "Viettel", 1000],
        ["m1", LON, LAT, "5G", "Viettel", 1000],
    ]
    found, problems = sites(write_csv(tmp_path / "t.csv", header, rows))
    assert [found.layers[at].technology for at in found.layer] == ["2G", "3G", "4G"]
    assert reasons(problems) == [(3, "technology"), (4, "duplicate_id")]


def test_where_nothing_is_left_the_commonest_reason_is_said(tmp_path):
    rows = [["a", "A", 500_000, 2_300_000, "", 10, ""]]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    header = ("lon", "lat", "technology", "range")
    masts = write_csv(tmp_path / "t.csv", header, [[LON, LAT, "4G", 1000]])
    with pytest.raises(CoverageError, match="outside the box of Viet Nam") as told:
        find_gaps(Files(settled, masts))
    assert "ngoài khung tọa độ Việt Nam (1 hàng)" in refusal(told.value, "vi")


def test_more_settlements_than_are_kept_in_memory_are_refused(tmp_path):
    rows = [[f"s{at}", "A", LON, LAT, "", 10, ""] for at in range(4)]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    masts = write_csv(tmp_path / "t.csv", ("lon", "lat", "range"), [[LON, LAT, 1000]] * 4)
    assert len(find_gaps(Files(settled, masts)).settlements) == 4
    with pytest.raises(CoverageError, match="over 3 rows"):
        find_gaps(Files(settled, masts), limits=Limits(max_settlements=3))


def test_rows_are_named_by_their_line_after_line_breaks_in_cells(tmp_path):
    path = tmp_path / "s.csv"
    lines = [
        "DANH SÁCH LÕM SÓNG,,,,",
        'id,"Tên',
        'thôn",lon,lat,population',
        f'a,"Nà A\n(bản cũ)\n",{LON},{LAT},10',
        f'b,"x\ny",{LAT},{LON},1',
        'c,"too\nfew"',
        f"d,D,{LAT},{LON},1",
        "",
        f'e,"Nhà ""E""",x,{LAT},1',
        f"f,F,{LON},{LAT},1",
    ]
    path.write_text("\r\n".join(lines).replace("\r\n", "\n"), encoding="utf-8")
    found, problems = settlements(path)
    text = path.read_text(encoding="utf-8").split("\n")
    assert found.id.tolist() == ["a", "f"]
    assert found.name.tolist()[0].startswith("Nà A")
    for line, settled in zip(found.row, found.id, strict=True):
        assert text[line - 1].startswith(settled)
    told = {str(row["reason"]): text[row["row"] - 1] for row in problems.to_dict("records")}
    assert told["cells"].startswith("c,")
    assert told["coordinates"].startswith("e,")
    swapped = problems[problems["reason"] == "swapped"]["row"]
    assert [text[row - 1][0] for row in swapped] == ["b", "d"]


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("Dân số (người)", "danso"),
        ("Kinh độ (E)", "kinhdo"),
        ("VĨ ĐỘ [WGS 84]", "vido"),
        ("Số hộ\n(hộ):", "soho"),
        ("Dân số (nghìn người)", "dansonghinnguoi"),
        ("Bán kính (km)", "bankinhkm"),
        ("(người)", "nguoi"),
    ],
)
def test_units_in_brackets_are_left_away_only_where_they_change_nothing(name, compared):
    assert heading(name) == compared


def test_a_workbook_with_titles_units_and_untidy_cells(tmp_path):
    rows = [
        ["UBND TỈNH TUYÊN QUANG"],
        [],
        ["STT", "Tên thôn/bản", "Mã xã", "Kinh độ (E)", "Vĩ độ (N)", "Số hộ (hộ)", "Có điện lưới?"],
        [1, "<script>", 691, LON, LAT, 12, "Có"],
        [2, "=cmd|' /C calc'!A0", 691, LAT, LON, 30, "Chưa"],
        [3, "Nà\nPhia", "00691", "105,025", "22,858", "1.250", "Không"],
        [4, "x", None, "105°01'30\"E", "22°51'", 9, "x"],
        ["", "Tổng cộng", "", "", "", 1301, ""],
    ]
    path = tmp_path / "s.xlsx"
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    found, problems = settlements(path)
    assert found.name.tolist() == ["<script>", "Nà\nPhia"]
    assert found.households.tolist() == [12, 1250]
    assert found.power.tolist() == [1, 0]
    assert reasons(problems) == [(5, "swapped"), (7, "coordinates"), (8, "no_coordinates")]
