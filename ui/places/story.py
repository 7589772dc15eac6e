"""What a place was made of and what became of it, in sentences."""

from __future__ import annotations

from base.html import Markup, el, items
from base.words import Lang, day, t
from geo.crosswalk import Event, Kind, OldCommune, crosswalk, old_communes, predecessors, successors
from geo.editions import EDITION_2024, EDITION_2025, Area, Level, area
from ui.scene import place_name, within

Unit = Area | OldCommune


def districts_of(edition_id: str, unit: Area) -> tuple[str, ...]:
    """Return the districts of 2024 that a district is, or has gone into."""
    if edition_id == EDITION_2024:
        return (unit.code,)
    return tuple(event.code for event in successors(edition_id, unit.code))


def communes_of(districts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the communes of today that lie in districts of 2024, wholly or in part."""
    made = crosswalk(EDITION_2024, EDITION_2025, Level.COMMUNE, Level.COMMUNE)
    inside = [old.code for old in old_communes() if old.district in districts]
    return tuple(dict.fromkeys(link.to_code for code in inside for link in made.targets(code)))


def story_html(edition_id: str, unit: Unit, lang: Lang) -> Markup:
    """Tell what a unit was made of and what became of it, as a list of sentences."""
    name = _name(unit, lang)
    before, after = (ask(edition_id, unit.code) for ask in (predecessors, successors))
    lines = [_made_of(before, name, lang)] if before else []
    lines += [_became(event, unit, lang) for event in after]
    changed = [event for event in (*before, *after) if event.kind is not Kind.SAME]
    if not changed:
        lines = [t("where.same", lang, name=name)]
    if isinstance(unit, Area) and unit.level is Level.DISTRICT:
        lines = [line for line in lines if changed] + [_since_2025(edition_id, unit, lang)]
    lines = [line[:1].upper() + line[1:] for line in lines if line]
    return el("div.atlas-text", el("p", lines[0]) if len(lines) == 1 else items(lines))


def _since_2025(edition_id: str, district: Area, lang: Lang) -> str:
    """Say which communes of today lie where a district was."""
    codes = communes_of(districts_of(edition_id, district))
    full = (place_name(area(EDITION_2025, c), lang, full=True) for c in codes)
    names = _listed([within(name, lang) for name in full], lang)
    province = successors(EDITION_2024, str(district.parent))[0]
    return t("where.no_districts", lang, names=names, province=_event_name(province, lang))


def _event_name(event: Event, lang: Lang) -> str:
    return within(event.name_vi if lang == "vi" else event.name_en, lang)


def _name(unit: Unit, lang: Lang) -> str:
    return within(unit.name_vi if lang == "vi" else unit.name_en, lang)


def _listed(names: list[str], lang: Lang) -> str:
    """Join names as a sentence does: "A, B and C"."""
    *first, last = names
    return t("where.and", lang, names=", ".join(first), last=last) if first else last


def _made_of(events: tuple[Event, ...], name: str, lang: Lang) -> str:
    """Say what a unit was made of; nothing where it was only called so before."""
    first = events[0]
    if len(events) == 1 and first.kind is not Kind.SPLIT:
        if first.kind is Kind.SAME:
            return ""
        text = t(f"where.{first.kind}", lang, old=_event_name(first, lang), new=name)
        return text + _when(first, lang) + "."
    names = [
        t("where.part", lang, name=_event_name(e, lang))
        if e.kind is Kind.SPLIT
        else _event_name(e, lang)
        for e in events
    ]
    return t("where.made_of", lang, new=name, names=_listed(names, lang)) + _when(first, lang) + "."


def _became(event: Event, unit: Unit, lang: Lang) -> str:
    """Say what became of a unit, and with which others it was united."""
    if event.kind is Kind.SAME:
        return ""
    old, new = _name(unit, lang), _event_name(event, lang)
    others = [
        _event_name(other, lang)
        for other in predecessors(event.edition, event.code)
        if other.code != unit.code and other.kind is Kind.MERGED
    ]
    if event.kind is Kind.MERGED and others:
        text = t("where.united", lang, names=_listed([old, *others], lang), new=new)
    else:
        text = t(f"where.{event.kind}", lang, old=old, new=new)
    return text + _when(event, lang) + "."


def _when(event: Event, lang: Lang) -> str:
    when = day(event.date, lang) if event.date else event.when
    text = f", {t('where.since', lang, when=when)}" if when else ""
    if not event.resolution:
        return text
    # Named in Vietnamese where they are kept.
    told = event.resolution.removeprefix(t("where.resolution", "vi", number=""))
    resolution = t("where.resolution", lang, number=told)
    return f"{text} ({resolution})"
