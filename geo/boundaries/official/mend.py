"""Make one valid coverage of official polygons and of the bundled ones that stay.

Official polygons keep their shape; bundled ones give way. Land that nobody covers any more is given
to a neighbour; see `gaps`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from geo.boundaries.official.edges import check, cleaned, matched_edges
from geo.boundaries.official.gaps import fill
from geo.boundaries.official.records import Finding, Shapes
from geo.boundaries.official.sound import polygons_only

# Pieces of a bundled unit, of its area, that are no place of their own once it was cut.
CRUMB: Final = 0.02


def assemble(
    edition: str, official: Shapes, kept: Shapes, land: Shapes, settled: set[str] | None = None
) -> tuple[Shapes, list[Finding]]:
    """Join official and bundled polygons.

    Parameters
    ----------
    official
        Code to valid polygon; edges may not match.
    kept
        Bundled polygons of the units that have no other.
    land
        All bundled polygons: where land is.
    settled
        Provinces whose own outline has decided what is theirs.

    Returns
    -------
    shapes, findings
        A valid coverage of all units, EPSG:4326.

    Raises
    ------
    Refused
        If units vanish, or no valid coverage can be made.
    """
    if not official:
        return dict(kept), []
    clean, findings = matched_edges(edition, official)
    whole = cut(kept, clean)
    room = {code: kept[code] if shape.is_empty else shape for code, shape in whole.items()}
    crowded = {code for code, shape in whole.items() if shape.is_empty}
    if crowded:
        clean = cut(clean, {code: kept[code] for code in crowded})
    everything, more = fill(edition, clean, room, land, settled or set())
    made = cleaned(everything)
    check(edition, made, everything)
    return made, findings + more


def cut(kept: Shapes, official: Shapes) -> Shapes:
    """Take official territory out of the units that stay; empty where nothing is left."""
    if not official:
        return dict(kept)
    ground = shapely.coverage_union_all(np.array(list(official.values()), dtype=object))
    shapely.prepare(ground)
    return {
        code: _whole(shapely.difference(shape, ground), shape)
        if shapely.intersects(ground, shape)
        else shape
        for code, shape in kept.items()
    }


def _whole(left: shapely.Geometry, before: shapely.Geometry) -> shapely.Geometry:
    """Drop the crumbs that cutting left; what a unit was made of before stays."""
    parts = shapely.get_parts(polygons_only(left))
    if len(parts) <= len(shapely.get_parts(before)):
        return polygons_only(left)
    least = CRUMB * float(shapely.area(parts).sum())
    return polygons_only(shapely.MultiPolygon([p for p in parts if p.area >= least]))
