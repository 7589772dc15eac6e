"""What the page of comparison is asked besides its view, and how an address says it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from geo.classify import SIDE
from ui.address.choices import NEWEST
from ui.address.own import area_text, asked, read_area
from ui.address.params import one_of
from ui.address.view import Refusal, View

PARAMS = ("way", "y", "y_per", "y_at", "cell", "area", "of", "maps")
PAIR, MULTIPLES = WAYS = ("pair", "multiples")
MOST_MAPS = 6
# Whose figure is traced: the first or second indicator, or that of a map, from 0.
FIRST, SECOND = "x", "y"
OF = (FIRST, SECOND, *map(str, range(MOST_MAPS)))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the page of comparison is asked besides its view, whose indicator is the first.

    Attributes
    ----------
    way
        Two indicators on one map, or small multiples.
    y, y_per, y_at
        The second indicator, what it is divided by, and up to which date; "" and None where open.
    cell
        Thirds of the first and the second indicator whose areas are listed, 0 low to 2 high; None
        for all areas.
    area
        Edition and code of the area singled out; empty for none.
    of
        Whose figure of an area is traced to its source; see `OF`.
    maps
        What the small multiples show: dates, or ids of indicators.
    """

    way: str = PAIR
    y: str = ""
    y_per: str = ""
    y_at: date | None = None
    cell: tuple[int, int] | None = None
    area: tuple[str, str] = ("", "")
    of: str = FIRST
    maps: tuple[str, ...] = ()

    def params(self, view: View) -> dict[str, str]:
        """Write them as parameters of an address, those that the other way has left out."""
        edition, code = self.area
        pair = self.way == PAIR
        return {
            "way": self.way,
            "y": self.y if pair else "",
            "y_per": self.y_per if pair else "",
            "y_at": (self.y_at.isoformat() if self.y_at else NEWEST) if pair else "",
            "cell": cell_text(self.cell) if pair else "",
            "area": area_text(view, code) if edition == view.edition else "",
            "of": self.of if view.source and pair == (self.of in (FIRST, SECOND)) else "",
            "maps": "" if pair else ",".join(self.maps),
        }


def cell_text(cell: tuple[int, int] | None) -> str:
    """Write a cell of the square as an address does."""
    return "" if cell is None else f"{cell[0]}-{cell[1]}"


def read_settings(
    given: Mapping[str, str], indicators: Collection[str]
) -> tuple[Settings, list[Refusal]]:
    """Read the settings from an address; see `ui.compare.common.asked`.

    Parameters
    ----------
    given
        The address as it arrived.
    """
    cells = {cell_text((x, y)): (x, y) for x in range(SIDE) for y in range(SIDE)}
    found, refused = asked(
        given,
        {
            "way": lambda text: one_of(WAYS, text),
            "y": lambda text: one_of(indicators, text),
            "y_per": lambda text: one_of(indicators, text),
            "y_at": lambda text: None if text == NEWEST else date.fromisoformat(text),
            "cell": cells.__getitem__,
            "area": read_area,
            "of": lambda text: one_of(OF, text),
            "maps": lambda text: _maps(text, indicators),
        },
    )
    return Settings(**found), refused


def _maps(text: str, indicators: Collection[str]) -> tuple[str, ...]:
    """Read a list of dates or of indicators, not of both.

    Raises
    ------
    ValueError
        If one of them is neither, or they are too many.
    """
    parts = tuple(dict.fromkeys(text.split(",")))
    if len(parts) > MOST_MAPS:
        raise ValueError(text)
    if any(part not in indicators for part in parts):
        parts = tuple(date.fromisoformat(part).isoformat() for part in parts)
    return parts
