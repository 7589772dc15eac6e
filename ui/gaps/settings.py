"""What the address of the page of coverage gaps says, besides the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.editions import COUNTRY_CODE, EDITION_2025, Level, area, has_area
from ui.view import LONGEST, Refusal

PART, MODE, PLACE, PER = "part", "mode", "at", "per"
PARAMS: Final = (PART, MODE, PLACE, PER)
PARTS: Final = ("known", "search", "ledger")
MODES: Final = ("real", "simulated")
PERS: Final = ("villages", "people")


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of the page.

    Attributes
    ----------
    part
        One of `PARTS`.
    mode
        "simulated" shows a simulated country instead of the reader's files.
    place
        Code of the province looked at; the country at first.
    per
        Whether rates are per thousand villages or per thousand people.
    """

    part: str = PARTS[0]
    mode: str = MODES[0]
    place: str = COUNTRY_CODE
    per: str = PERS[0]

    @property
    def simulated(self) -> bool:
        """Whether the simulated country is shown."""
        return self.mode == "simulated"

    def params(self) -> dict[str, str]:
        """Write the choices as parameters of an address, defaults included."""
        return {PART: self.part, MODE: self.mode, PLACE: self.place, PER: self.per}


def read(params: Mapping[str, str]) -> tuple[Settings, list[Refusal]]:
    """Read the choices from the parameters of an address.

    Returns
    -------
    settings
        The nearest choices that exist.
    refusals
        What could not be followed.
    """
    allowed = {PART: PARTS, MODE: MODES, PER: PERS}
    refused: list[Refusal] = []
    found: dict[str, str] = {}
    for name in PARAMS:
        given = str(params.get(name, ""))
        good = given in allowed[name] if name in allowed else _is_place(given)
        if given and not good:
            refused.append(Refusal(name, given[:LONGEST]))
        elif given:
            found[name] = given
    return (
        Settings(
            found.get(PART, PARTS[0]),
            found.get(MODE, MODES[0]),
            found.get(PLACE, COUNTRY_CODE),
            found.get(PER, PERS[0]),
        ),
        refused,
    )


def _is_place(code: str) -> bool:
    if not has_area(EDITION_2025, code):
        return False
    return area(EDITION_2025, code).level in (Level.COUNTRY, Level.PROVINCE)


def write(settings: Settings) -> None:
    """Put the choices into the address, unless it says so already."""
    params = {**st.query_params.to_dict(), **settings.params()}
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)


def go(name: str, value: str) -> None:
    """Follow a choice of the reader; for use in the callbacks of controls."""
    st.query_params[name] = value
