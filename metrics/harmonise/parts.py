"""What a unit of another edition is made of: its parts, each with its own figure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

import pandas as pd

from geo.crosswalk import Link, Number, Relation, Weight, covered
from geo.editions import area
from metrics.observations import STATES_WITH_FIGURE

SplitBy = Literal["population", "area", "count"]
# Where no share is known, not even that of a unit in itself.
UNKNOWN: Final = math.nan


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of the map that figures come from, as a part of a unit of the other map.

    Attributes
    ----------
    edition, code, name_vi, name_en
        Which unit.
    whole
        Whether all of it lies in the other unit.
    share
        Part of its figure that is counted, 0 to 1; NaN where unknown.
    population, area_km2
        Of what lies in the other unit: persons and km²; NaN where unknown.
    state, value, category, numerator, denominator, qualifier
        Its own figure.
    period_start, period_end, grain, period_text, origin, locator, note, dataset
        When and where from.
    n_alternatives
        How many other observations say something else.
    """

    edition: str
    code: str
    name_vi: str
    name_en: str
    whole: bool
    share: float
    population: float
    area_km2: float
    state: str
    value: float
    category: str
    numerator: float
    denominator: float
    qualifier: str
    period_start: pd.Timestamp
    period_end: pd.Timestamp
    grain: str
    period_text: str
    origin: str
    locator: str
    note: str
    dataset: str
    n_alternatives: int

    @property
    def has_figure(self) -> bool:
        """Whether it has a value or a category."""
        return self.state in STATES_WITH_FIGURE


OF_FIGURE: Final = tuple(Part.__slots__)[Part.__slots__.index("state") :]


def parts_of(
    found: Sequence[Link],
    edition: str,
    figures: Mapping[str, Mapping[Any, Any]],
    split_by: SplitBy | None,
) -> tuple[Part, ...]:
    """Give each link its figure.

    Parameters
    ----------
    split_by
        What divided units are shared out by; None where they are not.

    Returns
    -------
    tuple of Part
        In the order of the links.
    """
    return tuple(_part(link, edition, figures[link.from_code], split_by) for link in found)


def _part(link: Link, edition: str, row: Mapping[Any, Any], split_by: SplitBy | None) -> Part:
    unit = area(edition, link.from_code)
    whole = link.relation is Relation.WHOLE
    inside = {weight: 1.0 if whole else link.share(weight) for weight in Weight}
    share = 1.0 if whole else inside[Weight(split_by)] if split_by else None
    return Part(
        edition=edition,
        code=unit.code,
        name_vi=unit.name_vi,
        name_en=unit.name_en,
        whole=whole,
        share=UNKNOWN if share is None else share,
        population=_times(unit.population, inside[Weight.POPULATION]),
        area_km2=_times(unit.area_km2, inside[Weight.AREA]),
        **{name: row[name] for name in OF_FIGURE},
    )


def _times(size: float | None, share: float | None) -> float:
    return UNKNOWN if size is None or share is None else size * share


def exact(value: float) -> Number:
    """Take a number as it is printed, so that 0.1 + 0.2 is 0.3; None where it is NaN."""
    return None if math.isnan(value) else Fraction(repr(float(value)))


def _binary(value: float) -> Number:
    return None if math.isnan(value) else Fraction(value)


def coverage(parts: Iterable[Part]) -> tuple[float, str]:
    """Tell how much of a unit its parts with a figure make up.

    Returns
    -------
    share : float
        0 to 1; NaN where there are no parts.
    basis : str
        ``population``, else ``area``, else ``count``: the first that is known of all parts.
    """
    every = tuple(parts)
    if not every:
        return UNKNOWN, ""
    sizes = (
        ("population", [_binary(part.population) for part in every]),
        ("area", [_binary(part.area_km2) for part in every]),
    )
    have, whole, basis = covered(sizes, [part.has_figure for part in every])
    return float(have) / float(whole), basis
