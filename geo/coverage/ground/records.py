"""What a search for coverage gaps is given, told and answers with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt

from base.words import Refusal
from geo.coverage.ground.geodesy import Floats, Ints
from geo.coverage.ground.radio import Candidates, Terrained
from geo.editions import EDITION_2025

if TYPE_CHECKING:
    import pandas as pd
    import shapely

Texts = npt.NDArray[np.object_]
Status = Literal["covered", "weak", "uncovered", "unknown"]
STATUSES: Final[tuple[Status, ...]] = ("covered", "weak", "uncovered", "unknown")
COVERED, WEAK, UNCOVERED, UNKNOWN = range(4)
# The largest cell that the standard of LTE provides for (3GPP TS 36.211, preamble format 3).
MAX_RANGE_M: Final = 100_000.0
# What receivers can report, from and below (3GPP TS 36.133 has -140 to -44; GSM to -120).
DBM: Final = (-160.0, 0.0)
# One bit each in a mask of 64.
MAX_LAYERS: Final = 64
FOURTH: Final = ("4G", "5G")
# The mark of what is made up; see geo.coverage.simulated.
SIMULATED_VI: Final = "DỮ LIỆU MÔ PHỎNG"
SIMULATED_EN: Final = "SIMULATED DATA"
SIMULATED_PREFIX: Final = "sim-"
SIMULATED_COLUMN: Final = "simulated"
SIMULATED_MARK: Final = f"{SIMULATED_VI} / {SIMULATED_EN}"

Progress = Callable[[str, int, int], None]


class CoverageError(Refusal):
    """An input or an option that cannot be used."""

    prefix = "coverage.refused."


@dataclass(frozen=True, slots=True, order=True)
class Layer:
    """A network: one technology of one operator.

    Attributes
    ----------
    technology
        "2G" to "5G", or "" where the file does not say.
    operator
        Name, or country and network code such as "452-05"; "" where the file does not say.
    """

    technology: str
    operator: str


@dataclass(frozen=True, slots=True, eq=False)
class Settlements:
    """Places where people live, one row each; all arrays have shape (n,).

    Attributes
    ----------
    id, name
        Text; an id that the file lacks is made of the row number.
    lon, lat
        Degrees, EPSG:4326; NaN where the file gives none.
    area
        Code of the commune (of the district on an edition with districts), "" where not placed.
    near_border
        Whether the area was found by the point alone and its approximate border is near.
    population, households
        Counts; NaN where unknown.
    power
        1 yes, 0 no, -1 unknown.
    row
        Row of the file, the header being 1.
    """

    id: Texts
    name: Texts
    lon: Floats
    lat: Floats
    area: Texts
    near_border: npt.NDArray[np.bool_]
    population: Floats
    households: Floats
    power: npt.NDArray[np.int8]
    row: Ints

    def __len__(self) -> int:
        """Count the settlements."""
        return len(self.id)

    def take(self, keep: npt.NDArray[np.generic]) -> Settlements:
        """Return some of the rows, by mask or index."""
        return Settlements(*(getattr(self, name)[keep] for name in self.__slots__))


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """Radio sites, one row a cell; all arrays have shape (n,).

    Attributes
    ----------
    lon, lat
        Degrees, EPSG:4326.
    range_m
        How far the cell reaches, metres along the geodesic, above 0 and at most `MAX_RANGE_M`.
    azimuth, beam
        Direction of the middle of a sector and its width, degrees; NaN and 360 all round.
    layer
        Index in `layers`.
    row
        Row of the file.
    layers
        The networks, sorted.
    height_m, mhz, eirp_dbm
        Antenna height over the ground, frequency and power, NaN where the file does not say; None
        where it has no such column.
    """

    lon: Floats
    lat: Floats
    range_m: Floats
    azimuth: Floats
    beam: Floats
    layer: npt.NDArray[np.int16]
    row: Ints
    layers: tuple[Layer, ...]
    height_m: Floats | None = None
    mhz: Floats | None = None
    eirp_dbm: Floats | None = None

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.lon)


@dataclass(frozen=True, slots=True, eq=False)
class Polygons:
    """Areas that operators declare as covered.

    Attributes
    ----------
    geometry
        Single valid polygons, EPSG:4326, shape (n,); their edges are straight in degrees.
    layer
        Index in `layers`.
    layers
        The networks, sorted.
    """

    geometry: npt.NDArray[np.object_]
    layer: npt.NDArray[np.int16]
    layers: tuple[Layer, ...]

    def shapes(self) -> list[shapely.Polygon]:
        """Return the polygons as a list."""
        return list(self.geometry)


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """Signal strengths measured at points, shape (n,): degrees, and dBm."""

    lon: Floats
    lat: Floats
    dbm: Floats


@dataclass(frozen=True, slots=True)
class Options:
    """How a search is done. Every distance is in metres.

    Attributes
    ----------
    edition
        Edition of the areas.
    default_range_m
        Range of the cells that give none, by technology ("" for all others): an assumption, said
        in the report. Without one such cells are left out.
    mend_swapped
        Whether to exchange coordinates that lie in Viet Nam only when exchanged.
    known_within_m
        A settlement with no site or polygon so near is unknown, not uncovered: the file does not
        speak of its part of the country.
    weak_dbm, measured_within_m
        A covered settlement is weak if the median of the measurements so near is below this.
    adjacent_m
        Gaps at most so far apart belong to one cluster.
    new_site_range_m, new_sites
        Reach of the sites that the ranking proposes, and how many.
    """

    edition: str = EDITION_2025
    default_range_m: Mapping[str, float] = field(default_factory=dict)
    mend_swapped: bool = False
    known_within_m: float = MAX_RANGE_M
    weak_dbm: float = -110.0
    measured_within_m: float = 1_000.0
    adjacent_m: float = 3_000.0
    new_site_range_m: float = 5_000.0
    new_sites: int = 20


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """All that was read for one search.

    Attributes
    ----------
    settlements, sites, polygons, measurements
        What could be used; None where no such file was given.
    problems
        One row for every row of a file that was left out, mended or doubtful: file, row, id,
        reason, value, kept, n (records that the line stands for).
    read
        Rows read, by file.
    simulated
        Whether the files carry the mark of made-up data; what comes out of them carries it too.
    candidates
        Places where new sites could stand; None where no such file was given.
    """

    settlements: Settlements
    sites: Sites | None
    polygons: Polygons | None
    measurements: Measurements | None
    problems: pd.DataFrame
    read: Mapping[str, int]
    simulated: bool
    candidates: Candidates | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Where new sites would reach most people: greedy maximal coverage.

    Attributes
    ----------
    frame
        One row a site, in the order chosen: rank, id, name, area, lon, lat, gaps, counted (as
        ``weight``), reached, total_gaps, total_reached, upper_reached.
    weight
        "population"; "households" where no gap has a population, "settlements" where none has
        either.
    reachable
        Weight of all gaps.
    skipped
        Why there is no ranking; "" where there is one.
    without
        Gaps that give no number of what is counted, and so count as nothing.
    """

    frame: pd.DataFrame
    weight: str
    reachable: float
    skipped: str = ""
    without: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a search found.

    Attributes
    ----------
    settlements
        One row a settlement, in the order of the file; see docs/coverage.md.
    areas
        One row an area with settlements, from the country down.
    networks
        One row an area and network.
    clusters
        One row a cluster of at least two adjacent gaps.
    ranking
        Where new sites would reach most.
    grid
        People of the population grid by area; None without a grid.
    problems, read
        As of `Inputs`, those of the grid included.
    layers
        The networks.
    options
        How it was done.
    simulated
        Whether the inputs carry the mark of made-up data.
    mask
        The networks that reach each settlement: bit i is ``layers[i]``.
    terrain
        What the ground does; None where no raster of it was given.
    """

    settlements: pd.DataFrame
    areas: pd.DataFrame
    networks: pd.DataFrame
    clusters: pd.DataFrame
    ranking: Ranking
    grid: pd.DataFrame | None
    problems: pd.DataFrame
    read: Mapping[str, int]
    layers: tuple[Layer, ...]
    options: Options
    simulated: bool
    mask: npt.NDArray[np.uint64]
    terrain: Terrained | None = None

    @property
    def by_range(self) -> bool:
        """Whether anything is called covered by the ranges of cells, in which terrain is not."""
        return bool((self.settlements["reason"] == "site").any()) or self.grid is not None
