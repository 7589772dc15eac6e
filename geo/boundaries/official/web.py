"""The browser's files of replaced layers, made like those of the bundled ones."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from geo import boundaries
from geo.boundaries.official.records import FINEST
from geo.boundaries.official.sound import polygons_only
from geo.boundaries.web import files as web_boundaries
from geo.boundaries.web import full as layers
from geo.boundaries.web import topology
from geo.editions import COUNTRY_CODE, Level, regions

GRID: Final = 1e-4


def write_edition(folder: Path, web: Path, edition: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """Write the browser's files of one edition.

    Raises
    ------
    ValueError
        If a layer is no valid coverage.
    """
    fine = layers.read(folder, edition, FINEST[edition])
    provinces = layers.read(folder, edition, Level.PROVINCE)
    islands = layers.archipelagos(fine)
    records = []
    for full in (provinces, fine):
        extent = {
            "bbox": _outwards(_total(full.geometries)),
            "mainland_bbox": _outwards(_total(layers.mainland(full.geometries, islands))),
            "symbols": layers.symbols(full, islands),
        }
        for detail, tolerances in _details(full.level):
            records.append({**_written(web, full, fine, detail, tolerances), **extent})
    boxes = _boxes(provinces, fine, islands)
    return records, [(edition, code, *_outwards(box)) for code, box in boxes.items()]


def write_bounds(file: Path, rows: list[Any]) -> None:
    """Write the box of every area."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["edition", "code", "w", "s", "e", "n"])
        writer.writerows(rows)


def _details(level: Level) -> Iterator[tuple[str, float]]:
    yield boundaries.OVERVIEW, web_boundaries.OVERVIEW_TOLERANCE[level]
    yield boundaries.DETAIL, web_boundaries.DETAIL_TOLERANCE


def _written(
    web: Path, full: layers.Full, fine: layers.Full, detail: str, tolerance: float
) -> dict[str, Any]:
    """Write one file: simplified as it should be, else noded on the grid besides."""
    shapes = _simplified(full, fine, detail, tolerance)
    try:
        return web_boundaries.write_layer(web, full, detail, shapes)
    except ValueError:
        pass
    try:
        return web_boundaries.write_layer(web, full, detail, _on_grid(shapes))
    except ValueError:  # an area vanished: draw all more finely
        finer = _simplified(full, fine, detail, tolerance / 3)
        return web_boundaries.write_layer(web, full, detail, _on_grid(finer))


def _simplified(full: layers.Full, fine: layers.Full, detail: str, tolerance: float) -> np.ndarray:
    if detail == boundaries.OVERVIEW or full is fine:
        return topology.simplify(full.geometries, tolerance)
    # Zoomed in, the outline of a province must follow the borders of its own units.
    shapes = topology.simplify(fine.geometries, tolerance)
    owner = np.array([layers.province_of(unit) for unit in fine.areas])
    merged = [shapely.coverage_union_all(shapes[owner == unit.code]) for unit in full.areas]
    return np.array(merged, dtype=object)


def _on_grid(shapes: np.ndarray) -> np.ndarray:
    """Draw a coverage anew with every corner on the grid: noded, then faces given to units."""
    lines = shapely.union_all(shapely.boundary(shapes), grid_size=GRID)
    faces = np.array(shapely.get_parts(shapely.polygonize([lines])), dtype=object)
    face, unit = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), "intersects")
    return np.array(
        [polygons_only(shapely.union_all(faces[face[unit == i]])) for i in range(len(shapes))],
        dtype=object,
    )


def _boxes(
    provinces: layers.Full, fine: layers.Full, islands: tuple[layers.Archipelago, ...]
) -> dict[str, boundaries.Box]:
    each = layers.bounds(provinces, islands)
    held = {COUNTRY_CODE: list(each.values())}
    for region in regions(provinces.edition):
        held[region.code] = [
            each[unit.code] for unit in provinces.areas if unit.region == region.code
        ]
    united = {code: _union(boxes) for code, boxes in held.items()}
    return {**united, **each, **layers.bounds(fine, islands)}


def _total(geometries: np.ndarray) -> boundaries.Box:
    west, south, east, north = shapely.total_bounds(geometries).tolist()
    return west, south, east, north


def _union(boxes: list[boundaries.Box]) -> boundaries.Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _outwards(box: boundaries.Box) -> boundaries.Box:
    unit = 10**web_boundaries.DECIMALS
    west, south = (math.floor(value * unit) / unit for value in box[:2])
    east, north = (math.ceil(value * unit) / unit for value in box[2:])
    return west, south, east, north
