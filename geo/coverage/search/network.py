"""Which networks reach which points: the heart of the search.

A point is in a disc of radius r around s when |x − s|² − r² ≤ 0. With one more coordinate
w = √(R² − r²), R being the largest radius, this becomes a plain distance: |x − s|² + w² ≤ R². So
one nearest-neighbour query in a k-d tree of four dimensions answers exactly for discs of unlike
radii (the lifting of power diagrams, Aurenhammer 1987), however many overlap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from geo.coverage.ground import (
    AT_THE_MAST_M,
    MAX_LAYERS,
    TILE_RADIUS_M,
    TOLERANCE_DEGREES,
    TOLERANCE_M,
    Bools,
    CoverageError,
    Floats,
    Ints,
    Layer,
    Polygons,
    Sites,
    Tiles,
    arc,
    bearings,
    chord,
    ecef,
    geodesic,
    tiles,
    turned,
)

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

Masks = npt.NDArray[np.uint64]
# Candidates looked at in one go: 16 bytes each, several times over.
BLOCK: Final = 2_000_000
# Discs that are tried for a whole tile of points.
CENTRES: Final = 4
# How many more candidates are asked for when those at hand do not decide.
MORE: Final = 4
# Points in a leaf of a tree: with these, most queries took least.
LEAF: Final = 64
# Parts of a degree that points are put in order by; so many bits of each coordinate.
GRAIN: Final = 1 / 200
BITS: Final = 17


@dataclass(frozen=True, slots=True, eq=False)
class _Discs:
    """The cells of one network, ready to be asked."""

    bit: int
    index: Ints
    tree: cKDTree
    within: float  # of the lifted distance
    wide: cKDTree  # the same cells with ranges longer by the radius of a tile
    wide_within: float


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Sites and polygons, ready to be asked about points.

    Attributes
    ----------
    layers
        The networks; bit i of a mask is layer i.
    """

    layers: tuple[Layer, ...]
    sites: Sites | None
    polygons: Polygons | None
    points: Floats  # of the sites, earth-centred
    discs: tuple[_Discs, ...]
    nearest: cKDTree | None  # of masts: cells at one point are one
    mast: Ints  # the first cell of each mast, by network and row
    widest: Floats  # the largest range of the cells at the mast of each cell
    polygon_bits: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Points in degrees, and earth-centred in metres."""

    lon: Floats
    lat: Floats
    xyz: Floats
    tiles: Tiles | None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What is known of some points, shape (n,).

    Attributes
    ----------
    by_site, by_polygon
        Bit i is set where layer i reaches the point.
    nearest
        Index of the nearest cell, of several at one mast the first by network; -1 without sites.
    distance
        Geodesic metres to it; NaN without sites. The cell is nearest by the chord: another may be
        nearer by at most twice the error of the arc (2 cm at 100 km).
    """

    by_site: Masks
    by_polygon: Masks
    nearest: Ints
    distance: Floats

    @property
    def mask(self) -> Masks:
        """Bits of the layers that reach each point in either way."""
        return self.by_site | self.by_polygon


def network(sites: Sites | None, polygons: Polygons | None) -> Network:
    """Prepare sites and polygons to be asked.

    Raises
    ------
    CoverageError
        Where there is neither, or more networks than a mask holds.
    """
    layers = sorted({*(sites.layers if sites else ()), *(polygons.layers if polygons else ())})
    if not layers:
        raise CoverageError("no_network")
    if len(layers) > MAX_LAYERS:
        raise CoverageError("many_layers", n=len(layers), limit=MAX_LAYERS)
    bits = {layer: bit for bit, layer in enumerate(layers)}
    points = ecef(sites.lon, sites.lat) if sites else np.empty((0, 3))
    discs = tuple(_discs(sites, points, bits)) if sites else ()
    of_polygons = [bits[polygons.layers[i]] for i in polygons.layer] if polygons else []
    mast, widest = _masts(sites)
    return Network(
        tuple(layers),
        sites,
        polygons,
        points,
        discs,
        _tree(points[mast]) if len(mast) else None,
        mast,
        widest,
        np.array(of_polygons, dtype=np.int64),
    )


def _masts(sites: Sites | None) -> tuple[Ints, Floats]:
    """Return a cell of each mast, whatever the order of rows, and the range of its widest."""
    if sites is None or not len(sites):
        return np.empty(0, dtype=np.int64), np.empty(0)
    order = np.lexsort((-sites.range_m, sites.layer, sites.lat, sites.lon))
    lon, lat = sites.lon[order], sites.lat[order]
    first = np.r_[True, (lon[1:] != lon[:-1]) | (lat[1:] != lat[:-1])]
    group = np.cumsum(first) - 1
    widest = np.empty(len(sites))
    widest[order] = np.maximum.reduceat(sites.range_m[order], np.flatnonzero(first))[group]
    return order[first], widest


