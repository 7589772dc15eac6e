"""The exact arithmetic of parts: sums by shares, and how much of a unit its parts make up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

Number = Fraction | None  # None is unknown, never zero


def total(values: Sequence[Number], by: Sequence[Number] | None = None) -> Number:
    """Add numbers up, each times its factor; None where any is unknown.

    Parameters
    ----------
    by
        Factor of each; 1 where None.
    """
    found = Fraction(0)
    for value, factor in zip(values, by or [Fraction(1)] * len(values), strict=True):
        if value is None or factor is None:
            return None
        found += value * factor
    return found


def covered(
    sizes: Iterable[tuple[str, Sequence[Number]]], have: Sequence[bool]
) -> tuple[Fraction, Fraction, str]:
    """Tell how much of a unit those of its parts make up that have a figure.

    Parameters
    ----------
    sizes
        Ways to measure the parts, the best first: name, and size of each part.
    have
        Which parts have a figure.

    Returns
    -------
    have, all : Fraction
        Size of the parts with a figure, and of all.
    basis : str
        By what: the first way that is known of all parts and not zero; where there is none, parts
        are counted and it is ``count``.
    """
    for basis, each in (*sizes, ("count", [Fraction(1)] * len(have))):
        if whole := total(each):
            there = [size if has else Fraction(0) for size, has in zip(each, have, strict=True)]
            return total(there) or Fraction(0), whole, basis
    raise ValueError("there are no parts")


def exact_shares(shares: Sequence[float | None]) -> list[Fraction] | None:
    """Make shares that are meant to add up to one add up exactly.

    Parameters
    ----------
    shares
        Of one unit; None where unknown.

    Returns
    -------
    list of Fraction or None
        None where one is unknown or they do not add up to one within a millionth.
    """
    known = [Fraction(share) for share in shares if share is not None]
    whole = sum(known, Fraction(0))
    if len(known) < len(shares) or abs(whole - 1) > Fraction(1, 10**6):
        return None
    return [share / whole for share in known]
