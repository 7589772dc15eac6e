"""Paths over rasters: a valley of known shadow, a slow way of its own, any form of raster."""

import math

import numpy as np
import pytest
from distributed import LocalCluster
from pyproj import Geod, Transformer

from base.reading import Unreadable
from geo.coverage.ground import CoverageError
from geo.coverage.terrain import over_ground, run
from geo.coverage.terrain.diffraction import Paths, diffraction
from geo.coverage.terrain.lines import lengths, sample_counts
from tests.geo.coverage.terrain.rasters import LAT, LON, NORTH, UTM, WEST, degrees, opened, rough
from tests.geo.coverage.terrain.rasters import write as write_raster

GEOD = Geod(ellps="WGS84")
# Threads spare the start of a process; what goes over TCP is the same.
CLUSTER = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "protocol": "tcp"}
CLUSTER |= {"dashboard_address": None}


def row(lon1, lat1, lon2, lat2, h1=30.0, h2=1.5, ghz=0.9):
    return [lon1, lat1, lon2, lat2, h1, h2, ghz]


def around(n, seed=1, most=9_000):
    """Random paths about the middle of the rasters."""
    draw = np.random.default_rng(seed)
    rows = []
    for _ in range(n):
        lon, lat = LON + draw.uniform(-0.03, 0.03), LAT + draw.uniform(-0.03, 0.03)
        lon2, lat2, _ = GEOD.fwd(lon, lat, draw.uniform(0, 360), draw.uniform(50, most))
        rows.append(row(lon, lat, lon2, lat2, ghz=draw.choice([0.9, 1.8, 2.6])))
    return np.array(rows)


def plainly(cells, rows, step, where):
    """Walk along each path, sample by sample, and take the four cells about each."""
    out = []
    for lon1, lat1, lon2, lat2, h1, h2, ghz in rows:
        azimuth, _, metres = GEOD.inv(lon1, lat1, lon2, lat2)
        n = int(sample_counts(np.array([metres]), step)[0])
        ground = []
        for i in range(n):
            lon, lat, _ = GEOD.fwd(lon1, lat1, azimuth, metres * i / (n - 1))
            x, y = where(lon, lat)
            left, top = math.floor(x - 0.5), math.floor(y - 0.5)
            dx, dy = x - 0.5 - left, y - 0.5 - top
            upper = cells[top, left] * (1 - dx) + cells[top, left + 1] * dx
            lower = cells[top + 1, left] * (1 - dx) + cells[top + 1, left + 1] * dx
            ground.append(upper * (1 - dy) + lower * dy)
        h = np.array([ground])
        one = np.ones(1)
        path = Paths(
            np.linspace(0, 1, n),
            one * metres / 1000,
            one * ghz,
            h,
            h,
            h[:, 0] + h1,
            h[:, -1] + h2,
            0 * one,
        )
        found = diffraction(path, 4 / 3)
        out.append((found.loss[0], found.fresnel[0], ground[0], ground[-1]))
    return np.array(out)


def utm(lon, lat):
    x, y = Transformer.from_crs("EPSG:4326", UTM, always_xy=True).transform(lon, lat)
    return (x - WEST) / 30, (NORTH - y) / 30


def test_random_ground_is_as_a_slow_walk_finds_it(tmp_path):
    rows = around(40)
    cells = rough()
    found = over_ground(opened(write_raster(tmp_path / "utm.tif", cells)), rows, 4 / 3)
    slow = plainly(cells, rows, 30, utm)
    assert np.abs(found[:, 0] - slow[:, 0]).max() < 0.05
    assert np.abs(found[:, 2:4] - slow[:, 2:]).max() < 0.1
    assert ((found[:, 1] > 0) == (slow[:, 1] > 0)).all()
    flat = degrees(tmp_path / "degrees.tif", cells, west=104.7, north=23.1)
    told = opened(flat)
    slow = plainly(
        cells, rows, told.step, lambda lon, lat: ((lon - 104.7) * 3600, (23.1 - lat) * 3600)
    )
    found = over_ground(told, rows, 4 / 3)
    assert np.abs(found[:, 0] - slow[:, 0]).max() < 0.05