def _tree(points: Floats) -> cKDTree:
    from scipy.spatial import cKDTree  # noqa: PLC0415

    return cKDTree(points, balanced_tree=False, compact_nodes=True, leafsize=LEAF)


def _discs(sites: Sites, points: Floats, bits: dict[Layer, int]) -> list[_Discs]:
    made = []
    for at, layer in enumerate(sites.layers):
        index = np.flatnonzero(sites.layer == at)
        if not len(index):
            continue
        tree, within = _lifted(points[index], sites.range_m[index])
        wide, wide_within = _lifted(points[index], sites.range_m[index] + TILE_RADIUS_M)
        made.append(_Discs(bits[layer], index, tree, within, wide, wide_within))
    return made


def _lifted(points: Floats, range_m: Floats) -> tuple[cKDTree, float]:
    """Return the tree of lifted cells, and the distance in it that means being within range."""
    reach = chord(range_m)
    largest = float(reach.max())
    # Not under zero by a rounding, or the largest cells would be nowhere.
    lift = np.sqrt(np.maximum(0.0, (largest - reach) * (largest + reach)))
    tree = _tree(np.column_stack((points, lift)))
    return tree, float(np.sqrt(largest**2 + 2 * (largest + TOLERANCE_M) * TOLERANCE_M))


def ask(net: Network, lon: Floats, lat: Floats, *, workers: int = 1, nearest: bool = True) -> Found:
    """Ask which networks reach points.

    Parameters
    ----------
    lon, lat
        Degrees, finite, shape (n,).

    Returns
    -------
    Found
        The same for a point whatever points it is asked with.
    """
    order = _neighbours_together(lon, lat)
    found = _ask(net, lon[order], lat[order], workers, nearest)
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return Found(
        found.by_site[back], found.by_polygon[back], found.nearest[back], found.distance[back]
    )


def _neighbours_together(lon: Floats, lat: Floats) -> Ints:
    """Return an order of points along which neighbours follow each other: a Z-order curve.

    What one query reads of a tree, the next one reads again.
    """
    key = np.zeros(len(lon), dtype=np.int64)
    for place, degrees in enumerate((lon, lat)):
        cell = (np.asarray(degrees, dtype=float) / GRAIN).astype(np.int64)
        for bit in range(BITS):
            key |= ((cell >> bit) & 1) << (2 * bit + place)
    return np.argsort(key, kind="stable")


def _ask(net: Network, lon: Floats, lat: Floats, workers: int, nearest: bool) -> Found:
    points = _Points(lon, lat, ecef(lon, lat), tiles(lon, lat))
    by_site = np.zeros(len(lon), dtype=np.uint64)
    for discs in net.discs:
        reached = _reached(net, discs, points, workers)
        by_site[reached] |= np.uint64(1) << np.uint64(discs.bit)
    by_polygon = _in_polygons(net, lon, lat)
    index = np.full(len(lon), -1, dtype=np.int64)
    distance = np.full(len(lon), np.nan)
    if nearest and net.nearest is not None and net.sites is not None and len(lon):
        _, mast = net.nearest.query(points.xyz, workers=workers)
        index = net.mast[mast]
        _, distance = geodesic(lon, lat, net.sites.lon[index], net.sites.lat[index])
    return Found(by_site, by_polygon, index, distance)


