"""Make one line of plain, composed text out of a cell."""

from __future__ import annotations

import math
import unicodedata

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
