"""Coverages of polygons to TopoJSON and back, on one grid that every web layer shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import topojson

from geo.boundaries import CRS, decoded, joined

OBJECT_NAME = "areas"

# One fixed grid for all layers, so that a border drawn by two of them falls on the same points.
# A step is 11.1 m north to south and 10.2 m (north) to 11.0 m (south) east to west.
GRID: Any = {"scale": [1e-4, 1e-4], "translate": [102.0, 8.0]}

# An islet is what simplification at the layer's tolerance t would flatten to a triangle: an
# isolated part of less than (ISLET_SIZE * t)² square degrees. It is simplified more finely: with
# t / ISLET_SIZE, and never with more than a sixteenth of its own size (the root of its area).
ISLET_SIZE = 8.0
ISLET_SHARE = 1 / 16


def simplify(geometries: np.ndarray, tolerance: float) -> np.ndarray:
    """Simplify a coverage so that neighbours stay joined and islets keep their shape.

    Parameters
    ----------
    geometries : ndarray of Polygon or MultiPolygon, shape (n,)
        A valid coverage in EPSG:4326.
    tolerance : float
        Tolerance in degrees: the square root of the area that may be cut off
        (Visvalingam & Whyatt 1993, as in ``shapely.coverage_simplify``).

    Returns
    -------
    ndarray of Polygon or MultiPolygon, shape (n,)
        In EPSG:4326, with the same number of parts in each geometry. A valid coverage unless a
        coast runs into an islet before it; check it.
    """
    parts, owner = shapely.get_parts(geometries, return_index=True)
    size = np.sqrt(shapely.area(parts))
    islets = np.flatnonzero(_isolated(parts) & (size < ISLET_SIZE * tolerance))
    coarse = shapely.coverage_simplify(parts, tolerance)
    finer = np.minimum(tolerance / ISLET_SIZE, size[islets] * ISLET_SHARE)
    coarse[islets] = shapely.simplify(parts[islets], finer, preserve_topology=True)
    return np.array([_collect(coarse[owner == i]) for i in range(len(geometries))], dtype=object)


def encode(
    codes: Sequence[str], geometries: np.ndarray, properties: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Encode a coverage as a quantised topology with shared arcs.

    Parameters
    ----------
    geometries : ndarray of Polygon or MultiPolygon, shape (n,)
        A valid coverage in EPSG:4326.

    Returns
    -------
    dict
        A TopoJSON topology; coordinates are steps of `GRID`, EPSG:4326.

    Raises
    ------
    ValueError
        If an area is too small for the grid.
    """
    made = topojson.Topology(
        list(geometries),
        prequantize=GRID,
        # Twice as fast here as comparing coordinates, and right whichever way the rings run.
        shared_coords=False,
        winding_order="CCW_CW",
        object_name=OBJECT_NAME,
    ).output
    shapes = made["objects"][OBJECT_NAME]["geometries"]
    for code, shape in zip(codes, shapes, strict=True):
        if not shape.get("arcs"):
            raise ValueError(f"area {code!r} vanishes on the grid; use another tolerance")
    members = [
        {"type": shape["type"], "id": code, "properties": dict(extra), "arcs": shape["arcs"]}
        for code, extra, shape in zip(codes, properties, shapes, strict=True)
    ]
    return {
        "type": "Topology",
        "transform": GRID,
        "objects": {OBJECT_NAME: {"type": "GeometryCollection", "geometries": members}},
        "arcs": made["arcs"],
    }


def decode(topology: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Decode the areas of a topology the way the browser does.

    Returns
    -------
    GeoDataFrame
        Columns ``code``, every property, and ``geometry`` in EPSG:4326.
    """
    made = decoded(topology)

    def polygon(rings: Sequence[Sequence[int]]) -> shapely.Polygon:
        outer, *holes = (joined(ring, made.arcs) for ring in rings)
        return shapely.Polygon(outer, holes)

    shapes = [
        polygon(member.polygons[0])
        if len(member.polygons) == 1
        else shapely.MultiPolygon([polygon(rings) for rings in member.polygons])
        for member in made.members
    ]
    rows = [{"code": member.code, **member.properties} for member in made.members]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=CRS)


def _isolated(parts: np.ndarray) -> np.ndarray:
    """Say which polygons touch no other one."""
    hits = shapely.STRtree(parts).query(parts, predicate="intersects")[0]
    return np.bincount(hits, minlength=len(parts)) == 1


def _collect(parts: np.ndarray) -> shapely.Polygon | shapely.MultiPolygon:
    """Join the parts of one area again."""
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))
