"""The records of the history of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo._crosswalk_records import Extent
from geo.editions import Level


class Kind(StrEnum):
    """What happened between an area and the one before or after it."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    UPGRADED = "upgraded"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one step to an earlier or a later area.

    Attributes
    ----------
    edition, code, name_vi, name_en, level
        The other area. Communes of before July 2025 have edition 2024.
    kind
        What happened: the older of the two was divided (split), went with others into the newer one
        (merged), got another name (renamed) or a higher type (upgraded), or nothing (same).
    extent
        How much of the older area went into the newer one.
    date
        First day of the newer state; None where the day is unknown or nothing changed.
    when
        The same as it is known: a day, only a year, or empty.
    resolution
        The resolution, where it is known for certain.
    origin
        Ids of the origins, joined by ``|``.
    note
        Caveat for the reader, in Vietnamese.
    """

    edition: str
    code: str
    name_vi: str
    name_en: str
    level: Level
    kind: Kind
    extent: Extent
    date: date | None
    when: str
    resolution: str | None
    origin: str
    note: str
