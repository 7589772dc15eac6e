"""Make the web files of the boundaries.

Reads data/boundaries/*.parquet; writes static/boundaries/ (TopoJSON with a content hash in the
name, and the manifest) and data/boundaries/bounds.csv. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from base.words import LANGS, t
from geo import boundaries
from geo.boundaries import Box
from geo.boundaries.web import full as layers
from geo.boundaries.web import topology
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level, regions

ORIGIN_ID = "boundaries-approximate"

# Tolerances in degrees. The overviews are those that still look right with the whole country on
# a screen; 0.0015 takes away what nobody sees below zoom 11.
OVERVIEW_TOLERANCE = {Level.PROVINCE: 0.008, Level.DISTRICT: 0.005, Level.COMMUNE: 0.004}
DETAIL_TOLERANCE = 0.0015

# The finest level of each edition; the detailed provinces are dissolved from it.
FINEST = {EDITION_2024: Level.DISTRICT, EDITION_2025: Level.COMMUNE}

# Boxes are rounded outwards to this many decimals (11 m).
DECIMALS = 4


# Writes one file of a layer: folder, the layer, the finest layer of its edition, detail, tolerance.
Write = Callable[[Path, layers.Full, layers.Full, str, float], dict[str, Any]]
Rows = list[tuple[Any, ...]]


def build(directory: Path, web: Path) -> dict[str, Any]:
    """Write every web file, the manifest and bounds.csv.

    Parameters
    ----------
    directory : Path
        Holds the GeoParquet layers; receives bounds.csv.
    """
    web.mkdir(parents=True, exist_ok=True)
    records: list[dict[str, Any]] = []
    rows: Rows = []
    for edition in FINEST:
        written, boxes = write_edition(directory, web, edition, write_simplified)
        records += written
        rows += boxes
    label = {lang: t("boundaries.cli.approximate", lang) for lang in LANGS}
    manifest = {"label": label, "crs": boundaries.CRS, "grid": topology.GRID, "layers": records}
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (web / boundaries.MANIFEST_NAME).write_text(text, encoding="utf-8")
    _remove_superseded(web, records)
    write_bounds(directory / boundaries.BOUNDS_NAME, rows)
    return manifest


def write_edition(
    directory: Path, web: Path, edition: str, write: Write
) -> tuple[list[dict[str, Any]], Rows]:
    """Write the browser's files of one edition.

    Parameters
    ----------
    directory
        Holds its GeoParquet layers.
    web
        Receives the files.
    write
        Writes one of them.

    Returns
    -------
    records
        One a file, as the manifest has it.
    rows
        One an area of any level: edition, code, and its box, rounded outwards.

    Raises
    ------
    ValueError
        If a layer is no valid coverage.
    """
    fine = layers.read_full(directory, edition, FINEST[edition])
    provinces = layers.read_full(directory, edition, Level.PROVINCE)
    islands = layers.archipelagos(fine)
    records = []
    for full in (provinces, fine):
        extent = _extent(full, islands)
        details = {
            boundaries.OVERVIEW: OVERVIEW_TOLERANCE[full.level],
            boundaries.DETAIL: DETAIL_TOLERANCE,
        }
        for detail, tolerance in details.items():
            records.append({**write(web, full, fine, detail, tolerance), **extent})
    boxes = _boxes(provinces, fine, islands)
    return records, [(edition, code, *_outwards(box)) for code, box in boxes.items()]


def write_simplified(
    web: Path, full: layers.Full, fine: layers.Full, detail: str, tolerance: float
) -> dict[str, Any]:
    """Write one file, simplified; see `write_layer`."""
    file = write_layer(web, full, detail, simplified(full, fine, detail, tolerance))
    return {**file, "tolerance": tolerance}


def simplified(full: layers.Full, fine: layers.Full, detail: str, tolerance: float) -> np.ndarray:
    """Give the polygons of a layer for a level of detail, one per area, EPSG:4326."""
    if detail == boundaries.OVERVIEW or full is fine:
        return topology.simplify(full.geometries, tolerance)
    # Zoomed in, the outline of a province must follow the borders of its own units.
    shapes = topology.simplify(fine.geometries, tolerance)
    owner = np.array([layers.province_of(unit) for unit in fine.areas])
    merged = [shapely.coverage_union_all(shapes[owner == unit.code]) for unit in full.areas]
    return np.array(merged, dtype=object)


def write_layer(web: Path, full: layers.Full, detail: str, shapes: np.ndarray) -> dict[str, Any]:
    """Write one TopoJSON file, having checked what a browser will decode from it.

    Parameters
    ----------
    full
        Layer that names, label points and codes come from.
    shapes
        Simplified polygons, one per area of the layer, EPSG:4326.

    Raises
    ------
    ValueError
        If what a browser will decode is not a valid coverage.
    """
    name = f"{full.edition}-{full.level}-{detail}"
    codes = [unit.code for unit in full.areas]
    encoded = topology.encode(codes, shapes, layers.properties(full))
    decoded = topology.decode(encoded).geometry.to_numpy()
    if not (shapely.is_valid(decoded).all() and shapely.coverage_is_valid(decoded)):
        raise ValueError(f"{name}: not a valid coverage on the grid; use another tolerance")
    content = json.dumps(encoded, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(content).hexdigest()
    file = web / f"{name}.{digest[:8]}.json"
    file.write_bytes(content)
    return {
        "edition": full.edition,
        "level": str(full.level),
        "detail": detail,
        "url": f"{boundaries.WEB_DIR.name}/{file.name}",
        "sha256": digest,
        "bytes": len(content),
        "n": len(codes),
        "kind": boundaries.KIND_APPROXIMATE,
        "origin_id": ORIGIN_ID,
    }


def _extent(full: layers.Full, islands: tuple[layers.Archipelago, ...]) -> dict[str, Any]:
    """Describe where a layer lies, with and without the archipelagos."""
    return {
        "bbox": _outwards(_total(full.geometries)),
        "mainland_bbox": _outwards(_total(layers.mainland(full.geometries, islands))),
        "symbols": layers.symbols(full, islands),
    }


def _boxes(
    provinces: layers.Full, fine: layers.Full, islands: tuple[layers.Archipelago, ...]
) -> dict[str, Box]:
    """Give the box of every area of an edition, from the country down."""
    each = layers.bounds(provinces, islands)
    held: dict[str, list[Box]] = {COUNTRY_CODE: list(each.values())}
    for region in regions(provinces.edition):
        held[region.code] = [
            each[unit.code] for unit in provinces.areas if unit.region == region.code
        ]
    united = {code: _union(boxes) for code, boxes in held.items()}
    return {**united, **each, **layers.bounds(fine, islands)}


def _total(geometries: np.ndarray) -> Box:
    west, south, east, north = shapely.total_bounds(geometries).tolist()
    return west, south, east, north


def _union(boxes: list[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _outwards(box: Box) -> Box:
    """Round a box so that it still holds what it held."""
    unit = 10**DECIMALS
    west, south = (math.floor(value * unit) / unit for value in box[:2])
    east, north = (math.ceil(value * unit) / unit for value in box[2:])
    return west, south, east, north


def write_bounds(file: Path, rows: Rows) -> None:
    """Write the box of every area."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["edition", "code", "w", "s", "e", "n"])
        writer.writerows(rows)


def _remove_superseded(web: Path, records: list[dict[str, Any]]) -> None:
    """Remove the layer files that the manifest does not name."""
    named = {Path(record["url"]).name for record in records}
    for file in web.glob("*-*-*.*.json"):
        if file.name not in named:
            file.unlink()
