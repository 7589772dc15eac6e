"""Which areas hold a point, by the boundaries in force; approximate where they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from geo.boundaries.keeping import kept
from geo.boundaries.layers import load
from geo.editions import Level


def areas_at(edition: str, level: Level, lon: float, lat: float) -> tuple[str, ...]:
    """Find the areas of a level that hold a point, degrees (EPSG:4326).

    Returns
    -------
    tuple of str
        Their codes: one, several for a point on a line between them, none outside of all.

    Raises
    ------
    NoBoundariesError
        If the areas have no bundled boundaries.
    """
    import shapely  # noqa: PLC0415

    tree, codes = _tree(edition, level)
    found = tree.query(shapely.Point(lon, lat), predicate="intersects")
    return tuple(sorted(codes[at] for at in np.atleast_1d(found)))


@kept(maxsize=8)
def _tree(edition: str, level: Level) -> tuple[Any, list[str]]:
    import shapely  # noqa: PLC0415

    layer = load(edition, level)
    return shapely.STRtree(layer.geometry.to_numpy()), layer["code"].tolist()
