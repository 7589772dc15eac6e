"""Tell whether two names of settlements are one name in two spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.names import Key, fold, key, tidy

# What a settlement is, longest words first within each kind. Numbered places of one kind are one
# series: Khu 3 is Khu phố 3, and need not be Tổ 3 of the same ward.
_KINDS: Final = {
    "block": ("khu dan cu", "khu pho", "khu vuc", "khoi pho", "khoi", "khom", "kdc", "kp", "kv"),
    "quarter": ("khu",),
    "group": ("to dan pho", "to dan cu", "tdp", "tdc", "to"),
    "village": (
        *("diem dan cu", "thon ban", "phum soc", "thon", "ban", "xom", "ap", "buon", "bon"),
        *("lang", "plei", "play", "phum", "soc", "doi", "cum", "tieu khu", "dong bao"),
    ),
}
_SERIES: Final = {"quarter": "block"}
_WORDS: Final = sorted(
    ((word, _SERIES.get(kind, kind)) for kind, words in _KINDS.items() for word in words),
    key=lambda pair: -len(pair[0]),
)
_ROMAN: Final = re.compile(r"(?<=[\s.])(X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})$")
_VALUES: Final = {"I": 1, "V": 5, "X": 10}
_SHORT: Final = re.compile(r"^[BTXA]\.\s*(?=\w)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:so )?(\d+[a-z]?)$")
_DIGITS: Final = re.compile(r"\d+")
# How unlike two spellings of a name are, best first.
SAME, OTHER_KIND, NO_MARKS, OTHER_SERIES, OTHER_MARKS = range(5)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A name taken apart.

    Attributes
    ----------
    whole, own
        What identifies it, with and without the words for what it is (bản, khu phố …).
    series
        Of a place that has a number for a name, what is numbered: block, group, village; "" else.
    """

    whole: Key
    own: Key
    series: str


@lru_cache(maxsize=1 << 16)
def spelt(name: str) -> Spelt:
    """Take a name apart.

    Examples
    --------
    >>> spelt("Khu phố 03").own.bare, spelt("TDP số 4").series, spelt("THÔN TẢ VAN").own.bare
    ('3', 'group', 'tavan')
    """
    text = fold(_SHORT.sub("ban ", _arabic(tidy(name))))
    whole, series = key(text), ""
    while kind := next(((w, s) for w, s in _WORDS if _begins(text.plain, w)), None):
        text, series = text.cut(len(kind[0])), kind[1]
        text = text.cut(len(text.plain) - len(text.plain.lstrip(" .:-")))
    number = _NUMBER.fullmatch(text.plain)
    if number:
        text = fold(number[1])
    return Spelt(whole, key(text), series if number else "")


def _arabic(name: str) -> str:
    """Write a Roman number at the end of a name in digits: Thôn II is Thôn 2."""
    found = _ROMAN.search(name)
    # Among capitals only what is no word: VI can be one.
    if found is None or (found[1] == "VI" and name.isupper()):
        return name
    values = [_VALUES[letter] for letter in found[1]]
    after = [*values[1:], 0]
    total = sum(-v if v < then else v for v, then in zip(values, after, strict=True))
    return f"{name[: found.start()]}{total}"


def _begins(plain: str, word: str) -> bool:
    """Tell whether a name begins with a word, and says more behind it."""
    rest = plain[len(word) :]
    return plain.startswith(word) and bool(rest.strip(" .:-")) and not rest[0].isalpha()


def unlike(one: Spelt, other: Spelt) -> int | None:
    """Return how unlike two spellings of one name are; None where they are two names."""
    if one.own.bare != other.own.bare or not one.own.bare:
        return None
    if one.whole == other.whole:
        return SAME
    if one.series != other.series and one.series and other.series:
        return OTHER_SERIES
    if one.own == other.own:
        return OTHER_KIND
    # Of marks and tones, all are there or none: otherwise they are part of the name.
    return OTHER_MARKS if one.own.accented and other.own.accented else NO_MARKS


def numbers_differ(one: Spelt, other: Spelt) -> bool:
    """Tell whether names differ by a number: then they are two places, however near."""
    return _DIGITS.findall(one.own.bare) != _DIGITS.findall(other.own.bare)