def test_both_ways_are_the_same_and_no_path_depends_on_others(tmp_path):
    rows = around(60, seed=8)
    told = opened(write_raster(tmp_path / "utm.tif", rough()))
    found = over_ground(told, rows, 4 / 3)
    back = over_ground(told, rows[:, [2, 3, 0, 1, 5, 4, 6]], 4 / 3)
    np.testing.assert_allclose(back[:, :2], found[:, :2], atol=1e-6)
    np.testing.assert_allclose(back[:, 2], found[:, 3], atol=1e-6)
    for at in (0, 17, 59):
        assert (over_ground(told, rows[at : at + 1], 4 / 3) == found[at]).all()


def test_over_dask_and_in_any_batches_the_same_to_the_last_bit(tmp_path, monkeypatch):
    rows = around(90, seed=5, most=6_000)
    told = opened(write_raster(tmp_path / "utm.tif", rough()))
    here = over_ground(told, rows, 4 / 3)
    monkeypatch.setattr(run, "BATCH", 4_000)
    assert (over_ground(told, rows, 4 / 3, workers=2) == here).all()
    with LocalCluster(**CLUSTER) as cluster:
        there = over_ground(told, rows, 4 / 3, scheduler=cluster.scheduler_address)
    assert (there == here).all()


def test_the_shadow_of_a_wall_is_where_geometry_puts_it(tmp_path):
    # Flat ground at 100 m; a wall 400 m high and 90 m wide, 5 km north of the mast.
    cells = np.full((1400, 1400), 100, dtype=np.int16)
    _, y = utm(LON, LAT)
    top = int(y - 5_000 / 30)
    cells[top - 1 : top + 2] = 500
    told = opened(write_raster(tmp_path / "wall.tif", cells, nodata=-32768))
    at = np.array([1_000, 3_000, 4_800, 5_400, 6_000, 8_000, 12_000.0])
    rows = []
    for metres in at:
        lon, lat, _ = GEOD.fwd(LON, LAT, 0, metres)
        rows.append(row(LON, LAT, lon, lat))
    found = over_ground(told, np.array(rows), 4 / 3)
    assert (found[:, 1] > 0).tolist() == [True, True, True, False, False, False, False]
    assert (found[:3, 0] < 12).all()
    assert (found[3:, 0] > 20).all()
    # On a mountain beyond it that sees over the wall again: by the straight line over its top.
    lon, lat, _ = GEOD.fwd(LON, LAT, 0, 12_000)
    needed = 130 + (500 - 130) / 5_000 * 12_000 + 12_000 * 7_000 / (2 * 8_495e3) - 100
    mast = [row(LON, LAT, lon, lat, h2=needed + more) for more in (-40, 60)]
    low, high = over_ground(told, np.array(mast), 4 / 3)
    assert low[1] < 0 < high[1]
    # A single edge: Bullington's own figure for it, with J of the exact clearance.
    v = math.sqrt(2) * -found[5, 1]
    assert found[5, 0] > 6.9 + 20 * math.log10(math.hypot(v - 0.1, 1) + v - 0.1)


def test_forms_of_the_same_ground_are_the_same(tmp_path):
    cells = rough(700)
    rows = around(25, most=4_000)
    where = (WEST + 10_000, NORTH - 10_000)
    whole = write_raster(tmp_path / "whole.tif", cells, at=where)
    found = over_ground(opened(whole), rows, 4 / 3)
    assert np.isfinite(found).all()
    folder = tmp_path / "tiles"
    (folder / "deep").mkdir(parents=True)
    for i, j in np.ndindex(2, 2):
        corner = (where[0] + j * 350 * 30, where[1] - i * 350 * 30)
        tile = cells[i * 350 : (i + 1) * 350, j * 350 : (j + 1) * 350]
        place = folder / ("" if i else "deep") / f"{1 - i}{1 - j}.TIF"
        write_raster(place, tile, at=corner)
    (folder / "readme.txt").write_text("x")
    np.testing.assert_allclose(over_ground(opened(folder), rows, 4 / 3), found, atol=1e-6)
    feet = write_raster(tmp_path / "f.tif", cells / np.float32(0.3048), at=where, unit="ft")
    assert opened(feet).feet
    np.testing.assert_allclose(over_ground(opened(feet), rows, 4 / 3), found, atol=0.02)
    stored = ((cells - 50) / 0.5).round().astype(np.int32)
    scaled = write_raster(tmp_path / "s.tif", stored, at=where, scale=0.5, offset=50)
    assert np.abs(over_ground(opened(scaled), rows, 4 / 3)[:, 2] - found[:, 2]).max() < 0.6
    upside = write_raster(
        tmp_path / "up.tif",
        cells[::-1],
        transform=(30, 0, where[0], 0, 30, where[1] - 700 * 30),
    )
    np.testing.assert_allclose(over_ground(opened(upside), rows, 4 / 3), found, atol=1e-5)
    # Turned by a quarter: columns run south.
    turned = write_raster(
        tmp_path / "turned.tif", cells.T, transform=(0, 30, where[0], -30, 0, where[1])
    )
    np.testing.assert_allclose(over_ground(opened(turned), rows, 4 / 3), found, atol=1e-5)
    vrt = tmp_path / "one.vrt"
    vrt.write_text(
        f"""<VRTDataset rasterXSize="700" rasterYSize="700"><SRS>{UTM}</SRS>
        <GeoTransform>{where[0]}, 30, 0, {where[1]}, 0, -30</GeoTransform>
        <VRTRasterBand dataType="Float32" band="1"><SimpleSource>
        <SourceFilename relativeToVRT="1">whole.tif</SourceFilename><SourceBand>1</SourceBand>
        </SimpleSource></VRTRasterBand></VRTDataset>"""
    )
    np.testing.assert_allclose(over_ground(opened(vrt), rows, 4 / 3), found, atol=1e-6)


