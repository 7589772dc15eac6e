"""Which indicators may share one scale: those that differ in what is counted, in nothing else."""

from __future__ import annotations

from typing import Literal

from metrics.catalog.catalog import Catalog
from metrics.catalog.records import Indicator

Difference = Literal["family", "kind", "unit", "direction", "most", "denominator"]


def difference(one: Indicator, other: Indicator) -> Difference | None:
    """Say what keeps two indicators from sharing a scale.

    Returns
    -------
    str or None
        ``family``: not of one family; ``kind``, ``unit``, ``direction``: these differ; ``most``:
        what can be reached differs, as 18 points of one and 20 of the other; ``denominator``: they
        are shares of different things. None where they may.
    """
    if one.id != other.id and (one.family is None or one.family != other.family):
        return "family"
    if one.kind != other.kind:
        return "kind"
    if one.unit != other.unit:
        return "unit"
    if one.direction != other.direction:
        return "direction"
    if one.max_value != other.max_value:
        return "most"
    return None if one.denominator == other.denominator else "denominator"


def kindred(catalog: Catalog, indicator: Indicator) -> tuple[Indicator, ...]:
    """List the indicators that may share a scale with one, itself first."""
    if indicator.family is None:
        return (indicator,)
    others = [i for i in catalog.family(indicator.family) if i.id != indicator.id]
    return (indicator, *(other for other in others if difference(indicator, other) is None))
