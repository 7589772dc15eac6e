"""Measure the search for coverage gaps: run `python -m benchmarks.coverage`.

    python -m benchmarks.coverage [--quick] [--cells 33000000] [--only plain grid growth terrain]

Each case runs in a process of its own, so that its peak memory is its own. Settlements, sites and
people are MADE UP: masts around 500 towns, ranges from 500 m to 35 km, cells of 100 m on the land.
"""
# ruff: noqa: PLC0415 - each case pays for what it imports, and for nothing else

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.ground import write_masts, write_tiles

SETTLEMENTS, SITES, CELLS = 100_000, 300_000, 33_000_000
GROWTH = (10_000, 100_000, 1_000_000, 10_000_000)
WORKERS = 2
MASTS = 20_000
PARTS = ("plain", "grid", "growth", "terrain")
RANGES = ((500, 0.3), (1_000, 0.3), (2_000, 0.2), (5_000, 0.15), (10_000, 0.04), (35_000, 0.01))
BAND = 400  # rows of the made-up raster in one row group
RESULTS = Path(__file__).resolve().parents[1] / "bench-results" / "coverage.json"


def make_points(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw points on the land."""
    from geo.coverage.ground import NOWHERE, locate, places
    from geo.editions import EDITION_2025

    dice, found = np.random.default_rng(seed), []
    while sum(len(lon) for lon, _ in found) < n:
        lon, lat = dice.uniform(102, 110, 2 * n), dice.uniform(8.4, 23.4, 2 * n)
        land = locate(places(EDITION_2025), lon, lat, off=0) != NOWHERE
        found.append((lon[land], lat[land]))
    return tuple(np.concatenate(parts)[:n] for parts in zip(*found, strict=True))  # type: ignore[return-value]


def write_inputs(folder: Path, settlements: int, sites: int) -> None:
    """Write settlements, and cells as OpenCelliD gives them."""
    dice = np.random.default_rng(6)
    lon, lat = make_points(settlements, 1)
    people = dice.integers(20, 900, settlements)
    frame = pd.DataFrame({"id": np.arange(settlements), "lon": lon, "lat": lat})
    frame.assign(population=people).to_csv(folder / "settlements.csv", index=False)
    towns = np.column_stack(make_points(500, 2))[dice.integers(0, 500, sites)]
    at = towns + dice.normal(0, 0.08, (sites, 2))
    reach, share = zip(*RANGES, strict=True)
    cells = {
        "radio": dice.choice(["GSM", "UMTS", "LTE"], sites),
        "mcc": 452,
        "net": dice.choice([1, 2, 4], sites),
        "area": 1,
        "cell": np.arange(sites),
        "unit": 0,
        "lon": at[:, 0].round(6),
        "lat": at[:, 1].round(6),
        "range": dice.choice(reach, sites, p=share),
        "samples": 1,
        "changeable": 1,
        "created": 1,
        "updated": 1,
        "averageSignal": 0,
    }
    pd.DataFrame(cells).to_csv(folder / "sites.csv", index=False)


def write_grid(path: Path, cells: int) -> int:
    """Write a grid of people on the land, about so many cells; return how many."""
    import pyarrow as pa
    from pyarrow import parquet
    from rasterio.features import rasterize
    from rasterio.transform import from_origin

    from geo.boundaries import layers as boundaries
    from geo.editions import EDITION_2025, Level

    land = list(boundaries.load(EDITION_2025, Level.PROVINCE).geometry)
    step = 0.000915 * (33_000_000 / cells) ** 0.5
    width, height = int(7.5 / step), int(15 / step)
    schema = pa.schema([("lon", "float64"), ("lat", "float64"), ("population", "float32")])
    dice, written = np.random.default_rng(3), 0
    with parquet.ParquetWriter(path, schema) as writer:
        for top in range(0, height, BAND):
            origin = from_origin(102.1, 23.4 - top * step, step, step)
            mask = rasterize(land, (min(BAND, height - top), width), transform=origin)
            row, column = np.nonzero(mask)
            lon, lat = 102.1 + (column + 0.5) * step, 23.4 - (top + row + 0.5) * step
            people = dice.exponential(3, len(row)).astype("float32")
            writer.write_table(pa.table([lon, lat, people], schema=schema))
            written += len(row)
    return written


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that something takes, and what it gives."""
    start = time.perf_counter()
    given = act()
    return round(time.perf_counter() - start, 2), given


def case_read(folder: Path) -> dict[str, Any]:
    """Read the two files and do nothing else."""
    read, _ = timed(
        lambda: [pd.read_csv(folder / name) for name in ("settlements.csv", "sites.csv")]
    )
    return {"read_s": read}


def case_search(folder: Path, scheduler: str = "") -> dict[str, Any]:
    """Find the gaps, from files to sums, and how much of it is the search alone."""
    from geo.coverage import Files
    from geo.coverage.files import read_inputs
    from geo.coverage.find import analyse
    from geo.coverage.ground import Options
    from geo.coverage.search import network
    from geo.coverage.search.network import ask

    files = Files(folder / "settlements.csv", folder / "sites.csv")
    checked, inputs = timed(lambda: read_inputs(files))
    searched, _ = timed(
        lambda: ask(
            network(inputs.sites, None),
            inputs.settlements.lon,
            inputs.settlements.lat,
            workers=WORKERS,
        )
    )
    whole, result = timed(lambda: analyse(inputs, Options(), scheduler=scheduler, workers=WORKERS))
    return {
        "read_and_check_s": checked,
        "search_alone_s": searched,
        "search_sums_clusters_ranking_s": whole,
        "covered": int((result.settlements["status"] == "covered").sum()),
    }


def case_dask(folder: Path) -> dict[str, Any]:
    """Do the same over a Dask cluster on this machine, its start included."""
    return case_search(folder, "local")


def _projected(folder: Path) -> tuple[Any, Any]:
    import geopandas as gpd

    frames = []
    for name in ("settlements.csv", "sites.csv"):
        frame = pd.read_csv(folder / name)
        shapes = gpd.points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326")
        frames.append(gpd.GeoDataFrame(frame, geometry=shapes).to_crs("EPSG:3405"))
    return frames[0], frames[1]


def case_nearest(folder: Path) -> dict[str, Any]:
    """Join by geopandas to the nearest site: who is nearest, not who reaches."""
    ready, (settled, sites) = timed(lambda: _projected(folder))
    took, joined = timed(lambda: settled.sjoin_nearest(sites, distance_col="metres"))
    within = joined[joined["metres"] <= joined["range"]].index.nunique()
    return {"read_and_project_s": ready, "join_s": took, "nearest_reaches": int(within)}


def case_buffer(folder: Path) -> dict[str, Any]:
    """Draw a buffer around every site and overlay, network by network."""
    ready, (settled, sites) = timed(lambda: _projected(folder))

    def overlay() -> int:
        covered: set[int] = set()
        for _, cells in sites.groupby(["radio", "net"]):
            discs = cells.set_geometry(cells.geometry.buffer(cells["range"]))
            covered |= set(settled.sjoin(discs[["geometry"]], predicate="within").index)
        return len(covered)

    took, covered = timed(overlay)
    return {"read_and_project_s": ready, "overlay_s": took, "covered": covered}


def case_grid(folder: Path) -> dict[str, Any]:
    """Sum a population grid by commune."""
    from geo.coverage import Files
    from geo.coverage.files import read_inputs
    from geo.coverage.ground import Options
    from geo.coverage.input import Problems
    from geo.coverage.search import ground, network, search_grid
    from geo.editions import EDITION_2025

    inputs = read_inputs(Files(folder / "settlements.csv", folder / "sites.csv"))
    base = ground(network(inputs.sites, None), None, Options())
    took, (sums, cells) = timed(
        lambda: search_grid(
            base, folder / "grid.parquet", EDITION_2025, Problems(), workers=WORKERS
        )
    )
    covered = float(sums.iloc[0]["people_covered"] / sums.iloc[0]["people"])
    return {"cells": cells, "search_and_sum_s": took, "people_covered": round(covered, 3)}


def case_readgrid(folder: Path) -> dict[str, Any]:
    """Read the grid and do nothing else."""
    from pyarrow import parquet

    took, _ = timed(
        lambda: sum(
            batch.num_rows for batch in parquet.ParquetFile(folder / "grid.parquet").iter_batches()
        )
    )
    return {"read_s": took}


def case_terrain(folder: Path, scheduler: str = "") -> dict[str, Any]:
    """Look over real ground from every settlement to its ten nearest sites."""
    from base.reading import Room
    from geo.coverage import Files
    from geo.coverage.files import read_inputs
    from geo.coverage.ground import Radio, Relief
    from geo.coverage.terrain import judge, open_relief

    inputs = read_inputs(Files(folder / "settlements.csv", folder / "masts.csv"))
    looked, opened = timed(lambda: open_relief(Relief(folder / "ground"), Room(seconds=3600)))
    assert inputs.sites is not None
    began = _cpu()
    with held() as peak:
        took, judged = timed(
            lambda: judge(
                *(inputs.settlements, inputs.sites, opened, Radio()),
                scheduler=scheduler,
                workers=WORKERS,
            )
        )
    paths = judged.terrained.paths
    return {
        "look_s": looked,
        "paths": len(paths),
        "median_km": round(float(paths["distance_m"].median()) / 1000, 1),
        "in_sight": int((paths["verdict"] == "in_sight").sum()),
        "judge_s": took,
        "judge_cpu_s": round(_cpu() - began, 1),
        "peak_of_all_processes_mb": round(max(peak)),
    }


def case_daskterrain(folder: Path) -> dict[str, Any]:
    """Do the same over a Dask cluster on this machine."""
    return case_terrain(folder, "local")


@contextmanager
def held() -> Iterator[list[float]]:
    """Note what this process and all that it starts hold together, MB, ten times a second."""
    import psutil

    found, done = [0.0], Event()

    def look() -> None:
        while not done.wait(0.1):
            own = psutil.Process()
            total = 0.0
            for process in (own, *own.children(recursive=True)):
                with suppress(psutil.Error):
                    total += process.memory_full_info().pss / 1e6
            found.append(total)

    watch = Thread(target=look, daemon=True)
    watch.start()
    try:
        yield found
    finally:
        done.set()
        watch.join()


def _cpu() -> float:
    """Return the seconds of processors of this process and of those that it ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


CASES: dict[str, Callable[[Path], dict[str, Any]]] = {
    name.removeprefix("case_"): act
    for name, act in list(globals().items())
    if name.startswith("case_")
}


def child(name: str, folder: Path) -> None:
    """Run one case and print what it measured, with the peak memory of this process."""
    found = CASES[name](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**found, "peak_mb": round(peak)}))


def run(name: str, folder: Path, results: dict[str, Any], label: str = "") -> None:
    """Run one case in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.coverage", "--child", name, str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=RESULTS.parents[1]
    )
    lines = done.stdout.strip().splitlines()
    found = json.loads(lines[-1]) if done.returncode == 0 else {"failed": done.stderr[-300:]}
    results[label or name] = found
    told = ", ".join(
        f"{key} {value:,}" if key != "failed" else value for key, value in found.items()
    )
    print(f"{label or name}: {told}", flush=True)


def main() -> None:
    """Run the cases asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth of everything")
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--only", nargs="+", choices=PARTS)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]))
        return
    scale = 100 if options.quick else 1
    wanted = options.only or PARTS
    results: dict[str, Any] = {"settlements": SETTLEMENTS // scale, "sites": SITES // scale}
    with tempfile.TemporaryDirectory(prefix="atlas-gaps-") as name:
        folder = Path(name)
        write_inputs(folder, SETTLEMENTS // scale, SITES // scale)
        if "plain" in wanted:
            for case in ("read", "search", "dask", "nearest", "buffer"):
                run(case, folder, results)
        if "grid" in wanted:
            write_grid(folder / "grid.parquet", options.cells // scale)
            run("readgrid", folder, results)
            run("grid", folder, results)
        for n in GROWTH if "growth" in wanted else ():
            write_grid(folder / "grid.parquet", n // scale)
            run("grid", folder, results, f"grid of {n // scale:,}")
        if "terrain" in wanted:
            lon, lat = make_points(SETTLEMENTS // scale, 1)
            write_masts(folder / "masts.csv", MASTS // scale, lon, lat)
            write_tiles(folder / "ground", lon, lat)
            run("terrain", folder, results)
            run("daskterrain", folder, results)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
