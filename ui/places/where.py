"""Old and new places side by side: which unit became which, and where both lie."""

from __future__ import annotations

from dataclasses import dataclass

from base.html import Markup, el
from base.words import Lang, t
from geo.boundaries import bounds, web_layer
from geo.crosswalk import OldCommune, old_commune, predecessors, successors
from geo.editions import (
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    TRUONG_SA,
    Area,
    Level,
    UnknownArea,
    area,
    edition,
    has_area,
)
from geo.maps import MapView
from metrics.catalog import boundary_note_short
from ui.places.story import Unit, communes_of, districts_of
from ui.scene import ACCENT, place_name, symbols_of

LIGHT = "#8fc1d4"
PAD = 0.12  # degrees around what is highlighted


def find_unit(text: str) -> tuple[str, Unit] | None:
    """Return the unit that an address names as ``edition:code``, or None.

    Communes of before July 2025 are units of edition 2024 here.
    """
    edition_id, _, code = text.partition(":")
    try:
        return edition_id, area(edition_id, code)
    except (KeyError, LookupError):
        pass
    if edition_id != EDITION_2024:
        return None
    try:
        return edition_id, old_commune(code)
    except (UnknownArea, LookupError):
        return None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two maps.

    Attributes
    ----------
    edition, level, focus
        What is drawn; `focus` is the province in focus or None.
    main, beside
        Codes of the unit itself, and of those that it was united with.
    """

    edition: str
    level: Level
    focus: str | None
    main: tuple[str, ...]
    beside: tuple[str, ...] = ()


def sides(edition_id: str, unit: Unit) -> tuple[Side, Side]:
    """Work out the map of before July 2025 and the map of since for a unit.

    Returns
    -------
    tuple of Side
        The old map and the new one.
    """
    if isinstance(unit, OldCommune):
        new = tuple(e.code for e in successors(edition_id, unit.code))
        return _districts(unit.province, (unit.district,)), _communes(new)
    if edition_id == EDITION_2025:
        return _back(unit), _new_side(unit)
    if unit.level is Level.DISTRICT:
        codes = districts_of(edition_id, unit)
        return _districts(str(unit.parent), codes), _communes(communes_of(codes))
    into = successors(EDITION_2024, unit.code)
    new_codes = tuple(e.code for e in into)
    others = tuple(
        e.code
        for code in new_codes
        for e in predecessors(EDITION_2025, code)
        if e.code != unit.code
    )
    return (
        Side(EDITION_2024, Level.PROVINCE, None, (unit.code,), others),
        Side(EDITION_2025, Level.PROVINCE, None, new_codes),
    )


def _back(unit: Area) -> Side:
    before = predecessors(EDITION_2025, unit.code)
    if unit.level is Level.PROVINCE:
        return Side(EDITION_2024, Level.PROVINCE, None, tuple(e.code for e in before))
    communes = [old_commune(e.code) for e in before if not has_area(EDITION_2024, e.code)]
    districts = dict.fromkeys(c.district for c in communes)
    districts |= dict.fromkeys(e.code for e in before if has_area(EDITION_2024, e.code))
    provinces = {str(area(EDITION_2024, code).parent) for code in districts}
    focus = provinces.pop() if len(provinces) == 1 else None
    return Side(EDITION_2024, Level.DISTRICT, focus, tuple(districts))


def _new_side(unit: Area) -> Side:
    focus = unit.parent if unit.level is Level.COMMUNE else None
    return Side(EDITION_2025, unit.level, focus, (unit.code,))


def _districts(province: str, codes: tuple[str, ...]) -> Side:
    return Side(EDITION_2024, Level.DISTRICT, province, codes)


def _communes(codes: tuple[str, ...]) -> Side:
    provinces = {area(EDITION_2025, code).parent for code in codes}
    focus = provinces.pop() if len(provinces) == 1 else None
    return Side(EDITION_2025, Level.COMMUNE, focus, codes)


def side_view(side: Side, lang: Lang) -> MapView:
    """Describe one of the two maps: what is meant in colour, the rest as plain land."""
    layer = web_layer(side.edition, side.level, detail=side.level is not Level.PROVINCE)
    codes = (*side.main, *side.beside)
    names = [place_name(area(side.edition, code), lang, full=True) for code in codes]
    return MapView(
        layer=layer.url,
        names=None,
        lang=lang,
        focus=side.focus,
        selected=side.main[0] if len(side.main) == 1 else None,
        bounds=_around(side),
        codes=codes,
        marks="0" * len(side.main) + "1" * len(side.beside),
        text=[""] * len(codes),
        when=[0] * len(codes),
        dates=[""],
        palette=[ACCENT, LIGHT],
        unit="",
        alt=t("where.alt", lang, names=", ".join(names)),
        credit=boundary_note_short(side.edition, side.level, lang),
        words={"outside": "", "failed": t("map.failed", lang)},
        symbols=symbols_of(side.edition, layer, lang),
        accent=ACCENT,
        plain=True,
    )


def _around(side: Side) -> tuple[float, float, float, float]:
    far = {HOANG_SA.get((side.edition, side.level)), TRUONG_SA.get((side.edition, side.level))}
    codes = [code for code in (*side.main, *side.beside) if code not in far or len(side.main) == 1]
    boxes = [bounds(side.edition, code) for code in codes or side.main]
    if side.focus and side.level is not Level.PROVINCE and not far & set(side.main):
        boxes.append(bounds(side.edition, side.focus))
    west, south, east, north = zip(*boxes, strict=True)
    return min(west) - PAD, min(south) - PAD, max(east) + PAD, max(north) + PAD


def map_title_html(side: Side, lang: Lang) -> Markup:
    """Write the name of the edition above its map."""
    found = edition(side.edition)
    return el("h2.atlas-map-title", found.name_vi if lang == "vi" else found.name_en)
