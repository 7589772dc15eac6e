"""Answer what a cell means: codes, the country, one name, a name with its province, or a reason."""

from __future__ import annotations

import re
from functools import lru_cache

from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Area, Level, area, areas
from geo.names.answer import ANYWHERE, Answer, Scope, refuse, units
from geo.names.codes import match_code
from geo.names.compound import Split, split_text
from geo.names.entry import core_name, name_key
from geo.names.explain import explain, not_a_place
from geo.names.index import Index, index
from geo.names.links import carried, parts_of, steps_into
from geo.names.match import match_text
from geo.names.methods import Method
from geo.names.old import Place, find_old, of_two_places, what_became, with_old
from geo.names.text import MISSING, Text, disagreement, fold, key, tidy
from geo.names.trim import Era, trims, without_era

_SCOPES = 8192
# "Cả nước (63 tỉnh, thành phố)", but not "Toàn quốc (trừ Hà Nội)".
_COUNTED = re.compile(r" ?\(\d+(?:/\d+)? (?:tinh|dia phuong)(?:,? ?thanh(?: pho)?)?\)\Z")


def answer(name: object, edition: str, level: Level, parent: object = None) -> Answer:
    """Find what a cell means.

    Parameters
    ----------
    parent
        The cell that says what it lies in; None or empty where nothing does.
    """
    text = tidy(name)
    if not text.strip("-–.…?'* "):
        return refuse(Method.EMPTY if not text else Method.PLACEHOLDER)
    names = index(edition, level)
    within = scope(tidy(parent), edition, level)
    found = match_code(text, names, within)
    if found is None:
        folded = fold(text)
        found = (
            _match(folded, names, within)
            or _country(folded, level)
            or _compound(text, names, within)
            or explain(text, names)
        )
        if level is Level.COMMUNE and edition == EDITION_2025:
            old = _old(found, text, tidy(parent))
            if old is not None:
                return old
    if within.problem and found.method is not Method.COUNTRY and (found.near or found.matched):
        near = units((found.code,), edition) if found.code else found.near
        return refuse(Method.PARENT_UNKNOWN, within.problem, near, edition=edition)
    return found


@lru_cache(maxsize=_SCOPES)
def scope(parent: str, edition: str, level: Level) -> Scope:
    """Read the parent of a name.

    Returns
    -------
    Scope
        Where the name must lie; with a problem where the parent is not understood.
    """
    folded = fold(parent)
    if (
        not parent.strip("-–. ")
        or level in (Level.COUNTRY, Level.REGION)
        or _country(folded, level)
    ):
        return ANYWHERE
    home = answer(parent, edition, Level.PROVINCE)
    if home.code is not None:
        unit = area(edition, home.code)
        old = _old_province(parent, edition) if home.method is Method.PREDECESSOR else ()
        found = frozenset([home.code])
        if level is not Level.COMMUNE or not old:
            return Scope(found, label=unit)
        return Scope(found, frozenset(o.code for o in old), old[0])
    zone = _match(folded, index(edition, Level.REGION), ANYWHERE)
    if zone is not None and zone.code is not None:
        inside = areas(edition, Level.PROVINCE, parent=zone.code)
        codes = frozenset(unit.code for unit in inside)
        return Scope(codes, label=area(edition, zone.code))
    if level is Level.PROVINCE:
        return ANYWHERE
    district = home.method is Method.OTHER_LEVEL and level is Level.COMMUNE
    return Scope(problem="parent_district" if district else "parent_unknown")


def _old_province(parent: str, edition: str) -> tuple[Area, ...]:
    """Find the province of the edition before that a parent names."""
    steps = steps_into(edition, Level.PROVINCE).values()
    before = {step.old_edition for group in steps for step in group}
    found = [(older, answer(parent, older, Level.PROVINCE)) for older in before]
    return tuple(area(older, one.code) for older, one in found if one.code)


