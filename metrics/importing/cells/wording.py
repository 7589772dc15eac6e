"""A wording without its diacritics, its case and its spaces: what patterns are held against."""

from __future__ import annotations

from functools import lru_cache

from geo.names import normalise


@lru_cache(maxsize=1 << 15)
def plain(text: str) -> str:
    """Write a wording without diacritics, in lower case, keeping - / and dots."""
    words = text.lower().replace("–", "-").replace("—", "-")
    kept = "".join(map(_plain_char, words))
    return " ".join(kept.split()).strip(" .:")


@lru_cache(maxsize=1 << 12)
def _plain_char(char: str) -> str:
    return char if char in "-/.:" else normalise(char) or " "
