"""Find places by what somebody types: whole names and old names first, then beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from base.words import Lang
from geo.editions import EDITION_2019, EDITION_2025
from geo.names import NONE, Key
from geo.search.index import Entry, index, listed
from geo.search.named import Called
from geo.search.typos import one_off, undoubled
from geo.search.units import DEPTH, Unit
from geo.search.words import TIERS, Way, Words, numbers_apart, untelex, ways, words

EXACT, FIRST_WORDS, START, WORD, IN_WORD, NEAR, HOME = range(7)
MOST_WRONG = 2  # marks or tones that contradict, of a whole name
FEWEST_FOR_PARTS = 3  # letters
MOST_WORDS = 12  # of a name with what it lies in
CODE_LENGTHS = (2, 3, 5)
DISTRICT_CODE = 3
COUNTRYS = re.compile(r"(vn[ ._-]*)?([0-9]+)\Z", re.ASCII | re.IGNORECASE)
# Of two places with one name, the town is meant before the countryside; the others are towns.
GRADES = {"town": 1, "township": 1, "district": 2, "commune": 2}
_ERAS = frozenset({"cu", "moi"})

Rank = tuple[int, ...]
Best = dict[int, Rank]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is looked for, read in one way, and on which map.

    Attributes
    ----------
    wanted
        The name; without its type word where it has one.
    edition
        Of two places alike, the one of this edition comes first.
    era
        "cu" or "moi" where the query says which of two times is meant.
    numbered
        Whether a number alone may be a name.
    """

    wanted: Key
    edition: str
    era: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one place found.

    Attributes
    ----------
    edition, code
        The place; communes of before July 2025 have edition 2024.
    name, note
        What it is called in full, and what tells it apart: where it lies, what became of it.
    whole
        Whether what was typed is a whole name or code of it.
    """

    edition: str
    code: str
    name: str
    note: str
    whole: bool

    @property
    def key(self) -> str:
        """Edition and code, as ``2024:44``."""
        return f"{self.edition}:{self.code}"


def search(
    query: str,
    limit: int = 20,
    lang: Lang = "vi",
    *,
    edition: str = EDITION_2025,
    only: bool = False,
) -> list[Hit]:
    """Find places by what somebody types, the one meant first.

    Parameters
    ----------
    query
        A name in any spelling, with or without diacritics, type and what it lies in; or a code.
    edition
        The map looked at: of two places alike, the one on it comes first.
    only
        Whether only places of that edition are wanted; others lead to what they became there.
    """
    best = dict(_found(words(query), edition))
    _codes(query, edition, best)
    found: dict[str, Hit] = {}
    for at in sorted(best, key=best.__getitem__):
        if len(found) >= limit:
            break
        unit = index().units[at]
        for place in [at] if not only or unit.edition == edition else _in(unit, edition):
            name, note = listed(place, lang)
            if place != at:
                note = f"{listed(at, lang)[0]}" + (f" · {note}" if note else "")
            one = index().units[place]
            known = one.same if one.same and not only else f"{one.key}{one.until}"
            hit = Hit(one.edition, one.code, name, note, best[at][1] == EXACT)
            found.setdefault(known, hit)
    return list(found.values())[: max(0, limit)]


def _in(unit: Unit, edition: str) -> list[int]:
    keys = index().by_key
    return [keys[key] for key in unit.heirs if key.startswith(f"{edition}:") and key in keys]


def _found(typed: Words, edition: str) -> Best:
    """Search for what was typed, then for other ways to read it where nothing is called so."""
    best = _named(typed, edition)
    if _sure(best):
        return best
    if len(typed.parts) > 1 and typed.parts[-1].bare in _ERAS:
        era = _named(Words(typed.parts[:-1]), edition, era=typed.parts[-1].bare)
        if _sure(era):
            return era
    if inside := _inside(typed, edition):
        return inside
    if (read := untelex(typed)) is not None:
        again = _named(read, edition)
        again = again if _sure(again) else _inside(read, edition)
        if _sure(again):
            return {at: rank for at, rank in again.items() if rank[1] <= FIRST_WORDS}
    if (apart := numbers_apart(typed)) and (inside := _inside(apart, edition)):
        return inside
    return _mistyped(typed, edition, best) or _homes(apart or typed, edition)


def _mistyped(typed: Words, edition: str, best: Best) -> Best:
    """Find a province with its last letter twice, and what one letter parts if nothing else is."""
    read = undoubled(typed) if all(rank[1] > FIRST_WORDS for rank in best.values()) else None
    again = _named(read, edition) if read is not None else {}
    twice = {
        at: (0, FIRST_WORDS, *rank[2:])
        for at, rank in again.items()
        if rank[:2] == (0, EXACT) and index().units[at].level is _PROVINCE
    }
    if best or twice:
        return {**best, **twice}
    near: Best = {}
    for way in ways(typed):
        wanted = way.core.key()
        for bare in () if way.glued else one_off(wanted.bare):
            for entry in index().exact.get(bare, ()):
                name, own = entry.name, index().units[entry.at].type
                if name.typed or name.called is Called.INITIALS:
                    continue
                if way.types is None or own in way.types:
                    rank = _rank(entry, 0, NEAR, 0, _Looked(wanted, edition))
                    near[entry.at] = min(rank, near.get(entry.at, rank))
    return near


def _homes(typed: Words, edition: str) -> Best:
    """Find what something unknown is said to lie in: "phố cổ Hà Nội"; the longest name of it."""
    parts, found = typed.parts, dict[int, Rank]()
    for size in range(min(len(parts) - 1, MOST_WORDS), 0, -1):
        for home in (Words(parts[-size:]), Words(parts[:size])):
            for at, rank in _named(home, edition, whole=True).items():
                bare = home.key().bare
                long = len(bare) >= FEWEST_FOR_PARTS or (not bare.isdigit() and bare[-1].isdigit())
                whole = rank[:2] == (0, EXACT) and not rank[_INITIALS]
                if long and whole and index().units[at].level in (_PROVINCE, _DISTRICT):
                    found.setdefault(at, (0, HOME, *rank[2:]))
        if found:
            break
    return found


def _sure(best: Best) -> bool:
    return any(rank[:2] == (0, EXACT) for rank in best.values())


def _named(
    typed: Words, edition: str, *, era: str = "", whole: bool = False, numbered: bool = False
) -> Best:
    """Find places called so.

    Parameters
    ----------
    whole
        None whose names only contain it.
    numbered
        Also those that are a number, without the word for their type.
    """
    best: Best = {}
    for way in ways(typed):
        wanted = way.core.key()
        if not wanted.bare:
            continue
        for at, rank in _matches(way, _Looked(wanted, edition, era, numbered), whole=whole):
            if at not in best or rank < best[at]:
                best[at] = rank
    return best


def _matches(way: Way, looked: _Looked, *, whole: bool) -> Iterator[tuple[int, Rank]]:
    wanted = looked.wanted
    for entry in index().exact.get(wanted.bare, ()):
        if entry.name.typed and way.types is None and not looked.numbered:
            continue
        other = _other_type(entry, way)
        wrong = _wrong(wanted, entry.key, 0)
        if other is not None and wrong <= MOST_WRONG and not (other and wrong):
            yield entry.at, _rank(entry, wrong, EXACT, other, looked)
    if way.glued or wanted.bare.isdigit() or looked.era or whole:
        return
    long = len(wanted.bare) >= FEWEST_FOR_PARTS
    for entry, at in index().beginning(wanted.bare, within=long):
        end = at + len(wanted.bare)
        if end == len(entry.key.bare) and at == 0:
            continue
        if way.types is not None and index().units[entry.at].type not in way.types:
            continue
        numbered = wanted.bare[-1].isdigit() and entry.key.bare[end : end + 1].isdigit()
        if numbered or _wrong(wanted, entry.key, at):
            continue
        ends = end in entry.starts
        how = (FIRST_WORDS if ends else START) if at == 0 else (WORD if ends else IN_WORD)
        yield entry.at, _rank(entry, 0, how, 0, looked)


def _other_type(entry: Entry, way: Way) -> int | None:
    """Say whether the type written is another than the place's; None where it cannot be meant."""
    own = index().units[entry.at].type
    if way.types is None or own in way.types:
        return 0
    if way.glued or entry.name.typed or TIERS.get(own) not in {TIERS.get(t) for t in way.types}:
        return None
    return 1


