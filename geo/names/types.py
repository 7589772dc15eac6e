"""Read a name in every way it can be read: with and without type words before and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.names.data import type_words
from geo.names.text import CACHED, MISSING, Key, Text, disagreement, fold, key

_GAP = r"(?:[ .:/\-]+|(?=\d))"
_AUTHORITY = re.compile(r"(?:u\.?b\.?n\.?d\.?|uy ban nhan dan|people's committee of)[ .:\-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold one way to read a name.

    Attributes
    ----------
    core
        The name without the type words taken off.
    types
        Types of area that the words taken off mean; None where none was taken off.
    """

    core: Text
    types: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _Words:
    """Hold what finds type words: before a name, glued to it, and after it."""

    before: re.Pattern[str]
    glued: re.Pattern[str]
    after: re.Pattern[str]
    last_words: frozenset[str]
    by_letters: dict[str, list[tuple[Key, frozenset[str]]]]


@cache
def _words() -> _Words:
    before, glued, after, bracketed, last = [], [], [], [], set()
    by_letters: dict[str, list[tuple[Key, frozenset[str]]]] = {}
    for word in type_words():
        text = fold(word.word)
        official = key(text)
        by_letters.setdefault(official.bare, []).append((official, word.types))
        only_with_dot = text.plain.endswith(".")
        shape = re.escape(text.plain.rstrip(".")).replace(r"\ ", r"[ \-]*")
        shape = shape.replace(r"\.", r"\. ?") + (r"(?=\.)" if only_with_dot else "")
        if word.position != "after":
            before.append(shape)
        if word.position in ("before", "both"):
            glued.append(shape)
        if word.position in ("after", "both"):
            after.append(shape)
        if word.position != "before" and not only_with_dot:
            bracketed.append(shape)
            last |= {re.split(r"[ .]", text.plain)[-1], text.plain.replace(" ", "")}
    end = rf"[ .,\-/]+(?P<word>{'|'.join(after)})\.?"
    bracket = rf"[ ,]*[(\[] *(?P<bracketed>{'|'.join(bracketed)})\.? *[)\]]"
    return _Words(
        re.compile(f"(?P<word>{'|'.join(before)}){_GAP}"),
        re.compile(f"(?P<word>{'|'.join(glued)})(?=[^ .])"),
        re.compile(rf"(?:{end}|{bracket})\Z"),
        frozenset(last),
        by_letters,
    )


@lru_cache(maxsize=CACHED)
def readings(text: Text) -> tuple[Reading, ...]:
    """List the ways to read a name, the whole of it first."""
    found = [Reading(text, None)]
    prefix, suffix = prefix_reading(text), _suffix(text)
    if prefix is not None:
        found.append(prefix)
        both = _suffix(prefix.core) if suffix is not None else None
        if both is not None and prefix.types is not None and both.types is not None:
            found.append(Reading(both.core, prefix.types & both.types))
    if suffix is not None:
        found.append(suffix)
    return tuple(found)


@lru_cache(maxsize=CACHED)
def prefix_reading(text: Text) -> Reading | None:
    """Read a name that begins with a type word."""
    match = _words().before.match(text.plain)
    return _reading(text, match.span("word"), text.cut(match.end())) if match else None


def glued_reading(text: Text) -> Reading | None:
    """Read a name whose type word is written together with it (TPHCM, tinhbacninh).

    Returns
    -------
    Reading or None
        None where it does not begin with a type word.
    """
    match = _words().glued.match(text.plain)
    return _reading(text, match.span("word"), text.cut(match.end())) if match else None


def without_authority(text: Text) -> Text | None:
    """Take the people's committee off the place it governs (UBND tỉnh Quảng Bình).

    Returns
    -------
    Text or None
        None where no people's committee is written.
    """
    match = _AUTHORITY.match(text.plain)
    return text.cut(match.end()) if match else None


def _suffix(text: Text) -> Reading | None:
    last = re.split(r"[ .,(\[\-/]", text.plain.rstrip(" .)]"))[-1]
    if last not in _words().last_words:
        return None
    match = _words().after.search(text.plain)
    if match is None or match.lastgroup is None:
        return None
    core = text.cut(0, match.start())
    if not any(char.isalpha() for char in core.plain):
        return None  # "3. Quận" is an ordinal and nothing else
    return _reading(text, match.span(match.lastgroup), core)


def _reading(text: Text, span: tuple[int, int], core: Text) -> Reading | None:
    if not core.plain:
        return None
    start, end = span
    word = text.plain[start:end]
    if word.isalpha() and "y" not in word:  # as `key` would leave it
        given = Key(word, text.marks[start:end], text.tones[start:end])
    else:
        given = key(text.cut(start, end))
    for official, types in _words().by_letters.get(given.bare, ()):
        if disagreement(given, official) <= MISSING:
            return Reading(core, types)
    return None
