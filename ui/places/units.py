"""The controls of the page about old and new places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from base.words import Lang, t
from geo.crosswalk import OldCommune, predecessors, successors
from geo.editions import EDITION_2024, Level, areas, has_area
from ui.address import Address, Param, Reading, Refusal
from ui.places.story import Unit
from ui.places.where import find_unit
from ui.shell import LAST, put, read_address, search_places, visit_place

FOLLOWED = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def read_unit() -> tuple[str, Unit, list[Refusal]]:
    """Read the unit that the page is asked about.

    Returns
    -------
    edition, unit
        What the address names; else the place last looked at on the map; else the first province
        that was united with another.
    refusals
        What could not be followed.
    """
    asked, refused = read_address(WHERE)
    if asked.unit is not None:
        return *asked.unit, []
    last = st.session_state.get(LAST, {})
    here = _followed(f"{last.get('edition', '')}:{last.get('place', '')}")
    return *(here or (EDITION_2024, _first())), refused


def _followed(text: str) -> tuple[str, Unit] | None:
    found = find_unit(text)
    if found is None or isinstance(found[1], OldCommune) or found[1].level in FOLLOWED:
        return found
    return None


def _read(text: str, _: Reading) -> tuple[str, Unit]:
    found = _followed(text)
    if found is None:
        raise ValueError(text)
    return found


def _write(found: tuple[str, Unit] | None) -> str:
    return f"{found[0]}:{found[1].code}" if found else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The place that the page is asked about, with its edition."""

    unit: tuple[str, Unit] | None = None


WHERE: Final = Address(Asked, (Param("unit", _read, _write),))


def _first() -> Unit:
    return next(
        place
        for place in areas(EDITION_2024, Level.PROVINCE)
        for after in successors(EDITION_2024, place.code)
        if len(predecessors(after.edition, after.code)) > 1
    )


def unit_search(edition_id: str, unit: Unit, lang: Lang) -> None:
    """Show the search over the places of before and after July 2025."""
    search_places(
        "unit_search",
        lang,
        go_to_found,
        edition=edition_id,
        label=t("where.search", lang),
        placeholder=t("where.search.hint", lang),
        shown=unit.name_vi if lang == "vi" else unit.name_en,
        value=f"{edition_id}:{unit.code}",
    )


def go_to_found(unit: str) -> None:
    """Ask about a place found; a region or the country, which did not change so, is gone to."""
    if _followed(unit) is None:
        visit_place(unit)
    else:
        put("unit", unit)


def choose_unit(edition_id: str) -> Callable[[str], None]:
    """Return what a click on the map of an edition does: ask about the area clicked."""

    def chosen(code: str) -> None:
        if has_area(edition_id, code):
            put("unit", f"{edition_id}:{code}")

    return chosen
