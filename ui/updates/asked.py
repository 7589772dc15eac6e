"""What an address asks for of all that is new."""

from __future__ import annotations

import re
from typing import Final

from base.reading import plain_number
from geo.editions import editions, has_area
from metrics.updates import Scope
from ui.address import Address, Param, Reading

# Digits of a threshold: what can be written back alike.
BOUND: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", re.ASCII)


def is_bound(given: str) -> bool:
    """Tell whether a text is a threshold, with a point for the decimals."""
    return BOUND.fullmatch(given) is not None


def read_bound(given: str) -> float:
    """Read a threshold, with a point for the decimals."""
    if not is_bound(given):
        raise ValueError(given)
    return float(given)


def _domain(given: str, so_far: Reading) -> str:
    return _known(given, so_far.known.domains)


def _indicator(given: str, so_far: Reading) -> str:
    return _known(given, so_far.known.indicators)


def _known(given: str, known: object) -> str:
    if given not in known:  # type: ignore[operator]
        raise ValueError(given)
    return given


def _edition(given: str, _: Reading) -> str:
    return _known(given, [one.id for one in editions()])


def _place(given: str, so_far: Reading) -> str:
    edition = so_far.found["edition"]
    if not edition or not has_area(edition, given):
        raise ValueError(given)
    return given


def _bound(given: str, so_far: Reading) -> float:
    # Without an indicator, figures of unlike units would be held against one number.
    if not so_far.found["indicator"]:
        raise ValueError(given)
    return read_bound(given)


def _written(value: float | None) -> str:
    return "" if value is None else plain_number(value)


UPDATES: Final = Address(
    Scope,
    (
        Param("domain", _domain),
        Param("indicator", _indicator),
        Param("edition", _edition),
        Param("place", _place),
        Param("below", _bound, _written),
        Param("above", _bound, _written),
    ),
)
