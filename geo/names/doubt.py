"""Decide on names that do not quite fit: another type of area, other diacritics.

They are accepted only where nothing else is near, and the answer says so.
"""

from __future__ import annotations

from geo.editions import Area, Level, area
from geo.names.answer import Answer, Scope, refuse, refuse_elsewhere, units
from geo.names.candidate import Candidate, note_parts
from geo.names.entry import Kind
from geo.names.index import Index, elsewhere, index
from geo.names.methods import Method
from geo.names.text import EXACT, MISSING, Key, disagreement

# "Bắc Liêu" contradicts Bạc Liêu in a mark and a tone; more than that is another word.
MAX_CONTRADICTIONS = 2


def also_a_province(best: Candidate, names: Index, scope: Scope) -> bool:
    """Say whether a name without type may as well be the row of a province.

    It may not where what the name lies in is another province than that.
    """
    if names.level is Level.PROVINCE or best.types is not None:
        return False
    if names.level is Level.DISTRICT and scope.provinces is not None:
        return False
    provinces = index(names.edition, Level.PROVINCE).by_bare.get(best.key.bare, ())
    return any(
        not entry.dotted
        and disagreement(best.key, entry.key) <= MISSING
        and (scope.provinces is None or not scope.provinces.isdisjoint(entry.targets))
        for entry in provinces
    )


def differing(inside: list[Candidate], names: Index, scope: Scope) -> Answer:
    """Accept diacritics that contradict the official ones only where nothing else is near."""
    codes = names.codes(inside[0].key.bare)
    near = units(codes, names.edition)
    official = [one for one in inside if one.entry.kind is Kind.OFFICIAL]
    # Without its province "Mường Lá" may be Mường La or be cut from Mường Lát.
    in_district = names.level is Level.DISTRICT and scope.provinces is not None
    safe = (
        (names.level is Level.PROVINCE or in_district)
        and len(codes) == 1
        and bool(official)
        and all(one.typed or one.typed_elsewhere for one in official)
        and all(one.tier <= MISSING + MAX_CONTRADICTIONS for one in official)
        and not also_a_province(official[0], names, scope)
        and not any(elsewhere(official[0].key, names.edition, names.level, exact=True))
    )
    if not safe:
        return refuse(Method.DIACRITICS_CONFLICT, near=near)
    answer = Answer(Method.DIACRITICS_DIFFER, near[0].code)
    return note_parts(answer.noting("diacritics_differ", area=near[0]), near[0])


def other_type(inside: list[Candidate], names: Index, scope: Scope) -> Answer:
    """Accept a type that the area does not have only where no other area is near."""
    best = inside[0]
    same_letters = [e for e in names.by_bare[best.key.bare] if scope.allows(e) and not e.dotted]
    codes = frozenset(code for entry in same_letters for code in entry.targets)
    near = units(codes, names.edition)
    types = best.types or frozenset()
    safe = (
        names.level is not Level.COMMUNE
        and len(codes) == 1
        and all(entry.kind is not Kind.PAST for entry in same_letters)
        and best.tier == EXACT
        and not _longer_name(best.key.bare, near[0], names, types)
        and (scope.provinces is not None or not _is_province_name(best.key, names))
    )
    if not safe:
        return refuse(Method.TYPE_CONFLICT, near=near)
    found = rival(best.key, near[0], names, types)
    if found is not None:
        return refuse_elsewhere((found,), names.edition, names.level)
    answer = Answer(Method.TYPE_DIFFERS, near[0].code).noting("type_differs", area=near[0])
    return note_parts(answer, near[0])


def rival(name: Key, unit: Area, names: Index, types: frozenset[str]) -> Area | None:
    """Find what else a type that the area does not have may mean.

    Of a province, its capital: TP Bắc Ninh. Of a district, one of another edition in the same
    province: TP Thủ Đức, asked for on the map of 2019.
    """
    for other in elsewhere(name, names.edition, names.level):
        if other.level is Level.DISTRICT and (
            names.level is Level.PROVINCE or (other.parent == unit.parent and other.type in types)
        ):
            return other
    return None


def _is_province_name(name: Key, names: Index) -> bool:
    return names.level is Level.DISTRICT and any(
        not entry.dotted
        for entry in index(names.edition, Level.PROVINCE).by_bare.get(name.bare, ())
    )


def _longer_name(bare: str, unit: Area, names: Index, types: frozenset[str]) -> bool:
    """Say whether the name may be short for a neighbour's: TP Điện Biên, Điện Biên Phủ."""
    return any(
        entry.key.bare.startswith(bare)
        and entry.key.bare != bare
        and bool(entry.types & types)
        and area(names.edition, entry.targets[0]).parent == unit.parent
        for entry in names.official()
    )
