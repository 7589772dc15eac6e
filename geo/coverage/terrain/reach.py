"""Find the sites in reach of each settlement: the nearest few whose cells reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.ground import (
    AT_THE_MAST_M,
    TOLERANCE_M,
    Bools,
    Floats,
    Ints,
    Sites,
    arc,
    bearings,
    chord,
    ecef,
    turned,
)
from geo.coverage.terrain.assume import Built

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

# How many candidates are asked for at first, for each that is wanted, and then.
_FIRST, _MORE, _MOST = 3, 4, 3_000
_BLOCK: Final = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Pairs of a point and a cell that reaches it, by point and then by distance.

    Attributes
    ----------
    point, cell
        Index of the point, and of the cell in the sites, shape (pairs,).
    """

    point: Ints
    cell: Ints


def in_reach(sites: Sites, built: Built, lon: Floats, lat: Floats, most: int) -> Reach:
    """Find the nearest cells that reach each point.

    Parameters
    ----------
    built
        How the cells are built: cells alike at one mast are one.
    lon, lat
        Degrees, finite, shape (n,).
    most
        So many cells at most of each point.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415

    cells = _unlike(sites, built)
    if not len(cells) or not len(lon):
        none = np.empty(0, dtype=np.int64)
        return Reach(none, none)
    tree = cKDTree(ecef(sites.lon[cells], sites.lat[cells]))
    asked = _Asked(sites, cells, tree, ecef(lon, lat), most)
    todo, found = np.arange(len(lon)), []
    k = min(_FIRST * most, len(cells))
    while todo.size:
        left = []
        for start in range(0, len(todo), max(1, _BLOCK // k)):
            pairs, short = asked.nearest(todo[start : start + max(1, _BLOCK // k)], k)
            found.append(pairs)
            left.append(short)
        todo = np.concatenate(left)
        k = min(k * _MORE, asked.limit)
    point, cell = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(point, kind="stable")
    return Reach(point[order], cell[order])


def _unlike(sites: Sites, built: Built) -> Ints:
    """Return one cell of those alike at one mast, the one that reaches furthest."""
    layer = sites.layer.astype(float)
    keys = (sites.lon, sites.lat, layer, np.nan_to_num(sites.azimuth, nan=-1), sites.beam)
    values = (built.height_m, built.mhz, built.eirp_dbm)
    every: list[Floats] = [*keys, *(np.nan_to_num(v, nan=-999) for v in values)]
    order = np.lexsort((sites.row, -sites.range_m, *every[::-1]))
    first = np.zeros(len(order), dtype=bool)
    first[:1] = True
    for column in every:
        first[1:] |= column[order][1:] != column[order][:-1]
    return np.sort(order[first])


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """Cells that are asked about, and the points that ask."""

    sites: Sites
    cells: Ints
    tree: cKDTree
    points: Floats
    most: int

    @property
    def limit(self) -> int:
        """How many cells of one point are looked at, whatever is found."""
        return min(len(self.cells), _MOST)

    def nearest(self, block: Ints, k: int) -> tuple[tuple[Ints, Ints], Ints]:
        """Ask for k cells of each point; tell the pairs found, and which points need more."""
        sites = self.sites
        widest = float(chord(sites.range_m[self.cells].max() + TOLERANCE_M))
        length, near = self.tree.query(self.points[block], k=k, distance_upper_bound=widest)
        length, near = length.reshape(len(block), k), near.reshape(len(block), k)
        there = np.isfinite(length)
        cell = self.cells[np.where(there, near, 0)]
        good = there & (arc(np.where(there, length, 0.0)) <= sites.range_m[cell])
        row, column = np.nonzero(good)
        good[row, column] = self._in_sector(cell[row, column], block[row])
        rank = np.cumsum(good, axis=1)
        # More are asked for where all were near and not enough of them reach.
        short = there[:, -1] & (rank[:, -1] < self.most) & (k < self.limit)
        row, column = np.nonzero(good & (rank <= self.most) & ~short[:, None])
        return (block[row], cell[row, column]), block[short]

    def _in_sector(self, cell: Ints, point: Ints) -> Bools:
        sites, inside = self.sites, np.ones(len(cell), dtype=bool)
        at = np.flatnonzero(sites.beam[cell] < 360)
        if at.size:
            of = cell[at]
            vector = self.points[point[at]] - ecef(sites.lon[of], sites.lat[of])
            towards = bearings(sites.lon[of], sites.lat[of], vector)
            aimed = turned(sites.azimuth[of], towards) <= sites.beam[of] / 2
            inside[at] = aimed | (np.linalg.norm(vector, axis=1) <= AT_THE_MAST_M)
        return inside
