"""What a unit of another edition is made of: its parts, each with its own figure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import pandas as pd

from geo.crosswalk import crosswalk
from geo.editions import Level, area
from metrics.observations import STATES_WITH_FIGURE

SplitBy = Literal["population", "area", "count"]
WHOLE: Final = "whole"
# Where no share is known, not even that of a unit in itself.
UNKNOWN: Final = math.nan


@dataclass(frozen=True, slots=True)
class Link:
    """How one unit of the old map relates to one of the new.

    Attributes
    ----------
    code
        Of the unit on the map that figures come from.
    whole
        Whether all of it lies in the new unit.
    shares
        Part of it that does, 0 to 1, by population, area and count; NaN where unknown.
    """

    code: str
    whole: bool
    shares: Mapping[str, float]


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


@lru_cache(maxsize=32)
def links(
    from_edition: str, to_edition: str, level_from: Level, level_to: Level
) -> dict[str, tuple[Link, ...]]:
    """Group the crosswalk by the units it leads to. Do not change what it returns: it is kept.

    Returns
    -------
    dict of str to tuple of Link
        By code of the unit led to.

    Raises
    ------
    NoCrosswalkError
        If it is not known how the units relate.
    """
    rows = crosswalk(from_edition, to_edition, level_from, level_to).frame
    found: dict[str, tuple[Link, ...]] = {}
    for row in rows.to_dict("records"):
        shares = {by: float(row[f"share_{by}"]) for by in ("population", "area", "count")}
        link = Link(str(row["from_code"]), row["relation"] == WHOLE, shares)
        found[str(row["to_code"])] = (*found.get(str(row["to_code"]), ()), link)
    return found


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
    return tuple(_part(link, edition, figures[link.code], split_by) for link in found)


def _part(link: Link, edition: str, row: Mapping[Any, Any], split_by: SplitBy | None) -> Part:
    unit = area(edition, link.code)
    inside = dict.fromkeys(link.shares, 1.0) if link.whole else link.shares
    return Part(
        edition=edition,
        code=unit.code,
        name_vi=unit.name_vi,
        name_en=unit.name_en,
        whole=link.whole,
        share=1.0 if link.whole else inside[split_by] if split_by else UNKNOWN,
        population=_times(unit.population, inside["population"]),
        area_km2=_times(unit.area_km2, inside["area"]),
        **{name: row[name] for name in OF_FIGURE},
    )


def _times(size: float | None, share: float) -> float:
    return UNKNOWN if size is None else size * share


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
    for basis, sizes in (
        ("population", [part.population for part in every]),
        ("area", [part.area_km2 for part in every]),
        ("count", [1.0] * len(every)),
    ):
        total = math.fsum(sizes)
        if total > 0:  # False for NaN too
            have = math.fsum(
                size for size, part in zip(sizes, every, strict=True) if part.has_figure
            )
            return have / total, basis
    raise AssertionError("the count of parts is always known")
