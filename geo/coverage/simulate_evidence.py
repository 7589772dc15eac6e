"""Make up claims of coverage and measurements of it in the simulated country, all marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.coverage.output import with_mark
from geo.coverage.simulate import DEFAULT_SEED, OPERATORS, PER_COMMUNE, simulate

if TYPE_CHECKING:
    import pandas as pd

CLAIMED_ON, SOURCE = "2026-01-15", "Báo cáo mô phỏng"
# Villages in which somebody measured, and degrees about them in which that was.
MEASURED, NEAR = 1_500, 0.006


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedEvidence:
    """Claims and measurements; every table carries the mark."""

    claims: pd.DataFrame
    measurements: pd.DataFrame
    polygons: dict[str, Any]


def simulate_evidence(
    seed: int = DEFAULT_SEED, per_commune: int = PER_COMMUNE
) -> SimulatedEvidence:
    """Make claims, and measurements that bear some of them out: the same for the same seed.

    Returns
    -------
    SimulatedEvidence
        Lists of villages of two operators, polygons of a third as GeoJSON, and signal strengths,
        some of uncertain position, and complaints.
    """
    import pandas as pd  # noqa: PLC0415

    dice, villages = np.random.default_rng(seed), simulate(seed, per_commune).settlements
    claimed = [
        pd.DataFrame({"id": villages["id"][dice.random(len(villages)) < share], "operator": who})
        for who, share in zip(OPERATORS[:2], (0.8, 0.6), strict=True)
    ]
    claims = pd.concat(claimed, ignore_index=True)
    claims = claims.assign(technology="4G", date=CLAIMED_ON, source=SOURCE)
    at = np.sort(dice.choice(len(villages), MEASURED, replace=False))
    centres = villages[["lon", "lat"]].to_numpy(dtype=float)
    measured = _measured(dice, centres[at])
    polygons = _polygons(dice, centres[at][:: MEASURED // 60])
    return SimulatedEvidence(with_mark(claims, True), with_mark(measured, True), polygons)


def _measured(dice: np.random.Generator, centres: np.ndarray[Any, Any]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    times = dice.integers(1, 8, len(centres))
    of = np.repeat(np.arange(len(centres)), times)
    place = centres[of] + dice.normal(0, NEAR, (len(of), 2)) / 2
    # Some villages are badly served, whoever measures there.
    level = dice.normal(-98, 11, len(centres))[of] + dice.normal(0, 5, len(of))
    complaint = dice.random(len(of)) < 0.06
    day = pd.Timestamp(CLAIMED_ON) + pd.to_timedelta(dice.integers(1, 200, len(of)), unit="D")
    return pd.DataFrame(
        {
            "lon": place[:, 0].round(5),
            "lat": place[:, 1].round(5),
            "dbm": np.where(complaint, np.nan, np.clip(level, -140, -50).round(0)),
            "complaint": np.where(complaint, "có", ""),
            "operator": np.array(OPERATORS, dtype=object)[dice.integers(0, 3, len(of))],
            "technology": "4G",
            "date": day.strftime("%Y-%m-%d"),
            "accuracy": np.where(dice.random(len(of)) < 0.1, 900, 15),
            "source": "Đo kiểm mô phỏng",
        }
    )


def _polygons(dice: np.random.Generator, centres: np.ndarray[Any, Any]) -> dict[str, Any]:
    turn = np.linspace(0, 2 * np.pi, 13)
    features = []
    for (lon, lat), reach in zip(centres, dice.uniform(0.02, 0.05, len(centres)), strict=True):
        ring = np.column_stack((lon + reach * np.cos(turn), lat + reach * np.sin(turn))).round(5)
        ring[-1] = ring[0]
        told = {"operator": OPERATORS[2], "technology": "4G", "date": CLAIMED_ON, "source": SOURCE}
        shape = {"type": "Polygon", "coordinates": [ring.tolist()]}
        told["simulated"] = "1"
        features.append({"type": "Feature", "properties": told, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}
