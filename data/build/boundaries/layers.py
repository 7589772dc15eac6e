"""Join atoms (district and commune) to the four layers, check them and write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from data.build.boundaries.islands import Island
from data.build.boundaries.records import Units
from geo import boundaries
from geo.editions import EDITION_2024, EDITION_2025, Area, Level, areas, path

Atom = tuple[str, str]
"""District of 2024 and commune of 2025."""

Key = tuple[str, Level]
"""Edition and level of a layer."""


def with_islands(
    atoms: Mapping[Atom, shapely.Geometry], islands: Iterable[Island]
) -> dict[Atom, shapely.Geometry]:
    """Add islands to the atoms that they belong to."""
    parts: dict[Atom, list[shapely.Geometry]] = defaultdict(list)
    for atom, shape in atoms.items():
        parts[atom] += shapely.get_parts(shape).tolist()
    for island in islands:
        parts[island.district, island.commune] += shapely.get_parts(island.shape).tolist()
    return {atom: _collected(found) for atom, found in sorted(parts.items())}


def layers(
    atoms: Mapping[Atom, shapely.Geometry], units: Units
) -> dict[Key, dict[str, shapely.Geometry]]:
    """Dissolve atoms in four ways.

    Returns
    -------
    dict of (edition, level) to dict of code to Polygon or MultiPolygon
        In EPSG:4326. Every line of a layer of provinces is one of the finer layer's.
    """
    keys: dict[Key, Callable[[Atom], str]] = {
        (EDITION_2024, Level.PROVINCE): lambda atom: units.districts[atom[0]].province,
        (EDITION_2024, Level.DISTRICT): lambda atom: atom[0],
        (EDITION_2025, Level.PROVINCE): lambda atom: units.communes[atom[1]].province,
        (EDITION_2025, Level.COMMUNE): lambda atom: atom[1],
    }
    return {key: dissolved(atoms, code_of) for key, code_of in keys.items()}


def dissolved(
    atoms: Mapping[Atom, shapely.Geometry], code_of: Callable[[Atom], str]
) -> dict[str, shapely.Geometry]:
    """Join the atoms of each code."""
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for atom, shape in atoms.items():
        parts[code_of(atom)] += shapely.get_parts(shape).tolist()
    return {
        code: shapely.normalize(shapely.coverage_union_all(found))
        for code, found in sorted(parts.items())
    }


def checked(layer: Mapping[str, shapely.Geometry], codes: Iterable[str]) -> None:
    """Check that a layer has all areas and is a valid coverage.

    Raises
    ------
    ValueError
        If it does not, naming the areas.
    """
    differing = sorted(set(layer) ^ set(codes))
    if differing:
        raise ValueError(f"codes without a polygon, or polygons without a code: {differing[:20]}")
    shapes = np.array(list(layer.values()), dtype=object)
    invalid = [code for code, shape in layer.items() if not shape.is_valid]
    gone = shapely.coverage_invalid_edges(shapes)
    torn = [code for code, edge in zip(layer, gone, strict=True) if not edge.is_empty]
    if invalid or torn:
        raise ValueError(f"invalid polygons: {invalid[:20]}; edges that do not fit: {torn[:20]}")


def write(found: Mapping[Key, Mapping[str, shapely.Geometry]], directory: Path) -> None:
    """Check the layers and write them as GeoParquet, areas in official order."""
    directory.mkdir(parents=True, exist_ok=True)
    for (edition, level), layer in found.items():
        official = areas(edition, level)
        checked(layer, (unit.code for unit in official))
    for (edition, level), layer in found.items():
        frame = _frame(areas(edition, level), layer)
        file = boundaries.parquet_path(edition, level, directory=directory)
        frame.to_parquet(file, compression="zstd", index=False)


def _frame(official: tuple[Area, ...], layer: Mapping[str, shapely.Geometry]) -> gpd.GeoDataFrame:
    columns = {
        "code": [unit.code for unit in official],
        "name": [unit.name_vi for unit in official],
    }
    if official[0].level is not Level.PROVINCE:
        columns["province_code"] = [_province(unit) for unit in official]
    shapes = [layer[unit.code] for unit in official]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=boundaries.CRS)


def _province(unit: Area) -> str:
    return next(step.code for step in path(unit) if step.level is Level.PROVINCE)


def _collected(parts: list[shapely.Geometry]) -> shapely.Geometry:
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
