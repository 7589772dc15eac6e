"""Take Vietnamese text apart: base letters, marks of the letters, tones.

Two spellings are the same name when their letters, marks and tones agree, wherever in a vowel
group the tone is written (hoà, hòa) and whether i or y is (Lí, Lý).
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

FOOTNOTE = "†"
_SPACES = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000_" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02c8`\u00b4\uff07"
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_TIDY: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in (0xFF07, 0xFF0D)},
    # Look-alikes of Vietnamese letters, from old keyboards and fonts.
    ord("Ð"): "Đ",
    ord("Ɖ"): "Đ",
    ord("ð"): "đ",
    ord("ɖ"): "đ",
    ord("Ǎ"): "Ă",
    ord("ǎ"): "ă",
    **{ord(mark): FOOTNOTE + digit for mark, digit in _SUPERSCRIPTS.items()},
    ord("‡"): FOOTNOTE,
    ord("※"): FOOTNOTE,
}


NONE = "0"  # no mark, no tone
EXACT, MISSING = 0, 1
FOREIGN = 100  # a mark that Vietnamese does not have
# Several steps take one name apart in turn: what the last few gave is all that is asked again.
CACHED = 1 << 10

_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_MARKS = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_LOOSE = re.compile("[\u0300-\u036f]")
_VOWELS = frozenset("aeiouy")
_LONE_Y = re.compile(r"(?<![aeiou])y|(?<=qu)y")
_SPLIT_NUMBERS = re.compile(r"(?<=\d)[ .'\-]+(?=\d)")
# HàNội: words that were written together keep their capitals.
_LOWER = "".join(
    char
    for char in map(chr, range(0x61, 0x1EFA))
    if char.islower() and unicodedata.normalize("NFD", char)[0] in "abcdeghiklmnopqrstuvxyđ"
)
_TOGETHER = re.compile(f"(?<=[{_LOWER}])(?=[{_LOWER.upper()}])")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_SEPARATORS = frozenset(" -'.")


class _Cells(dict[int, str]):
    """Map a character to its base letter, its mark or its tone, working each out once."""

    def __init__(self, part: int) -> None:
        super().__init__()
        self.part = part

    def __missing__(self, code: int) -> str:
        self[code] = cell = _cell(chr(code))[self.part]
        return cell


def _cell(char: str) -> tuple[str, str, str]:
    base, mark, tone = "", NONE, NONE
    for piece in unicodedata.normalize("NFD", char):
        if piece in _TONES:
            tone = _TONES[piece]
        elif piece in _MARKS:
            mark = _MARKS[piece]
        elif unicodedata.combining(piece):
            mark = "?"  # a mark that Vietnamese does not have
        elif piece == "đ":
            base, mark = "d", "-"
        else:
            base += piece
    return (base[:1] or " "), mark, tone


_BASE, _MARK, _TONE = _Cells(0), _Cells(1), _Cells(2)


@dataclass(frozen=True, slots=True, eq=False)  # one object is one text: quick to look up
class Text:
    """Hold a text as three strings of one length: base letters, marks, tones.

    Attributes
    ----------
    plain
        Lower case, without diacritics; one character per letter or sign.
    marks
        Mark of each letter: ``^`` (â), ``(`` (ă), ``+`` (ơ), ``-`` (đ), ``0`` none.
    tones
        Tone of each vowel group, at its first vowel: f s r x j as typed in Telex, ``0`` none.
    """

    plain: str
    marks: str
    tones: str

    def cut(self, start: int, end: int | None = None) -> Text:
        """Take a slice, without the blanks around it."""
        plain = self.plain[start:end]
        if not plain:
            return _NOTHING
        if plain[0] == " " or plain[-1] == " ":
            start += len(plain) - len(plain.lstrip(" "))
            plain = plain.strip(" ")
        end = start + len(plain)
        return Text(plain, self.marks[start:end], self.tones[start:end])

    @property
    def accented(self) -> bool:
        """Whether any letter carries a mark or a tone."""
        return bool(self.marks.strip(NONE) or self.tones.strip(NONE))


_NOTHING = Text("", "", "")


@dataclass(frozen=True, slots=True)
class Key:
    """Hold what identifies a name: like Text, without separators, i and y made one."""

    bare: str
    marks: str
    tones: str

    @property
    def accented(self) -> bool:
        """Whether any letter carries a mark or a tone."""
        return bool(self.marks.strip(NONE) or self.tones.strip(NONE))


@lru_cache(maxsize=CACHED)
def fold(text: str) -> Text:
    """Split tidy text into base letters, marks and tones.

    Returns
    -------
    Text
        Three strings of one length. Numbers lose leading zeros and stay apart: "1-2" is never 12.
    """
    text = _TOGETHER.sub(" ", text).lower()
    if not text.isalpha():
        text = _LEADING_ZEROS.sub("", _SPLIT_NUMBERS.sub("|", text))
    if text.isascii():
        return Text(text, NONE * len(text), NONE * len(text))
    plain, marks, tones = text.translate(_BASE), text.translate(_MARK), text.translate(_TONE)
    if _LOOSE.search(text):
        plain, marks, tones = _join_loose_marks(text)
    return Text(plain, marks, _gather_tones(plain, tones))


def _join_loose_marks(text: str) -> tuple[str, str, str]:
    """Give a mark that has no composed form to the letter before it."""
    cells: list[list[str]] = []
    for char in text:
        base, mark, tone = _cell(char)
        if unicodedata.combining(char) and cells:
            cells[-1][1] = mark if mark != NONE else cells[-1][1]
            cells[-1][2] = tone if tone != NONE else cells[-1][2]
        else:
            cells.append([base, mark, tone])
    plain, marks, tones = ("".join(part) for part in zip(*cells, strict=True))
    return plain, marks, tones


def _gather_tones(plain: str, tones: str) -> str:
    """Move every tone to the first vowel of its group, and keep one tone a group."""
    if not tones.strip(NONE):
        return tones
    moved = [NONE] * len(tones)
    for at, tone in enumerate(tones):
        if tone != NONE:
            first = at
            while first and plain[first - 1] in _VOWELS:
                first -= 1
            if moved[first] == NONE:
                moved[first] = tone
    return "".join(moved)


@lru_cache(maxsize=CACHED)
def key(text: Text) -> Key:
    """Reduce a name to what identifies it.

    Parameters
    ----------
    text
        A name without type word.

    Returns
    -------
    Key
        Without separators, with i for a y that is the only vowel.
    """
    plain, marks, tones = text.plain, text.marks, text.tones
    if not plain.isalpha():
        keep = [char not in _SEPARATORS for char in plain]
        if not all(keep):
            plain = "".join(compress(plain, keep))
            marks = "".join(compress(marks, keep))
            tones = "".join(compress(tones, keep))
    if "y" in plain:
        plain = _LONE_Y.sub("i", plain)
    return Key(plain, marks, tones)


def disagreement(given: Key, official: Key) -> int:
    """Measure how far the diacritics of a name are from the official ones.

    Returns
    -------
    int
        `EXACT`, `MISSING` where some are merely missing, more by one per mark or tone that
        contradicts, at least `FOREIGN` for a mark of another script.
    """
    if given.marks == official.marks and given.tones == official.tones:
        return EXACT
    wrong = FOREIGN if "?" in given.marks else MISSING
    for mine, theirs in ((given.marks, official.marks), (given.tones, official.tones)):
        if mine != theirs:
            wrong += sum(a not in (NONE, b) for a, b in zip(mine, theirs, strict=True))
    return wrong


def normalise(name: object) -> str:
    """Reduce a name to lower-case letters and digits without diacritics, words apart.

    Browsers can do the same: NFD without combining marks, đ to d, lower case, every run of
    other characters to one blank.

    Returns
    -------
    str
        For example ``"ba ria vung tau"``.

    Examples
    --------
    >>> normalise("TP. Hồ Chí Minh")
    'tp ho chi minh'
    """
    plain = fold(tidy(name)).plain
    return " ".join(re.findall(r"[^\W_]+", plain))


def tidy(value: object) -> str:
    """Make one line of composed, visible text out of a cell.

    Parameters
    ----------
    value
        Text or a number; None and NaN are an empty text.

    Returns
    -------
    str
        NFC, single blanks, plain dashes and apostrophes, Đ for Ð; ``†n`` for a superscript n.
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = unicodedata.normalize("NFC", str(value).translate(_TIDY))
    return " ".join(text.split()).strip(_QUOTES + " ")
