"""What a place can be called, and what is told beside its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from base.words import Lang, number, t
from geo.crosswalk import Event, Kind
from geo.editions import (
    COUNTRY_CODE,
    EDITION_2024,
    EDITION_2025,
    TYPE_WORDS,
    Area,
    Level,
    area,
    has_area,
)
from geo.names import iso_codes, searched, spellings
from geo.search.units import Unit
from geo.search.words import words

MOST_NAMED = 3
# The code, in all editions, of the province that nobody calls by its bare name.
_ALWAYS_CITY = "79"


class Called(IntEnum):
    """What a name is to its place, the surest first."""

    NAME = 0
    ALIAS = 1
    INITIALS = 2


@dataclass(frozen=True, slots=True)
class Name:
    """Hold one name of a place.

    Attributes
    ----------
    text
        The name without its type word.
    called
        What it is to the place.
    typed
        Whether it is meant only where its type is written: Quận 1.
    """

    text: str
    called: Called
    typed: bool = False


def names_of(unit: Unit) -> Iterator[Name]:
    """List what a place can be called, its own name first."""
    of_type = TYPE_WORDS.get(unit.type)
    vi, en = (of_type.vi, of_type.en) if of_type else ("", "")
    if unit.type == "township":
        vi, en = " ".join(unit.name_vi.split()[:2]), unit.name_en.split()[-1]
    core = unit.name_vi.removeprefix(f"{vi} ") if vi else unit.name_vi
    yield Name(core, Called.NAME, typed=core.isdigit())
    english = unit.name_en.removesuffix(f" {en}") if en else unit.name_en
    if words(english).key().bare != words(core).key().bare:
        yield Name(english, Called.ALIAS)
    if unit.until:
        return
    for text in searched().get((unit.edition, unit.code), ()):
        yield Name(text, Called.ALIAS)
    yield from _iso(unit)
    if unit.level is not Level.COMMUNE or unit.edition == EDITION_2025:
        for text, typed in spellings(unit.edition, unit.level)[unit.code]:
            yield Name(text, Called.ALIAS, typed or text.isdigit())
    if unit.level is Level.PROVINCE or unit.type in ("city", "city_in_central"):
        parts = core.replace("-", " ").split()
        if len(parts) > 1:
            yield Name("".join(part[0] for part in parts), Called.INITIALS)
            yield Name(f"{parts[0][0]} {' '.join(parts[1:])}", Called.INITIALS)


def _iso(unit: Unit) -> Iterator[Name]:
    """Yield the code of ISO 3166-2; those of today only where nothing changed."""
    if unit.edition == EDITION_2024 or unit.same:
        for text in iso_of().get(unit.code, ()) if unit.level is Level.PROVINCE else ():
            yield Name(text, Called.INITIALS)


@cache
def iso_of() -> dict[str, tuple[str, ...]]:
    """Map provinces of before July 2025 to their codes of ISO 3166-2."""
    found: dict[str, tuple[str, ...]] = {}
    for one in iso_codes().values():
        found[one.code] = (*found.get(one.code, ()), one.alias)
    return found


def note_of(unit: Unit, lang: Lang) -> str:
    """Say what tells a place apart: where it lies, what it was made of, what it is now."""
    parts = [_within(unit, lang)]
    if unit.until:
        parts += [_until(unit.until, lang), _heir(unit, lang)]
    elif unit.edition == EDITION_2025:
        parts.append(_made_of(unit, lang))
    elif unit.level is Level.DISTRICT and unit.edition == EDITION_2024:
        parts.append(_communes(unit, lang))
    else:
        parts.append(_became(unit, lang))
    return " · ".join(part for part in parts if part)


def _within(unit: Unit, lang: Lang) -> str:
    if not unit.within:
        return ""
    edition, _, code = unit.within.partition(":")
    names = []
    while code and code != COUNTRY_CODE:
        above = area(edition, code)
        full = above.level is Level.DISTRICT
        if lang == "vi":
            names.append(above.name_vi if full else _province(above, lang))
        else:
            names.append(above.name_en if full else above.short_en)
        code = above.parent or ""
    return ", ".join(names)


def _province(one: Area, lang: Lang) -> str:
    """Name a province; the one that is never called without its type word keeps it."""
    if lang != "vi":
        return one.short_en
    return f"TP. {one.short_vi}" if one.code == _ALWAYS_CITY else one.short_vi


def _short(event: Event, lang: Lang) -> str:
    if event.level in (Level.PROVINCE, Level.DISTRICT) and has_area(event.edition, event.code):
        one = area(event.edition, event.code)
        if event.level is Level.PROVINCE:
            return _province(one, lang)
    return event.name_vi if lang == "vi" else event.name_en


def _made_of(unit: Unit, lang: Lang) -> str:
    told = [
        t("where.part", lang, name=_short(event, lang))
        if event.kind is Kind.SPLIT
        else _short(event, lang)
        for event in unit.before
    ]
    if not told:
        return ""
    return t("search.made_of", lang, names=_listed(told, lang))


def _became(unit: Unit, lang: Lang) -> str:
    """Say what is in the place of a unit that is no more, and since when."""
    if not unit.after:
        return ""
    merged = any(e.kind in (Kind.MERGED, Kind.SPLIT) for e in unit.after)
    kept = unit.after[0].kind is Kind.SAME and unit.after[0].name_vi == unit.name_vi
    if kept:
        return t("search.kept", lang)
    names = _listed([_short(event, lang) for event in unit.after], lang)
    what = t("search.now_in" if merged else "search.now", lang, names=names)
    if unit.level is Level.PROVINCE and unit.edition == EDITION_2024:
        return f"{t('where.until_2025', lang)} · {what}"
    when = unit.after[0].when[:4]
    before = t("search.before", lang, when=when) if when and unit.level is Level.DISTRICT else ""
    return f"{before} · {what}" if before else what


def _communes(unit: Unit, lang: Lang) -> str:
    names = []
    for key in unit.heirs:
        edition, _, code = key.partition(":")
        if edition == EDITION_2025:
            one = area(EDITION_2025, code)
            names.append(one.name_vi if lang == "vi" else one.name_en)
    if not names:
        return t("search.no_district", lang)
    return t("search.now", lang, names=_listed(names, lang))


def _listed(names: list[str], lang: Lang) -> str:
    listed = ", ".join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED + 1:
        return ", ".join(names)
    return t("search.and_more", lang, names=listed, n=number(len(names) - MOST_NAMED, lang))


def _until(until: str, lang: Lang) -> str:
    return t("search.until", lang, when=until[:4]) if until[:1].isdigit() else ""


def _heir(unit: Unit, lang: Lang) -> str:
    edition, _, code = unit.heirs[-1].partition(":")
    one = area(edition, code)
    province = one.level is Level.PROVINCE
    name = _province(one, lang) if province else one.name_vi if lang == "vi" else one.name_en
    return t("search.now_in", lang, names=name)
