"""Lining up figures that belong together: one place, one period, one source if it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.audit.bounds import Numbers, apart, below
from metrics.audit.records import Severity

SAID: Final = ("value", "category")


def together(frames: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Line up observations of several indicators.

    Returns
    -------
    list of pd.DataFrame
        As many as were given, all of one length: row by row of the same place and period. Where
        one source has all of them, these speak; else what all sources that speak agree on. What
        is said in two ways is left out: that it is said in two ways is another finding.
    """
    own = _aligned(frames, "at_origin")
    rest = _aligned(frames, "at")
    other = ~np.isin(rest[0]["at"].to_numpy(), own[0]["at"].to_numpy())
    return [
        pd.concat([a, b[other]], ignore_index=True) if len(a) else b[other].reset_index(drop=True)
        for a, b in zip(own, rest, strict=True)
    ]


def beside(frames: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Line up what one source says of one place, whatever periods it says it of.

    Returns
    -------
    list of pd.DataFrame
        As of `together`. A text tells the same thing of "30 September" here and of "now" there.
    """
    return _aligned(frames, "by_origin")


def _aligned(frames: Sequence[pd.DataFrame], key: str) -> list[pd.DataFrame]:
    once = [unambiguous(frame, (key,)) for frame in frames]
    common = once[0][key].to_numpy()
    for frame in once[1:]:
        common = np.intersect1d(common, frame[key].to_numpy(), assume_unique=True)
    common = np.sort(common)
    found = []
    for frame in once:
        keys = frame[key].to_numpy()
        order = np.argsort(keys, kind="stable")
        found.append(frame.iloc[order[np.searchsorted(keys[order], common)]])
    return found


def unambiguous(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Keep one row for each key, and none where rows of the key say different things."""
    by = list(key)
    if not rows.duplicated(by).any():
        return rows
    once = rows.drop_duplicates([*by, *SAID])
    return once[~once.duplicated(by, keep=False).to_numpy()]


@dataclass(frozen=True, slots=True)
class Span:
    """Intervals, narrow and wide, aligned; see `metrics.audit.sheet`."""

    low: Numbers
    high: Numbers
    low_wide: Numbers
    high_wide: Numbers

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Span:
        """Return the intervals of figures."""
        names = ("low", "high", "low_wide", "high_wide")
        return cls(*(rows[name].to_numpy(dtype=float) for name in names))

    @classmethod
    def sum_of(cls, frames: Sequence[pd.DataFrame]) -> Span:
        """Return the intervals of the sums of figures that were lined up."""
        spans = [cls.of(frame) for frame in frames]
        return cls(
            sum((span.low for span in spans), np.zeros(len(frames[0]))),
            sum((span.high for span in spans), np.zeros(len(frames[0]))),
            sum((span.low_wide for span in spans), np.zeros(len(frames[0]))),
            sum((span.high_wide for span in spans), np.zeros(len(frames[0]))),
        )

    def apart(self, other: Span) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell where the intervals have nothing in common: the narrow ones, the wide ones."""
        return (
            apart(self.low, self.high, other.low, other.high),
            apart(self.low_wide, self.high_wide, other.low_wide, other.high_wide),
        )

    def above(self, other: Span) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell where these are surely more than those: by the narrow bounds, by the wide ones."""
        return below(other.high, self.low), below(other.high_wide, self.low_wide)

    def tolerance(self, at: int) -> float:
        """Return how far the middle may be off by the narrow bounds; infinite where open."""
        return float(self.high[at] - self.low[at]) / 2


def hits(mask: NDArray[np.bool_]) -> list[int]:
    """Return the places at which something holds."""
    return [int(at) for at in np.flatnonzero(mask)]


def grave(wide: bool | np.bool_) -> Severity:
    """Return the severity of what contradicts itself by the wide bounds, or by the narrow only."""
    return Severity.CONTRADICTION if wide else Severity.CHECK
