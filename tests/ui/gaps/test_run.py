"""A search over real ground in the background: odd rasters are told, a stop leaves nothing."""

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import rasterio
from pyproj import Transformer
from rasterio.transform import Affine

from base.reading import apart
from base.words import LANGS
from geo.coverage import Files
from geo.coverage.ground import CoverageError, Options, Radio
from tests.base.reading.test_apart import AS_THE_APP, children
from tests.geo.coverage.terrain.rasters import LAT, LON, degrees, rough, write
from ui.gaps import folders, terrain
from ui.gaps.terrain import Ground, check_uploads, start
from ui.gaps.upload import LIMITS

VILLAGES = f"id,name,lon,lat\nnear,A,{LON + 0.01},{LAT}\nbehind,B,{LON},{LAT + 0.06}\n"
SITES = f"lon,lat,technology,operator,range\n{LON},{LAT},4G,Viettel,9000\n"
PLAIN = np.full((1000, 500), 100, dtype=np.int16)
COLOURS = np.zeros((3, 50, 50), np.uint8)
AT = (491_000, 2_548_035)


def wall(high=700):
    cells = PLAIN.copy()
    cells[550:553] = high
    return cells


def begun(
    tmp_path, *tiles, crs="", unit="", villages=VILLAGES, sites=SITES, limits=LIMITS, **radio
):
    folder = tempfile.TemporaryDirectory(dir=tmp_path)
    at = Path(folder.name)
    for name, text in (("s.csv", villages), ("t.csv", sites)):
        (at / name).write_text(text)
    given = []
    for n, tile in enumerate(tiles):
        (at / f"r{n}").write_bytes(tile.read_bytes())
        given.append((at / f"r{n}", tile.name))
    ground = Ground(given, [], [], crs, unit, "", Radio(**radio))
    files = Files(at / "s.csv", at / "t.csv", names=((at / "s.csv", "s.csv"),))
    laid = {"terrain": given, "cover": [], "folder": folder}
    return start(files, Options(), ground, laid, limits)


def ran(tmp_path, *tiles, **how):
    job = begun(tmp_path, *tiles, **how)
    job.join()
    return job


def verdicts(job):
    assert job.state == "done", job.trouble
    return job.result.result.settlements["terrain"].tolist()


def test_feet_are_read_as_feet_whether_the_file_or_the_reader_says_so(tmp_path):
    # 200 m of wall hide the village; 200 feet do so too, but are no 200 m high.
    tall = {}
    for name, how, unit in (("m", {}, ""), ("ft", {"unit": "ft"}, ""), ("said", {}, "ft")):
        tile = write(tmp_path / f"{name}.tif", wall(300), at=AT, **how)
        job = ran(tmp_path, tile, unit=unit)
        assert verdicts(job) == ["in_sight", "shadowed"]
        tall[name] = job.result.result.settlements["terrain_diffraction_db"].iloc[1]
    assert tall["ft"] == tall["said"] < tall["m"] - 5


def test_marks_of_no_data_and_gaps_between_tiles_make_paths_unknown(tmp_path):
    cells = wall()
    cells[560:] = -32768
    marked = write(tmp_path / "nodata.tif", cells, at=AT, nodata=-32768)
    assert verdicts(ran(tmp_path, marked)) == ["unknown", "unknown"]
    north = write(tmp_path / "n.tif", PLAIN[:500], at=AT)
    south = write(tmp_path / "s.tif", PLAIN[560:], at=(AT[0], AT[1] - 560 * 30))
    assert verdicts(ran(tmp_path, north, south)) == ["in_sight", "unknown"]


def test_a_turned_raster_is_ground_like_any_other(tmp_path):
    turn = Affine.translation(*AT) * Affine.rotation(20) * Affine.scale(30, -30)
    wide = np.full((2400, 2400), 100, dtype=np.int16)
    moved = Affine.translation(-36_000, 24_000) * turn
    tile = write(tmp_path / "turned.tif", wide, transform=moved)
    assert verdicts(ran(tmp_path, tile)) == ["in_sight", "in_sight"]


