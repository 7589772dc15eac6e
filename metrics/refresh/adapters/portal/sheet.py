"""What one reading of the portal says, whatever form it came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from metrics.refresh.adapters.portal.groups import (
    DAYS,
    GROUPS,
    ON_TIME,
    PAID_ONLINE,
    RATES,
    RECEIVED,
    SERVICES_PAID,
)
from metrics.refresh.adapters.portal.options import Asked
from metrics.refresh.adapters.portal.records import GroupScores, Metric

_DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One figure besides the scores; computed where the portal gives its parts alone."""

    value: float
    numerator: float | None = None
    denominator: float | None = None
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What is said of one department.

    Attributes
    ----------
    total, scores
        Of the index and of its groups, by their codes; without what is not said.
    parts
        Other figures, by indicator.
    given
        Points of the group of satisfaction that were given for none of none; None where that is
        not known.
    provisional
        Whether the portal itself calls a denominator provisional.
    """

    code: str
    name: str
    total: float | None
    scores: Mapping[str, float]
    parts: Mapping[str, Part] = field(default_factory=dict)
    given: float | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One reading of the departments of one level.

    Attributes
    ----------
    file, name
        Where it stands, for locators; and what it is called in sentences.
    time
        When the portal said so.
    within
        Portal's code of the province whose communes they are; None where they are provinces.
    agencies
        How many other offices were among them.
    whole
        Of the country, or of the province: its total and its scores of groups.
    unread
        Codes of groups that the reading does not have, though it has a number for them.
    left
        Codes of measures that the atlas has no indicator of.
    unsure
        Whether its scores of satisfaction may be what the other groups leave of the total.
    """

    file: str
    name: str
    time: datetime
    asked: Asked
    within: str | None
    units: Sequence[Unit]
    agencies: int
    whole: Unit | None
    unread: Sequence[str] = ()
    left: Sequence[str] = ()
    unsure: bool = False


def scores_of(groups: GroupScores | None) -> dict[str, float]:
    """Return the scores that are said."""
    if groups is None:
        return {}
    said = {code: getattr(groups, code) for code in GROUPS}
    return {code: score for code, score in said.items() if score is not None}


def share(part: float, whole: float) -> Part:
    """Compute a percentage; there is none of nothing."""
    return Part(round(100 * part / whole, _DECIMALS), part, whole, computed=True)


def progress_parts(received: int, on_time: int, ratio: float | None, days: float | None) -> Parts:
    """Give the figures of the group of progress."""
    yield RECEIVED, Part(received)
    if received and ratio is not None:
        yield ON_TIME, Part(ratio, on_time, received)
    if received and days is not None:
        yield DAYS, Part(days)


def payment_parts(record: Any) -> Parts:
    """Give the figures of the group of online payment: of dossiers, and of services."""
    for indicator, part, whole in (
        (
            PAID_ONLINE,
            record.total_dossier_online_payment_success,
            record.total_dossier_financial_obligation,
        ),
        (
            SERVICES_PAID,
            record.total_dossier_online_formality_payment_success,
            record.total_fee_formality,
        ),
    ):
        if part is not None and whole:
            yield indicator, share(part, whole)


def digitised_parts(metrics: Iterable[Metric]) -> Parts:
    """Give the shares of dossiers of the group of digitisation."""
    for metric in metrics:
        if metric.code in RATES and metric.denominator and metric.ratio is not None:
            yield RATES[metric.code], Part(metric.ratio, metric.numerator, metric.denominator)


def without_indicator(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """List the codes of measures that the atlas has no indicator of."""
    return tuple(sorted({metric.code for metric in metrics} - RATES.keys()))


def given_points(metrics: Iterable[Metric]) -> float:
    """Add up the points of measures that are none of none."""
    return sum(metric.score or 0 for metric in metrics if metric.denominator == 0)


def is_provisional(metrics: Iterable[Metric]) -> bool:
    """Tell whether the portal marks a measure."""
    return any(metric.data_quality_status for metric in metrics)


Parts = Iterable[tuple[str, Part]]
