"""Match one name, without anything around it, against the names of a level."""

from __future__ import annotations

from dataclasses import dataclass

from geo._names_answer import Answer, Scope, refuse, refuse_elsewhere, units
from geo._names_entry import SPLIT, Entry, Kind
from geo._names_index import Index, elsewhere, index
from geo._names_links import parts_of, steps_into
from geo._names_notes import Method
from geo._names_text import EXACT, MISSING, Key, Text, disagreement, key
from geo._names_types import Reading, glued_reading, readings
from geo.editions import Area, Level, area

# "Bắc Liêu" contradicts Bạc Liêu in a mark and a tone; more than that is another word.
MAX_CONTRADICTIONS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold one entry that a reading of the name may mean.

    Attributes
    ----------
    tier
        0 where the diacritics are the official ones or the text has none at all, 1 where some are
        missing, more where they contradict.
    """

    entry: Entry
    key: Key
    types: frozenset[str] | None
    tier: int

    @property
    def typed(self) -> bool:
        """Whether the name gives a type that the entry is written with, or none."""
        return self.types is None or bool(self.types & self.entry.types)

    @property
    def typed_elsewhere(self) -> bool:
        """Whether the type given is one that the area has in another edition."""
        return self.types is not None and bool(self.types & self.entry.other_types)


def match_text(text: Text, names: Index, scope: Scope) -> Answer | None:
    """Match a name.

    Parameters
    ----------
    text
        The name, with or without type words.
    names
        The level of an edition to find it in.
    scope
        Where it must lie.

    Returns
    -------
    Answer or None
        None where no name has these letters.
    """
    found = _candidates(readings(text), text, names, scope)
    if not found:
        glued = glued_reading(text)
        found = _candidates([glued], text, names, scope) if glued else []
    if not found:
        return None
    best = min(one.tier for one in found)
    found = [one for one in found if one.tier == best]
    inside = [one for one in found if scope.allows(one.entry)]
    if not inside:
        near = units(tuple(code for one in found for code in one.entry.targets), names.edition)
        return refuse(Method.PARENT_CONFLICT, near=near, parent=scope.label)
    if best > MISSING:
        return _differing(inside, names, scope)
    pool = [one for one in inside if one.typed]
    others = [one for one in inside if not one.typed and one.typed_elsewhere]
    if not pool and not others:
        return _other_type(inside, names, scope)
    return _choose(pool, others, names, scope)


def _candidates(ways: list[Reading], text: Text, names: Index, scope: Scope) -> list[Candidate]:
    accented = text.accented or scope.accented
    found = []
    for way in ways:
        if way.types is not None and not way.types & names.types:
            continue
        name = key(way.core)
        for entry in names.by_bare.get(name.bare, ()):
            if entry.needs_type and way.types is None:
                continue
            if entry.dotted and way.core.plain[1:2] != ".":
                continue
            tier = disagreement(name, entry.key) if accented else EXACT
            found.append(Candidate(entry, name, way.types, tier))
    return found


def _choose(pool: list[Candidate], others: list[Candidate], names: Index, scope: Scope) -> Answer:
    everyone = pool + others
    meant = {one.entry.targets for one in everyone}
    if len(meant) > 1:
        near = units(tuple(code for codes in meant for code in codes), names.edition)
        return refuse(Method.AMBIGUOUS, "former_type" if pool and others else None, near)
    best = min(pool or others, key=lambda one: one.entry.kind.value)
    entry = best.entry
    near = units(entry.targets, names.edition)
    if entry.extent == SPLIT:
        return refuse(Method.SPLIT, near=near, old=entry.label)
    if _also_a_province(best, names, scope):
        return refuse(Method.AMBIGUOUS, "province_name", near)
    if best.tier == MISSING and not _safe_without(best, names):
        return refuse(
            Method.DIACRITICS_CONFLICT, near=units(names.codes(best.key.bare), names.edition)
        )
    answer = _accept(best, near[0], retyped=not pool)
    return _note_district(answer, best, names)


def _accept(best: Candidate, unit: Area, *, retyped: bool) -> Answer:
    entry = best.entry
    bare = (not best.key.accented and entry.key.accented) or best.tier == MISSING
    if entry.kind is Kind.PAST:
        answer = Answer(Method.PREDECESSOR, unit.code)
        answer = answer.noting(entry.extent, old=entry.label, area=unit, code=unit.code)
        return answer.noting("no_diacritics") if bare else answer
    if retyped:
        answer = Answer(Method.TYPE_DIFFERS, unit.code).noting("type_differs", area=unit)
    elif entry.kind is Kind.ALIAS:
        answer = Answer(Method.ALIAS, unit.code).noting("alias", area=unit)
    elif bare:
        answer = Answer(Method.NO_DIACRITICS, unit.code).noting("no_diacritics")
    else:
        answer = Answer(Method.NAME, unit.code)
    return note_parts(answer, unit)


def _note_district(answer: Answer, best: Candidate, names: Index) -> Answer:
    """Say where a name without type is also that of a district of the edition before."""
    if names.level is not Level.COMMUNE or best.types is not None:
        return answer
    homes = best.entry.old_provinces | best.entry.provinces
    for other in elsewhere(best.key, names.edition, names.level):
        if other.level is Level.DISTRICT and other.parent in homes:
            return answer.noting("also_district", area=other, edition=other.edition)
    return answer


def note_parts(answer: Answer, unit: Area) -> Answer:
    """Say where an area has taken in units of the edition before."""
    split = {code for code, s in steps_into(unit.edition, unit.level).items() if len(s) > 1}
    parts = [p for p in parts_of(unit.edition, unit.level, unit.code) if p.code not in split]
    if not parts or (len(parts) == 1 and parts[0].code == unit.code):
        return answer
    return answer.noting("enlarged", area=unit, parts=", ".join(p.name_vi for p in parts))


def _also_a_province(best: Candidate, names: Index, scope: Scope) -> bool:
    """Say whether a name without type may as well be the row of a province."""
    if names.level is Level.PROVINCE or best.types is not None:
        return False
    if names.level is Level.DISTRICT and scope.provinces is not None:
        return False
    provinces = index(names.edition, Level.PROVINCE).by_bare.get(best.key.bare, ())
    return any(
        not entry.dotted and disagreement(best.key, entry.key) <= MISSING for entry in provinces
    )


def _safe_without(best: Candidate, names: Index) -> bool:
    """Say whether a name in a text with diacritics may lack some of its own."""
    if names.level is Level.PROVINCE:
        return True
    if names.level is Level.COMMUNE and best.key.accented:
        return False
    return len(names.codes(best.key.bare)) == 1


def _differing(inside: list[Candidate], names: Index, scope: Scope) -> Answer:
    """Accept diacritics that contradict the official ones only where nothing else is near."""
    codes = names.codes(inside[0].key.bare)
    near = units(codes, names.edition)
    official = [one for one in inside if one.entry.kind is Kind.OFFICIAL]
    safe = (
        names.level is not Level.COMMUNE
        and len(codes) == 1
        and bool(official)
        and all(one.typed or one.typed_elsewhere for one in official)
        and all(one.tier <= MISSING + MAX_CONTRADICTIONS for one in official)
        and not _also_a_province(official[0], names, scope)
        and not any(elsewhere(official[0].key, names.edition, names.level, exact=True))
    )
    if not safe:
        return refuse(Method.DIACRITICS_CONFLICT, near=near)
    answer = Answer(Method.DIACRITICS_DIFFER, near[0].code)
    return note_parts(answer.noting("diacritics_differ", area=near[0]), near[0])


def _other_type(inside: list[Candidate], names: Index, scope: Scope) -> Answer:
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
    kinds = None if names.level is Level.PROVINCE else types
    for other in elsewhere(best.key, names.edition, names.level, types=kinds):
        if other.level is Level.DISTRICT:
            return refuse_elsewhere((other,), names.edition, names.level)
    answer = Answer(Method.TYPE_DIFFERS, near[0].code).noting("type_differs", area=near[0])
    return note_parts(answer, near[0])


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
