"""Islands known by name, as the mask of the ocean has them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from math import cos, hypot, pi, radians

import numpy as np
import shapely

from data.build.boundaries.islands import Island, ellipse
from data.build.boundaries.records import KM_PER_DEGREE, X_SCALE, Units, grown
from data.build.boundaries.sources import Ocean
from data.build.boundaries.vector import DECIMALS, chaikin
from geo.editions import EDITIONS_DIR


def named_islands(shapes: Iterable[shapely.Geometry], ocean: Ocean, units: Units) -> list[Island]:
    """Draw islands known by name as the mask of the ocean has them.

    Those are islands of `data/editions/islands.csv` around whose point nothing is drawn within the
    kilometres that are their own sea: they are too small, or no ward claims them. Each becomes the
    land of the mask in that circle, with the corners of its cells rounded off.

    Parameters
    ----------
    shapes
        What is drawn so far, EPSG:4326.
    """
    drawn = shapely.STRtree(list(shapes))
    found: list[Island] = []
    new: list[shapely.Geometry] = []
    for district, commune, point, km in _known_by_name(units):
        cells = [
            shapely.box(*grown((*middle, *middle), ocean.step / 2))
            for middle in ocean.land(grown((*point, *point), km / KM_PER_DEGREE / X_SCALE))
            if _km(point, middle) <= km
        ]
        shape = shapely.MultiPolygon(
            [_rounded(part) for part in shapely.get_parts(shapely.union_all(cells))]
        )
        sea = ellipse(point, (1.0, 1.0), pi * km * km)
        around = shapely.union_all([sea, shape])
        if shape.is_empty or drawn.query(around, predicate="intersects").size:
            continue
        if not any(other.intersects(around) for other in new):
            found.append(Island("", district, commune, shape))
            new.append(shape)
    return found


def _known_by_name(units: Units) -> Iterator[tuple[str, str, tuple[float, float], float]]:
    with (EDITIONS_DIR / "islands.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            district, commune = row["district_2024"], row["commune_2025"]
            if district in units.districts and commune in units.communes:
                point = float(row["lon"]), float(row["lat"])
                yield district, commune, point, float(row["radius_km"])


def _km(one: tuple[float, float], two: tuple[float, float]) -> float:
    x = (one[0] - two[0]) * cos(radians(one[1]))
    return hypot(x, one[1] - two[1]) * KM_PER_DEGREE


def _rounded(part: shapely.Polygon) -> shapely.Polygon:
    line = np.asarray(shapely.simplify(part, 0).exterior.coords)
    return shapely.Polygon(chaikin(chaikin(line)).round(DECIMALS))