def _old(found: Answer, text: str, parent: str) -> Answer | None:
    """Weigh the old communes of a name, alone or written with district and province."""
    place = _old_place(parent)
    if place is None:
        return None
    folded = fold(text)
    split = without_era(folded)
    if split is not None and split[1] is Era.OLD and not found.matched:
        olds = find_old(split[0], place)
        return what_became(olds) if olds else None
    if namesakes := _namesakes(parent):
        doubled = of_two_places(found, find_old(folded, Place(districts=namesakes)))
        if doubled is not None:
            return doubled
    olds = find_old(folded, place)
    if olds:
        return with_old(found, olds, place)
    cut = split_text(text)
    if cut is None or (cut.listing and "," not in text):
        return None
    # Lao Và Chải is one commune: where commas separate, only they do.
    first, *above = [part.strip() for part in text.split(",")] if cut.listing else cut.parts
    if len(above) > 1 and _country(fold(above[-1]), Level.COMMUNE):
        above.pop()
    inner = _old_place(", ".join(above))
    if inner is None or (inner.provinces is None and inner.districts is None):
        return None
    inner = inner.within(place)
    olds = find_old(fold(first), inner)
    if not olds or (cut.either_order and not all(old.typed for old in olds)):
        return None
    return with_old(found, olds, inner)


@lru_cache(maxsize=_SCOPES)
def _namesakes(parent: str) -> frozenset[str]:
    """Name the districts of before July 2025 that a parent without its type may mean as well."""
    if not parent or scope(parent, EDITION_2025, Level.COMMUNE).provinces is None:
        return frozenset()
    district = answer(parent, EDITION_2024, Level.DISTRICT)
    units = [area(EDITION_2024, district.code)] if district.code else district.near
    written = key(fold(parent)).bare
    return frozenset(
        unit.code
        for unit in units
        if unit.level is Level.DISTRICT and name_key(core_name(unit)).bare == written
    )


@lru_cache(maxsize=_SCOPES)
def _old_place(parent: str) -> Place | None:
    """Read a parent as a place on the map of before July 2025; None where it is none."""
    within = scope(parent, EDITION_2025, Level.COMMUNE)
    if within.problem:
        district = answer(parent, EDITION_2024, Level.DISTRICT)
        if district.code:
            return Place(districts=frozenset([district.code]))
        listed = district.method in (Method.AMBIGUOUS, Method.SPLIT)
        near = [unit for unit in district.near if unit.level is Level.DISTRICT]
        return Place(districts=frozenset(unit.code for unit in near)) if listed and near else None
    if within.provinces is None:
        return Place()
    if within.old_provinces:
        return Place(within.old_provinces)
    before = frozenset(
        part.code
        for code in within.provinces
        for part in parts_of(EDITION_2025, Level.PROVINCE, code)
    )
    return Place(before, today=True)


def _country(text: Text, level: Level) -> Answer | None:
    if text.plain.endswith(")"):
        counted = _COUNTED.search(text.plain)
        text = text.cut(0, counted.start()) if counted else text
    for trimmed, committee, _ in trims(text, level):
        name = key(trimmed)
        for entry in index(EDITION_2025, Level.COUNTRY).by_bare.get(name.bare, ()):
            if disagreement(name, entry.key) <= MISSING and not committee:
                return Answer(Method.COUNTRY, COUNTRY_CODE)
    return None


def _match(text: Text, names: Index, within: Scope) -> Answer | None:
    """Match a name, taking off more and more of what may stand around it."""
    for trimmed, committee, number in trims(text, names.level):
        found = match_text(trimmed, names, within) or _of_an_era(trimmed, names, within)
        if found is None:
            continue
        numbered = key(trimmed).bare + number
        if number and found.matched and numbered in names.by_bare:
            return refuse(Method.AMBIGUOUS, near=units(names.codes(numbered), names.edition))
        return found.noting("committee") if committee and found.matched else found
    return None