def test_where_there_is_no_ground_nothing_is_said(tmp_path):
    cells = rough(700).astype(np.int16)
    where = (WEST + 10_000, NORTH - 10_000)
    x, y = utm(LON, LAT)
    column, line = int(x - 10_000 / 30), int(y - 10_000 / 30)
    cells[line - 70 : line - 60, column - 5 : column + 5] = -32768
    north, south = (GEOD.fwd(LON, LAT, way, 4_000)[:2] for way in (0, 180))
    away = GEOD.fwd(LON, LAT, 0, 30_000)[:2]
    rows = np.array([row(LON, LAT, *north), row(LON, LAT, *south), row(LON, LAT, *away)])
    for how in ({"nodata": -32768}, {}):
        found = over_ground(
            opened(write_raster(tmp_path / "holes.tif", cells, at=where, **how)), rows, 4 / 3
        )
        assert found[:, 4].tolist() == [1, 0, 1]
        assert np.isnan(found[[0, 2], :2]).all()
        assert np.isfinite(found[1]).all()


def test_what_stands_on_the_ground_is_in_the_way(tmp_path):
    ground = write_raster(tmp_path / "flat.tif", np.full((1400, 1400), 100, dtype=np.int16))
    lon, lat, _ = GEOD.fwd(LON, LAT, 0, 3_000)
    rows = np.array([row(LON, LAT, lon, lat, h1=20)])
    bare = over_ground(opened(ground), rows, 4 / 3)
    trees = write_raster(tmp_path / "trees.tif", np.full((1400, 1400), 18, dtype=np.uint8))
    high = over_ground(opened(ground, cover=trees), rows, 4 / 3)
    classes = over_ground(opened(ground, cover=trees, classes={18: 18.0}), rows, 4 / 3)
    none = over_ground(opened(ground, cover=trees, classes={10: 18.0}), rows, 4 / 3)
    assert bare[0, 1] > 0 > high[0, 1]
    assert high[0, 0] > bare[0, 0] + 5
    assert (classes == high).all()
    assert none[0, 4] == 2
    assert np.isnan(none[0, 0])


def hostile(tmp_path):
    small = np.zeros((20, 20), dtype=np.int16)
    yield "crs", lambda p: write_raster(p, small, crs=None)
    yield "terrain_place", lambda p: write_raster(p, small, transform=(1, 0, 0, 0, 1, 0))
    yield (
        "terrain_picture",
        lambda p: write_raster(p, np.zeros((3, 20, 20), dtype=np.uint8), photometric="RGB"),
    )
    yield "terrain_unit", lambda p: write_raster(p, small, unit="fathom")
    yield "terrain_coarse", lambda p: degrees(p, small, cell=0.5)
    yield "terrain_kind", lambda p: p.write_bytes(b"%PDF-1.7 and more")
    yield "broken", lambda p: p.write_bytes(b"II*\0" + b"\xff" * 400)
    yield "terrain_no_tiles", lambda p: p.mkdir()
    for trap in (
        "<SourceFilename>/vsicurl/http://example.org/a.tif</SourceFilename>",
        '<SourceFilename relativeToVRT="0">/etc/passwd</SourceFilename>',
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        "<PixelFunctionType>x</PixelFunctionType>",
    ):
        yield "terrain_vrt", lambda p, trap=trap: p.write_text(f"<VRTDataset>{trap}</VRTDataset>")
    yield (
        "terrain_source",
        lambda p: p.write_text(
            "<VRTDataset><SourceFilename>gone.tif</SourceFilename></VRTDataset>"
        ),
    )


