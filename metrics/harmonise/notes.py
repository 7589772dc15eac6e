"""What is said of a figure carried to another edition; the Vietnamese is also kept in its note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from base.words import Lang, number, t

# What a weight or the basis of a share can be; anything else is the title of an indicator.
WORDS: Final = frozenset({"population", "area", "count", "fraction", "denominator"})


def say(key: str, lang: Lang, values: Mapping[str, Any]) -> str:
    """Say a note.

    Parameters
    ----------
    key
        Of a message, "harmonise.sum"; "" gives "".
    """
    if not key:
        return ""
    return t(key, lang, **{name: _word(name, value, lang) for name, value in values.items()})


def _word(name: str, value: object, lang: Lang) -> object:
    if name in ("weight", "basis") and value in WORDS:
        return t(f"harmonise.word.{value}", lang)
    if isinstance(value, int):
        return number(value, lang)
    return number(value, lang, 1, fixed=True) if isinstance(value, float) else value
