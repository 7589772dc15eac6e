"""What is expected when, from the rhythm that the source of an indicator states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from metrics.catalog import Indicator, Rhythm
from metrics.observations import STATES_WITH_FIGURE
from metrics.people import VISITOR, seen_by
from metrics.store import Store
from metrics.updates.scope import RESULT, Scope

MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
# So far ahead is told: a year, and one period of a yearly rhythm.
AHEAD: Final = {"month": 12, "quarter": 4, "year": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A period that figures are expected of.

    Attributes
    ----------
    indicator, rhythm
        Of what, and what the source says of when.
    start, end
        The first and last day of the period.
    day
        By when they are expected where the source says so; else the last day of the period, after
        which they can come.
    """

    indicator: Indicator
    rhythm: Rhythm
    start: date
    end: date
    day: date

    @property
    def is_stated(self) -> bool:
        """Whether the source says by when."""
        return self.rhythm.days is not None

    @property
    def latest(self) -> date:
        """The day after which they are late.

        By when the source says that they come; where it states a rhythm alone, the last day of the
        period after, whose figures would be next.
        """
        if self.is_stated:
            return self.day
        after = _later(self.end + timedelta(days=1), MONTHS[self.rhythm.every])
        return after - timedelta(days=1)


def expected(store: Store, scope: Scope) -> tuple[Expected, ...]:
    """List the periods to come after the newest that there are published figures of.

    Returns
    -------
    tuple of Expected
        By day. An indicator whose source states no rhythm, and one without a figure of such a
        period, are not among them.
    """
    seen = seen_by(store, VISITOR)
    known = set(seen.indicators())
    found = [
        one
        for indicator in seen.catalog.indicators.values()
        if indicator.id in known
        and scope.indicator in ("", indicator.id)
        and scope.domain in ("", indicator.domain)
        for one in _of(seen, indicator)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.indicator.id)))


def _of(store: Store, indicator: Indicator) -> Iterator[Expected]:
    rhythm = indicator.rhythm
    if rhythm is None:
        return
    rows = store.observations(indicator.id)
    rows = rows[(rows["role"] == RESULT) & (rows["grain"] == rhythm.every)]
    last = rows.loc[rows["state"].isin(STATES_WITH_FIGURE), "period_end"].max()
    if pd.isna(last):
        return
    start = last.date() + timedelta(days=1)
    for _ in range(AHEAD[rhythm.every]):
        after = _later(start, MONTHS[rhythm.every])
        end = after - timedelta(days=1)
        day = end + timedelta(days=rhythm.days or 0)
        yield Expected(indicator=indicator, rhythm=rhythm, start=start, end=end, day=day)
        start = after


def _later(day: date, months: int) -> date:
    """Return the first of a month so many months later."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