def huge(path):
    """A raster that says it has a million cells on each side, of which none is stored."""
    how = {"driver": "GTiff", "count": 1, "dtype": "float32", "width": 10**6, "height": 10**6}
    how |= {"tiled": True, "sparse_ok": True, "crs": "EPSG:4326", "bigtiff": "yes"}
    place = Affine(1e-5, 0, 102, 0, -1e-5, 24)
    with rasterio.open(path, "w", transform=place, blockxsize=4096, blockysize=4096, **how):
        pass
    return path


@pytest.mark.parametrize(
    ("make", "how", "word"),
    [
        (lambda p: write(p, PLAIN, at=AT, crs=None), {}, "x.tif"),
        (lambda p: write(p, PLAIN, at=AT, crs=None), {"crs": "EPSG:4326"}, "x.tif"),
        (lambda p: write(p, PLAIN, at=(AT[0], 1_000_000)), {}, "x.tif"),
        (lambda p: degrees(p, np.ones((1, 1), dtype=np.int16), cell=1.0), {}, "x.tif"),
        (lambda p: write(p, PLAIN, at=AT, unit="fathom"), {}, "fathom"),
        (
            lambda p: write(p, np.zeros((3, 50, 50), np.uint8), at=AT, photometric="rgb"),
            {},
            "x.tif",
        ),
    ],
)
def test_odd_rasters_are_refused_in_a_sentence(tmp_path, make, how, word):
    job = ran(tmp_path, make(tmp_path / "x.tif"), **how)
    assert job.state == "refused"
    for lang in LANGS:
        said = job.trouble.say(lang)
        assert word in said
        assert str(tmp_path) not in said


def test_a_raster_of_one_cell_or_of_a_trillion_does_no_harm(tmp_path):
    one = degrees(tmp_path / "one.tif", np.ones((1, 1), dtype=np.int16), west=LON, north=LAT)
    tiny = ran(tmp_path, one)
    assert tiny.state == "refused" or verdicts(tiny) == ["unknown", "unknown"]
    job = ran(tmp_path, huge(tmp_path / "huge.tif"))
    assert job.state == "refused" or set(verdicts(job)) <= {"unknown", "in_sight"}


def many(n, m):
    draw = np.random.default_rng(3)
    text = "id,name,lon,lat\n"
    for i in range(n):
        text += f"v{i},V,{draw.uniform(104.8, 105.4):.5f},{draw.uniform(22.4, 23.0):.5f}\n"
    masts = "lon,lat,technology,operator,range\n"
    for _ in range(m):
        masts += f"{draw.uniform(104.8, 105.4):.5f},{draw.uniform(22.4, 23.0):.5f},4G,V,15000\n"
    return text, masts


def test_a_stop_in_the_middle_ends_the_processes_and_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "run_worker", AS_THE_APP)
    before = children()
    (tmp_path / "own").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "own"))
    villages, sites = many(3000, 300)
    tile = degrees(tmp_path / "rough.tif", rough(3000).astype(np.int16), west=104.7, north=23.1)
    job = begun(tmp_path, tile, villages=villages, sites=sites)
    while job.about is None:
        time.sleep(0.02)
    while not children() - before:
        time.sleep(0.02)
    job.stop()
    start_ = time.monotonic()
    job.join()
    assert time.monotonic() - start_ < 5
    assert job.state == "stopped"
    assert job.result is None
    assert children() <= before
    assert not list((tmp_path / "own").iterdir())


def test_it_is_told_how_long_it_takes_and_waits_where_that_is_long(tmp_path, monkeypatch):
    monkeypatch.setattr(terrain, "ASK_FROM", 0.0)
    tile = write(tmp_path / "dem.tif", wall(), at=AT)
    job = begun(tmp_path, tile)
    while job.state != "asking":
        assert not job.ended
        time.sleep(0.02)
    assert job.about.paths == 2
    assert job.about.samples >= 2 * 16
    assert job.about.seconds > 0
    job.agree()
    job.join()
    assert verdicts(job) == ["in_sight", "shadowed"]


def test_more_paths_than_the_page_takes_are_refused_before_they_are_worked_out(tmp_path):
    tile = write(tmp_path / "dem.tif", wall(), at=AT)
    job = ran(tmp_path, tile, limits=replace(LIMITS, max_paths=1))
    assert job.state == "refused"
    assert "python -m geo coverage" in job.trouble.say("vi")


