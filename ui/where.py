"""Old and new places side by side: which unit became which, and where both lie."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from geo.boundaries import bounds, web_layer
from geo.choropleth import MapView
from geo.crosswalk import OldCommune, crosswalk, old_commune, old_communes
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
from geo.history import Event, Kind, predecessors, successors
from metrics.formats import day
from metrics.messages import Lang, t
from ui.mapview import ACCENT, symbols_of
from ui.sentences import place_name

LIGHT = "#8fc1d4"
PAD = 0.12  # degrees around what is highlighted

Unit = Area | OldCommune


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

    Parameters
    ----------
    edition_id, unit
        As of `find_unit`.

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
        codes = _districts_of(edition_id, unit)
        return _districts(str(unit.parent), codes), _communes(_communes_of(codes))
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


def _districts_of(edition_id: str, unit: Area) -> tuple[str, ...]:
    if edition_id == EDITION_2024:
        return (unit.code,)
    return tuple(event.code for event in successors(edition_id, unit.code))


def _communes_of(districts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the communes of today that lie in districts of 2024, wholly or in part."""
    made = crosswalk(EDITION_2024, EDITION_2025, Level.COMMUNE, Level.COMMUNE)
    inside = [old.code for old in old_communes() if old.district in districts]
    return tuple(dict.fromkeys(link.to_code for code in inside for link in made.targets(code)))


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
        credit=t("map.credit.short", lang),
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


def map_title_html(side: Side, lang: Lang) -> str:
    """Write the name of the edition above its map."""
    found = edition(side.edition)
    name = found.name_vi if lang == "vi" else found.name_en
    return f"<h2 class='atlas-map-title'>{escape(name)}</h2>"


def story_html(edition_id: str, unit: Unit, lang: Lang) -> str:
    """Tell what a unit was made of and what became of it, as a list of sentences."""
    name = _name(unit, lang)
    events = [(e, _event_name(e, lang), name) for e in predecessors(edition_id, unit.code)]
    events += [(e, name, _event_name(e, lang)) for e in successors(edition_id, unit.code)]
    changes = [event for event in events if event[0].kind is not Kind.SAME]
    lines = [_line(old, new, event, lang) for event, old, new in changes or events]
    if isinstance(unit, Area) and unit.level is Level.DISTRICT:
        lines = [line for line in lines if changes] + [_since_2025(edition_id, unit, lang)]
    if not lines:
        lines = [t("where.nothing", lang, name=name)]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="atlas-text"><ul>{items}</ul></div>'


def _together(event: Event, old: str, lang: Lang) -> str:
    """Name the provinces that went into a new one together with this one."""
    if event.kind is not Kind.MERGED or event.level is not Level.PROVINCE:
        return ""
    others = [
        _event_name(other, lang)
        for other in predecessors(event.edition, event.code)
        if _event_name(other, lang) != old
    ]
    named = ", ".join(others)
    return " " + t("where.together", lang, names=named) if others and named else ""


def _since_2025(edition_id: str, district: Area, lang: Lang) -> str:
    """Say which communes of today lie where a district was."""
    codes = _communes_of(_districts_of(edition_id, district))
    names = ", ".join(place_name(area(EDITION_2025, c), lang, full=True) for c in codes)
    province = successors(EDITION_2024, str(district.parent))[0]
    return t("where.no_districts", lang, names=names, province=_event_name(province, lang))


def _event_name(event: Event, lang: Lang) -> str:
    return event.name_vi if lang == "vi" else event.name_en


def _name(unit: Unit, lang: Lang) -> str:
    return unit.name_vi if lang == "vi" else unit.name_en


def _line(old: str, new: str, event: Event, lang: Lang) -> str:
    text = t(f"where.{event.kind}", lang, old=old, new=new)
    text += _together(event, old, lang)
    when = day(event.date, lang) if event.date else event.when
    if when and event.kind is not Kind.SAME:
        text += " " + t("where.since", lang, when=when)
    if event.resolution:
        text += f" ({event.resolution})"
    text += "."
    return f"{text} {event.note}".strip() if lang == "vi" else text
