"""The records of the gap ledger: lists of gaps over time, and what became of each gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from geo.editions import EDITION_2025

if TYPE_CHECKING:
    import pandas as pd

    from geo.coverage.ground import Settlements

Definition = Literal["no_signal", "weak_signal", "no_power", "no_4g"]
DEFINITIONS: Final[tuple[Definition, ...]] = ("no_signal", "weak_signal", "no_power", "no_4g")
Event = Literal["baseline", "new", "persisting", "reopened", "closed", "unreported"]
EVENTS: Final[tuple[Event, ...]] = (
    *("baseline", "new", "persisting", "reopened", "closed", "unreported"),
)
# “Phủ sóng viễn thông toàn bộ các điểm lõm, không để phát sinh thêm”: due by the end of the first
# quarter of 2024 (targets coverage-gap-status and coverage-gap-new, origin doc-001).
DUE: Final = date(2024, 3, 31)
SAME_PLACE_M: Final = 2_000.0
AMBIGUOUS_COLUMNS: Final = ("file", "row", "id", "name", "track", "known_as", "metres")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A list of gaps at a date.

    Attributes
    ----------
    at
        The date that the list describes.
    definition
        What a gap is in it. Lists of unlike definitions are never put into one ledger.
    gaps
        Its rows.
    whole_country
        Whether the list names all gaps of the country, so that not being on it means closed.
    provinces
        Else the codes of the provinces of which it names all gaps.
    file
        Its name.
    simulated
        Whether it carries the mark of made-up data.
    """

    at: date
    definition: Definition
    gaps: Settlements
    whole_country: bool
    provinces: frozenset[str]
    file: str = ""
    simulated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """What became of each gap.

    Attributes
    ----------
    edition, definition
        Of all lists.
    dates
        Of the lists, in order.
    tracks
        One row a gap: track, id, name, area_code, province, lon, lat, population, first_seen,
        last_seen, state (open, closed), times_opened, matched_by.
    events
        One row a gap and list: track, date, event, province.
    spells
        One row a time that a gap was closed: track, first_seen, last_seen, closed_by,
        at_least_days, at_most_days (NaN where the gap was on the first list already).
    ambiguous
        Rows that may be gaps that are known and were taken for new ones: file, row, id, name, and
        the gap that each may be: track, known_as, metres (NaN without points).
    simulated
        Whether the lists carry the mark of made-up data.
    told
        The provinces of which each list names all gaps, by date.
    """

    edition: str
    definition: Definition
    dates: tuple[date, ...]
    tracks: pd.DataFrame
    events: pd.DataFrame
    spells: pd.DataFrame
    ambiguous: pd.DataFrame
    simulated: bool
    told: Mapping[date, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows of two lists are taken for the same gap.

    Attributes
    ----------
    edition
        Edition of the areas.
    same_place_m
        Gaps without ids are the same if they have the same name, in any spelling, in the same
        commune and are at most so far apart, metres geodesic.
    """

    edition: str = EDITION_2025
    same_place_m: float = SAME_PLACE_M
