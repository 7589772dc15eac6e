"""Islands that the outline of the land lacks, and the two archipelagos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, pi, radians, sqrt

import numpy as np
import shapely

from data.build.boundaries.outline import BAND_KM
from data.build.boundaries.records import (
    KM_PER_DEGREE,
    X_SCALE,
    Extent,
    Grid,
    Units,
    Ward,
    box_km2,
    centre,
    grown,
    size,
)
from data.build.boundaries.sources import Ocean
from geo.editions import EDITION_2024, EDITION_2025, HOANG_SA, TRUONG_SA, Level

# Hoàng Sa is a disc of the area of the district, amid the archipelago.
HOANG_SA_POINT, HOANG_SA_KM2 = (112.13, 16.57), 305.0
# The largest ellipse in a box fills this share of it.
ELLIPSE = pi / 4
CORNERS = 48
# An island lies apart from its commune's point beyond this many of the commune's radii.
FAR_RADII = 4.0

# Islands whose ward has a box, or commune a point, that is not theirs: middle and side (degrees)
# of a box around them. Middles as Wikipedia (vi) gives them, to 0.01°: the archipelago Hà Tiên,
# 7 km long, and the commune Sơn Hải, of which only the largest island is drawn.
PLACED = {
    "30781": ((104.33, 10.30), 0.065),  # Tiên Hải
    "30811": ((104.53, 10.18), 0.012),  # Sơn Hải
}
# A wider box than this, of those put in by hand, holds several islets.
SCATTERED_DEG = 0.02
# Islands that no ward is named after, and so no box tells of: ward, district, commune, point, km²,
# both as Wikipedia (vi) gives them.
KNOWN = (("32248", "973", "32248", (104.83, 8.44), 4.0),)  # Hòn Khoai


@dataclass(frozen=True, slots=True)
class Island:
    """Hold land that is added as it is: the codes it belongs to and its polygons (EPSG:4326)."""

    ward: str
    district: str
    commune: str
    shape: shapely.MultiPolygon


def without_archipelagos(units: Units) -> Units:
    """Leave Hoàng Sa and Trường Sa out: what the package says of where they are is wrong."""
    districts = {special[EDITION_2024, Level.DISTRICT] for special in (HOANG_SA, TRUONG_SA)}
    communes = {special[EDITION_2025, Level.COMMUNE] for special in (HOANG_SA, TRUONG_SA)}
    return replace(
        units,
        wards={k: ward for k, ward in units.wards.items() if ward.district not in districts},
        districts={k: v for k, v in units.districts.items() if k not in districts},
        communes={k: v for k, v in units.communes.items() if k not in communes},
    )


def archipelagos(islets: shapely.MultiPolygon) -> list[Island]:
    """Draw Hoàng Sa as a disc, and Trường Sa as its islets."""
    disc = ellipse(HOANG_SA_POINT, (1.0, 1.0), HOANG_SA_KM2)
    shapes = ((HOANG_SA, shapely.MultiPolygon([disc])), (TRUONG_SA, islets))
    return [
        Island("", codes[EDITION_2024, Level.DISTRICT], codes[EDITION_2025, Level.COMMUNE], shape)
        for codes, shape in shapes
    ]


def placed(units: Units) -> Units:
    """Put islands right of which neither box nor point can be believed."""
    wards, communes = dict(units.wards), dict(units.communes)
    for code in PLACED.keys() & wards.keys():
        (lon, lat), side = PLACED[code]
        box = grown((lon, lat, lon, lat), side / 2)
        wards[code] = replace(wards[code], lon=lon, lat=lat, box=box, extent=Extent.BOX)
        communes[code] = replace(communes[code], lon=lon, lat=lat)
    return replace(units, wards=wards, communes=communes)


def known_islands(units: Units) -> list[Island]:
    """Draw islands that no ward is named after as discs of their area."""
    return [
        Island(ward, district, commune, shapely.MultiPolygon([ellipse(point, (1.0, 1.0), km2)]))
        for ward, district, commune, point, km2 in KNOWN
        if ward in units.wards
    ]


def missing_islands(units: Units, land: np.ndarray, grid: Grid, ocean: Ocean) -> list[Island]:
    """Draw wards that lie out at sea as ellipses in their box.

    Those are wards where the outline has no land, and those on an island far from the point of
    their commune: what is painted follows that point, which lies amid an archipelago. A box put in
    by hand around several islets has one ellipse on each that the mask of the ocean knows.

    Returns
    -------
    list of Island
        One for each such ward, in the order of codes; its area is its share of the commune's.
    """
    boxed = [ward for ward in units.wards.values() if ward.extent is Extent.BOX]
    sides: dict[str, float] = defaultdict(float)
    for ward in boxed:
        sides[ward.communes[0]] += max(size(ward.box))
    return [
        _island(ward, units, sides[ward.communes[0]], ocean)
        for ward in boxed
        if _at_sea(ward, units, land, grid)
    ]


def _at_sea(ward: Ward, units: Units, land: np.ndarray, grid: Grid) -> bool:
    # Twice the band: no claim on the coast then reaches the ellipse.
    near = land[grid.window(grown(ward.box, 2 * BAND_KM / KM_PER_DEGREE))]
    edges = near[[0, -1]].any() or near[:, [0, -1]].any() if near.size else False
    if edges or not near.any():
        return not edges
    commune = units.communes[ward.communes[0]]
    x, y = (np.subtract(centre(ward.box), commune.point)).tolist()
    return bool(np.hypot(x * X_SCALE, y) > FAR_RADII * commune.radius)


def _island(ward: Ward, units: Units, sides: float, ocean: Ocean) -> Island:
    commune = units.communes[ward.communes[0]]
    most = ELLIPSE * box_km2(ward.box)
    # Scattered islets have large boxes: sides say more than areas about how they share a commune.
    known = (commune.area_km2 or most) * max(size(ward.box)) / sides
    width, height = size(ward.box)
    area = min(known, most)
    scattered = ward.code in PLACED and max(width, height) > SCATTERED_DEG
    islets = ocean.land(ward.box) if scattered else []
    middles = islets or [_middle(ward, 1 - sqrt(area / most))]
    shapes = [ellipse(middle, (width, height), area / len(middles)) for middle in middles]
    return Island(ward.code, ward.district, commune.code, shapely.MultiPolygon(shapes))


def _middle(ward: Ward, room: float) -> tuple[float, float]:
    """Give the point nearest to a ward's own that lies within this share of its box."""
    (x, y), (west, south, east, north) = centre(ward.box), ward.box
    half_x, half_y = room * (east - west) / 2, room * (north - south) / 2
    return min(max(ward.lon, x - half_x), x + half_x), min(max(ward.lat, y - half_y), y + half_y)


def ellipse(
    middle: tuple[float, float], axes: tuple[float, float], area_km2: float
) -> shapely.Polygon:
    """Draw an ellipse on the map."""
    factor = sqrt(area_km2 / (pi * axes[0] * axes[1])) / KM_PER_DEGREE
    angles = np.linspace(0, 2 * pi, CORNERS, endpoint=False)
    x = middle[0] + axes[0] * factor * np.cos(angles) / cos(radians(middle[1]))
    y = middle[1] + axes[1] * factor * np.sin(angles)
    return shapely.Polygon(np.column_stack([x, y]))


def without(units: Units, islands: Iterable[Island]) -> Units:
    """Leave out the wards that are drawn as islands, so that they claim no other land."""
    drawn = {island.ward for island in islands}
    return replace(units, wards={k: v for k, v in units.wards.items() if k not in drawn})
