"""What the page of comparison is asked besides its view, and how an address says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.classify import SIDE
from ui.address.engine import Address, Param, Reading, among, among_known, spelled
from ui.address.own import AREA, of_view
from ui.address.params import read_date, write_date
from ui.address.view import View

PAIR, MULTIPLES = WAYS = ("pair", "multiples")
MOST_MAPS = 6
LONGEST_MAPS = 400
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
        pair = self.way == PAIR
        texts = COMPARED.write(replace(self, area=of_view(self.area, view)))
        if not view.source or pair != (self.of in (FIRST, SECOND)):
            texts["of"] = ""
        return texts | dict.fromkeys(("maps",) if pair else ("y", "y_per", "y_at", "cell"), "")


def cell_text(cell: tuple[int, int] | None) -> str:
    """Write a cell of the square as an address does."""
    return "" if cell is None else f"{cell[0]}-{cell[1]}"


def _read_maps(text: str, so_far: Reading) -> tuple[str, ...]:
    """Read a list of dates or of indicators, not of both."""
    parts = tuple(dict.fromkeys(text.split(",")))
    if len(parts) > MOST_MAPS:
        raise ValueError(text)
    if any(part not in so_far.known for part in parts):
        parts = tuple(date.fromisoformat(part).isoformat() for part in parts)
    return parts


# What exists are the ids of indicators.
COMPARED: Final = Address(
    Settings,
    (
        Param("way", among(*WAYS)),
        Param("y", among_known()),
        Param("y_per", among_known()),
        Param("y_at", read_date, write_date),
        Param(
            "cell",
            spelled({cell_text((x, y)): (x, y) for x in range(SIDE) for y in range(SIDE)}),
            cell_text,
        ),
        AREA,
        Param("of", among(*OF)),
        Param("maps", _read_maps, ",".join, longest=LONGEST_MAPS),
    ),
)
