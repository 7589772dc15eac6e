"""Files of boundaries as people bring them, sound and hostile."""

import dataclasses
import json
import stat
import unicodedata
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from base.reading import Packed
from geo.boundaries.official import FileOptions, Finding, Refused, from_file, vector
from geo.boundaries.official.matching import Fields, matched
from geo.boundaries.official.records import Source
from geo.boundaries.official.vector import read_vector
from geo.editions import EDITION_2024, EDITION_2025, Level, area
from tests.geo.boundaries.official.official_files import DISTRICT, HA_NOI, districts, frame_of, keys

OPTIONS = FileOptions(EDITION_2024, DISTRICT, "Cục Đo đạc")


@pytest.fixture(scope="module")
def shapes():
    return districts(HA_NOI)


@pytest.fixture
def geojson(tmp_path, shapes):
    path = tmp_path / "hanoi.geojson"
    frame_of(shapes).to_file(path)
    return path


def refused(path, **options):
    with pytest.raises(Refused) as caught:
        read_vector(path, **options)
    return keys(caught)


def zipped(tmp_path, shapes, crs="EPSG:3405", endings=(".shp", ".shx", ".dbf", ".prj")):
    frame_of(shapes).to_crs(crs).to_file(tmp_path / "x.shp", encoding="utf-8")
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as made:
        for ending in endings:
            made.write(tmp_path / f"x{ending}", f"huyen/x{ending}")
    return path


def same(found, shapes):
    by_code = dict(zip(found["ma"], found.geometry, strict=True))
    assert set(by_code) == set(shapes)
    apart = [shapely.hausdorff_distance(by_code[code], shape) for code, shape in shapes.items()]
    assert max(apart) < 1e-6


def test_every_form_gives_the_same_polygons(tmp_path, geojson, shapes):
    frame = frame_of(shapes)
    paths = [geojson, zipped(tmp_path, shapes)]
    for ending, driver in (("gpkg", "GPKG"), ("fgb", "FlatGeobuf"), ("kml", "LIBKML")):
        paths.append(tmp_path / f"x.{ending}")
        frame.to_file(paths[-1], driver=driver)
    paths.append(tmp_path / "x.parquet")
    frame.to_parquet(paths[-1])
    frame.to_parquet(tmp_path / "native.parquet", geometry_encoding="geoarrow")
    paths += [tmp_path / "native.parquet", tmp_path / "packed.zip"]
    with zipfile.ZipFile(paths[-1], "w") as made:
        made.write(geojson, "du lieu/huyen.geojson")
    for path in paths:
        found, _ = read_vector(path)
        same(found, shapes)


def test_kml_that_leads_elsewhere_is_refused(tmp_path):
    path = tmp_path / "x.kml"
    path.write_text('<?xml version="1.0"?><kml><NetworkLink><href>/etc</href></NetworkLink></kml>')
    assert refused(path) == {"links"}


@pytest.mark.parametrize(("named", "codec"), [("utf-8", "utf-8"), ("windows-1258", "cp1258")])
def test_texts_of_a_shapefile_are_read_as_told_or_by_their_look(tmp_path, shapes, named, codec):
    some = dict(list(shapes.items())[:12])
    frame = frame_of(some).drop(columns=["ma", "tinh"])
    frame.assign(ten=[f"#{i:02d}{'x' * 60}" for i in range(len(frame))]).to_file(tmp_path / "x.shp")
    table = tmp_path / "x.dbf"
    content = table.read_bytes()
    for i, name in enumerate(frame["ten"]):
        content = content.replace(f"#{i:02d}{'x' * 60}".encode(), _bytes(name, codec).ljust(63))
    table.write_bytes(content)
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as made:
        for ending in (".shp", ".shx", ".dbf", ".prj"):
            made.write(tmp_path / f"x{ending}", f"x{ending}")
    names = [area(EDITION_2024, code).name_vi for code in some]
    for encoding, told in ((named, set()), (None, {"encoding_taken"})):
        found, findings = read_vector(path, encoding=encoding)
        assert found["ten"].tolist() == names
        assert {finding.key for finding in findings} == told
    assert refused(path, encoding="none") == {"encoding"}


def _bytes(text, codec):
    """Windows-1258 has letters with their sign, and the tone after them."""
    if codec == "utf-8":
        return text.encode()
    apart = "".join(
        unicodedata.normalize("NFC", part) if part not in TONES else part
        for letter in text
        for part in _letter_and_tone(letter)
    )
    return apart.encode(codec)


