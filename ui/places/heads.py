"""The head of a profile: what the place is, where it lies, what it was and became."""

from __future__ import annotations

from base.html import Markup, el, items, join, link
from base.words import Lang, t
from geo.boundaries import has_layer, web_layer
from geo.crosswalk import Kind, OldCommune, predecessors, successors
from geo.editions import EDITION_2019, EDITION_2024, Area, Level, area, areas, child_level, edition
from geo.maps import Drawing, Ink, country_svg, parts_svg
from metrics.briefs import Profile
from metrics.catalog import boundary_note_short
from ui.address import place_href, profile_href, updates_href
from ui.charts import image
from ui.places.lede import lede
from ui.places.story import Unit, story_html
from ui.scene import level_name, place_name, within

DARK = Ink(land="#30373c", line="#14181b", place="#6cb8d6")
FEW_PARTS = 40  # more are folded away
# Editions without boundaries of their own lie on those of another, province by province.
DRAWN_ON = {EDITION_2019: EDITION_2024}


def head_html(edition_id: str, unit: Unit, found: Profile | None, lang: Lang, dark: bool) -> Markup:
    """Write the head of a profile.

    Parameters
    ----------
    found
        What is known about it; None of an old commune.
    """
    words = el(
        "div",
        el("p.kind", kind_text(edition_id, unit, lang)),
        el("p.lede", lede(found, lang) if found is not None else _of_old(unit, lang)),
        _history(edition_id, unit, lang),
        _ways(edition_id, unit, lang),
    )
    if isinstance(unit, Area) and unit.level is Level.COUNTRY:
        # On the screen the page shows its map with the ranking; this one is for paper.
        return el("header.country", words, _map(edition_id, unit, lang, dark)) + _parts(unit, lang)
    return el("header", words, _map(edition_id, unit, lang, dark)) + _parts(unit, lang)


def kind_text(edition_id: str, unit: Unit, lang: Lang) -> str:
    """Say the type of a place, its region and the map that it belongs to."""
    found = edition(edition_id)
    on = found.name_vi if lang == "vi" else found.name_en
    words = [t(f"profile.type.{unit.type}", lang)]
    if isinstance(unit, Area) and unit.region and unit.level is not Level.REGION:
        words.append(place_name(area(edition_id, unit.region), lang))
    words.append(on)
    if isinstance(unit, Area) and unit.level is not Level.COUNTRY:
        words.append(t("profile.code", lang, code=unit.code))
    return " · ".join(words)


def _of_old(unit: Unit, lang: Lang) -> str:
    district = area(EDITION_2024, unit.district)  # type: ignore[union-attr]
    province = area(EDITION_2024, unit.province)  # type: ignore[union-attr]
    return t(
        "profile.old_commune",
        lang,
        name=unit.name_vi if lang == "vi" else unit.name_en,
        district=within(place_name(district, lang, full=True), lang),
        province=within(place_name(province, lang, full=True), lang),
    )


def _history(edition_id: str, unit: Unit, lang: Lang) -> Markup:
    if isinstance(unit, Area) and unit.level in (Level.COUNTRY, Level.REGION):
        return Markup()
    if isinstance(unit, Area):
        edition_id, unit = _latest_same(unit)
    heading = el("h2", t("profile.history", lang))
    return el("section.history", heading, story_html(edition_id, unit, lang))


def _latest_same(unit: Area) -> tuple[str, Area]:
    """Follow a place to the newest map that has it unchanged: what became of it is told there."""
    while len(after := successors(unit.edition, unit.code)) == 1:
        if after[0].kind is not Kind.SAME or predecessors(unit.edition, unit.code):
            break
        unit = area(after[0].edition, after[0].code)
    return unit.edition, unit


