"""Text that comes from outside, made safe to draw, and broken into lines."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from geo.editions import COUNTRY_CODE, EDITION_2025, area
from geo.figure.fonts import UNKNOWN, has_glyph, text_width, typefaces

# Letters, marks, numbers, punctuation, symbols and plain spaces; no control, format (which hide or
# turn text around), surrogate, private or unassigned characters.
_LEFT_OUT = {"Cc", "Cf", "Cs", "Co", "Cn"}
MOST_MARKS = 3  # combining characters in a row: more than any language stacks
ELLIPSIS = "…"
_DAY = r"\d{2}/\d{2}/\d{4}"
_JOINED = "\x00"  # in place of a space at which no line may end: none is left by `clean`


def clean(text: str, longest: int = 2000) -> str:
    """Return a text without anything that could break or disguise a figure.

    Returns
    -------
    str
        One line in normal form C; runs of white space are one space; characters that cannot be
        drawn are replaced by a box.
    """
    # Normal form C can lengthen a text a little: cut before, so that a huge one costs nothing.
    return _clean(unicodedata.normalize("NFC", text[: 4 * longest]), longest, typefaces())


@lru_cache(maxsize=4096)
def _clean(text: str, longest: int, _: object) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        if kind in _LEFT_OUT or kind in ("Zl", "Zp"):
            kept.append(" " if char in "\n\r\t\v\f\u2028\u2029\x85" else "")
            continue
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            continue
        kept.append(char if kind.startswith("Z") or has_glyph(char) else UNKNOWN)
    return " ".join("".join(kept).split())[:longest]


def wrap(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """Break a text into lines that are no wider than `width`.

    The name of the country and the two ends of a range of dates stay on one line where they can.
    """
    space = text_width(" ", size, weight)
    lines: list[str] = []
    line, used = "", 0.0
    for word in _words(text, width, size, weight):
        wide = text_width(word, size, weight)
        if line and used + space + wide <= width:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width, size, weight) if wide > width else [word]
        lines += whole
        used = text_width(line, size, weight)
    return [*lines, line] if line else lines


def _words(text: str, width: float, size: float, weight: int) -> list[str]:
    def kept(hit: re.Match[str]) -> str:
        fits = text_width(hit[0], size, weight) <= width
        return hit[0].replace(" ", _JOINED) if fits else hit[0]

    return [word.replace(_JOINED, " ") for word in _unbroken().sub(kept, text).split(" ")]


@cache
def _unbroken() -> re.Pattern[str]:
    country = area(EDITION_2025, COUNTRY_CODE)
    return re.compile(rf"{country.name_vi}|{country.name_en}|{_DAY} – {_DAY}")


def _pieces(word: str, width: float, size: float, weight: int) -> list[str]:
    pieces, piece, used = [], "", 0.0
    for char in word:
        wide = text_width(char, size, weight)
        if piece and used + wide > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += char
        used += wide
    return [*pieces, piece]


def fit(text: str, width: float, size: float, weight: int = 400, most: int = 1) -> list[str]:
    """Break a text into at most so many lines, the last one cut short with an ellipsis."""
    lines = wrap(text, width, size, weight)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + ELLIPSIS, size, weight) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;:–-") + ELLIPSIS]