TONES = "\u0300\u0301\u0303\u0309\u0323"


def _letter_and_tone(letter):
    marks = unicodedata.normalize("NFD", letter)
    tone = [mark for mark in marks if mark in TONES]
    return ["".join(mark for mark in marks if mark not in TONES), *tone]


def test_json_in_metres_that_does_not_say_so_asks_for_its_system(tmp_path, shapes):
    metres = frame_of(shapes).to_crs(3405).set_crs(4326, allow_override=True)
    metres.to_file(tmp_path / "x.geojson")
    assert refused(tmp_path / "x.geojson") == {"crs_none"}
    same(read_vector(tmp_path / "x.geojson", crs="EPSG:3405")[0], shapes)


def test_topojson_is_read_in_degrees(tmp_path):
    square = [[[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]]]
    ring = {"type": "Polygon", "arcs": [[0]], "properties": {"ma": "001"}}
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [105.8, 21.0]},
        "objects": {"x": {"type": "GeometryCollection", "geometries": [ring]}},
        "arcs": square,
    }
    path = tmp_path / "x.json"
    path.write_text(json.dumps(topology))
    found, _ = read_vector(path)
    assert np.allclose(found.total_bounds, [105.8, 21.0, 105.9, 21.1])


def test_a_shapefile_without_crs_is_taken_as_degrees_only_where_it_is(tmp_path, shapes):
    bare = (".shp", ".shx", ".dbf")
    _, findings = read_vector(zipped(tmp_path, shapes, "EPSG:4326", bare))
    assert [finding.key for finding in findings] == ["encoding_taken", "crs_assumed"]
    metres = zipped(tmp_path, shapes, "EPSG:3405", bare)
    assert refused(metres) == {"crs_none"}
    found, _ = read_vector(metres, crs="EPSG:3405")
    same(found, shapes)
    assert refused(metres, crs="EPSG:0") == {"crs_name"}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_cut_short_is_refused(tmp_path, geojson, shapes, share):
    frame_of(shapes).to_file(tmp_path / "x.gpkg")
    for path in (geojson, tmp_path / "x.gpkg", zipped(tmp_path, shapes)):
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(Refused) as caught:
            from_file(path, OPTIONS)
        assert keys(caught) & {"broken", "kind", "zip_shapefile", "no_features"}


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"{", b"{}", b"[1, 2]", b'{"type": "Topology"}', b"\xff\xfe", b'{"type": []}'],
)
def test_what_is_no_map_is_refused(tmp_path, content):
    path = tmp_path / "x.geojson"
    path.write_bytes(content)
    assert refused(path) & {"kind", "broken", "no_features"}


def test_json_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('{"a":' * 100_000)
    assert refused(path) == {"broken"}


def test_labels_and_lines_beside_the_areas_are_left_out_and_told(tmp_path, shapes):
    path, frame = tmp_path / "x.geojson", frame_of(shapes)
    labels = frame.set_geometry(frame.representative_point())
    lines = frame.set_geometry(frame.boundary)
    gpd.GeoDataFrame(pd.concat([frame, labels, lines]), crs=frame.crs).to_file(path)
    found, findings = read_vector(path)
    same(found, shapes)
    assert ("no_area", str(2 * len(shapes))) in {(f.key, f.values.get("n")) for f in findings}


def test_points_are_no_boundaries(tmp_path):
    path = tmp_path / "x.geojson"
    gpd.GeoDataFrame({"ma": ["001"]}, geometry=[shapely.Point(105, 21)], crs=4326).to_file(path)
    assert refused(path) == {"no_features"}


def test_a_file_that_is_too_big_is_refused_unread(geojson, monkeypatch):
    monkeypatch.setattr(vector, "MOST_MB", 0)
    assert refused(geojson) == {"too_big"}


def test_too_many_features_and_vertices_are_refused(geojson, monkeypatch):
    monkeypatch.setattr(vector, "MOST_FEATURES", 3)
    assert refused(geojson) == {"too_many"}
    monkeypatch.setattr(vector, "MOST_FEATURES", 300)
    monkeypatch.setattr(vector, "MOST_VERTICES", 30)
    assert refused(geojson) == {"too_many"}


