"""What the address of the page of coverage gaps says, besides the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.boundaries import has_layer
from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area, edition, editions, has_area
from ui.address import Address, Param, Reading, among
from ui.shell import put

PART, MODE, MAP, PLACE, UNITS, OVER, PER = "part", "mode", "map", "at", "units", "over", "per"
SORT = "sort"
PARTS: Final = ("known", "search", "ledger", "evidence")
MODES: Final = ("real", "simulated")
# Editions whose lowest areas have boundaries, so that points can be placed; the newest first.
MAPS: Final = tuple(
    found.id for found in reversed(editions()) if has_layer(found.id, found.levels[-1])
)
# What the map of the country is made of.
UNIT_KINDS: Final = ("provinces", "lowest")
# What is drawn over the areas.
OVERS: Final = ("gaps", "clusters", "sites", "margins", "summits")
# The last of them need the ground.
OVER_GROUND: Final = OVERS[3:]
PERS: Final = ("villages", "people")
SORTS: Final = ("rate", "place", "uncovered", "people_uncovered")


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of the page.

    Attributes
    ----------
    part
        One of `PARTS`.
    mode
        "simulated" shows a simulated country instead of the reader's files.
    edition
        Edition of the areas, one of `MAPS`.
    place
        Code of the province or of the lowest area looked at; the country at first.
    units
        Whether the country is drawn by provinces or by its lowest areas.
    over
        Whether single gaps, clusters of gaps or places of new sites are drawn over the areas; or,
        over real ground, margins of settlements or summits for new sites on plain areas.
    per
        Whether rates are per thousand villages or per thousand people.
    sort
        Column by which the table of areas is sorted.
    """

    part: str = PARTS[0]
    mode: str = MODES[0]
    edition: str = EDITION_2025
    place: str = COUNTRY_CODE
    units: str = UNIT_KINDS[0]
    over: str = OVERS[0]
    per: str = PERS[0]
    sort: str = SORTS[0]

    @property
    def simulated(self) -> bool:
        """Whether the simulated country is shown."""
        return self.mode == MODES[1]

    @property
    def lowest(self) -> Level:
        """Return the lowest level of the edition: communes, or districts."""
        return edition(self.edition).levels[-1]

    @property
    def over_ground(self) -> bool:
        """Whether what is drawn needs the ground."""
        return self.over in OVER_GROUND

    @property
    def at(self) -> Area:
        """Return the place looked at."""
        return area(self.edition, self.place)

    @property
    def province(self) -> str:
        """Return the code of the province looked at or looked into; "" for the country."""
        if self.place == COUNTRY_CODE:
            return ""
        return self.place if self.at.level is Level.PROVINCE else str(self.at.parent)

    @property
    def by_lowest(self) -> bool:
        """Whether the areas drawn and listed are those of the lowest level."""
        return self.place != COUNTRY_CODE or self.units == UNIT_KINDS[1]


def _place(code: str, so_far: Reading) -> str:
    on = so_far.found[MAP]
    if not has_area(on, code):
        raise ValueError(code)
    if area(on, code).level not in (Level.COUNTRY, Level.PROVINCE, edition(on).levels[-1]):
        raise ValueError(code)
    return code


GAPS: Final = Address(
    Settings,
    (
        Param(PART, among(*PARTS)),
        Param(MODE, among(*MODES)),
        Param(MAP, among(*MAPS), field="edition"),
        Param(PLACE, _place, field="place"),
        Param(UNITS, among(*UNIT_KINDS)),
        Param(OVER, among(*OVERS)),
        Param(PER, among(*PERS)),
        Param(SORT, among(*SORTS)),
    ),
)


def go(name: str, value: str) -> None:
    """Follow a choice of the reader; for use in the callbacks of controls.

    Going to another edition returns to the country: the same code can be another place there.
    """
    put(name, value, *((PLACE,) if name == MAP else ()))
