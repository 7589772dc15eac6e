"""Read codes where names are expected: official ones, spoilt by spreadsheets, and ISO 3166-2."""

from __future__ import annotations

import re

from geo.editions import Area, Level, area, areas, editions, has_area
from geo.names.answer import Answer, Scope, refuse
from geo.names.candidate import note_parts
from geo.names.data import iso_codes
from geo.names.entry import Kind, core_name, name_key
from geo.names.index import Index
from geo.names.links import carried
from geo.names.methods import Method

_CODE = re.compile(r"(?:=\s*)?[\"']?(\d+)(?:[.]0+)?[\"']?")
_ISO = re.compile(r"VN-(?:\d\d|[A-Z]{2})", re.IGNORECASE)


def code_width(edition: str, level: Level) -> int:
    """Say how many digits the codes of a level have."""
    return len(areas(edition, level)[0].code)


def match_code(text: str, names: Index, scope: Scope) -> Answer | None:
    """Match a code.

    Returns
    -------
    Answer or None
        None where the cell is not a code.
    """
    if names.level in (Level.COUNTRY, Level.REGION):
        return None
    if _ISO.fullmatch(text):
        return _match_iso(text.upper(), names)
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    edition, level = names.edition, names.level
    width = code_width(edition, level)
    digits = found[1]
    cut_zeros = len(digits) < width and not digits.startswith("0")
    if len(digits) != width and not cut_zeros:
        return refuse(Method.BAD_CODE, level=level, edition=edition, width=width)
    code = digits.zfill(width)
    if not has_area(edition, code) or area(edition, code).level is not level:
        return _not_here(code, names, width)
    unit = area(edition, code)
    home = code if level is Level.PROVINCE else unit.parent
    entry = next(e for e in names.by_bare[name_key(core_name(unit)).bare] if e.targets == (code,))
    if not scope.allows(entry) or (scope.provinces is not None and home not in scope.provinces):
        return refuse(Method.PARENT_CONFLICT, near=(unit,), parent=scope.label)
    answer = Answer(Method.CODE, code)
    for other in _others(code, names):
        if name_key(core_name(other)).bare != name_key(core_name(unit)).bare:
            answer = answer.noting("code_reused", edition=other.edition, area=other)
    return note_parts(answer, unit)


def _others(code: str, names: Index) -> list[Area]:
    """List what a code means in the other editions, newest first."""
    others = [e.id for e in reversed(editions()) if e.id != names.edition and has_area(e.id, code)]
    found = [area(other, code) for other in others]
    return [unit for unit in found if unit.level is names.level]


def _not_here(code: str, names: Index, width: int) -> Answer:
    for other in _others(code, names):
        return refuse(Method.OTHER_EDITION, "code_other_edition", (other,), other=other.edition)
    return refuse(Method.BAD_CODE, level=names.level, edition=names.edition, width=width)


def _match_iso(text: str, names: Index) -> Answer | None:
    """Match an ISO code of the 63 provinces; where they were united, tell what became of it."""
    alias = iso_codes().get(text)
    if alias is None or names.level is not Level.PROVINCE:
        return None
    old = area(alias.edition, alias.code)
    for entry in names.by_bare.get(name_key(core_name(old)).bare, ()):
        code = carried(alias.code, names.edition)
        if code and entry.kind is Kind.PAST and entry.code == code:
            unit = area(names.edition, code)
            answer = Answer(Method.PREDECESSOR, code)
            return answer.noting(entry.extent, old=entry.label, area=unit, code=code)
        if code and entry.kind is not Kind.PAST and entry.targets == (code,):
            unit = area(names.edition, code)
            return note_parts(Answer(Method.CODE, code).noting("iso", area=unit), unit)
    return None