def _wrong(wanted: Key, found: Key, at: int) -> int:
    """Count the marks and tones that contradict a name; missing ones do not."""
    if not wanted.accented:
        return 0
    marks = zip(wanted.marks, found.marks[at:], strict=False)
    tones = zip(wanted.tones, found.tones[at:], strict=False)
    return sum(a not in (NONE, b) for pairs in (marks, tones) for a, b in pairs)


def _rank(entry: Entry, wrong: int, how: int, other: int, looked: _Looked) -> Rank:
    wanted, era = looked.wanted, looked.era
    unit = index().units[entry.at]
    initials = entry.name.called is Called.INITIALS
    bare = not wanted.accented and entry.key.accented  # "vinh" is Vinh before Vĩnh
    return (
        wrong,
        how,
        (unit.past if era == "moi" else not unit.past) if era else 0,
        initials,
        other,
        DEPTH[unit.level],
        unit.until != "",
        entry.name.called,
        bare if how == EXACT else 0,
        unit.edition != looked.edition,
        len(entry.key.bare) - len(wanted.bare),
        unit.edition == EDITION_2019,
        GRADES.get(unit.type, 0),
        entry.at,
    )


@lru_cache(maxsize=512)
def _inside(typed: Words, edition: str) -> Best:
    """Read a name with what it lies in behind it or before: "Châu Thành, Long An", "HCM quận 7"."""
    parts = typed.parts
    for at in range(len(parts) - 1 if len(parts) <= MOST_WORDS else 0, 0, -1):
        left, right = Words(parts[:at]), Words(parts[at:])
        if found := _of(right, left, edition) | _of(left, right, edition):
            return found
    return {}


