"""The address of Explore at one figure: one click from a number to its source."""

from __future__ import annotations

from base.words import Lang, number, t
from geo.editions import COUNTRY_CODE, Level, area, areas
from ui.address import View, mapped_editions
from ui.scene.sentences import place_name


def trace_href(
    lang: Lang, indicator: str, edition_id: str, code: str, *, source: bool = True
) -> str:
    """Return the address of Explore where a figure is, traced to its source.

    Parameters
    ----------
    edition_id, code
        Area of the figure; the edition is "" for the country.
    source
        Whether the address opens the dialog about the source.

    Returns
    -------
    str
        "" where the edition has no map.
    """
    view = View(lang=lang)
    if not edition_id:
        view = view.to(indicator=indicator)
    elif edition_id not in mapped_editions():
        return ""
    else:
        place = area(edition_id, code)
        above = place.parent if place.level in (Level.DISTRICT, Level.COMMUNE) else COUNTRY_CODE
        view = view.to(edition=edition_id, indicator=indicator)
        view = view.to(place=above or COUNTRY_CODE)
    return view.to(source=code if source else "").href()


def where_name(edition_id: str, code: str, lang: Lang) -> str:
    """Name a place in full: with its province where it is below one, "cả nước" for the country."""
    if not edition_id:
        return place_name(area(mapped_editions()[0], COUNTRY_CODE), lang, full=True)
    place = area(edition_id, code)
    name = place_name(place, lang, full=True)
    if place.level in (Level.DISTRICT, Level.COMMUNE) and place.parent:
        return f"{name}, {place_name(area(edition_id, place.parent), lang)}"
    return name


def map_name(edition_id: str, lang: Lang) -> str:
    """Name an edition by its number of provinces, as the reader of a list knows it."""
    if not edition_id:
        return ""
    return t("trace.map", lang, n=number(len(areas(edition_id, Level.PROVINCE)), lang))
