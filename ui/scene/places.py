"""Places, levels and maps by name, and the address of a figure on its map."""

from __future__ import annotations

from base.words import Lang, number, t, tn
from geo.editions import COUNTRY_CODE, Area, Level, area, areas
from ui.address import PUBLISHED, View, mapped_editions


def place_name(place: Area, lang: Lang, *, full: bool = False) -> str:
    """Return the name of an area in the reader's language, with its type word if `full`."""
    if lang == "vi":
        return place.name_vi if full else place.short_vi
    return place.name_en if full else place.short_en


# Officials write this one with a capital even within a sentence (Decree 30/2020/NĐ-CP, annex II).
ALWAYS_CAPITAL = "Thành phố Hồ Chí Minh"


def within(name: str, lang: Lang) -> str:
    """Write a full name as it stands within a sentence: "tỉnh Hà Giang", "Hà Giang province".

    Parameters
    ----------
    name
        Full name of an area, with its type word.
    lang
        Only Vietnamese names change.

    Returns
    -------
    str
        With the type word in small letters, as Decree 30/2020/NĐ-CP, annex II, has it.
    """
    if lang != "vi" or name == ALWAYS_CAPITAL:
        return name
    return name[:1].lower() + name[1:]


def level_name(level: Level, lang: Lang, n: int) -> str:
    """Return the plural name of a level: "tỉnh, thành phố", "provinces"."""
    return tn(f"level.{level}", n, lang)


def basis_name(basis: str, level: Level, lang: Lang) -> str:
    """Name the basis of figures: as published here, or carried from the areas of an edition."""
    if basis == PUBLISHED:
        return t("basis.published", lang)
    n = len(areas(basis, level))
    return t("basis.carried", lang, n=number(n, lang), areas=level_name(level, lang, n))


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
        level = place.level if above != COUNTRY_CODE else Level.PROVINCE
        view = view.to(place=above or COUNTRY_CODE, level=level)
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
