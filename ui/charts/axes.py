"""The two axes of a chart over time: where a figure stands, and what is written along the edges."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from base.words import Lang, day, decimals_of, number, period

STEPS = (1, 2, 2.5, 5, 10)
TICKS = 4  # about so many values along the side
A_LETTER = 1.3  # percent of the width that a letter of a date along the foot needs
NARROWEST_ON_PHONES = 48
YEAR = "year"
UNKNOWN = "unknown"
OF_DAYS = ("instant", "year_to_date", "before")


@dataclass(frozen=True, slots=True)
class Axes:
    """Where figures stand in a plot.

    Attributes
    ----------
    first, last
        The time from the left edge to the right edge.
    low, high, step
        The values from the foot to the top, or the other way round if `falling`, and those between
        two lines.
    falling
        Whether the smallest value is at the top, as the first rank is.
    height
        Of the plot, px.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    low: float
    high: float
    step: float
    falling: bool
    height: float

    def across(self, when: pd.Timestamp) -> float:
        """Return where a day is, in percent from the left."""
        whole = (self.last - self.first).days
        return 50.0 if not whole else 100 * (when - self.first).days / whole

    def down(self, value: float) -> float:
        """Return where a value is, in px from the top."""
        share = (value - self.low) / (self.high - self.low)
        return self.height * (share if self.falling else 1 - share)

    def at(self, row: Mapping[str, Any]) -> tuple[float, float]:
        """Return where a figure is: percent from the left, px from the top."""
        return self.across(row["period_end"]), self.down(float(row["value"]))

    def ticks(self, lang: Lang) -> list[tuple[float, str]]:
        """Return the values along the side, as written."""
        digits = decimals_of(self.step)
        n = math.floor((self.high - self.low) / self.step + 1e-9)
        values = [self.low + i * self.step for i in range(n + 1)]
        if self.falling:  # there is no rank 0
            values = [max(value, 1.0) for value in values]
        return [(value, number(round(value, 10), lang, digits)) for value in values]

    def dates(self, rows: Sequence[Mapping[str, Any]], lang: Lang) -> list[tuple[float, str, bool]]:
        """Return the days along the foot, as written, and whether they are too dense for phones.

        Days that would not fit are left out.
        """
        placed = self.every_date(rows, lang)
        kept = [placed[-1]]
        for tick in reversed(placed[:-1]):
            letters = max(5, (len(kept[-1][1]) + len(tick[1])) / 2)
            if kept[-1][0] - tick[0] >= A_LETTER * letters:
                kept.append(tick)
        return [(*tick, tick not in _apart(kept)) for tick in kept[::-1]]

    def every_date(self, rows: Sequence[Mapping[str, Any]], lang: Lang) -> list[tuple[float, str]]:
        """Return all days that have figures: percent from the left, and the day as written."""
        years = all(row["grain"] == YEAR for row in rows)
        ends = sorted({row["period_end"] for row in rows})
        return [
            (self.across(end), str(end.year) if years else _short(end, rows, lang)) for end in ends
        ]


def _apart(ticks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Keep of days, from the last on, those that fit on a phone."""
    kept = [ticks[0]]
    kept += [
        tick
        for tick in ticks[1:]
        if ticks[0][0] - tick[0] >= NARROWEST_ON_PHONES and tick[0] == ticks[-1][0]
    ]
    return kept


def _short(end: pd.Timestamp, rows: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    """Write a day where figures are of it, else the month, quarter or year that ends on it."""
    ending = [row for row in rows if row["period_end"] == end]
    if any(row["grain"] in OF_DAYS for row in ending):
        return day(end.date(), lang)
    row = ending[0]
    if row["grain"] == UNKNOWN:
        said = str(row.get("period_text") or "")
        forms = (f"{end.day}/{end.month}", f"{end.day:02}/{end.month:02}")
        return day(end.date(), lang) if any(form in said for form in forms) else str(end.year)
    return period(None, end.date(), str(row["grain"]), lang)


def axes_of(
    rows: Sequence[Mapping[str, Any]], falling: bool, height: float, seam: date | None
) -> Axes:
    """Choose axes that hold all figures, and the change of the map if there is one.

    Parameters
    ----------
    rows
        Figures with ``period_end`` and ``value``; at least one.
    falling
        Whether the smallest value is at the top.
    seam
        Day of the change of the map; None where it is not shown.
    """
    ends = [row["period_end"] for row in rows]
    if seam is not None:
        ends.append(pd.Timestamp(seam))
    values = [float(row["value"]) for row in rows]
    low, high = min(values), max(values)
    # Small rises of small numbers must not look like great ones.
    if 0 <= low < 0.5 * high or low == high == 0:
        low = 0.0
    step = nice_step(high - low or abs(high) or 1.0)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    if low == high:
        low, high = low - step, high + step
    return Axes(min(ends), max(ends), low, high, step, falling, height)


def nice_step(span: float) -> float:
    """Return a round distance that divides a span into about `TICKS` parts."""
    raw = span / TICKS
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return next(s * magnitude for s in STEPS if s * magnitude >= raw * (1 - 1e-9))


def spread(places: Sequence[float], gap: float, height: float) -> list[float]:
    """Move labels apart so that neighbours are `gap` from each other, and within the plot.

    Parameters
    ----------
    places
        Where they would stand, rising.
    gap, height
        As the places; where there is too little room for all, they stand closer together.
    """
    n = len(places)
    gap = min(gap, height / max(n - 1, 1))
    moved = list(places)
    for i in range(1, n):
        moved[i] = max(moved[i], moved[i - 1] + gap)
    if n and moved[-1] > height:
        moved[-1] = height
        for i in range(n - 2, -1, -1):
            moved[i] = min(moved[i], moved[i + 1] - gap)
    return moved
