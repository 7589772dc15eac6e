"""What is claimed, what was measured, and when the one says something of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from geo.coverage.ground import Floats, Ints, Texts

Verdict = Literal["confirmed", "contradicted", "unproven"]
VERDICTS: Final[tuple[Verdict, ...]] = ("confirmed", "contradicted", "unproven")
# Days since 1970; what has no date.
UNDATED: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When measurements say something of a claim: chosen, and printed with what they give.

    Attributes
    ----------
    within_m
        So near to a village, metres.
    days
        On the day of the claim or so many days after it.
    count
        So many of them at least.
    weak_dbm, mbps
        Signals from here on and speeds from here on speak for a claim, others against it.
    confirm, contradict
        Percent of them that must speak for it to confirm it, and against it to contradict it.
    accuracy_m
        Of positions that do not say theirs.
    resolution
        Of the cells of H3: 8 are 0.7 km² on average.
    """

    within_m: float = 1_000.0
    days: int = 365
    count: int = 3
    weak_dbm: float = -110.0
    mbps: float = 1.0
    confirm: float = 80.0
    contradict: float = 50.0
    accuracy_m: float = 0.0
    resolution: int = 8


# Least and greatest value of each, and what it is.
CHOSEN: Final = {
    "within_m": ((1, 50_000), "metres"),
    "days": ((0, 36_500), "days after the claim"),
    "count": ((1, 10_000), "measurements at least"),
    "weak_dbm": ((-160, 0), "dBm"),
    "mbps": ((0, 10_000), "Mbps"),
    "confirm": ((50.1, 100), "percent that must speak for a claim"),
    "contradict": ((1, 100), "percent that must speak against it"),
    "accuracy_m": ((0, 100_000), "metres, of positions that give none"),
    "resolution": ((4, 10), "of the cells of H3"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Claims of coverage, shape (n,).

    Attributes
    ----------
    operator, technology
        Of the network; "" where the claim does not say.
    day
        Of the claim, days since 1970; `UNDATED` where it does not say.
    source, file, row
        Who claims it, and where that stands.
    shape
        Polygon, EPSG:4326, or None.
    village
        Id of a village, or "".
    """

    operator: Texts
    technology: Texts
    day: Ints
    source: Texts
    file: Texts
    row: Ints
    shape: Texts
    village: Texts


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What was measured, shape (n,).

    Attributes
    ----------
    lon, lat, accuracy
        Degrees, EPSG:4326, and metres within which the true place lies.
    day
        Days since 1970.
    speaks_for
        Whether it speaks for coverage; else against it.
    whole
        Whether it says that there is no signal of any technology: a complaint.
    dbm
        NaN where it is no signal strength.
    """

    lon: Floats
    lat: Floats
    accuracy: Floats
    day: Ints
    operator: Texts
    technology: Texts
    speaks_for: npt.NDArray[np.bool_]
    whole: npt.NDArray[np.bool_]
    dbm: Floats
    source: Texts
    row: Ints
