"""Weigh claimed polygons cell by cell of H3 (Uber's hierarchy of hexagons, Apache 2.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.evidence.answers import answered
from geo.coverage.evidence.pairs import speaks_of
from geo.coverage.evidence.records import UNDATED, Claims, Facts, Thresholds
from geo.coverage.evidence.weigh import count_by, verdicts
from geo.coverage.ground import CoverageError, Progress

if TYPE_CHECKING:
    import pandas as pd

MOST_CELLS: Final = 3_000_000
CELL_COLUMNS: Final = (
    *("h3", "lon", "lat", "operator", "technology", "claimed_by", "claimed_on", "claim_file"),
    *("claim_row", "verdict", "reason", "for", "against", "perhaps"),
)
_DEGREE_M: Final = 111_320.0
_TOLD: Final = 500


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

    drawn = any(shape is not None for shape in claims.shape)
    by_cell: dict[str, list[tuple[int, bool]]] = {}
    # A list of villages claims no cells.
    for i in range(len(facts.lon) if drawn else 0):
        if progress and i % _TOLD == 0:
            progress("cells", i, len(facts.lon))
        near, alone = _touched(facts, i, rules.resolution)
        for cell in near:
            by_cell.setdefault(cell, []).append((i, alone))
    rows: list[tuple[str, int]] = []
    pairs: list[tuple[int, int, bool]] = []
    claimed = 0
    for at_claim, shape in enumerate(claims.shape):
        if shape is None:
            continue
        if h3.average_hexagon_area(rules.resolution, unit="km^2") * MOST_CELLS < _km2(shape):
            raise CoverageError("evidence_cells", resolution=rules.resolution, limit=MOST_CELLS)
        cells = set(h3.geo_to_cells(shape, rules.resolution))
        claimed += len(cells)
        for cell in sorted(cells & by_cell.keys()):
            pairs += [(len(rows), i, alone) for i, alone in by_cell[cell]]
            rows.append((cell, at_claim))
    claim = np.array([one for _, one in rows], dtype=np.int64)
    of, fact, sure = (np.array([p[i] for p in pairs], dtype=np.int64) for i in range(3))
    good = speaks_of(claims, claim[of], facts, fact, rules)
    of, fact, certain = of[good], fact[good], sure[good].astype(bool)
    speaks, n = facts.speaks_for[fact], len(rows)
    groups = (certain & speaks, certain & ~speaks, ~certain & speaks, ~certain & ~speaks)
    counts = [count_by(of[mask], n) for mask in groups]
    verdict, reason = verdicts(*counts, rules=rules)
    reason[claims.day[claim] == UNDATED] = "claim_undated"
    at = np.array([h3.cell_to_latlng(cell) for cell, _ in rows], dtype=float).reshape(-1, 2)
    frame = pd.DataFrame(
        {
            "h3": [cell for cell, _ in rows],
            "lon": at[:, 1].round(6),
            "lat": at[:, 0].round(6),
            **answered(claims, claim, counts, verdict, reason),
        },
        columns=list(CELL_COLUMNS),
    )
    return frame, claimed


def _touched(facts: Facts, i: int, resolution: int) -> tuple[list[str], bool]:
    """Return the cells that a measurement may lie in, and whether it surely lies in the one."""
    import h3  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    lon, lat, accuracy = facts.lon[i], facts.lat[i], facts.accuracy[i]
    own = h3.latlng_to_cell(lat, lon, resolution)
    if accuracy <= 0:
        return [own], True
    scale = np.array([_DEGREE_M * np.cos(np.radians(lat)), _DEGREE_M])
    edge = h3.average_hexagon_edge_length(resolution, unit="m")
    found = []
    for cell in h3.grid_disk(own, int(np.ceil(accuracy / edge)) + 1):
        corners = np.array([(x, y) for y, x in h3.cell_to_boundary(cell)])
        hexagon = shapely.Polygon((corners - (lon, lat)) * scale)
        # A hundredth more: the plane is not the ellipsoid.
        if hexagon.distance(shapely.Point(0, 0)) <= accuracy * 1.01:
            found.append(cell)
    return found, len(found) == 1


def _km2(shape: object) -> float:
    import shapely  # noqa: PLC0415

    west, south, east, north = shapely.bounds(shape)
    middle = np.cos(np.radians((south + north) / 2))
    return float((east - west) * (north - south) * middle * (_DEGREE_M / 1000) ** 2)
