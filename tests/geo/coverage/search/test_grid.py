"""Population grids in every form, in bounded memory; the same over Dask to the last bit."""

import json
import tracemalloc

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import rasterio
import shapely
from distributed import LocalCluster
from pyarrow import parquet
from rasterio.transform import from_origin

from geo.coverage import Files, find_gaps
from geo.coverage.files import read_inputs
from geo.coverage.ground import CoverageError, Options
from geo.coverage.input import Problems
from geo.coverage.search import gaps as _coverage_search
from geo.coverage.search import ground, network, search_grid
from geo.coverage.search.cells import PIECE, pieces
from geo.editions import EDITION_2025
from tests.geo.coverage.gaps import plainly, random_country, write_grid

# Threads spare the start of a process; what goes over TCP is the same.
CLUSTER = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "protocol": "tcp"}
CLUSTER |= {"dashboard_address": None}


def same(one, other):
    for name in ("settlements", "areas", "networks", "clusters", "grid", "problems"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    pd.testing.assert_frame_equal(one.ranking.frame, other.ranking.frame, check_exact=True)


def test_over_dask_the_same_to_the_last_bit(tmp_path, monkeypatch):
    monkeypatch.setattr(_coverage_search, "CHUNK", 90)
    files = random_country(tmp_path, 11)
    write_grid(tmp_path / "people.parquet")
    files = Files(files.settlements, files.sites, grid=tmp_path / "people.parquet")

    here = find_gaps(files)
    with LocalCluster(**CLUSTER) as cluster:
        same(here, find_gaps(files, scheduler=cluster.scheduler_address))
    monkeypatch.setattr(_coverage_search, "CHUNK", 7)
    again = find_gaps(files, workers=2)
    pd.testing.assert_frame_equal(here.settlements, again.settlements, check_exact=True)


def test_a_population_grid_is_summed_the_same_from_every_form(tmp_path):
    inputs = read_inputs(random_country(tmp_path, 5))
    frame = write_grid(tmp_path / "g.parquet")
    frame.to_csv(tmp_path / "g.csv", index=False)
    base = ground(network(inputs.sites, None), None, Options())
    problems = Problems()
    sums, read = search_grid(base, tmp_path / "g.parquet", EDITION_2025, problems)
    mask, _ = plainly(inputs.sites, frame["lon"].to_numpy(), frame["lat"].to_numpy())
    left = problems.frame()
    whole = sums.iloc[0]
    assert read == len(frame)
    assert whole["cells"] + left["n"].sum() == len(frame)
    if left.empty:
        assert whole["people_covered"] == pytest.approx(frame["population"][mask != 0].sum())
    from_csv, _ = search_grid(base, tmp_path / "g.csv", EDITION_2025, Problems())
    pd.testing.assert_frame_equal(sums, from_csv)


def test_a_raster_of_people_in_another_projection(tmp_path):
    inputs = read_inputs(random_country(tmp_path, 5))
    base = ground(network(inputs.sites, None), None, Options())
    people = np.full((40, 50), -1.0)
    people[10:20, 10:30] = 7
    profile = {"driver": "GTiff", "height": 40, "width": 50, "count": 1, "dtype": "float64"}
    with rasterio.open(
        tmp_path / "g.tif",
        "w",
        crs="EPSG:32648",
        transform=from_origin(500_000, 2_400_000, 100, 100),
        nodata=-1,
        **profile,
    ) as raster:
        raster.write(people, 1)
    sums, read = search_grid(base, tmp_path / "g.tif", EDITION_2025, Problems())
    assert read == 200
    assert sums.iloc[0]["people"] == 1400


def test_a_raster_of_three_million_cells_is_read_in_bands(tmp_path):
    inputs = read_inputs(random_country(tmp_path, 5))
    base = ground(network(inputs.sites, None), None, Options())
    height, width = 1_500, 2_000
    people = np.zeros((height, width), dtype="float32")
    people[7::300, 11::250] = 3
    people[0, 0], people[5, 5] = np.nan, -4
    with rasterio.open(
        tmp_path / "g.tif",
        "w",
        driver="GTiff",
        height=height,
        width=width,
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=from_origin(104, 22, 0.001, 0.0006),
        tiled=True,
        compress="deflate",
    ) as raster:
        raster.write(people, 1)
    cut = pieces(tmp_path / "g.tif")
    assert all((piece.stop - piece.start) * width <= PIECE for piece in cut)
    assert [piece.start for piece in cut[1:]] == [piece.stop for piece in cut[:-1]]
    assert (cut[0].start, cut[-1].stop) == (0, height)
    problems = Problems()
    tracemalloc.start()
    sums, read = search_grid(base, tmp_path / "g.tif", EDITION_2025, problems)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    left = problems.frame().set_index("reason")["n"].to_dict()
    assert read == 5 * 8 + 2
    assert (left["grid_unread"], left["grid_negative"]) == (1, 1)
    whole = sums.iloc[0]
    assert whole["people"] == 3 * (40 - left.get("grid_nowhere", 0))
    rows, columns = np.nonzero(people == 3)
    mask, _ = plainly(inputs.sites, 104 + (columns + 0.5) * 0.001, 22 - (rows + 0.5) * 0.0006)
    if "grid_nowhere" not in left:
        assert whole["people_covered"] == 3 * (mask != 0).sum()
    # A float64 of every cell would be 24 MB, and its coordinates twice that.
    assert peak < 24e6


def raster(path, cells, *, scale=1.0, offset=0.0, nodata=None, size=0.001):
    """Write cells of people north of Hà Nội, as they are stored."""
    height, width = cells.shape
    told = {"driver": "GTiff", "height": height, "width": width, "count": 1, "crs": "EPSG:4326"}
    told |= {"dtype": cells.dtype, "transform": from_origin(105.3, 21.2, size, size)}
    with rasterio.open(path, "w", nodata=nodata, **told) as file:
        file.write(cells, 1)
        file.scales, file.offsets = (scale,), (offset,)
    return path


def summed(tmp_path, grid):
    inputs = read_inputs(random_country(tmp_path, 5))
    base, problems = ground(network(inputs.sites, None), None, Options()), Problems()
    sums, _ = search_grid(base, grid, EDITION_2025, problems)
    return sums.iloc[0], problems.frame()


@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32"])
def test_scale_offset_and_nodata_of_a_raster_are_obeyed(tmp_path, dtype):
    cells = np.full((20, 30), 4, dtype=dtype)
    cells[0] = 99
    cells[1] = 0
    path = raster(tmp_path / "g.tif", cells, scale=0.5, offset=2, nodata=99)
    country, problems = summed(tmp_path, path)
    assert country["people"] == pytest.approx(18 * 30 * 4 + 30 * 2)  # a stored 0 is 2 people
    assert problems.empty


def test_a_raster_that_is_no_people_is_told_or_refused(tmp_path):
    heights = np.full((300, 300), 250, dtype="int16")
    _, problems = summed(tmp_path, raster(tmp_path / "h.tif", heights))
    assert "grid_implausible" in problems["reason"].tolist()
    undeclared = np.full((40, 40), 3, dtype="uint16")
    undeclared[:2, :10] = 65_535
    _, problems = summed(tmp_path, raster(tmp_path / "u.tif", undeclared))
    assert "grid_no_data" in problems["reason"].tolist()
    with pytest.raises(CoverageError, match="cannot be a population grid"):
        summed(tmp_path, raster(tmp_path / "l.tif", np.full((300, 300), 30_000, dtype="uint16")))


def test_cells_without_end_are_unread(tmp_path):
    cells = np.full((20, 30), 2, dtype="float32")
    cells[0, :2] = np.inf, -np.inf
    country, problems = summed(tmp_path, raster(tmp_path / "g.tif", cells))
    assert country["people"] == 598 * 2
    assert problems["reason"].tolist() == ["grid_unread"]


@pytest.mark.parametrize("dtype", ["int16", "float32"])
def test_heights_of_a_small_patch_are_told_though_their_sum_could_be_people(tmp_path, dtype):
    slope = np.add.outer(np.arange(40) * 3.3, np.arange(30) * 2.1) + 640
    _, problems = summed(tmp_path, raster(tmp_path / "h.tif", slope.astype(dtype)))
    assert "grid_smooth" in problems["reason"].tolist()


@pytest.mark.parametrize("dtype", ["int16", "float32"])
def test_people_are_not_taken_for_heights(tmp_path, dtype):
    dice = np.random.default_rng(1)
    villages = dice.exponential(30, (40, 30)).astype(dtype)
    spread = np.repeat(dice.uniform(1, 9, (4, 3)), 10, axis=0).repeat(10, axis=1).astype(dtype)
    for name, cells in (("v.tif", villages), ("s.tif", spread)):
        _, problems = summed(tmp_path, raster(tmp_path / name, cells))
        assert "grid_smooth" not in problems["reason"].tolist()


@pytest.mark.parametrize("form", ["struct", "list", "wkb"])
def test_native_geometry_is_read_as_wkb_is(tmp_path, form):
    n = 50
    x, y = 105.3 + np.arange(n) * 0.001, np.full(n, 21.1)
    made = {
        "struct": pa.StructArray.from_arrays([pa.array(x), pa.array(y)], ["x", "y"]),
        "list": pa.FixedSizeListArray.from_arrays(pa.array(np.c_[x, y].ravel()), 2),
        "wkb": pa.array(shapely.to_wkb(shapely.points(x, y))),
    }[form]
    encoding = "WKB" if form == "wkb" else "point"
    geo = {"version": "1.1.0", "primary_column": "g"}
    geo |= {"columns": {"g": {"encoding": encoding, "geometry_types": ["Point"]}}}
    table = pa.table({"population": pa.array(np.arange(n)), "g": made})
    path = tmp_path / "g.parquet"
    parquet.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    country, problems = summed(tmp_path, path)
    assert (country["cells"], country["people"]) == (n - 1, np.arange(n).sum())
    assert problems.empty
