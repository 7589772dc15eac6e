"""The full boundary layers as the build reads them, and what is measured on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo import boundaries
from geo.editions import HOANG_SA, TRUONG_SA, Area, Level, area, areas, path

# Precision in degrees of the centre of the largest circle: it hardly moves a label.
LABEL_TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class Full:
    """The full geometry of one layer: areas in official order, polygons in EPSG:4326."""

    edition: str
    level: Level
    areas: tuple[Area, ...]
    geometries: np.ndarray


@dataclass(frozen=True, slots=True)
class Archipelago:
    """Hoàng Sa or Trường Sa: its own unit, and its polygons in EPSG:4326."""

    unit: Area
    geometry: shapely.Geometry


def read_full(directory: Path, edition: str, level: Level) -> Full:
    """Read one GeoParquet layer.

    Raises
    ------
    ValueError
        If its CRS is not EPSG:4326, its codes are not those of the edition, each once, or its
        polygons are not a valid coverage.
    """
    file = boundaries.parquet_path(edition, level, directory=directory)
    frame = gpd.read_parquet(file)
    if frame.crs != boundaries.CRS:
        crs = frame.crs.to_string() if frame.crs else "missing"
        raise ValueError(f"{file.name}: CRS is {crs}; it must be {boundaries.CRS}")
    official = areas(edition, level)
    differing = sorted(set(frame["code"]) ^ {unit.code for unit in official})
    if differing or len(frame) != len(official):
        raise ValueError(f"{file.name}: codes differ from those of the edition: {differing[:10]}")
    geometries = frame.set_index("code").geometry.loc[[unit.code for unit in official]].to_numpy()
    if not shapely.coverage_is_valid(geometries):
        raise ValueError(f"{file.name}: not a valid coverage; clean it before bundling it")
    return Full(edition, level, official, geometries)


def archipelagos(fine: Full) -> tuple[Archipelago, ...]:
    """Find Hoàng Sa and Trường Sa in the finest layer of an edition."""
    codes = [special[fine.edition, fine.level] for special in (HOANG_SA, TRUONG_SA)]
    shapes = {unit.code: shape for unit, shape in zip(fine.areas, fine.geometries, strict=True)}
    return tuple(Archipelago(area(fine.edition, code), shapes[code]) for code in codes)


def province_of(unit: Area) -> str:
    """Give the code of the province that an area lies in, or is."""
    return next(step.code for step in path(unit) if step.level is Level.PROVINCE)


def mainland(geometries: np.ndarray, islands: Iterable[Archipelago]) -> np.ndarray:
    """Give the polygons of some areas without those of the archipelagos.

    Returns
    -------
    ndarray of Polygon
        All other parts, other islands included; may be empty.
    """
    parts = shapely.get_parts(geometries)
    for archipelago in islands:
        parts = parts[~shapely.intersects(parts, shapely.envelope(archipelago.geometry))]
    return parts


def properties(full: Full) -> list[dict[str, Any]]:
    """Give what each geometry of a web file carries: names, province, label point and room.

    Returns
    -------
    list of dict
        ``n``, ``e`` short names; ``p`` province code (not for provinces); ``x``, ``y`` centre of
        the largest circle inside the largest part (degrees, EPSG:4326); ``a`` its radius in
        degrees × 10,000.
    """
    return [
        _properties(unit, shape) for unit, shape in zip(full.areas, full.geometries, strict=True)
    ]


def symbols(full: Full, islands: Iterable[Archipelago]) -> list[dict[str, Any]]:
    """Describe the archipelagos as a layer draws them: one point per islet, north to south."""
    return [_symbol(full, archipelago) for archipelago in islands]


def bounds(full: Full, islands: tuple[Archipelago, ...]) -> dict[str, boundaries.Box]:
    """Give the box of each area, the archipelagos left out of all but their own units."""
    boxes = {}
    for unit, shape in zip(full.areas, full.geometries, strict=True):
        parts = mainland(np.array([shape], dtype=object), islands)
        west, south, east, north = shapely.total_bounds(parts if len(parts) else shape).tolist()
        boxes[unit.code] = (west, south, east, north)
    return boxes


def _properties(unit: Area, shape: shapely.Geometry) -> dict[str, Any]:
    parts = shapely.get_parts(shape)
    x, y, radius = _largest_circle(parts[np.argmax(shapely.area(parts))])
    parent = {} if unit.level is Level.PROVINCE else {"p": province_of(unit)}
    names = {"n": unit.short_vi, "e": unit.short_en}
    return {**names, **parent, "x": x, "y": y, "a": round(radius * 1e4)}


def _symbol(full: Full, archipelago: Archipelago) -> dict[str, Any]:
    unit = archipelago.unit
    circles = [_largest_circle(islet) for islet in shapely.get_parts(archipelago.geometry)]
    return {
        "code": unit.code if full.level is unit.level else province_of(unit),
        "name": unit.short_vi,
        "name_en": unit.short_en,
        "province": province_of(unit),
        "points": sorted(([x, y] for x, y, _ in circles), key=lambda point: -point[1]),
    }


def _largest_circle(polygon: shapely.Polygon) -> tuple[float, float, float]:
    """Give x, y and radius, in degrees, of the largest circle inside a polygon."""
    line = shapely.maximum_inscribed_circle(polygon, LABEL_TOLERANCE)
    x, y = shapely.get_coordinates(line)[0].tolist()
    return round(x, 4), round(y, 4), shapely.length(line)
