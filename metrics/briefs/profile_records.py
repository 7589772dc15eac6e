"""The records of a profile: everything known about one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from geo.editions import COUNTRY_CODE, Area
from metrics.catalog import Indicator

Row = Mapping[str, Any]
Against = Literal["parent", "region", "target"]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A figure that the place's own is held against, of the same period.

    Attributes
    ----------
    against
        What it is of: the area above, the region, or the target of the place itself.
    code
        Code of the area that it is of.
    value
        The figure, in the unit of the indicator.
    published
        Whether a source gives it; else it was added up from a complete set of areas.
    """

    against: Against
    code: str
    value: float
    published: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one indicator about one place.

    Attributes
    ----------
    indicator
        The indicator.
    row
        The newest result with the columns of a panel, of a carried panel where it was carried; its
        state says whether there is a figure. None where there are only targets or forecasts.
    carried
        Whether it was published on the edition before and carried to this one.
    rank, of
        Place among all areas of the level, and how many have a figure; None where none is told.
    tied
        How many others share the rank.
    within
        Code of the area among whose parts it is ranked.
    span
        Smallest and largest figure among them; None where there are under two.
    yardsticks
        What to hold the figure against.
    alternatives
        Other observations of the same date that say something else.
    promises
        Targets (with a ``deadline``, and in ``progress`` how far each has been reached), and
        forecasts after them.
    """

    indicator: Indicator
    row: Row | None
    carried: bool = False
    rank: int | None = None
    of: int = 0
    tied: int = 0
    within: str = COUNTRY_CODE
    span: tuple[float, float] | None = None
    yardsticks: tuple[Yardstick, ...] = ()
    alternatives: tuple[Row, ...] = ()
    promises: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one indicator about a place over time.

    Attributes
    ----------
    indicator
        The indicator.
    rows
        Oldest first, with ``side``, ``on_edition`` and ``is_carried`` as of `metrics.relate.Seam`.
    day
        First day of the newer map; None where the series does not cross a change of the map.
    """

    indicator: Indicator
    rows: tuple[Row, ...]
    day: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """An indicator that has no figure here, or too few below to add up.

    Attributes
    ----------
    indicator
        The indicator.
    n, of
        Areas that do have a figure, and areas there are.
    """

    indicator: Indicator
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything known about one place.

    Attributes
    ----------
    place
        The place.
    facts
        What is known, in the order of domains and families.
    not_carried
        Figures of the edition before that cannot be told for the territory of today: incomplete,
        unlike, or of a kind that does not add up.
    series
        Indicators with figures of several dates.
    missing
        Indicators that at least five other areas of the level have and this one has not; for a
        region those that cannot be added up.
    empty_domains
        Ids of the domains of which nothing at all is known here.
    """

    place: Area
    facts: tuple[Fact, ...]
    not_carried: tuple[Fact, ...]
    series: tuple[Series, ...]
    missing: tuple[Gap, ...]
    empty_domains: tuple[str, ...]
