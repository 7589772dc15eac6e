"""The records that matching passes around: the scope of a parent and the answer for a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from base.words import Lang, day, t
from geo.crosswalk import OldCommune
from geo.editions import EDITION_2024, Area, Level, area
from geo.names.entry import Entry
from geo.names.methods import MATCHED, Method

MAX_LISTED = 10
# Notes of older names that mean exactly a unit of today.
_RENAMED = frozenset({"renamed", "old_renamed"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Hold where a name must lie.

    Attributes
    ----------
    provinces
        Codes of the provinces; None where anywhere will do.
    old_provinces
        Provinces of the edition before, where one of those was given.
    label
        The parent as understood.
    problem
        Id of the note that says why the parent is not understood.
    """

    provinces: frozenset[str] | None = None
    old_provinces: frozenset[str] = frozenset()
    label: Area | None = None
    problem: str = ""

    def allows(self, entry: Entry) -> bool:
        """Say whether an entry lies within."""
        if self.provinces is None:
            return True
        if not self.provinces & entry.provinces:
            return False
        return not (self.old_provinces and entry.old_provinces) or bool(
            self.old_provinces & entry.old_provinces
        )


ANYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a name was found to mean, before it is put into words.

    Attributes
    ----------
    method
        How it was matched, or why not.
    code
        Code of the area; None where there is none.
    notes
        Ids of sentences with what their placeholders stand for.
    near
        Areas that may have been meant.
    """

    method: Method
    code: str | None = None
    notes: tuple[tuple[str, dict[str, Any]], ...] = ()
    near: tuple[Area, ...] = field(default=())

    def noting(self, key: str, **values: object) -> Answer:
        """Add a sentence."""
        return Answer(self.method, self.code, (*self.notes, (key, values)), self.near)

    @property
    def matched(self) -> bool:
        """Whether there is a code."""
        return self.method in MATCHED

    @property
    def renamed(self) -> bool:
        """Whether it was only renamed, so that an older name means all of today's unit."""
        return any(key in _RENAMED for key, _ in self.notes)


def refuse(
    method: Method, key: str | None = None, near: tuple[Area, ...] = (), **values: Any
) -> Answer:
    """Answer without a code.

    Parameters
    ----------
    key
        Id of the sentence; that of the method where None.
    """
    return Answer(method, None, ((key or str(method), {"areas": near, **values}),), near)


def refuse_elsewhere(found: tuple[Area, ...], edition: str, level: Level) -> Answer:
    """Answer that a name belongs to another level, or only to another edition.

    Parameters
    ----------
    edition, level
        Where the name was to be found.
    """
    first = found[0]
    if first.level is level:
        other = {"other": first.edition, "edition": edition}
        return refuse(Method.OTHER_EDITION, near=found, **other)
    what = {"what": first.level, "level": level, "edition": edition}
    return refuse(Method.OTHER_LEVEL, near=found, **what)


def units(codes: frozenset[str] | tuple[str, ...], edition: str) -> tuple[Area, ...]:
    """Find areas by their codes, in the order of the codes."""
    return tuple(area(edition, code) for code in sorted(set(codes)))


def describe(unit: Area | OldCommune, lang: Lang) -> str:
    """Name an area so that it cannot be mistaken: with type, province and code.

    A commune of before July 2025 has its district instead of its code.
    """
    if isinstance(unit, OldCommune):
        return _describe_old(unit, lang)
    name = unit.name_en if lang == "en" else unit.name_vi
    if unit.level in (Level.DISTRICT, Level.COMMUNE) and unit.parent:
        home = area(unit.edition, unit.parent)
        name = f"{name}, {home.short_en if lang == 'en' else home.short_vi}"
    return f"{name} ({unit.code})"


def _describe_old(unit: OldCommune, lang: Lang) -> str:
    above = [area(EDITION_2024, unit.province)]
    if unit.district != unit.code:
        above.insert(0, area(EDITION_2024, unit.district))
    names = [unit.name_en if lang == "en" else unit.name_vi]
    return ", ".join(names + [one.name_en if lang == "en" else one.name_vi for one in above])


def say(answer: Answer, lang: Lang) -> str:
    """Put the notes of an answer into words.

    Returns
    -------
    str
        Sentences; empty where nothing needs saying.
    """
    return " ".join(
        t(f"names.note.{key}", lang, **{name: _word(value, lang) for name, value in values.items()})
        for key, values in answer.notes
    )


def _word(value: object, lang: Lang) -> str:
    if isinstance(value, Level):
        return t(f"names.level.{value}", lang)
    if isinstance(value, Area):
        return value.name_en if lang == "en" else value.name_vi
    if isinstance(value, OldCommune):
        return describe(value, lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, tuple):
        more = "; …" if len(value) > MAX_LISTED else ""
        return "; ".join(describe(unit, lang) for unit in value[:MAX_LISTED]) + more
    return str(value)
