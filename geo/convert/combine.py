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
    by = [share.share or Fraction(0) for share in shares]

    def total(column: str, factors: Sequence[Fraction]) -> Fraction:
        cells = [columns.numbers[column][at] or Fraction(0) for at in places]
        return sum((c * f for c, f in zip(cells, factors, strict=True)), Fraction(0))

    if isinstance(rule, Sum):
        return total(rule.column, by), "sum"
    if isinstance(rule, Mean):
        if unchanged:
            return columns.numbers[rule.column][places[0]], "unchanged"
        weights = [
            _weight(rule.weight, share.code, at, columns) * factor
            for share, at, factor in zip(shares, places, by, strict=True)
        ]
        over, under = total(rule.column, weights), sum(weights, Fraction(0))
        method = f"mean ({rule.weight})"
    else:
        over, under = total(rule.numerator, by) * rule.scale, total(rule.denominator, by)
        method = "ratio"
    if under == 0:
        return None, "undefined: divided by 0"
    return over / under, method


def _weight(weight: str, code: str, at: int, columns: Columns) -> Fraction:
    if weight in KNOWN_WEIGHTS:
        return size_of(columns.edition, code, weight) or Fraction(0)
    return columns.numbers[weight][at] or Fraction(0)


def _coverage(shares: Sequence[Share], have: Sequence[Share], edition: str) -> tuple[Fraction, str]:
    """Tell what share of a unit has a figure, by the first size that is known of all parts."""
    for basis in KNOWN_WEIGHTS:
        sizes = {
            share.code: _inside(share, size_of(edition, share.code, basis)) for share in shares
        }
        known = [size for size in sizes.values() if size is not None]
        if len(known) == len(shares) and sum(known) > 0:
            got = sum((sizes[share.code] or Fraction(0) for share in have), Fraction(0))
            return got / sum(known, Fraction(0)), basis
    return Fraction(len(have), len(shares)), "count"


def _inside(share: Share, size: Fraction | None) -> Fraction | None:
    return None if size is None or share.share is None else size * share.share
