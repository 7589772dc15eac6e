"""Turn a painting into a coverage of polygons with smooth lines that neighbours share."""

from __future__ import annotations

import numpy as np
import shapely

from data.build.boundaries.paint import OUTSIDE
from data.build.boundaries.records import Grid

# Simplification, in cells: the root of the area that may be cut off.
TOLERANCE = 3.2
# Coordinates are kept to this many decimals of a degree (0.1 m).
DECIMALS = 6
# Faces of less than this, in cells, that touch no other are what lines cut off an island.
CRUMB = 10.0


def polygons(labels: np.ndarray, grid: Grid) -> dict[int, shapely.Geometry]:
    """Draw the areas of a painting."""
    faces, owner = traced(labels)
    faces, owner = smoothed(shapely.coverage_simplify(faces, TOLERANCE), owner)
    to_degrees = (grid.step, -grid.step), (grid.west, grid.north)
    faces = shapely.transform(
        faces, lambda xy: (xy * to_degrees[0] + to_degrees[1]).round(DECIMALS)
    )
    return dissolved(faces, owner)


def traced(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Trace the edges of cells, with a corner wherever three areas meet.

    Returns
    -------
    tuple of ndarray of Polygon and ndarray of int
        Polygons in (column, row), a valid coverage, and the label of each.
    """
    from rasterio.features import shapes  # noqa: PLC0415

    found = [
        shapely.Polygon(shape["coordinates"][0], shape["coordinates"][1:])
        for shape, _ in shapes(labels, mask=labels != OUTSIDE, connectivity=4)
    ]
    faces = _faces(shapely.boundary(found))
    x, y = shapely.get_coordinates(shapely.point_on_surface(faces)).T
    owner = labels[np.floor(y).astype(int), np.floor(x).astype(int)]
    return faces[owner != OUTSIDE], owner[owner != OUTSIDE]


def smoothed(faces: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Round off the lines between the points where three areas meet.

    Returns
    -------
    tuple
        The same with smooth lines. Where two rounded lines cross, the sliver between them
        goes to the area in which it lay.
    """
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(faces)))
    rounded = [shapely.LineString(chaikin(line.coords)) for line in shapely.get_parts(lines)]
    found = _faces(rounded)
    points = shapely.point_on_surface(found)
    tree = shapely.STRtree(faces)
    point, face = tree.query(points, predicate="intersects")
    label = np.full(len(found), OUTSIDE)
    label[point] = owner[face]
    touching = shapely.STRtree(found[label != OUTSIDE]).query(found, predicate="intersects")[0]
    alone = np.bincount(touching, minlength=len(found)) == 1
    kept = (label != OUTSIDE) & ~(alone & (shapely.area(found) < CRUMB))
    return found[kept], label[kept]


def chaikin(line: np.ndarray) -> np.ndarray:
    """Cut the corners of a line once, all of a closed one (Chaikin 1974)."""
    points = np.asarray(line, dtype=float)
    if len(points) < 3:
        return points
    ahead, behind = 0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]
    cut = np.stack([ahead, behind], axis=1).reshape(-1, 2)
    if (points[0] == points[-1]).all():
        return np.vstack([cut, cut[:1]])
    return np.vstack([points[:1], cut[1:-1], points[-1:]])


def dissolved(faces: np.ndarray, owner: np.ndarray) -> dict[int, shapely.Geometry]:
    """Join the polygons of each label; those of a coverage give a coverage."""
    order = np.argsort(owner, kind="stable")
    labels, starts = np.unique(owner[order], return_index=True)
    groups = np.split(faces[order], starts[1:])
    pairs = zip(labels.tolist(), groups, strict=True)
    return {label: shapely.coverage_union_all(group) for label, group in pairs}


def _faces(lines: list[shapely.Geometry] | np.ndarray) -> np.ndarray:
    """Give all polygons between lines, in an order that depends on where they are alone."""
    network = shapely.union_all(np.asarray(lines, dtype=object))
    faces = shapely.normalize(shapely.get_parts(shapely.polygonize([network])))
    bounds = shapely.bounds(faces)
    return np.asarray(faces[np.lexsort(bounds.T[::-1])])
