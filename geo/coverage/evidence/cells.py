"""Weigh claimed polygons cell by cell of H3 (Uber's hierarchy of hexagons, Apache 2.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.coverage.evidence.answers import answered
from geo.coverage.evidence.pairs import speaks_of
from geo.coverage.evidence.records import UNDATED, Claims, Facts, Thresholds
from geo.coverage.evidence.weigh import count_by, verdicts
from geo.coverage.ground import Bools, CoverageError, Ints, Progress

if TYPE_CHECKING:
    import pandas as pd

MOST_CELLS: Final = 3_000_000
CELL_COLUMNS: Final = (
    *("h3", "lon", "lat", "operator", "technology", "claimed_by", "claimed_on", "claim_file"),
    *("claim_row", "verdict", "reason", "for", "against", "perhaps"),
)
_DEGREE_M: Final = 111_320.0
_TOLD: Final = 500
# A cell of the n-th ring is at least (n - 1) edges away; the shortest has so much of the average.
_SHORTEST: Final = 0.7


def weigh_cells(
    claims: Claims, facts: Facts, rules: Thresholds, *, progress: Progress | None = None
) -> tuple[pd.DataFrame, int]:
    """Weigh every claimed cell that any measurement may lie in.

    A cell is claimed where its centre lies in the polygon.

    Returns
    -------
    frame
        Columns `CELL_COLUMNS`, one row a claim and a cell with measurements.
    claimed
        How many claimed cells there are, those without measurements included.

    Raises
    ------
    CoverageError
        Where there are too many cells: a coarser resolution does.
    """
    import h3  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    drawn = _drawn(claims, rules)
    near = touched(facts, set().union(*drawn.values()), rules.resolution, progress)
    found = [(cell, at) for at, cells in drawn.items() for cell in sorted(cells & near.keys())]
    claim = np.array([at for _, at in found], dtype=np.int64)
    none = np.empty(0, dtype=np.int64)
    hits = [near[cell] for cell, _ in found]
    of = np.repeat(np.arange(len(found)), [len(facts_of) for facts_of, _ in hits])
    fact = np.concatenate([none, *(facts_of for facts_of, _ in hits)])
    sure = np.concatenate([none.astype(bool), *(alone for _, alone in hits)])
    good = speaks_of(claims, claim[of], facts, fact, rules)
    of, fact, sure = of[good], fact[good], sure[good]
    speaks, n = facts.speaks_for[fact], len(found)
    groups = (sure & speaks, sure & ~speaks, ~sure & speaks, ~sure & ~speaks)
    counts = [count_by(of[mask], n) for mask in groups]
    verdict, reason = verdicts(*counts, rules=rules)
    reason[claims.day[claim] == UNDATED] = "claim_undated"
    at = np.array([h3.cell_to_latlng(cell) for cell, _ in found], dtype=float).reshape(-1, 2)
    frame = pd.DataFrame(
        {
            "h3": [cell for cell, _ in found],
            "lon": at[:, 1].round(6),
            "lat": at[:, 0].round(6),
            **answered(claims, claim, counts, verdict, reason),
        },
        columns=list(CELL_COLUMNS),
    )
    return frame, sum(map(len, drawn.values()))


def _drawn(claims: Claims, rules: Thresholds) -> dict[int, set[str]]:
    """Return the cells of each claim that has a polygon."""
    import h3  # noqa: PLC0415

    found: dict[int, set[str]] = {}
    for at, shape in enumerate(claims.shape):
        if shape is None:
            continue
        if h3.average_hexagon_area(rules.resolution, unit="km^2") * MOST_CELLS < _km2(shape):
            raise CoverageError("evidence_cells", resolution=rules.resolution, limit=MOST_CELLS)
        found[at] = set(h3.geo_to_cells(shape, rules.resolution))
    return found


def touched(
    facts: Facts, wanted: set[str], resolution: int, progress: Progress | None = None
) -> dict[str, tuple[Ints, Bools]]:
    """Return which measurements may lie in which of some cells, and whether each surely does."""
    import h3  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    if not wanted:
        return {}
    own = [h3.latlng_to_cell(y, x, resolution) for x, y in zip(facts.lon, facts.lat, strict=True)]
    shapes = _Hexagons()
    edge = h3.average_hexagon_edge_length(resolution, unit="m")
    hits: dict[str, list[tuple[int, bool]]] = {}
    for i, cell in enumerate(own):
        if progress and i % _TOLD == 0:
            progress("cells", i, len(own))
        # A hundredth more: the plane is not the ellipsoid.
        reach = float(facts.accuracy[i]) * 1.01
        ring = h3.grid_disk(cell, 1 + int(reach / (_SHORTEST * edge))) if reach > 0 else [cell]
        if wanted.isdisjoint(ring):
            continue
        cells = [cell]
        if reach > 0:
            scale = shapes.scale(facts.lat[i])
            point = shapely.Point(facts.lon[i] * scale, facts.lat[i] * _DEGREE_M)
            if shapely.distance(shapes.of(cell, scale).exterior, point) <= reach:
                apart = shapely.distance([shapes.of(other, scale) for other in ring], point)
                cells = [other for other, m in zip(ring, apart, strict=True) if m <= reach]
        for other in cells:
            if other in wanted:
                hits.setdefault(other, []).append((i, len(cells) == 1))
    return {
        cell: (np.array([i for i, _ in of], dtype=np.int64), np.array([one for _, one in of]))
        for cell, of in hits.items()
    }


class _Hexagons:
    """Outlines of cells in metres, on a plane for each tenth of a degree of latitude."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, float], Any] = {}

    @staticmethod
    def scale(lat: float) -> float:
        """Return the metres of a degree of longitude: 0.04% off at most."""
        return float(_DEGREE_M * np.cos(np.radians(round(float(lat), 1))))

    def of(self, cell: str, scale: float) -> Any:
        """Return the outline of a cell."""
        import h3  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        if (cell, scale) not in self._known:
            corners = [(x * scale, y * _DEGREE_M) for y, x in h3.cell_to_boundary(cell)]
            self._known[cell, scale] = shapely.Polygon(corners)
        return self._known[cell, scale]


def _km2(shape: object) -> float:
    import shapely  # noqa: PLC0415

    west, south, east, north = shapely.bounds(shape)
    middle = np.cos(np.radians((south + north) / 2))
    return float((east - west) * (north - south) * middle * (_DEGREE_M / 1000) ** 2)
