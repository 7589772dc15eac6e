"""Layers in every form that teams have: KML, zipped Shapefile, MapInfo, geodatabase, GeoParquet."""

import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from base.reading import Unreadable
from geo.coverage.ground import Options
from geo.coverage.input import Limits, Problems, read_file, read_polygons, vector
from geo.coverage.input.raw import Asked
from geo.coverage.search import ground, network, search_grid
from geo.editions import EDITION_2025
from tests.geo.coverage.gaps import random_sites, reasons, settlements, write_csv

LON, LAT = 104.965, 22.858
SHAPES = [shapely.box(LON, LAT, LON + 0.1, LAT + 0.1), shapely.box(LON, LAT, LON + 0.2, LAT + 0.2)]


@pytest.fixture
def layer():
    return gpd.GeoDataFrame(
        {"technology": ["4G", "LTE"], "operator": ["Viettel", "MobiFone"]},
        geometry=SHAPES,
        crs=4326,
    )


def zipped(path, *files):
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, f"folder/{file.name}")
    return path


def polygons(path):
    problems = Problems()
    return read_polygons(read_file(path, problems), problems), problems.frame()


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("p.shp", "ESRI Shapefile"),
        ("p.tab", "MapInfo File"),
        ("p.mif", "MapInfo File"),
        ("p.kml", "KML"),
        ("p.gpkg", "GPKG"),
        ("p.fgb", "FlatGeobuf"),
        ("p.geojson", "GeoJSON"),
    ],
)
def test_polygons_of_operators_in_every_form(tmp_path, layer, name, driver):
    layer.to_file(tmp_path / name, driver=driver)
    made = sorted(tmp_path.iterdir())
    bare = tmp_path / "uploaded"  # the page keeps files without their names
    (tmp_path / name).rename(bare) if len(made) == 1 else zipped(bare, *made)
    found, problems = polygons(bare)
    assert len(found.geometry) == 2
    areas = sorted(shape.area for shape in found.geometry)
    np.testing.assert_allclose(areas, [0.01, 0.04], rtol=1e-4)
    assert problems.empty
    if driver != "KML":
        assert {layer.operator for layer in found.layers} == {"Viettel", "MobiFone"}


def test_folders_of_kml_are_one_layer_and_layers_not_read_are_said(tmp_path, layer):
    folder = "<Folder><name>{}</name><Placemark><name>{}</name><Polygon><outerBoundaryIs>"
    folder += "<LinearRing><coordinates>105,21,0 105.1,21,0 105.1,21.1,0 105,21,0</coordinates>"
    folder += "</LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>"
    text = (
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document>'
    )
    whole = text.format(folder.format("4G", "a") + folder.format("5G", "b")) + "</kml>"
    (tmp_path / "p.kml").write_text(whole)
    assert len(polygons(tmp_path / "p.kml")[0].geometry) == 2
    assert len(polygons(zipped(tmp_path / "p.kmz", tmp_path / "p.kml"))[0].geometry) == 2
    for trap in ("<!DOCTYPE kml [<!ENTITY a 'b'>]>", "<NetworkLink><Link/></NetworkLink>"):
        (tmp_path / "trap.kml").write_text(whole.replace("<Document>", f"<Document>{trap}"))
        with pytest.raises(Unreadable, match="refers to other files"):
            polygons(tmp_path / "trap.kml")
    layer.to_file(tmp_path / "p.gpkg", layer="a")
    layer.to_file(tmp_path / "p.gpkg", layer="b")
    found, problems = polygons(tmp_path / "p.gpkg")
    assert len(found.geometry) == 2
    assert problems[["reason", "value", "n"]].to_numpy().tolist() == [["other_layers", "b", 1]]


