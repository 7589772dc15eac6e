"""The profile of one path: the ground as the ray sees it, the ray, and its first Fresnel zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.coverage.ground import Floats
from geo.coverage.terrain.diffraction import EARTH_KM, LIGHT_M_GHZ
from geo.coverage.terrain.lines import lengths
from geo.coverage.terrain.reckon import draw
from geo.coverage.terrain.run import Opened


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A path cut open; heights in metres, over a line that is straight where the earth is not.

    Attributes
    ----------
    km
        From the site, shape (samples,).
    ground, top
        The bare ground, and what stands on it, both with the bulge of the earth; NaN where unknown.
    ray
        Of the straight line between the antennas.
    zone
        Radius of the first Fresnel zone.
    worst
        Index of the sample that comes nearest to the ray, in radii of the zone, or rises most over
        it; None where there is no such sample or a height is unknown.
    clearance
        There: height of the ray over the top, in radii of the zone; negative where it is blocked.
    over_m
        There: height of the top over the ray, metres.
    """

    km: Floats
    ground: Floats
    top: Floats
    ray: Floats
    zone: Floats
    worst: int | None
    clearance: float
    over_m: float


def section(opened: Opened, row: Floats, k: float) -> Section:
    """Cut a path open.

    Parameters
    ----------
    row
        In the order of `geo.coverage.terrain.reckon.COLUMNS`.
    k
        Effective earth radius over the true one.

    Raises
    ------
    Unreadable
        Where the rasters cannot be read.
    """
    lon1, lat1, lon2, lat2, high1, high2, ghz = (float(value) for value in row)
    told = draw(
        opened.relief.terrain,
        opened.relief.called,
        opened.room,
        sheets=opened.sheets,
        cover=opened.cover,
        pair=[lon1, lat1, lon2, lat2],
        step=opened.step,
    )
    at, bare, standing = (told.tables[0][n].to_numpy() for n in ("at", "ground", "standing"))
    km = float(lengths(np.array([[lon1, lat1, lon2, lat2]]))[0]) / 1000
    return cut(at, bare, standing, km=km, ghz=ghz, heights=(high1, high2), k=k)


def cut(
    at: Floats,
    bare: Floats,
    standing: Floats,
    *,
    km: float,
    ghz: float,
    heights: tuple[float, float],
    k: float,
) -> Section:
    """Cut a path open whose heights are known.

    Parameters
    ----------
    at
        Fractions of the path.
    bare, standing
        Height of the ground over the sea, and of what stands there over the ground.
    heights
        Of the antennas over the ground.
    """
    bulge = 500 / (EARTH_KM * k) * km**2 * at * (1 - at)
    inner = np.r_[False, np.ones(len(at) - 2, dtype=bool), False]
    ground = bare + bulge
    top = ground + np.where(inner, standing, 0.0)
    ends = bare[0] + heights[0], bare[-1] + heights[1]
    ray = ends[0] * (1 - at) + ends[1] * at
    zone = np.sqrt(LIGHT_M_GHZ / ghz * km * 1000 * at * (1 - at))
    if km <= 0 or np.isnan(top).any():
        return Section(at * km, ground, top, ray, zone, None, np.nan, np.nan)
    clear = np.full(len(at), np.inf)
    clear[inner] = (ray - top)[inner] / zone[inner]
    worst = int(np.argmin(clear))
    over = float(top[worst] - ray[worst])
    return Section(at * km, ground, top, ray, zone, worst, float(clear[worst]), over)
