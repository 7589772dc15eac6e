"""One figure of a new unit out of the cells of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from geo.convert.numbers import shortened
from geo.convert.records import KNOWN_WEIGHTS, Mean, Ratio, Rule, SplitBy, Status, Sum
from geo.convert.units import Share, size_of
from geo.crosswalk import Number, covered, total

MAX_CATEGORIES: Final = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of a table that rules read.

    Attributes
    ----------
    edition
        Whose units the rows are.
    numbers, texts
        By column, one entry a row; None where a number is missing.
    split_by
        What divided units are shared out by.
    """

    edition: str
    numbers: Mapping[str, Sequence[Fraction | None]]
    texts: Mapping[str, Sequence[str]]
    split_by: SplitBy


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure that came out.

    Attributes
    ----------
    value
        A number, a text, or None where there is none.
    method
        sum, ratio, mean (weight), all, unchanged; or partial, mixed, divided, undefined, none.
    coverage, basis
        Share of the unit that has the figure, 0 to 1, and by what.
    lacking
        Codes of the parts that kept the figure from being made.
    """

    value: Fraction | str | None
    method: str
    coverage: Fraction
    basis: str
    lacking: tuple[str, ...] = ()


def combine(rule: Rule, shares: Sequence[Share], rows: Mapping[str, int], columns: Columns) -> Cell:
    """Make one figure.

    Parameters
    ----------
    shares
        What the unit is made of; not empty.

    Returns
    -------
    Cell
        Without a value where a part is missing: never a total of an incomplete set.
    """
    unchanged = len(shares) == 1 and shares[0].whole
    have = [share for share in shares if _is_known(rule, share, rows, columns, unchanged)]
    lacking = tuple(share.code for share in shares if share not in have)
    covered, basis = _coverage(shares, have, columns.edition)
    if lacking:
        method = f"partial {len(have)}/{len(shares)}" if have else "none"
        return Cell(None, method, covered, basis, lacking)
    places = [rows[share.code] for share in shares]
    value: Fraction | str | None
    if isinstance(rule, Status):
        value, method = _status([columns.texts[rule.column][at].strip() for at in places], shares)
    else:
        value, method = _number(rule, shares, places, columns, unchanged)
    if unchanged and not isinstance(rule, Ratio):
        method = "unchanged"
    elif not isinstance(rule, Status) and not all(share.whole for share in shares):
        method += f", divided by {columns.split_by}"
    return Cell(value, method, covered, basis)


def _is_known(
    rule: Rule, share: Share, rows: Mapping[str, int], columns: Columns, unchanged: bool
) -> bool:
    at = rows.get(share.code)
    if at is None:
        return False
    if isinstance(rule, Status):
        return bool(columns.texts[rule.column][at].strip())
    if share.share is None:
        return False
    if isinstance(rule, Mean) and unchanged:
        return columns.numbers[rule.column][at] is not None
    if any(columns.numbers[column][at] is None for column in rule.needs):
        return False
    if isinstance(rule, Mean) and rule.weight in KNOWN_WEIGHTS:
        return size_of(columns.edition, share.code, rule.weight) is not None
    return True


def _status(said: Sequence[str], shares: Sequence[Share]) -> tuple[str | None, str]:
    if not all(share.whole for share in shares):
        return None, "divided"  # what is said of a whole is not said of its part
    counts = Counter(said)
    if len(counts) == 1:
        return said[0], "all"
    listed = [
        f"{n}/{len(said)} {shortened(text)}" for text, n in counts.most_common(MAX_CATEGORIES)
    ]
    more = ["…"] if len(counts) > MAX_CATEGORIES else []
    return None, "mixed: " + "; ".join(listed + more)


def _number(
    rule: Sum | Ratio | Mean,
    shares: Sequence[Share],
    places: Sequence[int],
    columns: Columns,
    unchanged: bool,
) -> tuple[Fraction | None, str]:
    by = [share.share for share in shares]

    def added(column: str, factors: Sequence[Number]) -> Fraction:
        # None of them is unknown: see `_is_known`.
        return total([columns.numbers[column][at] for at in places], factors) or Fraction(0)

    if isinstance(rule, Sum):
        return added(rule.column, by), "sum"
    if isinstance(rule, Mean):
        if unchanged:
            return columns.numbers[rule.column][places[0]], "unchanged"
        weights = [
            total([_weight(rule.weight, share.code, at, columns)], [factor])
            for share, at, factor in zip(shares, places, by, strict=True)
        ]
        over, under = added(rule.column, weights), total(weights)
        method = f"mean ({rule.weight})"
    else:
        over, under = added(rule.numerator, by) * rule.scale, added(rule.denominator, by)
        method = "ratio"
    if not under:
        return None, "undefined: divided by 0"
    return over / under, method


def _weight(weight: str, code: str, at: int, columns: Columns) -> Number:
    if weight in KNOWN_WEIGHTS:
        return size_of(columns.edition, code, weight)
    return columns.numbers[weight][at]


def _coverage(shares: Sequence[Share], have: Sequence[Share], edition: str) -> tuple[Fraction, str]:
    """Tell what share of a unit has a figure, by the first size that is known of all parts."""
    sizes = (
        (basis, [_inside(share, size_of(edition, share.code, basis)) for share in shares])
        for basis in KNOWN_WEIGHTS
    )
    part, whole, basis = covered(sizes, [share in have for share in shares])
    return part / whole, basis


def _inside(share: Share, size: Fraction | None) -> Fraction | None:
    return None if size is None or share.share is None else size * share.share