def test_a_layer_is_chosen_where_there_are_several(tmp_path, shapes):
    path = tmp_path / "x.gpkg"
    frame_of(shapes).to_file(path, layer="huyen")
    frame_of(shapes).to_file(path, layer="khac")
    assert refused(path) == {"layers"}
    assert refused(path, layer="none") == {"no_layer"}
    assert len(read_vector(path, layer="huyen")[0]) == len(shapes)


@pytest.mark.parametrize(
    "name", ["../x.shp", "/etc/x.shp", "a/../../x.shp", "c:/x.shp", "a\\x.shp"]
)
def test_paths_that_lead_out_of_an_archive_are_refused(tmp_path, name):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(name.replace("\\", "/"), b"x")
    if "\\" in name:
        content = path.read_bytes().replace(b"a/x.shp", b"a\\x.shp")
        path.write_bytes(content)
    assert refused(path) == {"zip_path"}


def test_links_in_an_archive_are_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("x.shp")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert refused(path) == {"zip_path"}


def test_what_unpacks_to_too_much_is_refused_unpacked(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("x.shp", b"\0" * 20_000_000)
    assert refused(path) == {"bomb"}


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for ending in (".shp", ".shx", ".dbf"):
            made.writestr(f"x{ending}", bytes(range(256)) * 40)
    content = path.read_bytes()
    size = (10_240).to_bytes(4, "little")
    assert size in content
    path.write_bytes(content.replace(size, (17).to_bytes(4, "little")))
    assert refused(path) == {"broken"}


def test_too_many_entries_are_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as made:
        for n in range(Packed().entries + 1):
            made.writestr(f"{n}.txt", b"")
    assert refused(path) == {"bomb"}


def match(frame, level=DISTRICT, **fields):
    return matched(frame, EDITION_2024, level, Source(), fields=Fields(**fields))


def test_units_are_matched_by_code_and_else_by_name_with_their_province(shapes):
    frame = frame_of(shapes)
    by_code, findings = match(frame)
    assert set(by_code.shapes) == set(shapes)
    assert [(f.key, f.values["column"]) for f in findings] == [("matched_code", "ma")]
    by_name, findings = match(frame.drop(columns="ma"))
    assert set(by_name.shapes) == set(shapes)
    assert findings[0].key == "matched_name"


def test_codes_that_lost_their_zeros_are_still_codes(shapes):
    frame = frame_of(shapes)
    frame["ma"] = frame["ma"].astype(int)
    found, _ = match(frame)
    assert set(found.shapes) == set(shapes)


def test_a_column_of_running_numbers_is_not_taken_for_codes(shapes):
    frame = frame_of(shapes).drop(columns="ma")
    frame.insert(0, "fid", range(100, 100 + len(frame)))
    _, findings = match(frame)
    assert findings[0].key == "matched_name"


def test_duplicates_and_rows_of_no_unit_are_refused_and_named(shapes):
    frame = frame_of(shapes)
    frame.loc[0, "ma"] = frame.loc[1, "ma"]
    frame.loc[2, "ma"] = "=HYPERLINK"
    with pytest.raises(Refused) as caught:
        match(frame, code="ma")
    assert keys(caught) >= {"duplicates", "unmatched"}
    assert any("=HYPERLINK" in f.values.get("rows", "") for f in caught.value.findings)


def test_a_level_of_a_map_is_no_code_of_a_province(shapes):
    frame = frame_of(shapes).drop(columns=["ma", "tinh"])
    frame.insert(0, "admin_level", "6")
    for fields in ({}, {"name": "ten"}):
        found, _ = match(frame, **fields)
        assert set(found.shapes) == set(shapes)


def test_bare_names_are_read_with_their_type():
    some = districts("79")
    frame = frame_of(some).drop(columns="ma")
    names = frame["ten"]
    frame["loai"] = ["Thành phố" if n.startswith("Thành phố") else n.split()[0] for n in names]
    frame["ten"] = [n.removeprefix(k).strip() for n, k in zip(names, frame["loai"], strict=True)]
    found, told = match(frame)
    assert set(found.shapes) == set(some)
    assert "type_column" in {finding.key for finding in told}


def test_parts_are_united_and_what_repeats_is_taken_once(shapes):
    frame = frame_of(shapes)
    west, south, east, north = shapely.bounds(frame.geometry[0])
    halves = [
        shapely.intersection(frame.geometry[0], shapely.box(*box))
        for box in (
            (west, south, east, (south + north) / 2),
            (west, (south + north) / 2, east, north),
        )
    ]
    rows = frame.iloc[[0, 0, *range(1, len(frame)), 1]].reset_index(drop=True)
    rows["geometry"] = [*halves, *frame.geometry[1:], frame.geometry[1]]
    for given in (rows, rows.drop(columns="ma")):
        found, told = match(given)
        united = found.shapes[frame["ma"][0]]
        assert shapely.area(shapely.symmetric_difference(united, frame.geometry[0])) < 1e-9
        assert shapely.equals(found.shapes[frame["ma"][1]], frame.geometry[1])
        assert {finding.key for finding in told} >= {"parts_united", "doubled"}


@pytest.mark.parametrize("hollow", [None, shapely.Polygon()])
def test_a_row_without_a_polygon_beside_one_with_is_no_repeat(shapes, hollow):
    frame = frame_of(shapes)
    rows = frame.iloc[[0, *range(len(frame))]].reset_index(drop=True)
    rows["geometry"] = [hollow, *frame.geometry]
    found, told = match(rows)
    assert shapely.equals(found.shapes[frame["ma"][0]], frame.geometry[0])
    keys_told = {finding.key for finding in told}
    assert "rows_empty" in keys_told
    assert "doubled" not in keys_told
    rows["geometry"] = [hollow, hollow, *frame.geometry[1:]]
    found, told = match(rows)
    assert found.shapes[frame["ma"][0]].is_empty
    assert not {"rows_empty", "doubled"} & {finding.key for finding in told}


def test_the_end_of_a_table_is_left_out_and_told(shapes):
    frame = frame_of(shapes)
    rows = frame.iloc[[*range(len(frame)), 0, 0]].reset_index(drop=True)
    rows["geometry"] = [*frame.geometry, None, None]
    rows.loc[len(frame) :, ["ma", "tinh"]] = None
    rows.loc[len(frame), "ten"], rows.loc[len(frame) + 1, "ten"] = "Tổng cộng", None
    found, told = match(rows)
    assert set(found.shapes) == set(shapes)
    (said,) = [finding.text("en") for finding in told if finding.key == "rows_blank"]
    assert f"{len(frame) + 1}: Tổng cộng; {len(frame) + 2}." in said


def test_an_old_province_is_not_taken_for_the_new_one_that_holds_it(shapes):
    frame = frame_of(dict(list(shapes.items())[:1]))[["geometry"]].assign(ten="Quảng Nam")
    with pytest.raises(Refused) as caught:
        matched(frame, EDITION_2025, Level.PROVINCE, Source())
    assert keys(caught) == {"no_column"}


def test_a_level_that_an_edition_lacks_is_refused_with_those_it_has(geojson):
    with pytest.raises(Refused, match="has no commune; it has: province, district"):
        from_file(geojson, dataclasses.replace(OPTIONS, level=Level.COMMUNE))


def test_no_column_and_an_unknown_one_are_refused(shapes):
    frame = frame_of(shapes)[["geometry"]].assign(x=1.5)
    with pytest.raises(Refused) as caught:
        match(frame)
    assert keys(caught) == {"no_column"}
    with pytest.raises(Refused) as caught:
        match(frame, code="ma")
    assert keys(caught) == {"column_unknown"}


def test_every_finding_is_said_in_both_languages():
    values = {"n": "1", "of": "2", "units": "x", "file": "f", "error": "e"}
    finding = Finding("missing", "note", values)
    assert finding.text("vi") != finding.text("en")
    assert Finding.read(finding.record() | {"weight": "note"}).text("vi") == finding.text("vi")


def test_numbers_are_written_as_the_reader_does():
    finding = Finding("gaps", "mended", {"n": "5214", "km2": "843.1"})
    assert "5.214 khoảng" in finding.text("vi")
    assert "843,1 km²" in finding.text("vi")
    assert "5,214 gaps between units (843.1 km²" in finding.text("en")


def test_a_shapefile_that_is_another_driver_s_is_refused(tmp_path):
    path = tmp_path / "given.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.shp", '<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>')
        archive.writestr("a.shx", b"")
        archive.writestr("a.dbf", b"")
    with pytest.raises(Refused) as caught:
        read_vector(path)
    assert keys(caught) == {"kind"}
