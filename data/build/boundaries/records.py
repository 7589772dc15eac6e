"""What the steps of the build hand on: units as the sources describe them, and the grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import pi, sqrt

import numpy as np

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, EPSG:4326."""

# Degrees of longitude are this much shorter than degrees of latitude, on average over the country.
X_SCALE = 0.96
KM_PER_DEGREE = 111.32

# A smaller area is a missing one; then a commune counts as this large.
SMALLEST_KM2, USUAL_KM2 = 0.3, 5.0
# A narrower box is only a point.
NARROW_DEG = 0.0029


class Extent(StrEnum):
    """How far the box of a ward can be believed."""

    BOX = "box"
    POINT = "point"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ward:
    """Hold a commune of before July 2025, or a district that has none.

    Attributes
    ----------
    code, district, communes
        Its GSO code, that of its district, and those of the communes of 2025 that took its land.
    lon, lat
        Its point in degrees; the centre of its box where the source gives none.
    box
        Its bounding box.
    extent
        Whether the box is that of the ward, only a point of it, or neither.
    """

    code: str
    district: str
    communes: tuple[str, ...]
    lon: float
    lat: float
    box: Box
    extent: Extent = Extent.BOX


@dataclass(frozen=True, slots=True)
class District:
    """Hold a district of 2024: its code, its province's and its bounding box."""

    code: str
    province: str
    box: Box


@dataclass(frozen=True, slots=True)
class Commune:
    """Hold a commune of 2025.

    Attributes
    ----------
    code, province
        Its GSO code and its province's.
    lon, lat
        A point inside it in degrees.
    area_km2
        Its area.
    sure
        Whether the areas of its province add up to what is official.
    """

    code: str
    province: str
    lon: float
    lat: float
    area_km2: float | None
    sure: bool = True

    @property
    def point(self) -> tuple[float, float]:
        """Give longitude and latitude."""
        return self.lon, self.lat

    @property
    def radius(self) -> float:
        """Give the radius of a disc of its area, in degrees of latitude."""
        return sqrt((self.area_km2 or USUAL_KM2) / pi) / KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Units:
    """Hold the units of both editions, by code.

    Attributes
    ----------
    wards, districts, communes
        The units themselves.
    provinces
        Boxes of the 63 provinces.
    united
        Code of the new province of each old one.
    """

    wards: dict[str, Ward]
    districts: dict[str, District]
    communes: dict[str, Commune]
    provinces: dict[str, Box]
    united: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """Lay equal cells over a box; row 0 is the northernmost, as in an image.

    Attributes
    ----------
    west, north
        Its upper left corner in degrees.
    step
        Side of a cell in degrees.
    rows, columns
        Number of cells.
    """

    west: float
    north: float
    step: float
    rows: int
    columns: int

    @classmethod
    def over(cls, box: Box, step: float) -> Grid:
        """Cover a box with cells."""
        west, south, east, north = box
        return cls(west, north, step, round((north - south) / step), round((east - west) / step))

    @property
    def shape(self) -> tuple[int, int]:
        """Give rows and columns."""
        return self.rows, self.columns

    @property
    def transform(self) -> tuple[float, float, float, float, float, float]:
        """Give the affine transform from (column, row) to degrees, as rasterio takes it."""
        return self.step, 0.0, self.west, 0.0, -self.step, self.north

    def longitudes(self, columns: slice = slice(None)) -> np.ndarray:
        """Give the longitude of the centres of some columns, shape (n,), degrees."""
        return self.west + (np.arange(self.columns)[columns] + 0.5) * self.step

    def latitudes(self, rows: slice = slice(None)) -> np.ndarray:
        """Give the latitude of the centres of some rows, shape (n,), degrees."""
        return self.north - (np.arange(self.rows)[rows] + 0.5) * self.step

    def cell_km2(self) -> np.ndarray:
        """Give the area of one cell of each row, shape (rows,), square kilometres."""
        side = self.step * KM_PER_DEGREE
        return side * side * np.cos(np.radians(self.latitudes()))

    def window(self, box: Box) -> tuple[slice, slice]:
        """Find the cells whose centre lies in a box: a slice of rows and one of columns."""
        west, south, east, north = box
        top = _clip((self.north - north) / self.step, self.rows)
        bottom = _clip((self.north - south) / self.step, self.rows)
        left = _clip((west - self.west) / self.step, self.columns)
        right = _clip((east - self.west) / self.step, self.columns)
        return slice(top, bottom), slice(left, right)


def _clip(position: float, count: int) -> int:
    """Give the first cell whose centre is at or after a position counted in cells."""
    return int(min(max(np.ceil(position - 0.5), 0), count))


def grown(box: Box, degrees: float) -> Box:
    """Move the four sides of a box outwards."""
    west, south, east, north = box
    return west - degrees, south - degrees, east + degrees, north + degrees


def around(boxes: Iterable[Box]) -> Box:
    """Give the box around some boxes."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def inside(box: Box, point: tuple[float, float]) -> bool:
    """Say whether a point lies in a box, its edge included."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def centre(box: Box) -> tuple[float, float]:
    """Give longitude and latitude of the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def size(box: Box) -> tuple[float, float]:
    """Give width and height of a box in degrees of latitude."""
    return (box[2] - box[0]) * X_SCALE, box[3] - box[1]


def box_km2(box: Box) -> float:
    """Give the area of a box in square kilometres."""
    width, height = size(box)
    return width * height * KM_PER_DEGREE * KM_PER_DEGREE


def intersection(one: Box, other: Box) -> Box | None:
    """Give what two boxes share, None where they share nothing."""
    west, south = max(one[0], other[0]), max(one[1], other[1])
    east, north = min(one[2], other[2]), min(one[3], other[3])
    return (west, south, east, north) if west < east and south < north else None


def by_district(wards: Mapping[str, Ward]) -> dict[str, list[Ward]]:
    """List wards under the codes of their districts."""
    members: dict[str, list[Ward]] = defaultdict(list)
    for ward in wards.values():
        members[ward.district].append(ward)
    return members


def by_commune(wards: Mapping[str, Ward]) -> dict[str, list[Ward]]:
    """List wards under the codes of the communes that took their land."""
    members: dict[str, list[Ward]] = defaultdict(list)
    for ward in wards.values():
        for code in ward.communes:
            members[code].append(ward)
    return members
