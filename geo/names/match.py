"""Match one name, without anything around it, against the names of a level."""

from __future__ import annotations

from collections.abc import Sequence

from geo.editions import Area, Level
from geo.names.answer import Answer, Scope, refuse, refuse_elsewhere, units
from geo.names.candidate import Candidate, note_parts
from geo.names.doubt import also_a_province, differing, other_type, rival
from geo.names.entry import SPLIT, Kind
from geo.names.index import Index, elsewhere
from geo.names.methods import Method
from geo.names.text import EXACT, MISSING, Text, disagreement, key
from geo.names.types import Reading, glued_reading, readings


def match_text(text: Text, names: Index, scope: Scope) -> Answer | None:
    """Match a name.

    Returns
    -------
    Answer or None
        None where no name has these letters.
    """
    found = _candidates(readings(text), text, names)
    if not found:
        glued = glued_reading(text)
        found = _candidates([glued], text, names) if glued else []
    if not found:
        return None
    best = min(one.tier for one in found)
    found = [one for one in found if one.tier == best]
    inside = [one for one in found if scope.allows(one.entry)]
    if not inside:
        near = units(tuple(code for one in found for code in one.entry.targets), names.edition)
        return refuse(Method.PARENT_CONFLICT, near=near, parent=scope.label)
    if best > MISSING:
        return differing(inside, names, scope)
    pool = [one for one in inside if one.typed]
    others = [one for one in inside if not one.typed and one.typed_elsewhere]
    if not pool and not others:
        return other_type(inside, names, scope)
    return _choose(pool, others, names, scope)


def _candidates(ways: Sequence[Reading], text: Text, names: Index) -> list[Candidate]:
    accented = text.accented
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
    if also_a_province(best, names, scope):
        return refuse(Method.AMBIGUOUS, "province_name", near)
    if not pool and names.level is Level.PROVINCE:
        other = rival(best.key, near[0], names, best.types or frozenset())
        if other is not None:
            return refuse_elsewhere((other,), names.edition, names.level)
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


def _safe_without(best: Candidate, names: Index) -> bool:
    """Say whether a name in a text with diacritics may lack some of its own."""
    if names.level is Level.PROVINCE:
        return True
    if names.level is Level.COMMUNE and best.key.accented:
        return False
    return len(names.codes(best.key.bare)) == 1
