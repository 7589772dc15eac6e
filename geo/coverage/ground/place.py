"""Which commune or district a point lies in, by boundaries that are approximate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo import boundaries
from geo.boundaries import kept
from geo.coverage.ground.geodesy import Bools, Floats, Ints
from geo.coverage.ground.islands import island_of
from geo.coverage.ground.records import CoverageError
from geo.coverage.ground.tiles import TILE, tiles
from geo.editions import COUNTRY_CODE, Area, Level, areas, edition

if TYPE_CHECKING:
    import shapely

# Degrees: about 2 km. The drawn borders of communes are off by as much (data/boundaries/README).
NEAR_BORDER: Final = 0.018
# Degrees: about 3 km. So far off the drawn coast or border a point still counts as of the nearest.
OFF_COAST: Final = 0.027
# Degrees: about 20 km. Sites beyond the drawn land but nearer than this may serve it.
OFF_SITES: Final = 0.18
# Degrees: about 20 km. A point so far from the commune that its row names is doubtful.
FAR: Final = 0.18
NOWHERE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The lowest areas of an edition that have boundaries.

    Attributes
    ----------
    edition, level
        Which.
    areas
        In official order.
    shapes, tree
        Their polygons, and an index of them.
    at
        From code to index.
    """

    edition: str
    level: Level
    areas: tuple[Area, ...]
    shapes: list[shapely.Geometry]
    tree: shapely.STRtree
    at: dict[str, int]


def lowest_level(edition_id: str) -> Level:
    """Return the lowest level of an edition."""
    return edition(edition_id).levels[-1]


@kept(maxsize=2)
def places(edition_id: str) -> Places:
    """Read the lowest areas of an edition.

    Raises
    ------
    CoverageError
        If the edition has no boundaries.
    """
    import shapely  # noqa: PLC0415

    level = lowest_level(edition_id)
    if not boundaries.has_layer(edition_id, level):
        raise CoverageError("no_boundaries", edition=edition_id)
    layer = boundaries.load(edition_id, level)
    known = areas(edition_id, level, COUNTRY_CODE)
    shapes = dict(zip(layer["code"], layer.geometry, strict=True))
    drawn = [shapes[place.code] for place in known]
    at = {place.code: i for i, place in enumerate(known)}
    return Places(edition_id, level, known, drawn, shapely.STRtree(drawn), at)


def locate(where: Places, lon: Floats, lat: Floats, *, off: float = OFF_COAST) -> Ints:
    """Find the area of each point.

    Parameters
    ----------
    lon, lat
        Degrees, shape (n,).
    off
        Degrees: how far outside all areas a point still belongs to the nearest one.

    Returns
    -------
    ndarray
        Index of the area, `NOWHERE` outside; of several, the first in official order. Outside all
        of them islands and archipelagos are known by `on_islands` before the nearest area is taken.
    """
    import shapely  # noqa: PLC0415

    index = np.full(len(lon), NOWHERE, dtype=np.int64)
    if not len(lon):
        return index
    grid = tiles(lon, lat)
    if grid is not None:
        boxes = shapely.box(grid.west, grid.south, grid.west + TILE, grid.south + TILE)
        # Within, so that nothing of a tile is on a border.
        tile, area = where.tree.query(boxes, predicate="within")
        of_tile = np.full(len(boxes), NOWHERE, dtype=np.int64)
        of_tile[tile] = area
        index = of_tile[grid.of]
    todo = np.flatnonzero(index == NOWHERE)
    points = shapely.points(lon[todo], lat[todo])
    point, area = where.tree.query(points, predicate="intersects")
    order = np.lexsort((area, point))[::-1]  # the last one written is the first in order
    index[todo[point[order]]] = area[order]
    outside = todo[index[todo] == NOWHERE]
    index[outside] = island_of(where.edition, where.level, where.at, lon[outside], lat[outside])
    outside = outside[index[outside] == NOWHERE]
    if outside.size and off > 0:
        points = shapely.points(lon[outside], lat[outside])
        near = where.tree.query_nearest(points, max_distance=off, all_matches=False)
        index[outside[near[0]]] = near[1]
    return index


def on_islands(where: Places, lon: Floats, lat: Floats) -> Bools:
    """Tell which points no drawn area holds and an island or archipelago does."""
    import shapely  # noqa: PLC0415

    points = shapely.points(lon, lat)
    held = np.zeros(len(lon), dtype=bool)
    held[where.tree.query(points, predicate="intersects")[0]] = True
    found = island_of(where.edition, where.level, where.at, lon, lat)
    return ~held & (found != NOWHERE)


def near_border(where: Places, lon: Floats, lat: Floats) -> Bools:
    """Tell which points have another area, or none, within about 2 km."""
    import shapely  # noqa: PLC0415

    if not len(lon):
        return np.zeros(0, dtype=bool)
    points = shapely.points(lon, lat)
    point, _ = where.tree.query(points, predicate="dwithin", distance=NEAR_BORDER)
    own, _ = where.tree.query(points, predicate="intersects")
    around = np.bincount(point, minlength=len(lon))
    outside = np.bincount(own, minlength=len(lon)) != 1
    return np.where(on_islands(where, lon, lat), around > 0, (around != 1) | outside)


def far_from(where: Places, index: Ints, lon: Floats, lat: Floats) -> Bools:
    """Tell which points are over 20 km from the area that they are said to be of."""
    import shapely  # noqa: PLC0415

    far = np.zeros(len(lon), dtype=bool)
    given = np.flatnonzero((index != NOWHERE) & ~np.isnan(lon))
    if given.size:
        shapes = np.array(where.shapes, dtype=object)[index[given]]
        apart = shapely.distance(shapes, shapely.points(lon[given], lat[given]))
        island = island_of(where.edition, where.level, where.at, lon[given], lat[given])
        far[given] = (apart > FAR) & (island != index[given])
    return far
