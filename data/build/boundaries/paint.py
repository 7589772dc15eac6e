"""Give every cell to the claim that explains it best, in rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.build.boundaries.claims import Claim
from data.build.boundaries.records import Commune, Grid, Ward

OUTSIDE = -1
ROUNDS = 16
# How far one round answers to an area that is wrong (its logarithm), and the most that all do:
# for an area that is sure, and for any other.
AREA_STEP, SURE_AREA, MOST_AREA, SMALLEST_KM2 = 0.15, 0.5, 0.2, 0.05
# The same for a side of a ward's box that the ward does not reach (share of half the box), and how
# much a side that is reached gives back.
SIDE_STEP, MOST_SIDE, SIDE_BACK = 0.15, 0.4, 0.003


@dataclass(frozen=True, slots=True)
class Tilts:
    """Hold what is taken off the cost of claims.

    Attributes
    ----------
    area : ndarray, shape (communes,)
        For all cells of a commune.
    sides : ndarray, shape (wards, 4)
        For cells on the eastern, western, northern and southern edge of a ward's box.
    """

    area: np.ndarray
    sides: np.ndarray


@dataclass(frozen=True, slots=True)
class Targets:
    """Hold the areas of communes (km², NaN where unknown), and the most they may tilt costs."""

    km2: np.ndarray
    most: np.ndarray


class Painter:
    """Paint the cells of a grid with the numbers of claims.

    Parameters
    ----------
    grid
        The cells.
    land
        Cells inside the outline, bool: what claims without a box are confined to.
    outside
        Cost of leaving a cell outside, see `outline.outside_cost`.
    claims
        All claims.
    """

    def __init__(
        self, grid: Grid, land: np.ndarray, outside: np.ndarray, claims: Sequence[Claim]
    ) -> None:
        self.grid, self.land, self.outside, self.claims = grid, land, outside, claims
        self.communes = sorted({claim.commune for claim in claims})
        self.wards = sorted({claim.ward for claim in claims if claim.boxed})
        commune_at = {code: i for i, code in enumerate(self.communes)}
        ward_at = {code: i for i, code in enumerate(self.wards)}
        self.commune_of = np.array([commune_at[claim.commune] for claim in claims])
        self.ward_of = np.array([ward_at.get(claim.ward, -1) for claim in claims])

    def paint(self, communes: Mapping[str, Commune], wards: Mapping[str, Ward]) -> np.ndarray:
        """Paint in rounds, each tilted towards known areas and the sides of boxes."""
        targets = self.targets(communes)
        boxes = np.array([wards[code].box for code in self.wards]).reshape(-1, 4)
        tilts = self.level()
        for _ in range(ROUNDS):
            tilts = self.tilted(tilts, self.once(tilts), targets, boxes)
        return self.once(tilts)

    def targets(self, communes: Mapping[str, Commune]) -> Targets:
        """List the areas to reach."""
        found = [communes[code] for code in self.communes]
        return Targets(
            np.array([commune.area_km2 or np.nan for commune in found]),
            np.array([SURE_AREA if commune.sure else MOST_AREA for commune in found]),
        )

    def level(self) -> Tilts:
        """Give tilts of nothing, to begin with."""
        area = np.zeros(len(self.communes), np.float32)
        return Tilts(area, np.zeros((len(self.wards), 4), np.float32))

    def once(self, tilts: Tilts) -> np.ndarray:
        """Paint every cell with its cheapest claim."""
        lowest = self.outside.copy()
        labels = np.full(self.grid.shape, OUTSIDE, np.int32)
        for number, claim in enumerate(self.claims):
            window = claim.rows, claim.columns
            cost = claim.cost - tilts.area[self.commune_of[number]]
            if claim.boxed:
                east, west, north, south = tilts.sides[self.ward_of[number]]
                cost -= east * np.maximum(claim.u, 0) + west * np.maximum(-claim.u, 0)
                cost -= (north * np.maximum(claim.v, 0) + south * np.maximum(-claim.v, 0))[:, None]
            else:
                cost[~self.land[window]] = np.inf
            won = cost < lowest[window]
            lowest[window][won] = cost[won]
            labels[window][won] = number
        return labels

    def tilted(
        self, tilts: Tilts, labels: np.ndarray, targets: Targets, boxes: np.ndarray
    ) -> Tilts:
        """Tilt towards the areas and boxes that a painting misses."""
        rows, columns = np.nonzero(labels != OUTSIDE)
        owner = labels[rows, columns]
        weights = self.grid.cell_km2()[rows]
        areas = np.bincount(self.commune_of[owner], weights, minlength=len(self.communes))
        wrong = np.nan_to_num(np.log(targets.km2 / np.maximum(areas, SMALLEST_KM2)))
        area = tilts.area + AREA_STEP * np.clip(wrong, -1, 1)
        gaps = self._gaps(self.ward_of[owner], rows, columns, boxes)
        sides = tilts.sides + np.where(gaps > 0, SIDE_STEP * gaps, -SIDE_BACK)
        return Tilts(
            np.clip(area, -targets.most, targets.most).astype(np.float32),
            np.clip(sides, 0, MOST_SIDE).astype(np.float32),
        )

    def _gaps(
        self, ward: np.ndarray, rows: np.ndarray, columns: np.ndarray, boxes: np.ndarray
    ) -> np.ndarray:
        """Measure how far wards end from the sides of their boxes, in halves of the box.

        Returns
        -------
        ndarray, shape (wards, 4)
            East, west, north, south; 0 where less than a cell is missing, or all of the ward.
        """
        known = ward >= 0
        ward, rows, columns = ward[known], rows[known], columns[known]
        count, half = len(self.wards), self.grid.step / 2
        x, y = self.grid.longitudes()[columns], self.grid.latitudes()[rows]
        west, south, east, north = boxes.T
        missing = np.stack(
            [
                east - _extreme(np.maximum, -np.inf, ward, x + half, count),
                _extreme(np.minimum, np.inf, ward, x - half, count) - west,
                north - _extreme(np.maximum, -np.inf, ward, y + half, count),
                _extreme(np.minimum, np.inf, ward, y - half, count) - south,
            ],
            axis=1,
        )
        halves = np.stack([east - west, east - west, north - south, north - south], axis=1) / 2
        small = ~np.isfinite(missing) | (missing <= self.grid.step)
        return np.where(small, 0.0, np.clip(np.divide(missing, halves), 0, 1))


def _extreme(
    function: np.ufunc, start: float, owner: np.ndarray, values: np.ndarray, count: int
) -> np.ndarray:
    found = np.full(count, start)
    function.at(found, owner, values)
    return found
