"""What a search over real ground is told and answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt

from base.words import Message
from geo.coverage.ground.geodesy import Floats

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["in_sight", "shadowed", "out_of_range", "unknown"]
VERDICTS: Final[tuple[Verdict, ...]] = ("in_sight", "shadowed", "out_of_range", "unknown")
NEAREST: Final = 10
# What the method is made for (ITU-R P.1812: 30 MHz to 6 GHz).
RADIO_LIMITS: Final = {
    "mhz": (30.0, 6_000.0),
    "height_m": (0.5, 3_000.0),
    "eirp_dbm": (-30.0, 100.0),
    "threshold_dbm": (-160.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Radio:
    """How sites and receivers are taken to be where the file of sites does not say.

    Attributes
    ----------
    mhz, height_m, eirp_dbm, threshold_dbm
        By technology, "" for all others: frequency, antenna height over the ground, power of the
        transmitter with its antenna, and the level that a receiver needs. What is not named here
        is taken from `data/radio`.
    receiver_m
        Height of the receiver over the ground; None for that of `data/radio`.
    k
        Effective earth radius over the true one.
    places
        Percent of the places about a point at which the level must be met.
    nearest
        So many sites in reach of each settlement are looked at.
    """

    mhz: Mapping[str, float] = field(default_factory=dict)
    height_m: Mapping[str, float] = field(default_factory=dict)
    eirp_dbm: Mapping[str, float] = field(default_factory=dict)
    threshold_dbm: Mapping[str, float] = field(default_factory=dict)
    receiver_m: float | None = None
    k: float | None = None
    places: float | None = None
    nearest: int = NEAREST


@dataclass(frozen=True, slots=True)
class Relief:
    """Rasters of the ground, and of what stands on it.

    Attributes
    ----------
    terrain, cover
        GeoTIFF, VRT or a folder of tiles: heights above the sea; heights of what stands there, or
        classes of it.
    name, cover_name
        What messages call them; "" for their own names.
    classes
        Metres by class where ``cover`` has classes.
    crs, unit
        Of rasters that do not say it.
    """

    terrain: Path
    cover: Path | None = None
    name: str = ""
    cover_name: str = ""
    classes: Mapping[int, float] | None = None
    crs: str = ""
    unit: str = ""

    @property
    def called(self) -> str:
        """Return what messages call the terrain."""
        return self.name or self.terrain.name


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Where new sites could stand, shape (n,).

    Attributes
    ----------
    lon, lat
        Degrees, EPSG:4326.
    id, name
        What they are called.
    kind
        "list", or "summit" of those that a raster gives.
    """

    lon: Floats
    lat: Floats
    id: npt.NDArray[np.object_]
    name: npt.NDArray[np.object_]
    kind: npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Terrained:
    """What the ground does to coverage.

    Attributes
    ----------
    paths
        One row a settlement and site in reach; see docs/coverage.md.
    summits
        Where new sites on summits or listed places would be seen by most; None where not asked.
    k
        Effective earth radius over the true one.
    raster
        What messages call the heights.
    assumed
        All that was assumed, to be said with any figure.
    """

    paths: pd.DataFrame
    assumed: tuple[Message, ...]
    summits: pd.DataFrame | None = None
    k: float = 4 / 3
    raster: str = ""
