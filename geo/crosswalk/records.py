"""The records of the crosswalk: one link, and all links of a pair."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from base.words import Refusal
from geo.editions import Level, UnknownArea

if TYPE_CHECKING:
    import pandas as pd

ORIGIN_SEPARATOR = "|"


class Weight(StrEnum):
    """What a unit is divided by: each part alike, its land area, its people."""

    COUNT = "count"
    AREA = "area"
    POPULATION = "population"


class Relation(StrEnum):
    """Whether all of a unit goes to another, or a part of it."""

    WHOLE = "whole"
    PART = "part"


class Extent(StrEnum):
    """How much of a unit goes to another, as far as it is known."""

    WHOLE = "whole"
    MOST = "most"
    PART = "part"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """Where the shares of a link come from."""

    WHOLE = "whole"  # the unit is not divided: 1, exact
    DRAWN = "drawn_area"  # areas measured on the approximate boundaries
    SIZES = "sizes"  # published areas and people of the parts of a union
    OVERLAP = "box_overlap"  # box of the old unit over the drawn areas of the new ones
    EQUAL = "equal"  # each part alike: nothing better is known
    UNKNOWN = "unknown"  # no shares


class NoCrosswalkError(Refusal, LookupError):
    """A pair of editions and levels without a crosswalk was asked for."""

    prefix = "crosswalk."


@dataclass(frozen=True, slots=True)
class Link:
    """Hold how much of one unit went to another.

    Attributes
    ----------
    from_edition, from_code, to_edition, to_code
        The two units.
    extent
        How much of the first went to the second, in words.
    share_count, share_area, share_population
        The same as a share, 0 to 1, of the first unit: with each part counting alike, by land area,
        by people. None where unknown.
    exact
        The whole unit goes there, so that nothing is estimated.
    method
        Where the shares come from; several, joined by ``|``, in a chain.
    origin
        Ids of the origins, joined by ``|``.
    effective
        Day (YYYY-MM-DD) or year of the change; empty where nothing changed or it is not known.
    resolution
        The resolution, where it is known for certain; else empty.
    note
        Caveat for the reader, in Vietnamese.
    """

    from_edition: str
    from_code: str
    to_edition: str
    to_code: str
    extent: Extent
    share_count: float | None
    share_area: float | None
    share_population: float | None
    exact: bool
    method: str
    origin: str
    effective: str = ""
    resolution: str = ""
    note: str = ""

    @property
    def relation(self) -> Relation:
        """Say whether it is the whole unit or a part."""
        return Relation.WHOLE if self.extent is Extent.WHOLE else Relation.PART

    def share(self, weight: Weight) -> float | None:
        """Give the share by one weight."""
        if weight is Weight.COUNT:
            return self.share_count
        return self.share_area if weight is Weight.AREA else self.share_population


FRAME_COLUMNS = (
    "from_code",
    "to_code",
    "relation",
    "share_count",
    "share_area",
    "share_population",
    "exact",
    "origin",
    "extent",
    "method",
    "note",
)


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """Hold every link between the units of two editions and levels.

    Attributes
    ----------
    from_edition, to_edition, level_from, level_to
        The pair.
    from_codes, to_codes
        Every unit of either side, linked or not, in official order.
    links
        The links, by from_code, then to_code. By each weight the shares of one from_code add up to
        1, or are all None.
    """

    from_edition: str
    to_edition: str
    level_from: Level
    level_to: Level
    from_codes: tuple[str, ...]
    to_codes: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def complete(self) -> bool:
        """Say whether every unit of both sides is linked."""
        return len(self._targets) == len(self.from_codes) and len(self._members) == len(
            self.to_codes
        )

    def targets(self, from_code: str) -> tuple[Link, ...]:
        """Give where a unit went.

        Raises
        ------
        UnknownArea
            Where the code is no unit of the from side.
        """
        return _look_up(self._targets, from_code, self.from_codes, self.from_edition)

    def members(self, to_code: str) -> tuple[Link, ...]:
        """Give what a unit was made of.

        Raises
        ------
        UnknownArea
            Where the code is no unit of the to side.
        """
        return _look_up(self._members, to_code, self.to_codes, self.to_edition)

    def known(self, weight: Weight) -> bool:
        """Say whether every link has its share by a weight."""
        return all(link.share(weight) is not None for link in self.links)

    @property
    def frame(self) -> pd.DataFrame:
        """Give the links as a new table: one row a link, columns `FRAME_COLUMNS`, NaN = unknown."""
        import pandas as pd  # noqa: PLC0415 - only the table needs it, and it is slow to import

        frame = pd.DataFrame(
            [[getattr(link, column) for column in FRAME_COLUMNS] for link in self.links],
            columns=list(FRAME_COLUMNS),
        )
        shares = [f"share_{weight}" for weight in Weight]
        return frame.astype({**dict.fromkeys(shares, float), "exact": bool})

    @cached_property
    def _targets(self) -> dict[str, tuple[Link, ...]]:
        return grouped(self.links, "from_code")

    @cached_property
    def _members(self) -> dict[str, tuple[Link, ...]]:
        return grouped(self.links, "to_code")


def grouped(links: tuple[Link, ...], by: str) -> dict[str, tuple[Link, ...]]:
    """Group links by the code of one side."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[getattr(link, by)].append(link)
    return {code: tuple(group) for code, group in found.items()}


def _look_up(
    groups: dict[str, tuple[Link, ...]], code: str, codes: tuple[str, ...], edition: str
) -> tuple[Link, ...]:
    found = groups.get(code, ())
    if not found and code not in codes:
        raise UnknownArea("area_linked", code=code, n=len(codes), edition=edition)
    return found
