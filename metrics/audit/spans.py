"""Periods of findings, with the words that their sources have for them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple, Self

import pandas as pd

from base.words import Lang, period
from metrics.store import period_words


class Span(NamedTuple):
    """First and last day, grain, and what the source's own words add to them."""

    start: date | None
    end: date
    grain: str
    words: str = ""

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the period of an observation."""
        start = None if pd.isna(row["period_start"]) else pd.Timestamp(row["period_start"]).date()
        end = pd.Timestamp(row["period_end"]).date()
        words = period_words(str(row["grain"]), str(row["period_text"]), str(row["dataset"]))
        return cls(start, end, str(row["grain"]), words)

    def text(self, lang: Lang) -> str:
        """Write it as it is known: "late in 2024" is no day."""
        return period(self.start, self.end, self.grain, lang, self.words)


def span_of(rows: pd.DataFrame, end: pd.Timestamp) -> Span | None:
    """Return the period of the rows that end on a day; None where none do."""
    found = rows[(rows["period_end"] == end).to_numpy()]
    return None if found.empty else Span.of(found.iloc[0])