def test_without_a_usual_band_5g_is_not_guessed(tmp_path):
    tile = write(tmp_path / "dem.tif", wall(), at=AT)
    sites = SITES.replace("4G", "5G")
    job = ran(tmp_path, tile, sites=sites)
    assert verdicts(job) == ["unknown", "unknown"]
    assert set(job.result.result.settlements["terrain_missing"]) == {"frequency"}
    assert verdicts(ran(tmp_path, tile, sites=sites, mhz={"5G": 2550})) == ["in_sight", "shadowed"]


def test_nobody_to_look_from_is_said(tmp_path):
    tile = write(tmp_path / "dem.tif", wall(), at=AT)
    job = ran(tmp_path, tile, sites=SITES.replace("4G,Viettel,9000", "4G,Viettel,0"))
    assert job.state == "refused"
    assert job.trouble.say("vi")


def test_folders_that_ended_servers_have_left_are_taken_away(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("999999999-1-a", "1-1-b", "other"):
        (tmp_path / f"{folders.PREFIX}{name}").mkdir()
    mine = folders.own_folder()
    again = folders.own_folder()
    left = {path.name.removeprefix(folders.PREFIX) for path in tmp_path.iterdir()}
    assert "999999999-1-a" not in left  # of no process
    assert {"1-1-b", "other"} <= left  # of one that runs, and of nobody
    assert Path(mine.name).exists()
    assert Path(again.name).exists()
    mine.cleanup()
    again.cleanup()


def test_rasters_that_are_too_much_at_once_or_stand_on_no_ground_are_refused():
    def ground(*sizes, cover=()):
        uploads = ([SimpleNamespace(size=n) for n in of] for of in (sizes, cover))
        return Ground(*uploads, [], "", "", "", Radio())

    check_uploads(ground(50 << 20, 50 << 20))
    check_uploads(ground())
    for given in (ground(50 << 20, 50 << 20, 50 << 20), ground(cover=(1,))):
        with pytest.raises(CoverageError) as refused:
            check_uploads(given)
        assert refused.value.say("vi") != refused.value.say("en")


def test_the_shadow_of_a_cliff_ends_where_geometry_has_it(tmp_path):
    # A mast of 40 m on a plateau of 500 m, its edge 2 km to the north, and a floor of 100 m beyond.
    top, floor, mast, man, edge = 500.0, 100.0, 40.0, 1.5, 2_000.0
    west, north, cell = AT[0] - 3_000, AT[1] + 20_000, 30.0
    mast_at = north - 40_000.0
    rows = 1400
    cells = np.full((rows, 300), top, dtype=np.int16)
    northing = north - (np.arange(rows) + 0.5) * cell
    cells[northing > mast_at + edge] = floor
    tile = write(tmp_path / "cliff.tif", cells, at=(west, north))

    def sees(metres):
        drop = edge * (metres - edge) / (2 * 4 / 3 * 6_371_000)  # of the round earth at the edge
        ray = top + mast - (top + mast - floor - man) * edge / metres
        return ray - drop > top

    ends = next(x for x in np.arange(edge + 100, 40_000, 10.0) if sees(x))
    turn = Transformer.from_crs("EPSG:32648", "EPSG:4326", always_xy=True)
    x = west + 150 * cell
    # The edge is known to half a cell and a sample, 42 m: 3% of where the shadow ends.
    steps = [2_500, 10_000, ends - 2_000, ends - 700, ends + 700, ends + 2_000, ends + 5_000]
    text = "id,name,lon,lat\n"
    for n, metres in enumerate((1_000, *steps)):
        lon, lat = turn.transform(x, mast_at + metres)
        text += f"v{n},V{n},{lon:.7f},{lat:.7f}\n"
    lon, lat = turn.transform(x, mast_at)
    sites = "lon,lat,technology,operator,range,height\n"
    sites += f"{lon:.7f},{lat:.7f},4G,Viettel,60000,{mast:g}\n"
    found = verdicts(ran(tmp_path, tile, villages=text, sites=sites))
    assert found == ["in_sight", *["shadowed"] * 4, *["in_sight"] * 3]
