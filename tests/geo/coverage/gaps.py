"""Random and made-up countries, and the plain way to tell who is covered."""

import csv

import numpy as np
import pandas as pd

from geo.coverage import Files
from geo.coverage.ground import Layer, Options, Sites, geodesic, turned
from geo.coverage.input import Problems, read_file, read_settlements, read_sites

SETTLEMENT_COLUMNS = ("id", "name", "lon", "lat", "commune_code", "population", "power")


def write_csv(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def random_sites(rng, n, *, layers=3, spread=0.5, sectors=0.5):
    """Cells of unlike ranges, some of them sectors, around 21 N 105 E."""
    beam = np.where(rng.random(n) < sectors, rng.uniform(10, 200, n), 360.0)
    return Sites(
        105 + rng.uniform(-spread, spread, n),
        21 + rng.uniform(-spread, spread, n),
        10 ** rng.uniform(1, 5, n),
        np.where(beam < 360, rng.uniform(0, 360, n), np.nan),
        beam,
        rng.integers(0, layers, n).astype(np.int16),
        np.arange(n) + 2,
        tuple(Layer(f"{at + 2}G", "A") for at in range(layers)),
    )


def plainly(sites, lon, lat):
    """Compare every point with every cell, exactly: bits by layer, and metres to the nearest."""
    n, m = len(lon), len(sites)
    at, point = np.tile(np.arange(m), n), np.repeat(np.arange(n), m)
    azimuth, distance = geodesic(sites.lon[at], sites.lat[at], lon[point], lat[point])
    aimed = (sites.beam[at] == 360) | (distance <= 1)
    aimed |= turned(sites.azimuth[at], azimuth) <= sites.beam[at] / 2
    reached = (distance <= sites.range_m[at]) & aimed
    mask = np.zeros(n, dtype=np.uint64)
    bits = np.uint64(1) << sites.layer[at].astype(np.uint64)
    np.bitwise_or.at(mask, point[reached], bits[reached])
    return mask, distance.reshape(n, m).min(axis=1)


def settlements(path, *, crs="", encoding="auto", names=None, **options):
    """Read a file of settlements: what could be used, and the problems."""
    problems = Problems()
    raw = read_file(path, problems, crs=crs, encoding=encoding, names=names)
    return read_settlements(raw, problems, Options(**options)), problems.frame()


def sites(path, *, crs="", names=None, **options):
    """Read a file of sites: what could be used, and the problems."""
    problems = Problems()
    raw = read_file(path, problems, crs=crs, names=names)
    return read_sites(raw, problems, Options(**options)), problems.frame()


def reasons(problems, *, kept=False):
    """Return the rows and reasons of problems."""
    rows = problems[problems["kept"] == kept]
    return list(zip(rows["row"], rows["reason"], strict=True))


def random_country(folder, seed, n=400, m=300):
    """Settlements without codes and OpenCelliD cells over the north."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(103.5, 106, n), rng.uniform(20.8, 22.2, n)
    rows = zip(range(n), lon, lat, rng.integers(1, 900, n), strict=True)
    settled = write_csv(folder / "s.csv", ("id", "lon", "lat", "population"), rows)
    cells = [
        *(rng.choice(["GSM", "UMTS", "LTE"], m), np.full(m, 452), rng.choice([1, 2, 4, 5], m)),
        *(np.ones(m, int), np.arange(m), np.zeros(m, int)),
        *(rng.uniform(103.5, 106, m), rng.uniform(20.8, 22.2, m), rng.integers(100, 15_000, m)),
        *([np.ones(m, int)] * 5),
    ]
    path = folder / "452.csv"
    with path.open("w") as file:  # as OpenCelliD gives the cells of a country: without a header
        file.writelines(",".join(map(str, row)) + "\n" for row in zip(*cells, strict=True))
    return Files(settled, path)


def write_grid(path, n=4_000, seed=3):
    """Write cells of people as Parquet; return them."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "lon": rng.uniform(103.5, 106, n),
            "lat": rng.uniform(20.8, 22.2, n),
            "population": rng.exponential(20, n),
        }
    )
    frame.to_parquet(path, row_group_size=700, index=False)
    return frame
