"""Which areas of a panel a reader asks for: by value, rank, region, type, status, lack of figure.

Several filters hold together (and); several choices of one filter are alternatives (or).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from base.words import Refusal
from geo.editions import Level, area, areas
from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel.ranking import is_ranked

VALUE: Final = "value"
RANK: Final = "rank"
REGION: Final = "region"
TYPE: Final = "type"
STATUS: Final = "status"
MISSING: Final = "missing"
NAMES: Final = (VALUE, RANK, REGION, TYPE, STATUS, MISSING)

URBAN: Final = "urban"
RURAL: Final = "rural"
ISLAND: Final = "island"
# What the law says of an area by its type. A special zone is an island today, all thirteen are; the
# types of older editions do not tell islands, so there are none to choose there.
TYPES: Final = {
    "city_central": URBAN,
    "urban_district": URBAN,
    "town": URBAN,
    "city": URBAN,
    "city_in_central": URBAN,
    "ward": URBAN,
    "province": RURAL,
    "district": RURAL,
    "commune": RURAL,
    "special_zone": ISLAND,
}
UNVALUED_KINDS: Final = frozenset({"status", "date", "rank"})


class FilterError(Refusal):
    """Filters that cannot be followed."""

    prefix = "filters.refused."


@dataclass(frozen=True, slots=True)
class Filters:
    """What the areas asked for have.

    Attributes
    ----------
    low, high
        Least and greatest value, both included; None for no bound.
    first, last
        Best and worst rank, both included; None for no bound.
    regions
        Codes of regions of the edition.
    types
        `URBAN`, `RURAL`, `ISLAND`.
    categories
        Categories of a status.
    missing
        Whether only areas without a figure are asked for.
    """

    low: float | None = None
    high: float | None = None
    first: int | None = None
    last: int | None = None
    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    missing: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Which of `NAMES` are set."""
        asked = {
            VALUE: self.low is not None or self.high is not None,
            RANK: self.first is not None or self.last is not None,
            REGION: bool(self.regions),
            TYPE: bool(self.types),
            STATUS: bool(self.categories),
            MISSING: self.missing,
        }
        return tuple(name for name in NAMES if asked[name])

    def without(self, name: str) -> Filters:
        """Return the filters with one of `NAMES` taken off."""
        fields: dict[str, object] = {
            VALUE: {"low": None, "high": None},
            RANK: {"first": None, "last": None},
            REGION: {"regions": ()},
            TYPE: {"types": ()},
            STATUS: {"categories": ()},
            MISSING: {"missing": False},
        }[name]  # type: ignore[assignment]
        return replace(self, **fields)  # type: ignore[arg-type]

    def of_places(self) -> Filters:
        """Return only what is asked about places, whatever the indicator."""
        return Filters(regions=self.regions, types=self.types)

    def check(self) -> None:
        """Refuse what no area can fulfil.

        Raises
        ------
        FilterError
            ``backwards`` where a range ends before it begins; ``contradictory`` where areas
            without a figure are asked for by their figure.
        """
        for start, end in ((self.low, self.high), (self.first, self.last)):
            if start is not None and end is not None and start > end:
                raise FilterError("backwards")
        if self.missing and set(self.names) & {VALUE, RANK, STATUS}:
            raise FilterError("contradictory")


NONE: Final = Filters()


def offered(indicator: Indicator, edition: str, level: Level) -> tuple[str, ...]:
    """Return which of `NAMES` can be asked of an indicator on the areas of a level."""
    tests = {
        VALUE: indicator.kind not in UNVALUED_KINDS,
        RANK: is_ranked(indicator),
        REGION: level is not Level.COUNTRY,
        TYPE: len(types_at(edition, level)) > 1,
        STATUS: indicator.kind == "status",
        MISSING: True,
    }
    return tuple(name for name in NAMES if tests[name])


def types_at(edition: str, level: Level) -> tuple[str, ...]:
    """Return the types of place that the areas of a level have, in the order of `TYPES`."""
    found = {TYPES.get(place.type) for place in areas(edition, level)}
    return tuple(kind for kind in (URBAN, RURAL, ISLAND) if kind in found)


def matches(frame: pd.DataFrame, edition: str, filters: Filters) -> NDArray[np.bool_]:
    """Tell which areas have all that is asked for.

    Parameters
    ----------
    frame
        Of a panel: ``code``, ``value``, ``rank``, ``category`` and ``state``.

    Returns
    -------
    ndarray of bool
        Aligned with the rows. An area without a figure has neither value nor rank nor category:
        it is outside of every range, zero included.
    """
    mask = np.ones(len(frame), dtype=bool)
    has = frame["state"].isin(STATES_WITH_FIGURE).to_numpy()
    names = filters.names
    if VALUE in names:
        mask &= has & _between(frame["value"], filters.low, filters.high)
    if RANK in names:
        mask &= has & _between(frame["rank"], filters.first, filters.last)
    if STATUS in names:
        mask &= has & frame["category"].isin(filters.categories).to_numpy()
    if MISSING in names:
        mask &= ~has
    if REGION in names or TYPE in names:
        places = [area(edition, code) for code in frame["code"]]
        if REGION in names:
            mask &= np.array([place.region in filters.regions for place in places], dtype=bool)
        if TYPE in names:
            kinds = (TYPES.get(place.type) for place in places)
            mask &= np.array([kind in filters.types for kind in kinds], dtype=bool)
    return mask


def _between(column: pd.Series, low: float | None, high: float | None) -> NDArray[np.bool_]:
    numbers = pd.to_numeric(column).astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    mask = np.isfinite(numbers)
    with np.errstate(invalid="ignore"):
        if low is not None:
            mask &= numbers >= low
        if high is not None:
            mask &= numbers <= high
    return mask
