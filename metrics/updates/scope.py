"""What of all changes is asked for: of an indicator, a theme, a place; beyond a threshold."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import urlencode

from base.reading import plain_number
from geo.editions import COUNTRY_CODE

RESULT: Final = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which changes are asked for; all of them where nothing is said.

    Attributes
    ----------
    indicator, domain
        Id of an indicator, of a theme.
    edition, place
        An area by its code; the country is one across editions.
    below, above
        Only figures that are known to be under, or over, so much now.
    """

    indicator: str = ""
    domain: str = ""
    edition: str = ""
    place: str = ""
    below: float | None = None
    above: float | None = None

    @property
    def params(self) -> dict[str, str]:
        """What is asked for, as the parameters of an address."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: value if isinstance(value, str) else plain_number(value)
            for name, value in told.items()
            if value not in ("", None) and (name != "edition" or self.place)
        }

    @property
    def key(self) -> str:
        """What is asked for in one line, the same for the same."""
        return urlencode(self.params)

    @property
    def series(self) -> str:
        """The edition that figures of the place are stored under."""
        return "" if self.place == COUNTRY_CODE else self.edition

    @property
    def is_bounded(self) -> bool:
        """Whether there is a threshold."""
        return self.below is not None or self.above is not None