def _ways(edition_id: str, unit: Unit, lang: Lang) -> Markup:
    """Link to the map, to the place above and its region, and to what the place was and became."""
    links: list[tuple[str, str]] = []
    if isinstance(unit, Area):
        links.append((place_href(unit, lang), t("profile.to_map", lang)))
        for code in dict.fromkeys((unit.region, unit.parent)):
            if code and code != unit.code:
                name = place_name(area(edition_id, code), lang, full=True)
                links.append((profile_href(edition_id, code, lang), name))
    if not isinstance(unit, Area) or unit.level not in (Level.COUNTRY, Level.REGION):
        before, after = predecessors(edition_id, unit.code), successors(edition_id, unit.code)
        for key, events in (("profile.was", before), ("profile.is_now", after)):
            for event in events:
                name = event.name_vi if lang == "vi" else event.name_en
                href = profile_href(event.edition, event.code, lang)
                links.append((href, t(key, lang, name=name)))
    if isinstance(unit, Area) and unit.level is not Level.REGION:
        links.append((updates_href(edition_id, unit.code, lang), t("profile.follow", lang)))
    listed = items(link(href, text) for href, text in links if href)
    return el("nav", listed, aria_label=t("profile.ways", lang)) if listed else Markup()


def _map(edition_id: str, unit: Unit, lang: Lang, dark: bool) -> Markup:
    """Draw where the place lies in the country, and in its province."""
    on = DRAWN_ON.get(edition_id, edition_id)
    name = unit.name_vi if lang == "vi" else unit.name_en
    marked, province = _marked(on, unit)
    layer = web_layer(on, Level.PROVINCE)
    islands = [
        f"{s.name_vi if lang == 'vi' else s.name_en} ({place_name(area(on, s.province), lang)})"
        for s in layer.symbols
    ]
    alt = t("profile.map.alt", lang, name=name)
    inks = (DARK, Ink()) if dark else (Ink(),)
    pictures = _pictures([country_svg(on, marked, islands, ink) for ink in inks], alt)
    level = Level.DISTRICT if isinstance(unit, OldCommune) else unit.level
    lowest = level in (Level.DISTRICT, Level.COMMUNE)
    if province and lowest and on == edition_id and has_layer(on, level):
        code = unit.district if isinstance(unit, OldCommune) else unit.code
        where = place_name(area(on, province), lang, full=True)
        drawn = [parts_svg(on, level, province, {code}, ink=ink) for ink in inks]
        pictures += _pictures(drawn, t("profile.map.parts", lang, name=name, where=where))
    credit = boundary_note_short(on, Level.PROVINCE, lang)
    return el("figure", pictures, el("figcaption", credit))


def _pictures(drawn: list[Drawing], alt: str) -> Markup:
    """Show a map; on dark paper another is kept for printing, which is always on white."""
    first, *rest = drawn
    shown = image(first.svg, alt, "screen", _labels(first))
    others = (image(other.svg, "", "paper", _labels(other)) for other in rest)
    return Markup(shown) + Markup("").join(map(Markup, others))


def _labels(drawn: Drawing) -> Markup:
    return join(
        el("span", label.name, style=f"left:{label.x}%;top:{label.y}%") for label in drawn.labels
    )


def _marked(on: str, unit: Unit) -> tuple[set[str], str]:
    """Return the provinces marked on the map of the country, and the one that the place lies in."""
    if isinstance(unit, OldCommune):
        return {unit.province}, unit.province
    if unit.level in (Level.COUNTRY, Level.REGION):
        return {place.code for place in areas(on, Level.PROVINCE, unit.code)}, ""
    code = unit.code if unit.level is Level.PROVINCE else str(unit.parent)
    return {code}, code


def _parts(unit: Unit, lang: Lang) -> Markup:
    """List the places one step further down, each with its profile."""
    if isinstance(unit, OldCommune) or (level := child_level(unit.edition, unit.level)) is None:
        return Markup()
    inside = areas(unit.edition, level, unit.code)
    if not inside:
        return Markup()
    listed = items(
        link(profile_href(unit.edition, part.code, lang), place_name(part, lang)) for part in inside
    )
    title = t("profile.parts", lang, n=f"{len(inside)}", areas=level_name(level, lang, len(inside)))
    opened = len(inside) <= FEW_PARTS and unit.level is not Level.PROVINCE
    return el("details.below", el("summary", title), listed, open=opened)