def test_rasters_that_cannot_be_used_are_refused_with_a_sentence(tmp_path):
    for at, (key, make) in enumerate(hostile(tmp_path)):
        path = tmp_path / f"{at}.tif"
        make(path)
        with pytest.raises((CoverageError, Unreadable)) as refused:
            opened(path)
        assert refused.value.key == key, refused.value.say("en")
        for lang in ("vi", "en"):
            assert str(tmp_path) not in refused.value.say(lang)
    with pytest.raises(Unreadable, match=r"gone\.tif"):
        opened(tmp_path / "gone.tif")


def test_one_cell_and_a_raster_that_claims_to_be_huge_are_read_where_they_are(tmp_path):
    x, y = utm(LON, LAT)
    one = write_raster(
        tmp_path / "one.tif",
        np.array([[250]], dtype=np.int16),
        cell=600,
        at=(WEST + x * 30 - 300, NORTH - y * 30 + 300),
    )
    lon, lat, _ = GEOD.fwd(LON, LAT, 90, 200)
    far, _, _ = GEOD.fwd(LON, LAT, 90, 2_000)
    rows = np.array([row(LON, LAT, lon, lat), row(LON, LAT, far, lat)])
    found = over_ground(opened(one), rows, 4 / 3)
    assert found[0, 2:4].tolist() == [250, 250]
    assert found[:, 4].tolist() == [0, 1]
    huge = tmp_path / "huge.tif"
    how = {"tiled": True, "sparse_ok": True, "bigtiff": "yes", "nodata": -1}
    import rasterio  # noqa: PLC0415

    with rasterio.open(
        huge,
        "w",
        driver="GTiff",
        width=400_000,
        height=400_000,
        count=1,
        dtype="int16",
        crs=UTM,
        transform=rasterio.transform.from_origin(WEST - 5_900_000, NORTH + 5_900_000, 30, 30),
        **how,
    ):
        pass
    assert over_ground(opened(huge), rows, 4 / 3)[:, 4].tolist() == [1, 1]


def test_fine_cells_are_put_together(tmp_path):
    x, y = utm(LON, LAT)
    cells = np.kron(rough(150, tall=60), np.ones((10, 10), dtype=np.float32))
    where = (WEST + x * 30 - 750, NORTH - y * 30 + 750)
    told = opened(write_raster(tmp_path / "fine.tif", cells, cell=1, at=where))
    assert told.step == 10
    lon, lat, _ = GEOD.fwd(LON, LAT, 45, 900)
    found = over_ground(told, np.array([row(LON, LAT, lon, lat)]), 4 / 3)
    coarse = write_raster(tmp_path / "coarse.tif", cells[::10, ::10], cell=10, at=where)
    again = over_ground(opened(coarse), np.array([row(LON, LAT, lon, lat)]), 4 / 3)
    np.testing.assert_allclose(found, again, atol=1e-4)


def test_tiles_of_two_systems_are_one_ground(tmp_path):
    cells = rough(700)
    where = (WEST + 10_000, NORTH - 10_000)
    folder = tmp_path / "two"
    folder.mkdir()
    # The north in UTM, all of it in degrees: what the first has not, the second gives.
    write_raster(folder / "a.tif", np.full((300, 700), 77, dtype=np.float32), at=where)
    degrees(folder / "b.tif", np.full((1300, 1300), 55, dtype=np.float32), west=104.8, north=23.0)
    told = opened(folder)
    assert len(told.sheets) == 2
    north, south = (GEOD.fwd(LON, LAT, way, 5_000)[:2] for way in (0, 180))
    found = over_ground(told, np.array([row(*north, *south)]), 4 / 3)
    assert found[0, 2:4].tolist() == [77, 55]
    assert np.isfinite(found).all()
    assert len(cells) == 700
    assert lengths(np.array([[*north, *south]]))[0] == pytest.approx(10_000, abs=0.1)
