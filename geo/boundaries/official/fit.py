"""Fit approximate units into an outline that is better known than they are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from geo.boundaries.official.records import Shapes
from geo.boundaries.official.sound import polygons_only


def fit(units: Mapping[str, shapely.Geometry], outline: shapely.Geometry) -> Shapes:
    """Cut units to an outline and give what is left over to the unit that it borders most.

    Returns
    -------
    dict
        Code to polygon; together they are the outline. Units that do not reach into it are left
        out. Edges may lack each other's corners: clean the coverage afterwards.
    """
    cut = {code: polygons_only(shapely.intersection(u, outline)) for code, u in units.items()}
    cut = {code: shape for code, shape in cut.items() if not shape.is_empty}
    if not cut:
        return {}
    left = shapely.difference(outline, shapely.union_all(list(cut.values())))
    parts = [p for p in shapely.get_parts(left) if p.geom_type == "Polygon" and not p.is_empty]
    return share_out(parts, cut)


def share_out(parts: list[shapely.Geometry], units: Shapes) -> Shapes:
    """Join each part to the unit with the longest shared border, else to the nearest."""
    more: dict[str, list[shapely.Geometry]] = {}
    for code, part in zip(bordering(parts, units), parts, strict=True):
        more.setdefault(code, []).append(part)
    joined = dict(units)
    for code, extra in more.items():
        joined[code] = polygons_only(shapely.union_all([joined[code], *extra]))
    return joined


def bordering(parts: list[shapely.Geometry], units: Shapes) -> list[str]:
    """Name for each part the unit with the longest shared border, else the nearest."""
    codes = list(units)
    drawn = np.array([units[code] for code in codes], dtype=object)
    tree = shapely.STRtree(drawn)
    found = []
    for part in parts:
        near = tree.query(part, predicate="dwithin", distance=1e-9)
        if len(near):
            shared = shapely.length(shapely.intersection(shapely.boundary(part), drawn[near]))
            found.append(codes[near[int(np.argmax(shared))]])
        else:
            found.append(codes[tree.nearest(part)])
    return found
