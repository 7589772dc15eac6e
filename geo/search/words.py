"""Take what was typed apart: words of letters, marks and tones; words for types of area."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.names import NONE, Key, fold, tidy, type_words

_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"[^\W\d_]+\d+")
_LONE_Y = re.compile(r"(?<![aeiou])y|(?<=qu)y")
# Types that a word for an area of another type of the same tier can be meant by.
TIERS = {
    "province": 2,
    "city_central": 2,
    "urban_district": 3,
    "district": 3,
    "town": 3,
    "city": 3,
    "city_in_central": 3,
    "ward": 4,
    "commune": 4,
    "township": 4,
    "special_zone": 4,
}
# Of old communes only; among areas of today "tt" is read otherwise.
_ISLES = frozenset({"special_zone", "district", "city"})
_MORE_WORDS = (
    ("tt", frozenset({"township"}), "before"),
    ("tinh", frozenset({"province"}), "before"),
    ("dao", _ISLES, "before"),
    ("quandao", _ISLES, "before"),
    ("island", _ISLES, "after"),
    ("islands", _ISLES, "after"),
)
TYPED_ALONE = "t"  # with a separator after it


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a text as words, each a `Key` without separators.

    Attributes
    ----------
    parts
        The words.
    """

    parts: tuple[Key, ...]

    def key(self) -> Key:
        """Join the words."""
        return Key(
            "".join(part.bare for part in self.parts),
            "".join(part.marks for part in self.parts),
            "".join(part.tones for part in self.parts),
        )

    def starts(self) -> frozenset[int]:
        """Tell where words begin and end in the joined key."""
        at, found = 0, {0}
        for part in self.parts:
            at += len(part.bare)
            found.add(at)
        return frozenset(found)

    def after(self, letters: int) -> Words:
        """Return what is left after so many letters."""
        left = list(self.parts)
        while left and letters >= len(left[0].bare):
            letters -= len(left.pop(0).bare)
        if letters and left:
            first = left[0]
            left[0] = Key(first.bare[letters:], first.marks[letters:], first.tones[letters:])
        return Words(tuple(left))


@dataclass(frozen=True, slots=True)
class Way:
    """Hold one way to read what was typed.

    Attributes
    ----------
    core
        The name without the word for the type.
    types
        Types that the word taken off means; None where none was.
    glued
        Whether the word was written together with the name: read so only where it fits exactly.
    """

    core: Words
    types: frozenset[str] | None = None
    glued: bool = False


def numbers_apart(typed: Words) -> Words | None:
    """Read numbers written together with names: "hcm1" is hcm 1, "q3p5" q3 p5.

    Returns
    -------
    Words or None
        None where there are none.
    """
    found: list[Key] = []
    for part in typed.parts:
        if len(several := [*_NUMBERED.finditer(part.bare)]) > 1:
            found += (_cut(part, slice(*one.span())) for one in several)
            continue
        at = next((i for i, char in enumerate(part.bare) if char.isdigit()), 0)
        cuts = [slice(0, at), slice(at, None)] if at and part.bare[at:].isdigit() else [slice(None)]
        found += (_cut(part, cut) for cut in cuts)
    return Words(tuple(found)) if len(found) > len(typed.parts) else None


def _cut(part: Key, at: slice) -> Key:
    return Key(part.bare[at], part.marks[at], part.tones[at])


@lru_cache(maxsize=4096)
def words(text: str) -> Words:
    """Split a text into words without diacritics, with i for a y that is the only vowel."""
    whole = fold(tidy(text))
    found = []
    for match in _WORD.finditer(whole.plain):
        at, end = match.span()
        bare = _LONE_Y.sub("i", match.group())
        found.append(Key(bare, whole.marks[at:end], whole.tones[at:end]))
    return Words(tuple(found))


@cache
def type_table() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """List the words for types of area, longest first: letters, types, where they stand."""
    known: dict[tuple[str, str], set[str]] = {}
    for word in type_words():
        letters = words(word.word).key().bare
        place = "after" if word.position == "after" else "before"
        known.setdefault((letters, place), set()).update(word.types)
        if word.position == "both":
            known.setdefault((letters, "after"), set()).update(word.types)
    for letters, types, place in _MORE_WORDS:
        known.setdefault((letters, place), set()).update(types)
    rows = ((letters, tuple(sorted(types)), place) for (letters, place), types in known.items())
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


def ways(typed: Words) -> Iterator[Way]:
    """List the ways to read what was typed, the whole of it first."""
    yield Way(typed)
    whole = typed.key().bare
    ends = typed.starts()
    joined = False
    for letters, types, place in type_table():
        if place == "after":
            at = len(whole) - len(letters)
            if at > 0 and len(letters) > 3 and len(typed.parts) == 1 and whole.endswith(letters):
                yield Way(Words((_cut(typed.parts[0], slice(at)),)), frozenset(types), glued=True)
            elif whole.endswith(letters) and at in ends - {0}:
                kept = [*typed.parts]
                left = len(letters)
                while left > 0 and kept:
                    left -= len(kept.pop().bare)
                yield Way(Words(tuple(kept)), frozenset(types))
            continue
        if not whole.startswith(letters) or len(whole) == len(letters):
            continue
        numbered = whole[len(letters)].isdigit()
        if len(letters) in ends or (numbered and letters != TYPED_ALONE):
            yield Way(typed.after(len(letters)), frozenset(types))
        elif len(letters) > 1 and not joined:
            joined = True
            yield Way(typed.after(len(letters)), frozenset(types), glued=True)


_TELEX_TONES = "fsrxj"
_ENDING = re.compile(r"(?:c|ch|m|n|ng|nh|p|t)?\Z")
_DOUBLED = {"a": "^", "e": "^", "o": "^"}
_HORNED = {"a": "(", "o": "+", "u": "+"}
_VOWELS = "aeiouy"


def untelex(typed: Words) -> Words | None:
    """Read the keys of Telex that were left in a text: "ha nooij" is Hà Nội.

    Returns
    -------
    Words or None
        None where there are none.
    """
    read = tuple(_untelexed(part) for part in typed.parts)
    return None if read == typed.parts else Words(read)


def _untelexed(part: Key) -> Key:
    letters: list[list[str]] = []
    tone = NONE
    for at, char in enumerate(part.bare):
        last = letters[-1][0] if letters else ""
        seen = any(cell[0] in _VOWELS for cell in letters)
        if char == "d" and last == "d" and len(letters) == 1:
            letters[-1][1] = "-"
        elif char == last and char in _DOUBLED:
            letters[-1][1] = _DOUBLED[char]
        elif char == "w" and last in _HORNED:
            pair = [cell[0] for cell in letters[-2:]] == ["u", "o"]
            for cell in letters[-2 if pair else -1 :]:
                cell[1] = _HORNED[cell[0]]
        elif char in _TELEX_TONES and seen and _ENDING.match(part.bare[at + 1 :]):
            tone = char
        else:
            letters.append([char, part.marks[at], part.tones[at]])
    bare, marks, tones = ("".join(cell[i] for cell in letters) for i in range(3))
    first = next((i for i, cell in enumerate(bare) if cell in _VOWELS), None)
    if tone != NONE and first is not None:
        tones = tones[:first] + tone + tones[first + 1 :]
    return Key(_LONE_Y.sub("i", bare), marks, tones)