def _reached(net: Network, discs: _Discs, points: _Points, workers: int) -> Bools:
    """Tell which points any cell of a network reaches.

    Cells are looked at in the order of their power distance, the one that a point is deepest in
    first; where all are discs, the first nearly always decides.
    """
    n = len(points.lon)
    reached = np.zeros(n, dtype=bool)
    todo = np.arange(n)
    if points.tiles is not None:
        reached, unsure = _by_tile(net, discs, points.tiles, workers)
        todo = np.flatnonzero(unsure)
    lifted = np.column_stack((points.xyz, np.zeros(n)))
    seen, k = 0, 1
    while todo.size and seen < len(discs.index):
        left = []
        size = max(1, BLOCK // k)
        for start in range(0, len(todo), size):
            block = todo[start : start + size]
            length, near = discs.tree.query(
                lifted[block], k=k, distance_upper_bound=discs.within, workers=workers
            )
            near, there = near.reshape(len(block), k), np.isfinite(length).reshape(len(block), k)
            # All of them, those seen before included: cells at one mast are equally near, and which
            # of them come first can be others as more are asked for.
            rows, columns = np.nonzero(there)
            cells = discs.index[near[rows, columns]]
            inside = _inside(net, cells, block[rows], points)
            reached[block[rows[inside]]] = True
            left.append(block[there[:, -1] & ~reached[block]])
        todo, seen = np.concatenate(left), k
        k = min(k * MORE, len(discs.index))
    return reached


def _by_tile(net: Network, discs: _Discs, grid: Tiles, workers: int) -> tuple[Bools, Bools]:
    """Decide for whole tiles, of each point: surely reached; still to be asked.

    A tile is out of reach where no range, made longer by the radius of a tile, holds its centre;
    it is reached where one of the deepest discs holds its centre with that much to spare.
    """
    sites = net.sites
    assert sites is not None
    centre = ecef(grid.lon, grid.lat)
    lifted = np.column_stack((centre, np.zeros(len(centre))))
    length, _ = discs.wide.query(lifted, distance_upper_bound=discs.wide_within, workers=workers)
    near = np.isfinite(length)
    whole = np.zeros(len(centre), dtype=bool)
    k = min(CENTRES, len(discs.index))
    length, cell = discs.tree.query(
        lifted[near], k=k, distance_upper_bound=discs.within, workers=workers
    )
    length, cell = length.reshape(-1, k), cell.reshape(-1, k)
    tile, column = np.nonzero(np.isfinite(length))
    cells = discs.index[cell[tile, column]]
    at = np.flatnonzero(near)[tile]
    apart = arc(np.linalg.norm(centre[at] - net.points[cells], axis=1))
    spare = sites.range_m[cells] - apart - TILE_RADIUS_M - TOLERANCE_M
    whole[at[(spare >= 0) & (sites.beam[cells] == 360)]] = True
    return whole[grid.of], (near & ~whole)[grid.of]


def _inside(net: Network, cells: Ints, at_points: Ints, points: _Points) -> Bools:
    """Tell of pairs of a cell and a point whether the one reaches the other."""
    sites = net.sites
    assert sites is not None
    vector = points.xyz[at_points] - net.points[cells]
    distance = arc(np.sqrt(np.einsum("ij,ij->i", vector, vector)))
    limit = sites.range_m[cells]
    inside = distance <= limit
    unsure = np.abs(distance - limit) <= TOLERANCE_M
    half = sites.beam[cells] / 2
    sector = half < 180
    if sector.any():
        at = np.flatnonzero(sector & (inside | unsure) & (distance > AT_THE_MAST_M))
        towards = bearings(sites.lon[cells[at]], sites.lat[cells[at]], vector[at])
        off = turned(sites.azimuth[cells[at]], towards) - half[at]
        inside[at] &= off <= 0
        unsure[at] |= np.abs(off) <= TOLERANCE_DEGREES
        unsure[at[off > TOLERANCE_DEGREES]] = False
    at = np.flatnonzero(unsure)
    if at.size:
        of, to = cells[at], at_points[at]
        azimuth, exact = geodesic(sites.lon[of], sites.lat[of], points.lon[to], points.lat[to])
        aimed = ~sector[at] | (exact <= AT_THE_MAST_M)
        aimed |= turned(sites.azimuth[of], azimuth) <= half[at]
        inside[at] = (exact <= limit[at]) & aimed
    return np.asarray(inside)


def _in_polygons(net: Network, lon: Floats, lat: Floats) -> Masks:
    mask = np.zeros(len(lon), dtype=np.uint64)
    if net.polygons is None or not len(lon):
        return mask
    import shapely  # noqa: PLC0415

    # The tree holds the points and is asked with the polygons: GEOS prepares what it asks with.
    polygon, point = shapely.STRtree(shapely.points(lon, lat)).query(
        net.polygons.geometry, predicate="intersects"
    )
    bits = np.uint64(1) << net.polygon_bits[polygon].astype(np.uint64)
    np.bitwise_or.at(mask, point, bits)
    return mask


def bits_of(layers: tuple[Layer, ...], **wanted: tuple[str, ...] | str) -> np.uint64:
    """Return the mask of the layers whose technology or operator is one of those wanted.

    Examples
    --------
    >>> bits_of((Layer("2G", "A"), Layer("4G", "A")), technology="4G")
    np.uint64(2)
    """
    mask = 0
    for bit, layer in enumerate(layers):
        if all(getattr(layer, key) in _tuple(values) for key, values in wanted.items()):
            mask |= 1 << bit
    return np.uint64(mask)


def _tuple(values: tuple[str, ...] | str) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values