def _of(inner: Words, home: Words, edition: str) -> Best:
    units = index().units
    homes = _named(home, edition, whole=True)
    homes = homes if _sure(homes) else _inside(home, edition)
    keys = {
        units[home].key
        for home, rank in homes.items()
        if rank[:2] == (0, EXACT) and units[home].level in (_PROVINCE, _DISTRICT)
    }
    if not keys:
        return {}
    return {
        place: rank
        for place, rank in _named(inner, edition, whole=True, numbered=True).items()
        if rank[:2] == (0, EXACT) and units[place].above & keys
    }


_PROVINCE, _DISTRICT = list(DEPTH)[2], list(DEPTH)[3]
_INITIALS = 3  # where a rank says that a name is only short for the place


def _codes(query: str, edition: str, best: Best) -> None:
    """Add the places with a code, or whose code begins so; a former unit before its successor."""
    read = COUNTRYS.match(query.strip())
    if read is None:
        return
    before, typed = read.groups()
    units, codes = index().units, index().codes
    whole = [typed, *(typed.zfill(n) for n in CODE_LENGTHS if n > len(typed))]
    for order, code in enumerate(dict.fromkeys(whole)):
        for at in codes.get(code, ()):
            unit = units[at]
            former = -at if unit.level is _DISTRICT else unit.edition != edition
            # Behind "VN-" stands the code of the standard first.
            rank = (0, EXACT, 0, 2 if before else 0, 0, 0, order, former, at)
            best[at] = min(rank, best.get(at, rank))
    if len(typed) > 1 and not before:
        for code, places in codes.items():
            if code.startswith(typed) and code != typed:
                for at in places:
                    best.setdefault(at, (0, START, 0, 0, 0, DEPTH[units[at].level], at))
