"""The bundled layers: what is kept where nothing better comes, and where each unit should lie."""

from __future__ import annotations

import json
from functools import lru_cache

import shapely

from base.folders import STATIC
from geo.boundaries import BOUNDARIES_DIR, MANIFEST_NAME, WEB_DIR, parquet_path, read_topology
from geo.boundaries.official.records import Shapes
from geo.editions import Level


@lru_cache(maxsize=4)
def _bundled(edition: str, level: Level) -> Shapes:
    import geopandas as gpd  # noqa: PLC0415

    path = parquet_path(edition, level, directory=BOUNDARIES_DIR)
    frame = gpd.read_parquet(path, columns=["code", "geometry"])
    return dict(zip(frame["code"], frame.geometry, strict=True))


def bundled(edition: str, level: Level) -> Shapes:
    """Read a bundled layer, whatever is in force: code to polygon, EPSG:4326."""
    return dict(_bundled(edition, level))


@lru_cache(maxsize=4)
def points(edition: str, level: Level) -> dict[str, shapely.Point]:
    """Give a point well inside each unit: the centre of the largest circle in its bundled polygon.

    Returns
    -------
    dict
        Code to point, degrees, EPSG:4326.
    """
    manifest = json.loads((WEB_DIR / MANIFEST_NAME).read_text(encoding="utf-8"))
    url = next(
        record["url"]
        for record in manifest["layers"]
        if (record["edition"], record["level"]) == (edition, str(level))
    )
    return {
        one.code: shapely.Point(one.properties["x"], one.properties["y"])
        for one in read_topology(STATIC / url).members
    }
