"""A period as observations have it, made of a year and a part of it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """A period as observations have it.

    Attributes
    ----------
    start
        First day; None where unknown.
    end
        Last day: the as-of date.
    grain
        One of `metrics.observations.GRAINS`.
    text
        The source's own wording.
    """

    start: date | None
    end: date
    grain: str
    text: str


def instant(text: str, year: int, month: int, day: int) -> Period:
    """Return a day."""
    when = date(year, month, day)
    return Period(when, when, "instant", text)


def month(text: str, month: int, year: int) -> Period:
    """Return a month."""
    last = calendar.monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), "month", text)


def quarter(text: str, quarter: str, year: int) -> Period:
    """Return a quarter, told by a digit or in Roman figures."""
    at = ROMAN.get(quarter) or int(quarter)
    last = calendar.monthrange(year, 3 * at)[1]
    return Period(date(year, 3 * at - 2, 1), date(year, 3 * at, last), "quarter", text)


def to_date(text: str, months: int, year: int) -> Period:
    """Return the first months of a year."""
    if months == 12:
        return whole_year(text, year)
    last = calendar.monthrange(year, months)[1]
    return Period(date(year, 1, 1), date(year, months, last), "year_to_date", text)


def whole_year(text: str, year: int) -> Period:
    """Return a year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year", text)


def second_half(text: str, year: int) -> Period:
    """Return the second half of a year."""
    return Period(date(year, 7, 1), date(year, 12, 31), "unknown", text)
