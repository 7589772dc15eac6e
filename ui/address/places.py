"""Addresses of places: the profile of one, and the same place in Explore."""

from __future__ import annotations

from urllib.parse import urlencode

from base.words import Lang
from geo.boundaries import has_layer
from geo.editions import COUNTRY_CODE, EDITION_2024, Area, Level
from metrics.catalog import Indicator
from ui.address.choices import mapped_editions
from ui.address.view import View

PROFILE = "profile"


def profile_href(edition: str, code: str, lang: Lang) -> str:
    """Return the address of the profile of a place, relative to any page of the app."""
    return f"{PROFILE}?{urlencode({'lang': lang, 'edition': edition, 'place': code})}"


def updates_href(edition: str, code: str, lang: Lang) -> str:
    """Return the address of what is new of a place, relative to any page of the app."""
    return f"updates?{urlencode({'lang': lang, 'edition': edition, 'place': code})}"


def place_href(place: Area, lang: Lang) -> str:
    """Return the address of Explore that shows a place; "" where it has no map of its own."""
    if place.edition not in mapped_editions() or place.level is Level.REGION:
        return ""
    return View(lang=lang).to(edition=place.edition, place=place.code).href()


def explore_href(indicator: Indicator, place: Area, lang: Lang, *, carried: bool = False) -> str:
    """Return the address of Explore that shows a figure of a place, traced to its source.

    Parameters
    ----------
    carried
        Whether it was published on the edition before.

    Returns
    -------
    str
        "" where no map can show it.
    """
    if place.edition not in mapped_editions() or place.level is Level.REGION:
        return ""
    if place.level is not Level.COUNTRY and not has_layer(place.edition, place.level):
        return ""
    level = Level.PROVINCE if place.level is Level.COUNTRY else place.level
    view = View(lang=lang).to(edition=place.edition, place=COUNTRY_CODE, level=level)
    basis = {"basis": EDITION_2024} if carried else {}
    return view.to(indicator=indicator.id, source=place.code, **basis).href()
