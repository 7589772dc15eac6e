"""One letter wrong: what may have been meant where nothing is called as typed."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from geo.names import Key
from geo.search.words import Words

FEWEST = 5  # letters of a name in which one may be wrong


def undoubled(typed: Words) -> Words | None:
    """Take a letter away that ends a word twice: "hung yenn"; None where none does."""
    if len(typed.key().bare) < FEWEST:
        return None
    read = tuple(
        Key(part.bare[:-1], part.marks[:-1], part.tones[:-1])
        if part.bare[-2:] == part.bare[-1] * 2
        else part
        for part in typed.parts
    )
    return None if read == typed.parts else Words(read)


def one_off(letters: str) -> Iterator[str]:
    """Yield all that one letter parts from a text: left out, swapped, another, one more.

    Nothing of a text that is short or has other than plain letters.
    """
    if len(letters) < FEWEST or not (letters.isascii() and letters.isalpha()):
        return
    for at in range(len(letters) + 1):
        head, tail = letters[:at], letters[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + other + tail[1:] for other in ascii_lowercase)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + other + tail for other in ascii_lowercase)
