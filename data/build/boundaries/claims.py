"""What each ward and commune claims of the land: cells, each with a cost; the lowest cost wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from data.build.boundaries.records import (
    X_SCALE,
    Box,
    Commune,
    Extent,
    Grid,
    Units,
    Ward,
    around,
    box_km2,
    centre,
    grown,
    inside,
    intersection,
)

# Cost inside a box: this much of the distance from its middle in a rounded square (1 on the edge),
# and this much of the distance to the commune's point in radii of the commune.
BOX_WEIGHT, POINT_WEIGHT = 0.85, 0.12
POWER = 3
# How much the middle leans towards the ward's own point, which is often near its centroid.
LEAN, FARTHEST_LEAN = 0.2, 0.8
# Discs stand in for boxes: radius in radii of the commune, factor and addend of the cost, and how
# far the cost is followed, in radii of the disc. Those of communes reach over all their districts.
POINT_DISC = (0.8, 1.0, 0.1, 1.0)
COMMUNE_DISC = (1.2, 0.9, 0.2, 1.0)
SHARE_DISC = (1.0, 0.9, 0.3, 2.2)
SMALLEST_SHARE = 0.15
SMALLEST_RADIUS = 0.002


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold the cells that one ward claims for one commune, or a commune in one district.

    Attributes
    ----------
    ward, commune, district
        Codes; `ward` is empty where the claim is not one of a ward.
    rows, columns
        The window of cells.
    cost
        Shape (rows, columns), float32; infinite where nothing is claimed.
    u, v
        Where columns and rows lie in the ward's box, -1 to 1 from west to east and from south to
        north; 0 where the claim is not a box.
    boxed
        Whether the claim comes from a box that can be believed.
    """

    ward: str
    commune: str
    district: str
    rows: slice
    columns: slice
    cost: np.ndarray
    u: np.ndarray
    v: np.ndarray
    boxed: bool


def claims(units: Units, grid: Grid) -> list[Claim]:
    """List all claims: those of wards in the order of their codes, then those of communes."""
    found = [*_of_wards(units, grid), *_of_communes(units, grid)]
    return [claim for claim in found if claim.cost.size]


def _of_wards(units: Units, grid: Grid) -> Iterator[Claim]:
    for ward in units.wards.values():
        limit = grown(units.districts[ward.district].box, grid.step / 2)
        for code in ward.communes:
            commune = units.communes[code]
            if ward.extent is Extent.BOX:
                yield _box(ward, commune, limit, grid)
            elif ward.extent is Extent.POINT:
                yield _disc(ward, commune, (ward.lon, ward.lat), POINT_DISC, limit=limit, grid=grid)
            else:
                yield _disc(ward, commune, commune.point, COMMUNE_DISC, limit=limit, grid=grid)


def _of_communes(units: Units, grid: Grid) -> Iterator[Claim]:
    wards = [ward for ward in units.wards.values() if ward.extent is Extent.BOX]
    boxed = {code for ward in wards for code in ward.communes}
    for (code, district), share in shares(units).items():
        commune = units.communes[code]
        factor = sqrt(max(share, SMALLEST_SHARE))
        disc = (SHARE_DISC[0] * factor, *SHARE_DISC[1:])
        limit = grown(units.districts[district].box, grid.step / 2)
        if code not in boxed:
            # Nothing but its point says where it lies: the box of its district may not know it.
            limit = around([limit, grown((*commune.point, *commune.point), commune.radius)])
        ward = Ward("", district, (code,), commune.lon, commune.lat, limit, Extent.NONE)
        yield _disc(ward, commune, commune.point, disc, limit=limit, grid=grid)


def shares(units: Units) -> dict[tuple[str, str], float]:
    """Estimate how each commune is divided over districts, by the boxes of its wards.

    Returns
    -------
    dict of (commune, district) to float
        Adding up to 1 for each commune; a ward without a box counts as 1 km².
    """
    parts: dict[tuple[str, str], float] = defaultdict(float)
    totals: dict[str, float] = defaultdict(float)
    for ward in units.wards.values():
        area = box_km2(ward.box) if ward.extent is Extent.BOX else 1.0
        for commune in ward.communes:
            parts[commune, ward.district] += area / len(ward.communes)
            totals[commune] += area / len(ward.communes)
    return {pair: area / totals[pair[0]] for pair, area in sorted(parts.items())}


def _box(ward: Ward, commune: Commune, limit: Box, grid: Grid) -> Claim:
    # An island that its district's box forgot is not cut down to that.
    within = inside(limit, centre(ward.box))
    window = intersection(ward.box, limit) if within else ward.box
    rows, columns = grid.window(window) if window else (slice(0), slice(0))
    x, y = grid.longitudes(columns), grid.latitudes(rows)
    (middle_x, middle_y), (west, south, east, north) = centre(ward.box), ward.box
    half_x, half_y = (east - west) / 2, (north - south) / 2
    u, v = (x - middle_x) / half_x, (y - middle_y) / half_y
    cost = BOX_WEIGHT * (np.abs(u) ** POWER + np.abs(v)[:, None] ** POWER) ** (1 / POWER)
    cost += POINT_WEIGHT * distance(grid, rows, columns, commune.point) / commune.radius
    lean_x, lean_y = (ward.lon - middle_x) / half_x, (ward.lat - middle_y) / half_y
    if max(abs(lean_x), abs(lean_y)) < FARTHEST_LEAN:
        cost -= LEAN * (lean_x * u + lean_y * v[:, None])
    return _claim(ward, commune, (rows, columns), cost, (u, v))


def _disc(
    ward: Ward,
    commune: Commune,
    point: tuple[float, float],
    disc: tuple[float, float, float, float],
    *,
    limit: Box,
    grid: Grid,
) -> Claim:
    radii, factor, addend, reach = disc
    radius = max(radii * commune.radius, SMALLEST_RADIUS)
    lon, lat = point
    circle = (
        lon - radius * reach / X_SCALE,
        lat - radius * reach,
        lon + radius * reach / X_SCALE,
        lat + radius * reach,
    )
    window = intersection(circle, limit)
    rows, columns = grid.window(window) if window else (slice(0), slice(0))
    away = distance(grid, rows, columns, point) / radius
    cost = np.where(away <= reach, factor * away + addend, np.inf)
    nowhere = np.zeros(cost.shape[1]), np.zeros(cost.shape[0])
    return _claim(ward, commune, (rows, columns), cost, nowhere)


def _claim(
    ward: Ward,
    commune: Commune,
    window: tuple[slice, slice],
    cost: np.ndarray,
    place: tuple[np.ndarray, np.ndarray],
) -> Claim:
    return Claim(
        ward=ward.code,
        commune=commune.code,
        district=ward.district,
        rows=window[0],
        columns=window[1],
        cost=cost.astype(np.float32),
        u=place[0].astype(np.float32),
        v=place[1].astype(np.float32),
        boxed=ward.extent is Extent.BOX,
    )


def distance(grid: Grid, rows: slice, columns: slice, point: tuple[float, float]) -> np.ndarray:
    """Give the distance of the cells of a window to a point, in degrees of latitude."""
    x, y = grid.longitudes(columns), grid.latitudes(rows)
    return np.hypot((x - point[0]) * X_SCALE, (y - point[1])[:, None])
