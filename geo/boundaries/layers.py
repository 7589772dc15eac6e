"""Boundary sets: what is in force, where the browser fetches it, and where an area lies.

Every bundled boundary is approximate ("ranh giới xấp xỉ"): see data/boundaries/README.md. Layers of
the generation in force, where there is one (geo/official), stand in for them. Drawing needs only
the manifest and bounds.csv; the GeoParquet layers are for analysis and publication.
"""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from base.folders import DATA, STATIC
from geo.boundaries.keeping import kept
from geo.boundaries.records import BoundaryLayer, Box, NoBoundariesError, box_of, layers_of
from geo.boundaries.replaced import in_force
from geo.editions import Level

if TYPE_CHECKING:
    import geopandas as gpd

CRS = "EPSG:4326"
BOUNDARIES_DIR = DATA / "boundaries"
WEB_DIR = STATIC / "boundaries"
MANIFEST_NAME = "manifest.json"
BOUNDS_NAME = "bounds.csv"


def parquet_path(edition: str, level: Level, *, directory: Path = BOUNDARIES_DIR) -> Path:
    """Name the GeoParquet file of a boundary layer, whether or not it exists."""
    return directory / f"{edition}-{level}.parquet"


def has_layer(edition: str, level: Level) -> bool:
    """Say whether areas of this edition and level can be drawn."""
    return (edition, level, False) in _layers()


def web_layer(edition: str, level: Level, detail: bool = False) -> BoundaryLayer:
    """Give the file that draws the areas of one edition and level.

    Parameters
    ----------
    detail
        True for the file for zoomed views, False for the lighter overview.

    Raises
    ------
    NoBoundariesError
        If the areas have no bundled boundaries; the message lists those that do.
    """
    try:
        return _layers()[edition, level, detail]
    except KeyError:
        raise _no_layer(edition, level) from None


def web_layers() -> tuple[BoundaryLayer, ...]:
    """List every file of the manifest, in its order."""
    return tuple(_layers().values())


def load(edition: str, level: Level) -> gpd.GeoDataFrame:
    """Read the full boundaries of one edition and level.

    Returns
    -------
    GeoDataFrame
        A valid coverage in EPSG:4326: columns ``code`` and ``geometry``, one row per area in the
        official order of codes. A fresh copy, safe to change.

    Raises
    ------
    NoBoundariesError
        If the areas have no bundled boundaries; the message lists those that do.
    """
    if not has_layer(edition, level):
        raise _no_layer(edition, level)
    return _read(_full(edition, level)).copy()


def bounds(edition: str, code: str) -> Box:
    """Give the box to zoom to for one area.

    Parameters
    ----------
    edition
        Id of an edition that has boundaries.
    code
        Code of an area of any level, the country and regions included.

    Returns
    -------
    (w, s, e, n)
        Degrees, EPSG:4326. Hoàng Sa and Trường Sa are left out of the boxes of the areas that
        contain them, so that the zoom stays useful; they have their own boxes.

    Raises
    ------
    NoBoundariesError
        If the edition has no boundaries or the area is not in it.
    """
    boxes = _bounds()
    try:
        return boxes[edition, code]
    except KeyError:
        known = sorted({key[0] for key in boxes})
        key = "area" if edition in known else "edition"
        allowed = ", ".join(known)
        raise NoBoundariesError(key, edition=edition, code=code, allowed=allowed) from None


@kept(maxsize=2)
def _layers() -> dict[tuple[str, Level, bool], BoundaryLayer]:
    layers = _bundled_layers()
    generation = in_force()
    return {**layers, **layers_of(generation.manifest)} if generation else layers


@lru_cache(maxsize=1)
def _bundled_layers() -> dict[tuple[str, Level, bool], BoundaryLayer]:
    return layers_of(json.loads((WEB_DIR / MANIFEST_NAME).read_text(encoding="utf-8")))


@kept(maxsize=2)
def _bounds() -> dict[tuple[str, str], Box]:
    generation = in_force()
    bundled = _read_bounds(BOUNDARIES_DIR / BOUNDS_NAME)
    return {**bundled, **_read_bounds(generation.folder / BOUNDS_NAME)} if generation else bundled


def _read_bounds(path: Path) -> dict[tuple[str, str], Box]:
    with path.open(encoding="utf-8", newline="") as file:
        next(reader := csv.reader(file))
        return {(edition, code): box_of(tuple(box)) for edition, code, *box in reader}


def _full(edition: str, level: Level) -> Path:
    """Return the GeoParquet file in force."""
    generation = in_force()
    if generation is not None:
        replaced = parquet_path(edition, level, directory=generation.folder)
        if replaced.exists():
            return replaced
    return parquet_path(edition, level)


@lru_cache(maxsize=8)
def _read(path: Path) -> gpd.GeoDataFrame:
    # Imported here because pages that only draw never need it (it takes half a second).
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.read_parquet(path, columns=["code", "geometry"])
    return frame.sort_values("code", ignore_index=True)


def _no_layer(edition: str, level: Level) -> NoBoundariesError:
    known = dict.fromkeys(f"{layer.edition} {layer.level}" for layer in _layers().values())
    allowed = ", ".join(known)
    return NoBoundariesError("layer", edition=edition, level=str(level), allowed=allowed)
