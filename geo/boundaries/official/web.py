"""The browser's files of replaced layers, made like those of the bundled ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from geo.boundaries import web as layers
from geo.boundaries.official.sound import polygons_only

GRID: Final = 1e-4


def write_edition(folder: Path, web: Path, edition: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """Write the browser's files of one edition; see `geo.boundaries.web.write_edition`."""
    return layers.write_edition(folder, web, edition, _written)


def _written(
    web: Path, full: layers.Full, fine: layers.Full, detail: str, tolerance: float
) -> dict[str, Any]:
    """Write one file: simplified as it should be, else noded on the grid besides."""
    shapes = layers.simplified(full, fine, detail, tolerance)
    try:
        return layers.write_layer(web, full, detail, shapes)
    except ValueError:
        pass
    try:
        return layers.write_layer(web, full, detail, _on_grid(shapes))
    except ValueError:  # an area vanished: draw all more finely
        finer = layers.simplified(full, fine, detail, tolerance / 3)
        return layers.write_layer(web, full, detail, _on_grid(finer))


def _on_grid(shapes: np.ndarray) -> np.ndarray:
    """Draw a coverage anew with every corner on the grid: noded, then faces given to units."""
    lines = shapely.union_all(shapely.boundary(shapes), grid_size=GRID)
    faces = np.array(shapely.get_parts(shapely.polygonize([lines])), dtype=object)
    face, unit = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), "intersects")
    return np.array(
        [polygons_only(shapely.union_all(faces[face[unit == i]])) for i in range(len(shapes))],
        dtype=object,
    )
