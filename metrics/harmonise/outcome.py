"""What comes of combining parts: a figure, or the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from metrics.catalog import Indicator
from metrics.harmonise.parts import Part, SplitBy

RECOMPUTED: Final = "recomputed"
PARTIAL: Final = "partial"
MIXED: Final = "mixed"
CANNOT: Final = "cannot_be_carried"
NOT_APPLICABLE: Final = "not_applicable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure out of several, or the reason why there is none.

    Attributes
    ----------
    state
        As in a panel, or ``partial``, ``mixed``, ``cannot_be_carried``.
    key, values
        The note, see `metrics.harmonise.notes`.
    how
        ``single``, ``sum``, ``apportioned``, ``ratio_of_sums``, ``weighted_mean``, ``all``,
        ``some``; "" where nothing was made.
    value, category, numerator, denominator, qualifier
        The figure.
    weight
        Name of the weight of a mean or of what divided units are shared out by.
    """

    state: str
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    how: str = ""
    value: float = math.nan
    category: str = ""
    numerator: float = math.nan
    denominator: float = math.nan
    qualifier: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What must be known to combine parts.

    Attributes
    ----------
    indicator
        What they measure.
    split_by
        What divided units are shared out by; None where that is not wanted.
    weights
        Weight of each part by code, for a weighted mean.
    weight
        Its name.
    """

    indicator: Indicator
    split_by: SplitBy | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    weight: str = ""


def names(parts: Sequence[Part]) -> str:
    """Name parts in Vietnamese, separated by commas."""
    return ", ".join(part.name_vi for part in parts)
