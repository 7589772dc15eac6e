"""The controls of the profile of a place: which place it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from base.words import Lang, t
from geo.crosswalk import OldCommune
from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area, path
from ui import address
from ui.address import (
    Address,
    Param,
    Reading,
    View,
    place_href,
    profile_href,
)
from ui.places.story import Unit
from ui.places.where import find_unit
from ui.scene import place_name
from ui.shell import (
    LAST,
    as_of,
    links,
    print_button,
    read_address,
    read_language,
    refusals,
    style,
    write_address,
    write_language,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The place that the page is about; a commune of before July 2025 is of edition 2024 here."""

    edition: str = EDITION_2025
    place: str = COUNTRY_CODE

    def unit(self) -> Unit | None:
        """Return the place, if there is one."""
        found = find_unit(f"{self.edition}:{self.place}")
        return found[1] if found else None


def _edition(given: str, _: Reading) -> str:
    if Asked(given).unit() is None:
        raise ValueError(given)
    return given


def _place(given: str, so_far: Reading) -> str:
    # Of a map that there is not, no place can be shown; that is said of the map.
    if so_far.refused:
        return COUNTRY_CODE
    if Asked(so_far.found["edition"], given).unit() is None:
        raise ValueError(given)
    return given


PROFILED: Final = Address(Asked, (Param("edition", _edition), Param("place", _place)))


def open_profile(extra: tuple[str, ...] = ()) -> tuple[str, Unit, Lang]:
    """Read which place the address asks for, and write it back complete.

    Parameters
    ----------
    extra
        Parameters that the page reads besides.

    Returns
    -------
    edition, unit, lang
        What the address names; else the place last looked at on the map; else the country.
    """
    style()
    lang, refused = read_language((*PROFILED.names, *extra))
    asked, not_followed = read_address(PROFILED)
    if not any(st.query_params.get(name) for name in PROFILED.names):
        last = st.session_state.get(LAST, {})
        here = Asked(last.get("edition", ""), last.get("place", ""))
        asked = here if here.unit() else asked
    unit = asked.unit() or _country()
    write_address(PROFILED, asked)
    write_language(lang, (*PROFILED.names, *extra))
    _controls(asked.edition, unit, lang)
    refusals([*refused, *not_followed], lang)
    return asked.edition, unit, lang


def _country() -> Area:
    return area(EDITION_2025, COUNTRY_CODE)


def _controls(edition_id: str, unit: Unit, lang: Lang) -> None:
    with st.container(key="top"):
        crumbs, printing = st.columns([8, 1], vertical_alignment="center")
        with crumbs:
            _breadcrumb(edition_id, unit, lang)
        with printing:
            print_button("print", t("profile.print", lang))


def _breadcrumb(edition_id: str, unit: Unit, lang: Lang) -> None:
    steps: list[Unit] = []
    if isinstance(unit, OldCommune):
        steps = [*path(area(edition_id, unit.district)), unit]
    else:
        steps = list(path(unit))
    items: list[dict[str, Any]] = [
        {
            "v": f"{edition_id}:{step.code}",
            "t": _name(step, lang),
            "href": profile_href(edition_id, step.code, lang),
            "here": step.code == unit.code,
        }
        for step in steps
    ]
    data = {"label": t("crumbs.label", lang), "items": items, "style": "crumbs"}
    links("profile_crumbs", data, chosen=go_to)


def _name(step: Unit, lang: Lang) -> str:
    if isinstance(step, Area) and step.level is Level.COUNTRY:
        return place_name(step, lang)
    return step.name_vi if lang == "vi" else step.name_en


def taken_of(edition_id: str, unit: Unit, lang: Lang) -> address.Asked | None:
    """Return what is taken away of the profile; of places that have no map nothing is."""
    if isinstance(unit, Area) and place_href(unit, lang):
        return address.Asked(View(lang=lang, as_of=as_of()).to(edition=edition_id, place=unit.code))
    return None


def go_to(unit: str) -> None:
    """Go to the profile of a place, given as ``edition:code``."""
    edition_id, _, code = unit.partition(":")
    write_address(PROFILED, Asked(edition_id, code))
