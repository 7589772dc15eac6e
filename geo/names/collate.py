"""Sort names as Vietnamese dictionaries do: letters first, then tones."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: i for i, letter in enumerate(_LETTERS, start=50)}
# Without tone, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

Key = tuple[tuple[int, ...], tuple[int, ...], str]


@lru_cache(maxsize=8192)
def vietnamese_key(name: str) -> Key:
    """Return what to sort a Vietnamese name by.

    Letters decide first, in the order of the alphabet (a ă â … d đ e ê …), tones only between
    names of the same letters, in the order of dictionaries (không, huyền, hỏi, ngã, sắc, nặng).

    Parameters
    ----------
    name
        Any text, composed or decomposed.

    Returns
    -------
    tuple
        Comparable with other keys.
    """
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", name).lower():
        base, tone = _split(char)
        letters.append(_ORDER.get(base, ord(base) if ord(base) < 50 else 49))
        tones.append(tone)
    return tuple(letters), tuple(tones), name


def _split(char: str) -> tuple[str, int]:
    tone = 0
    rest = []
    for mark in unicodedata.normalize("NFD", char):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            rest.append(mark)
    return unicodedata.normalize("NFC", "".join(rest))[:1] or " ", tone
