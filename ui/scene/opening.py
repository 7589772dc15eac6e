"""What opening an area of the map does: it is selected, and then gone into."""

from __future__ import annotations

from typing import Any

from base.words import pick, t
from geo.editions import Level, child_level, has_area
from metrics.store import Store
from ui.address import View
from ui.scene.covered import covered, parts_of
from ui.scene.places import level_name, place_name


def entered(store: Store, view: View, code: str) -> dict[str, Any]:
    """Return what changes of a view when an area is opened.

    Returns
    -------
    dict
        The place; its parts where it is selected already and they have figures; else nothing.
    """
    if not has_area(view.edition, code):
        return {}
    if code != view.place:
        return {"place": code}
    below = child_level(view.edition, view.area().level)
    if below is None or view.level is below:
        return {}
    return {"level": below} if parts_of(store, view.area(), view.indicator) is not None else {}


def unopened(store: Store, view: View, code: str) -> str:
    """Say why an area that is selected already is not gone into, and what would be found there.

    Returns
    -------
    str
        "" where there is nothing to go into, or nothing that keeps one out.
    """
    below = child_level(view.edition, view.area().level)
    if code != view.place or below is None or view.level is below:
        return ""
    if view.area().level is not Level.PROVINCE or entered(store, view, code):
        return ""
    best, known = parts_of(store, view.area()), store.catalog.indicators
    return t(
        "landing.other_parts" if best else "landing.no_parts",
        view.lang,
        asked=pick(known[view.indicator].short, view.lang),
        shown=pick(known[best.indicator].short, view.lang) if best else "",
        areas=level_name(below, view.lang, 2),
        where=place_name(view.area(), view.lang, full=True),
    )


def levelled(store: Store, view: View, level: Level) -> dict[str, Any]:
    """Return what changes of a view when another level is chosen.

    Returns
    -------
    dict
        The level; and the indicator to open with there where this one has no figure of it.
    """
    place = view.area()
    parent = place.code if place.level is Level.PROVINCE and level is not place.level else None
    known = [one.indicator for one in covered(store, view.edition, level, parent)]
    other = {"indicator": known[0]} if known and view.indicator not in known else {}
    return {"level": level, **other}