def _of_an_era(text: Text, names: Index, within: Scope) -> Answer | None:
    """Match "Quảng Nam (cũ)", "Bắc Ninh mới": only where one change is known to be meant."""
    split = without_era(text)
    if split is None:
        return None
    name, era = split
    whole = Text(name.plain + " cu", name.marks + "000", name.tones + "000")
    found = (match_text(whole, names, within) if era is Era.OLD else None) or match_text(
        name, names, within
    )
    if found is None or not found.matched:
        return found
    unit = area(names.edition, found.code or "")
    unsure = refuse(Method.AMBIGUOUS, "old_or_new", (unit,))
    if names.level is Level.DISTRICT:
        return found if era is Era.OLD else unsure
    if names.level is Level.COMMUNE:
        return found if era is Era.NEW else unsure
    if found.method is Method.PREDECESSOR:
        return found if era is Era.OLD else unsure
    if not _united(unit.code, names.edition):
        return unsure
    latest = names.edition == EDITION_2025
    if era is Era.OLD and latest:
        before = Answer(Method.PREDECESSOR, unit.code)
        return before.noting("before", area=unit, code=unit.code)
    return found if (era is Era.NEW) == latest else unsure


def _united(code: str, edition: str) -> bool:
    """Say whether a province took part in a union of 2025."""
    heir = code if edition == EDITION_2025 else carried(code, edition=EDITION_2025)
    return heir is not None and len(parts_of(EDITION_2025, Level.PROVINCE, heir)) > 1


def _compound(text: str, names: Index, within: Scope) -> Answer | None:
    """Match a name written together with its province or in two languages; tell lists."""
    split = split_text(text)
    if split is None:
        return None
    parts = list(split.parts)
    if not split.listing and _country(fold(parts[-1]), names.level):
        parts.pop()
        if all(_country(fold(part), names.level) for part in parts):
            return Answer(Method.COUNTRY, COUNTRY_CODE)
    if len(parts) == 1:
        return _match(fold(parts[0]), names, within)
    if split.comma and names.level is Level.PROVINCE and "," not in text:
        return None
    if len(parts) == 2 and not split.listing:
        found = _with_province(parts, split, names, within) or _twice(parts, split, names, within)
        if found is not None:
            return found
    return not_a_place(fold(text), names) or _list(parts, names)


def _with_province(parts: list[str], split: Split, names: Index, within: Scope) -> Answer | None:
    """Match "Châu Thành, Long An" and "TP.HCM - Quận 1"."""
    if names.level not in (Level.DISTRICT, Level.COMMUNE):
        return None
    orders = [(parts[0], parts[1])] + ([(parts[1], parts[0])] if split.either_order else [])
    found: list[Answer] = []
    for name, home in orders:
        inner = scope(home, names.edition, names.level)
        if inner.label is None or inner.label.level is not Level.PROVINCE:
            continue
        # "Xuân Mai - Lương Sơn" may be two communes; a district stands before its province.
        placed = names.level is Level.DISTRICT and name == parts[0]
        if split.either_order and not placed and _match(fold(home), names, inner) is not None:
            continue
        one = _match(fold(name), names, inner)
        if one is None or one.method is Method.PARENT_CONFLICT:
            continue
        if within.provinces is not None and not within.provinces & (inner.provinces or set()):
            near = units((one.code,), names.edition) if one.code else one.near
            return refuse(Method.PARENT_CONFLICT, near=near, parent=within.label)
        found.append(one)
    return found[0] if len({one.code for one in found}) == 1 else None


def _twice(parts: list[str], split: Split, names: Index, within: Scope) -> Answer | None:
    """Match one area named twice: "TP. Hồ Chí Minh (Sài Gòn)", "Hà Nội / Hanoi"."""
    if split.comma:
        return None
    found = [_match(fold(part), names, within) for part in parts]
    codes = {
        one.code if one is not None and one.method is not Method.PREDECESSOR else None
        for one in found
    }
    return found[0] if len(codes) == 1 and None not in codes else None


def _list(parts: list[str], names: Index) -> Answer | None:
    found = [_match(fold(part), names, ANYWHERE) for part in parts]
    known = [one for one in found if one is not None]
    if not known:
        return None
    near = [
        u for one in known for u in (units((one.code,), names.edition) if one.code else one.near)
    ]
    key_of_note = "list" if len(known) > 1 else "extra"
    return refuse(Method.LIST, key_of_note, tuple(dict.fromkeys(near)))
