"""Numbers of parts combined: sums, ratios of sums, weighted means."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from base.words import decimals_of
from geo.crosswalk import total as exact_total
from metrics.catalog import Indicator
from metrics.harmonise.outcome import CANNOT, PARTIAL, RECOMPUTED, Outcome, Rules, names
from metrics.harmonise.parts import Part, SplitBy, coverage, exact
from metrics.observations import MAY_BE_LESS, MAY_BE_MORE
from metrics.panel import SCALES

EXACT: Final = ("exact", "computed")


def combined(expected: Sequence[Part], rules: Rules) -> Outcome:
    """Combine the numbers of all parts that should have one.

    Parameters
    ----------
    expected
        At least one of them has a figure, and none is in conflict.

    Returns
    -------
    Outcome
        Without a value where one part is missing or cannot be combined with the others.
    """
    aggregation = rules.indicator.aggregation
    if aggregation == "none":
        return Outcome(CANNOT, "harmonise.not_additive", {"names": names(expected)})
    divided = [part for part in expected if not part.whole]
    # A sum can be shared out. A rate of the whole says nothing of a part.
    if divided and (aggregation != "sum" or any(math.isnan(part.share) for part in divided)):
        return Outcome(CANNOT, "harmonise.part_of", {"names": names(divided)})
    have = [part for part in expected if part.has_figure]
    if len(have) < len(expected):
        return _incomplete(expected, have)
    if len({(part.period_start, part.period_end, part.grain) for part in have}) > 1:
        return Outcome(PARTIAL, "harmonise.unlike_periods", {"names": names(have)})
    if aggregation == "sum":
        return _sum(have, rules.split_by if divided else None)
    if aggregation == "ratio_of_sums":
        return _ratio(have, rules.indicator)
    weights = [rules.weights.get(part.code, math.nan) for part in have]
    return _mean(have, weights, rules.weight, rules.indicator)


def _incomplete(expected: Sequence[Part], have: Sequence[Part]) -> Outcome:
    share, basis = coverage(expected)
    missing = [part for part in expected if not part.has_figure]
    # Rounded down, so that an incomplete figure is never called 100%.
    percent = math.floor(share * 1000) / 10
    values = {
        "k": len(have),
        "n": len(expected),
        "percent": percent,
        "share": share,
        "basis": basis,
        "missing": names(missing),
    }
    return Outcome(PARTIAL, "harmonise.partial", values)


def _sum(parts: Sequence[Part], split_by: SplitBy | None) -> Outcome:
    return Outcome(
        RECOMPUTED,
        "harmonise.apportioned" if split_by else "harmonise.sum",
        {"names": names(parts)} | ({"weight": split_by} if split_by else {}),
        "apportioned" if split_by else "sum",
        total([part.value for part in parts], [part.share for part in parts]),
        numerator=total([part.numerator for part in parts], [part.share for part in parts]),
        denominator=total([part.denominator for part in parts], [part.share for part in parts]),
        qualifier="about" if split_by else qualifier_of(parts),
        weight=split_by or "",
    )


def _ratio(parts: Sequence[Part], indicator: Indicator) -> Outcome:
    # An observation has both or neither.
    unknown = [p for p in parts if math.isnan(p.numerator) or math.isnan(p.denominator)]
    if unknown:
        return _cannot_weigh(unknown, "fraction")
    over = total([part.numerator for part in parts])
    under = total([part.denominator for part in parts])
    scale = next((by for sign, by in SCALES.items() if sign in indicator.unit.vi), 1.0)
    return Outcome(
        RECOMPUTED,
        "harmonise.ratio_of_sums",
        {"names": names(parts)},
        "ratio_of_sums",
        round(scale * over / under, _digits(parts, indicator)),
        numerator=over,
        denominator=under,
        qualifier=qualifier_of(parts, mixable=False),
    )


def _mean(
    parts: Sequence[Part], weights: Sequence[float], weight: str, indicator: Indicator
) -> Outcome:
    unknown = [part for part, by in zip(parts, weights, strict=True) if math.isnan(by)]
    if unknown:
        return _cannot_weigh(unknown, weight)
    under = total(weights)
    if under <= 0:
        return Outcome(CANNOT, "harmonise.no_weight", {"weight": weight})
    over = total([part.value for part in parts], weights)
    return Outcome(
        RECOMPUTED,
        "harmonise.weighted_mean",
        {"names": names(parts), "weight": weight},
        "weighted_mean",
        round(over / under, _digits(parts, indicator)),
        qualifier=qualifier_of(parts, mixable=False),
        weight=weight,
    )


def _digits(parts: Sequence[Part], indicator: Indicator) -> int:
    """Return the decimals of what is made of figures: those of the indicator, or of its parts."""
    return max(indicator.decimals, *(decimals_of(part.value) for part in parts))


def _cannot_weigh(parts: Sequence[Part], weight: str) -> Outcome:
    return Outcome(CANNOT, "harmonise.parts_missing", {"missing": names(parts), "weight": weight})


def qualifier_of(parts: Sequence[Part], *, mixable: bool = True) -> str:
    """Tell how sure a figure is that was made of others.

    Parameters
    ----------
    mixable
        Whether bounds stay bounds: those of a sum do, those of a ratio do not.
    """
    found = {part.qualifier for part in parts}
    if found <= {*EXACT, ""}:
        return "computed"
    if mixable and found <= {*EXACT, "", *MAY_BE_MORE}:
        return "at_least"
    if mixable and found <= {*EXACT, "", *MAY_BE_LESS}:
        return "at_most"
    return "about"


def total(values: Sequence[float], by: Sequence[float] | None = None) -> float:
    """Add numbers as they are printed, so that 0.1 + 0.2 is 0.3; NaN if any is unknown.

    Parameters
    ----------
    by
        Factor of each; 1 where None.
    """
    factors = None if by is None else [exact(factor) for factor in by]
    found = exact_total([exact(value) for value in values], factors)
    return math.nan if found is None else float(found)
