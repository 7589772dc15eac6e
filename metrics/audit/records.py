"""What the audit finds: findings, the observations that witness them, how grave they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from metrics.audit.spans import Span
from metrics.observations import NUMBER_COLUMNS
from metrics.store import period_words

# Of the observations that one finding rests on, so many come along with it at most.
MOST_WITNESSES: Final = 60


class Severity(StrEnum):
    """How grave a finding is."""

    # The figures cannot all be true, however they were rounded.
    CONTRADICTION = "contradiction"
    # They agree only if round figures were rounded, or if a word is read otherwise.
    CHECK = "check"
    # Nothing is wrong; something is missing or old.
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Witness:
    """One observation that a finding rests on; its fields are columns of the store."""

    indicator: str
    role: str
    edition: str
    area: str
    period_start: date | None
    period_end: date
    grain: str
    period_text: str
    value: float | None
    category: str
    state: str
    numerator: float | None
    denominator: float | None
    qualifier: str
    origin: str
    locator: str
    dataset: str

    @property
    def span(self) -> Span:
        """The period that it is of."""
        words = period_words(self.grain, self.period_text, self.dataset)
        return Span(self.period_start, self.period_end, self.grain, words)


_FIELDS: Final = tuple(one.name for one in fields(Witness))
_DAYS: Final = ("period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that figures do not agree on, or that is missing.

    Attributes
    ----------
    rule
        Id in `metrics.audit.RULES`.
    variant
        What exactly: which sentence says it (`metrics.audit.words`).
    severity
        How grave it is.
    indicator
        Id of the indicator that it is about.
    edition, area
        Where; the edition is "" for the country. Both are "" where it is about many areas.
    period_end
        Of which date; None where it is about no one date.
    told
        The numbers and names of the sentence.
    witnesses
        The observations it rests on, at most `MOST_WITNESSES`.
    places
        (edition, code) of the areas, where it is about many.
    n
        How many observations, or areas, it is about in all.
    """

    rule: str
    variant: str
    severity: Severity
    indicator: str
    edition: str
    area: str
    period_end: date | None
    told: Mapping[str, Any] = field(hash=False)
    witnesses: tuple[Witness, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    n: int = 1

    @property
    def id(self) -> str:
        """A short name that stays the same as long as the finding does."""
        said = "|".join(f"{w.indicator} {w.area} {w.origin} {w.locator}" for w in self.witnesses)
        about = " ".join(str(self.told.get(name, "")) for name in ("domain", "level"))
        place = f"{self.edition} {self.area}"
        parts = (self.variant, self.indicator, place, str(self.period_end), about, said)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]

    @property
    def total(self) -> int:
        """How many observations it rests on, those told of left out included."""
        return max(self.n, len(self.witnesses)) if self.witnesses else 0

    @property
    def indicators(self) -> frozenset[str]:
        """Ids of all indicators concerned."""
        more = (*self.told.get("indicators", ()), *(w.indicator for w in self.witnesses))
        return frozenset({self.indicator, *more} - {""})

    @property
    def origins(self) -> tuple[str, ...]:
        """Ids of the sources concerned, in the order of the witnesses."""
        return tuple(dict.fromkeys(w.origin for w in self.witnesses if w.origin))


def witnesses(rows: pd.DataFrame) -> tuple[Witness, ...]:
    """Make witnesses of observations, the same one only once."""
    # As one array: going through frames row by row takes ten times as long.
    cells = rows[list(_FIELDS)].head(MOST_WITNESSES).to_numpy(dtype=object)
    return tuple(dict.fromkeys(Witness(*map(_plain, _FIELDS, row)) for row in cells))


def finding_about(
    row: pd.Series, name: str, severity: Severity, told: Mapping[str, Any], found: pd.DataFrame
) -> Finding:
    """Make a finding about the place, indicator and period of one row."""
    return Finding(
        name.split(".", 1)[0],
        name,
        severity,
        str(row["indicator"]),
        str(row["edition"]),
        str(row["area"]),
        pd.Timestamp(row["period_end"]).date(),
        told,
        witnesses(found),
        n=len(found),
    )


def _plain(name: str, value: Any) -> Any:
    if name in _DAYS:
        return None if pd.isna(value) else pd.Timestamp(value).date()
    if name in NUMBER_COLUMNS:
        return None if pd.isna(value) else float(value)
    return str(value)


def places_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return places in the order of their codes, each once."""
    return tuple(sorted(set(pairs)))
