"""The controls of the profile of a place: which place, in which language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from base.words import Lang, t
from geo.crosswalk import OldCommune
from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area, edition, path, regions
from geo.maps import versioned
from ui.address import (
    LONGEST,
    PROFILE,
    Asked,
    Refusal,
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
    read_language,
    refusals,
    static_url,
    style,
    take_row,
    write_language,
)

PARAMS = ("edition", "place")


def open_profile() -> tuple[str, Unit, Lang]:
    """Read which place the address asks for, and write it back complete.

    Returns
    -------
    edition, unit, lang
        What the address names; else the place last looked at on the map; else the country.
    """
    style()
    lang, refused = read_language(PARAMS)
    asked = {name: str(st.query_params.get(name, ""))[:LONGEST] for name in PARAMS}
    edition_id, unit, not_followed = _asked(asked)
    for name, value in (("edition", edition_id), ("place", unit.code)):
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    write_language(lang, PARAMS)
    _controls(edition_id, unit, lang)
    refusals([*refused, *not_followed], lang)
    return edition_id, unit, lang


def _asked(asked: dict[str, str]) -> tuple[str, Unit, list[Refusal]]:
    if not any(asked.values()):
        last = st.session_state.get(LAST, {})
        found = find_unit(f"{last.get('edition', '')}:{last.get('place', '')}")
        return (*(found or _country()), [])
    edition_id = asked["edition"] or EDITION_2025
    found = find_unit(f"{edition_id}:{asked['place'] or COUNTRY_CODE}")
    if found is not None:
        return (*found, [])
    # Where the edition is known it is kept: its country is the nearest there is.
    known = find_unit(f"{edition_id}:{COUNTRY_CODE}")
    wrong = "place" if known else "edition"
    return (*(known or _country()), [Refusal(wrong, asked[wrong])])


def _country() -> tuple[str, Area]:
    return EDITION_2025, area(EDITION_2025, COUNTRY_CODE)


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
            page_language_picker(lang, PARAMS)


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
    found = [{"v": f"{EDITION_2025}:{COUNTRY_CODE}", "t": _name(_country()[1], lang)}]
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
        take_row(Asked(view), PROFILE)


def go_to(unit: str) -> None:
    """Go to the profile of a place, given as ``edition:code``."""
    edition_id, _, code = unit.partition(":")
    st.query_params["edition"], st.query_params["place"] = edition_id, code
