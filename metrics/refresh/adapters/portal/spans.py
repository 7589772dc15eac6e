"""The period that figures hold for: what was asked for, as far as it had gone."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from base.words import Message
from metrics.refresh.adapters.portal.options import Asked, Time
from metrics.refresh.adapters.portal.shape import refused
from metrics.refresh.adapters.portal.sheet import Sheet
from metrics.store import VIET_NAM

_MONTHS: Final[dict[Time, int]] = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class Span:
    """Columns of the period of an observation.

    Attributes
    ----------
    to_date
        Whether it had not ended when it was read.
    """

    start: date
    end: date
    grain: str
    to_date: bool

    @property
    def text(self) -> str:
        """Write it down."""
        return f"{self.start}/{self.end}"


def span_of(sheet: Sheet) -> Span:
    """Find the period of a sheet.

    Raises
    ------
    ShapeError
        If it had not begun when the portal said so.
    """
    start, end = _whole(sheet.asked)
    day = sheet.time.astimezone(VIET_NAM).date()
    if day < start:
        allowed = Message("refresh.portal_allowed.begun", {"day": f"{start}/{end}"})
        raise refused(sheet.name, "", str(day), allowed)
    if day > end:
        return Span(start, end, sheet.asked.time, to_date=False)
    grain = "year_to_date" if sheet.asked.time == "year" else "unknown"
    return Span(start, day, grain, to_date=True)


def _whole(asked: Asked) -> tuple[date, date]:
    months = _MONTHS[asked.time]
    last = months * (asked.number or 1)
    start = date(asked.year, last - months + 1, 1)
    return start, date(asked.year, last, monthrange(asked.year, last)[1])