def test_an_archive_holds_one_table_or_layer(tmp_path):
    one = write_csv(tmp_path / "a.csv", ("id", "lon", "lat"), [["a", LON, LAT]])
    two = write_csv(tmp_path / "b.csv", ("id", "lon", "lat"), [["b", LON, LAT]])
    assert settlements(zipped(tmp_path / "one.zip", one))[0].id.tolist() == ["a"]
    nested = zipped(tmp_path / "n.csv", one)
    for archive in (zipped(tmp_path / "two.zip", one, two), zipped(tmp_path / "n.zip", nested)):
        with pytest.raises(Unreadable, match="one layer or table"):
            settlements(archive)


VRT = b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>%s</SrcDataSource>"
VRT += b"</OGRVRTLayer></OGRVRTDataSource>"
PIPELINE = '{"type": "gdal_streamed_alg", "Feature": 1, "command_line": "gdal vector read %s"}'


def test_no_file_makes_another_one_read(tmp_path):
    secret = tmp_path / "secret.geojson"
    gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.Point(LON, LAT)], crs=4326).to_file(secret)
    assert len(settlements(secret)[0]) == 1
    vrt = VRT % str(secret).encode()
    traps = {
        "a.geojson": (PIPELINE % secret).encode(),
        "b.kml": b"<!-- <kml> -->" + vrt,
        "c.kml": b"<kml/>" + vrt,
        "d.vrt": vrt,
    }
    for suffix in ("shp", "tab", "mif"):
        (tmp_path / f"x.{suffix}").write_bytes(vrt)
        zipped(tmp_path / f"{suffix}.zip", tmp_path / f"x.{suffix}")
        traps[f"{suffix}.zip"] = (tmp_path / f"{suffix}.zip").read_bytes()
    for name, data in traps.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Unreadable) as told:
            settlements(tmp_path / name)
        assert told.value.key in {"kind", "links", "broken"}


def test_sheets_that_are_not_read_are_said(tmp_path):
    frame = pd.DataFrame([["a", LON, LAT]], columns=["id", "lon", "lat"])
    with pd.ExcelWriter(tmp_path / "s.xlsx") as book:
        frame.to_excel(book, sheet_name="Lõm sóng", index=False)
        frame.to_excel(book, sheet_name="Năm 2023", index=False)
    found, problems = settlements(tmp_path / "s.xlsx")
    assert len(found) == 1
    assert reasons(problems, kept=True) == [(0, "other_sheets")]
    assert problems["value"].tolist() == ["Năm 2023"]


def test_people_of_points_are_summed_as_those_of_columns(tmp_path):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {"lon": rng.uniform(104.6, 105.4, 900), "lat": rng.uniform(20.6, 21.4, 900)}
    )
    frame["people"] = rng.integers(1, 50, 900).astype(float)
    frame.to_csv(tmp_path / "g.csv", index=False)
    frame.to_csv(tmp_path / "s.csv", index=False, sep=";")
    points = gpd.GeoDataFrame(
        frame[["people"]], geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs=4326
    )
    points.to_parquet(tmp_path / "g.parquet")
    points.to_crs(3405).to_parquet(tmp_path / "m.parquet")
    base = ground(network(random_sites(rng, 40), None), None, Options())
    sums = [
        search_grid(base, tmp_path / name, EDITION_2025, Problems())[0]
        for name in ("g.csv", "s.csv", "g.parquet", "m.parquet")
    ]
    assert sums[0].iloc[0]["people"] > 1000
    for other in sums[1:]:
        pd.testing.assert_frame_equal(sums[0], other)
    points.set_crs(None, allow_override=True).to_parquet(tmp_path / "u.parquet")
    with pytest.raises(Unreadable, match="coordinate reference system"):
        search_grid(base, tmp_path / "u.parquet", EDITION_2025, Problems())


def test_a_kml_of_too_many_places_is_refused_before_anything_holds_it(monkeypatch):
    monkeypatch.setattr(vector, "read_layer", lambda *_: pytest.fail("it was opened"))
    asked = Asked("a.kmz", "", "auto", Limits(max_rows=10))
    with pytest.raises(Unreadable, match="10"):
        vector.read_kml(b"<kml>" + b"<Placemark/>" * 11, None, asked)
