"""Read official polygons from a mirror of two public sets, to measure against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from data.build.boundaries.layers import Key
from geo.editions import EDITION_2024, EDITION_2025, Level

# Where in the mirror the provinces and districts of 2024 are, and the communes of 2025.
OLD, NEW = "dvhcvn/data/gis", "vietnamese-provinces-database/json/geojson"


def official(mirror: Path) -> dict[Key, dict[str, shapely.Geometry]]:
    """Read what a mirror holds.

    Returns
    -------
    dict of (edition, level) to dict of code to polygon
        In EPSG:4326, made valid; only the levels that the mirror has.

    Raises
    ------
    FileNotFoundError
        Where it holds neither set.
    """
    olds, news = sorted((mirror / OLD).glob("??.json")), sorted((mirror / NEW).glob("*/wards/*"))
    if not olds and not news:
        raise FileNotFoundError(f"{mirror} holds neither {OLD} nor {NEW}")
    found: dict[Key, dict[str, shapely.Geometry]] = {}
    for path in olds:
        province = json.loads(path.read_text(encoding="utf-8"))
        units = [(Level.PROVINCE, province["level1_id"], province)]
        units += [(Level.DISTRICT, unit["level2_id"], unit) for unit in province["level2s"]]
        for level, code, unit in units:
            if unit.get("coordinates"):  # the set lacks some
                shape = _polygons(unit["coordinates"])
                found.setdefault((EDITION_2024, level), {})[code] = shape
    for path in news:
        for code, shape in _features(json.loads(path.read_text(encoding="utf-8"))):
            found.setdefault((EDITION_2025, Level.COMMUNE), {})[code] = shape
    return found


def _features(record: dict[str, Any]) -> Iterator[tuple[str, shapely.Geometry]]:
    for feature in record.get("features", [record]):
        code = feature.get("id") or feature["properties"]["code"]
        yield str(code), shapely.make_valid(shapely.geometry.shape(feature["geometry"]))


def _polygons(coordinates: list[Any]) -> shapely.Geometry:
    """Read a polygon or several: the set does not say which, the depth of its lists does."""
    one = isinstance(coordinates[0][0][0], int | float)
    parts = [(rings[0], rings[1:]) for rings in ([coordinates] if one else coordinates)]
    return shapely.make_valid(shapely.MultiPolygon(parts))
