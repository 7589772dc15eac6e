"""Where somebody arrives who has found a place: where a figure of it is."""

from __future__ import annotations

from dataclasses import dataclass

from base.words import Lang, t
from geo.crosswalk import Kind, old_commune, successors
from geo.editions import COUNTRY_CODE, Area, Level, UnknownArea, area, has_area
from geo.search import heirs_of
from metrics.store import Store
from ui.address import View, chosen, levels_at, mapped_editions
from ui.scene.covered import covered, provinces_with, to_open
from ui.scene.found import focus_of
from ui.scene.places import level_name, place_name


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A page about a place that no map has, and what it is asked.

    Attributes
    ----------
    page
        Name of the page, as its file in pages/ has it.
    params
        Its address.
    """

    page: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Landing:
    """Where somebody arrives, and what is to be said of it.

    Attributes
    ----------
    to
        The view, or a page without a map.
    told
        Why it is not what was asked for; "" where it is.
    """

    to: View | Elsewhere
    told: str = ""


def landing(store: Store, view: View, key: str) -> Landing:
    """Choose where a place that was found is shown: where a figure is.

    Parameters
    ----------
    view
        The view of the reader before: its indicator stays where the place has a figure of it.
    key
        The place as ``edition:code``; communes of before July 2025 have edition 2024.

    Returns
    -------
    Landing
        The map that has the place; of a unit without a map, that of the one place it became; else
        the page that says what became of it. A place whose level has no figures is told so on the
        map of its province.
    """
    place = _mapped(key)
    if place is None:
        return Landing(Elsewhere("where", {"lang": view.lang, "unit": key}))
    if place.level is Level.REGION:
        params = {"lang": view.lang, "edition": place.edition, "place": place.code}
        return Landing(Elsewhere("profile", params))
    told = "" if key == f"{place.edition}:{place.code}" else _became(key, place, view.lang)
    below = place.level in (Level.DISTRICT, Level.COMMUNE)
    if below and not covered(store, place.edition, place.level, place.parent):
        asked, place = place, area(place.edition, str(place.parent))
        told = " ".join(filter(None, (told, _no_level(asked, place, view.lang))))
    return Landing(opened(store, view, place), told)


def opened(store: Store, view: View, place: Area) -> View:
    """Return the view of a place, on an indicator that has a figure of it where there is one."""
    there = view.to(edition=place.edition, place=place.code)
    indicator = to_open(store, view, place)
    if not indicator or indicator == there.indicator:
        return there
    return chosen(there, store.catalog.indicators, indicator=indicator)


def _mapped(key: str) -> Area | None:
    """Find the place on a map: itself, or the one place that it became."""
    edition, _, code = key.partition(":")
    if edition in mapped_editions() and has_area(edition, code):
        return area(edition, code)
    heirs = [heir for heir in heirs_of(key) if heir != key]
    for later in reversed(mapped_editions()):
        on = [heir for heir in heirs if heir.startswith(f"{later}:")]
        if on:
            return area(*on[0].split(":")) if len(on) == 1 else None
    return None


def _became(key: str, place: Area, lang: Lang) -> str:
    edition, _, code = key.partition(":")
    try:
        old = area(edition, code) if has_area(edition, code) else old_commune(code)
    except UnknownArea:
        return ""
    name = old.name_vi if lang == "vi" else old.name_en
    kinds = {event.kind for event in successors(edition, code)}
    how = "within" if kinds & {Kind.MERGED, Kind.SPLIT} else "became"
    return t(f"landing.{how}", lang, old=name, now=place_name(place, lang, full=True))


def _no_level(place: Area, province: Area, lang: Lang) -> str:
    return t(
        "landing.no_level",
        lang,
        name=place_name(place, lang, full=True),
        areas=level_name(place.level, lang, 2),
        where=place_name(province, lang, full=True),
    )


def showing(store: Store, view: View, indicator: str) -> View:
    """Return the view of an indicator where it has figures: here, else the nearest scope with some.

    Nearest is the country on this map, then a province whose parts have figures, then other maps.
    """
    after = chosen(view, store.catalog.indicators, indicator=indicator)
    if _counted(store, after, indicator):
        return after
    for edition in (view.edition, *(e for e in mapped_editions() if e != view.edition)):
        whole = chosen(
            view.to(edition=edition, place=COUNTRY_CODE, level=Level.PROVINCE),
            store.catalog.indicators,
            indicator=indicator,
        )
        if _counted(store, whole, indicator):
            return whole
        below = levels_at(area(edition, COUNTRY_CODE))[-1]
        with_parts = provinces_with(store, indicator, edition, below)
        if with_parts:
            return whole.to(place=with_parts[0].code, level=below)
    return after


def _counted(store: Store, view: View, indicator: str) -> bool:
    province = focus_of(view)
    found = covered(store, view.edition, view.level, province.code if province else None)
    return any(one.indicator == indicator for one in found)
