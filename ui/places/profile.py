"""The controls of the profile of a place: which place, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from base.words import Lang, t
from geo.crosswalk import OldCommune
from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area, edition, path, regions
from geo.maps import versioned
from ui import address
from ui.address import (
    PROFILE,
    Address,
    Param,
    Reading,
    View,
    mapped_editions,
    place_href,
    profile_href,
)
from ui.places.story import Unit
from ui.places.where import find_unit
from ui.scene import place_name
from ui.shell import (
    LAST,
    combobox,
    links,
    page_language_picker,
    print_button,
    read_address,
    read_language,
    refusals,
    static_url,
    style,
    take_row,
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


def open_profile() -> tuple[str, Unit, Lang]:
    """Read which place the address asks for, and write it back complete.

    Returns
    -------
    edition, unit, lang
        What the address names; else the place last looked at on the map; else the country.
    """
    style()
    lang, refused = read_language(PROFILED.names)
    asked, not_followed = read_address(PROFILED)
    if not any(st.query_params.get(name) for name in PROFILED.names):
        last = st.session_state.get(LAST, {})
        here = Asked(last.get("edition", ""), last.get("place", ""))
        asked = here if here.unit() else asked
    unit = asked.unit() or _country()
    write_address(PROFILED, asked)
    write_language(lang, PROFILED.names)
    _controls(asked.edition, unit, lang)
    refusals([*refused, *not_followed], lang)
    return asked.edition, unit, lang


def _country() -> Area:
    return area(EDITION_2025, COUNTRY_CODE)


def _controls(edition_id: str, unit: Unit, lang: Lang) -> None:
    with st.container(key="top"):
        crumbs, search, printing, language = st.columns([4.4, 3.4, 1, 1])
        with crumbs:
            _breadcrumb(edition_id, unit, lang)
        with search:
            _search(lang)
        with printing:
            print_button("print", t("profile.print", lang))
        with language:
            page_language_picker(lang, PROFILED.names)


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


def _search(lang: Lang) -> None:
    """Show the search over the places of all editions, by old name or new."""
    combobox(
        "profile_search",
        {
            "label": t("search.label", lang),
            "quiet": True,
            "placeholder": t("where.search.hint", lang),
            "empty": t("profile.search.none", lang),
            "more": t("picker.more", lang),
            "value": None,
            "clear": True,
            "first": _above_provinces(lang),
            "url": static_url(versioned(f"places/units-{lang}.json")),
        },
        chosen=go_to,
    )


@lru_cache(maxsize=2)
def _above_provinces(lang: Lang) -> list[dict[str, str]]:
    """List the country and the regions of each map, which the file of places has not."""
    found = [{"v": f"{EDITION_2025}:{COUNTRY_CODE}", "t": _name(_country(), lang)}]
    for id_ in mapped_editions():
        one = edition(id_)
        name = one.name_vi if lang == "vi" else one.name_en
        found += [
            {"v": f"{id_}:{region.code}", "t": place_name(region, lang), "s": name}
            for region in regions(id_)
        ]
    return found


def take_away(edition_id: str, unit: Unit, lang: Lang) -> None:
    """Show the ways to take the profile away; of places that have no map there are none."""
    if isinstance(unit, Area) and place_href(unit, lang):
        view = View(lang=lang).to(edition=edition_id, place=unit.code)
        take_row(address.Asked(view), PROFILE)


def go_to(unit: str) -> None:
    """Go to the profile of a place, given as ``edition:code``."""
    edition_id, _, code = unit.partition(":")
    write_address(PROFILED, Asked(edition_id, code))
