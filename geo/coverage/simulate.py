"""Make a simulated country to try the search with: seeded, plausible, marked on every row.

No public list of gaps exists. What is made here is no estimate of anything: the areas and the
population of provinces are real, everything else is drawn by chance. Operators are made up too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.boundaries import kept
from geo.coverage.ground import SIMULATED_PREFIX, Bools, Floats, Ints, Places, places
from geo.coverage.output import with_mark
from geo.editions import EDITION_2025, area

if TYPE_CHECKING:
    import pandas as pd

OPERATORS: Final = ("Mô phỏng A", "Mô phỏng B", "Mô phỏng C")
DEFAULT_SEED: Final = 6
PER_COMMUNE: Final = 6
# The dates of the simulated lists of gaps.
LIST_DATES: Final = (
    *(date(2023, 12, 31), date(2024, 3, 31), date(2024, 9, 30), date(2025, 3, 31)),
)
_CITY_KM2, _WILD_KM2 = 8.0, 220.0


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """A simulated country; every table carries the mark.

    Attributes
    ----------
    settlements, sites
        Tables as `geo.coverage` reads them.
    lists
        From date to list of gaps, as `geo.coverage.ledger.keep` reads them.
    """

    settlements: pd.DataFrame
    sites: pd.DataFrame
    lists: dict[date, pd.DataFrame]


@kept(maxsize=2)
def simulate(seed: int = DEFAULT_SEED, per_commune: int = PER_COMMUNE) -> Simulated:
    """Make a country: the same for the same seed.

    Parameters
    ----------
    per_commune
        Settlements of a commune, on average.

    Returns
    -------
    Simulated
        Settlements by commune; masts where people are many, of shorter reach in towns; few in
        large communes (mountains) and on islands, where some settlements have no power.
    """
    rng = np.random.default_rng(seed)
    where = places(EDITION_2025)
    wild = _wildness(where)
    commune = np.repeat(np.arange(len(where.areas)), rng.poisson(per_commune - 2, len(wild)) + 2)
    lon, lat = _points(rng, where, commune)
    people = _people(rng, where, commune)
    powerless = rng.random(len(commune)) < 0.06 * wild[commune] ** 2
    settlements = _settlements(where, commune, lon, lat, people, powerless)
    served = rng.random(len(commune)) < (1 - 0.8 * wild[commune]) * ~powerless
    sites = _sites(rng, lon[served], lat[served], wild[commune[served]])
    lists = _lists(rng, settlements, wild[commune] * ~served)
    return Simulated(with_mark(settlements, True), with_mark(sites, True), lists)


def _wildness(where: Places) -> Floats:
    """Grade communes from town (0) to mountain or island (1), by their drawn area."""
    import shapely  # noqa: PLC0415

    km2 = shapely.area(np.array(where.shapes, dtype=object)) * 111.2 * 108
    grade = np.log(np.maximum(km2, 1) / _CITY_KM2) / np.log(_WILD_KM2 / _CITY_KM2)
    grade[[place.type == "special_zone" for place in where.areas]] = 0.9
    return np.clip(grade, 0, 1)


def _points(rng: np.random.Generator, where: Places, commune: Ints) -> tuple[Floats, Floats]:
    """Draw a point inside the commune of each settlement."""
    import shapely  # noqa: PLC0415

    shapes = np.array(where.shapes, dtype=object)[commune]
    shapely.prepare(shapes)
    west, south, east, north = shapely.bounds(shapes).T
    inner = shapely.point_on_surface(shapes)
    lon, lat = shapely.get_x(inner), shapely.get_y(inner)
    todo = np.arange(len(commune))
    for _ in range(12):
        x = rng.uniform(west[todo], east[todo])
        y = rng.uniform(south[todo], north[todo])
        inside = shapely.contains_xy(shapes[todo], x, y)
        lon[todo[inside]], lat[todo[inside]] = x[inside], y[inside]
        todo = todo[~inside]
    return np.round(lon, 5), np.round(lat, 5)


def _people(rng: np.random.Generator, where: Places, commune: Ints) -> Ints:
    """Share the population of each province out among its settlements."""
    province = np.array([where.areas[at].parent for at in commune], dtype=object)
    ward = np.array([where.areas[at].type == "ward" for at in commune])
    weight = rng.lognormal(0, 0.7, len(commune)) * np.where(ward, 2.5, 1.0)
    people = np.zeros(len(commune), dtype=np.int64)
    for code in sorted(set(province)):
        mine = province == code
        total = area(where.edition, str(code)).population or 1_000_000
        people[mine] = np.maximum(5, total * weight[mine] / weight[mine].sum()).astype(np.int64)
    return people


def _settlements(  # noqa: PLR0917 - the columns of one table
    where: Places, commune: Ints, lon: Floats, lat: Floats, people: Ints, powerless: Bools
) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    codes = np.array([place.code for place in where.areas], dtype=object)[commune]
    first = np.searchsorted(commune, commune)
    number = np.arange(len(commune)) - first + 1
    return pd.DataFrame(
        {
            "id": [f"{SIMULATED_PREFIX}{c}-{n}" for c, n in zip(codes, number, strict=True)],
            "name": [f"Thôn mô phỏng {n}" for n in number],
            "commune_code": codes,
            "lon": lon,
            "lat": lat,
            "population": people,
            "power": np.where(powerless, "no", "yes"),
        }
    )


def _sites(rng: np.random.Generator, lon: Floats, lat: Floats, wild: Floats) -> pd.DataFrame:
    """Put masts of some operators near settlements."""
    import pandas as pd  # noqa: PLC0415

    rows = []
    for technology, there, near, far in (
        ("2G", 0.5, 2_000, 9_000),
        ("4G", 0.75, 1_200, 6_000),
        ("5G", 0.25, 400, 900),
    ):
        for operator in OPERATORS:
            chosen = rng.random(len(lon)) < there * (1 - 0.75 * wild * (technology == "5G"))
            at = np.flatnonzero(chosen)
            reach = near + (far - near) * wild[at] * rng.uniform(0.6, 1, len(at))
            sector = rng.random(len(at)) < 0.15
            rows.append(
                pd.DataFrame(
                    {
                        "lon": np.round(lon[at] + rng.normal(0, 0.004, len(at)), 5),
                        "lat": np.round(lat[at] + rng.normal(0, 0.004, len(at)), 5),
                        "technology": technology,
                        "operator": operator,
                        "range": np.round(reach, -1).astype(int),
                        "azimuth": np.where(sector, rng.integers(0, 360, len(at)), np.nan),
                        "beam": np.where(sector, 120.0, np.nan),
                    }
                )
            )
    sites = pd.concat(rows, ignore_index=True)
    sites.insert(0, "id", [f"{SIMULATED_PREFIX}site-{n}" for n in range(1, len(sites) + 1)])
    return sites


def _lists(
    rng: np.random.Generator, settlements: pd.DataFrame, lacking: Floats
) -> dict[date, pd.DataFrame]:
    """Make lists of gaps that shrink, with some new and some that come back."""
    open_now = rng.random(len(settlements)) < 0.22 * lacking
    lists = {}
    for at in LIST_DATES:
        lists[at] = with_mark(settlements[open_now].reset_index(drop=True), True)
        closing = rng.random(len(settlements)) < 0.35
        opening = rng.random(len(settlements)) < 0.004 * lacking
        open_now = (open_now & ~closing) | opening
    return lists
