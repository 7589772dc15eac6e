"""Class breaks as a reader types them."""

from __future__ import annotations

import re
from itertools import pairwise

from geo.classify import MAX_CLASSES
from metrics.formats import number
from metrics.messages import Lang
from ui.params import LARGEST_BREAK

LONGEST = 200
DECIMALS = 6


class NoBreaks(ValueError):
    """What was typed are no class breaks."""


def breaks_text(breaks: tuple[float, ...], lang: Lang) -> str:
    """Write breaks in the reader's way, parted by semicolons."""
    return "; ".join(number(value, lang, DECIMALS) for value in breaks)


def read_breaks(text: str, lang: Lang) -> tuple[float, ...]:
    """Read breaks from a text that someone typed.

    Parameters
    ----------
    text
        Numbers in any order, parted by semicolons or spaces; with the decimal mark of the language,
        and in Vietnamese also with a point where it can be nothing else.
    lang
        Language of the reader.

    Returns
    -------
    tuple of float
        Rising, each once.

    Raises
    ------
    NoBreaks
        When something is no number, or there are none or too many.
    """
    pieces = [piece for piece in re.split(r"[;\s]+", text[:LONGEST]) if piece]
    found = sorted({_number(piece.replace("\N{MINUS SIGN}", "-"), lang) for piece in pieces})
    if not 1 <= len(found) < MAX_CLASSES or any(a >= b for a, b in pairwise(found)):
        raise NoBreaks(text)
    return tuple(found)


def _number(piece: str, lang: Lang) -> float:
    group, mark = (".", ",") if lang == "vi" else (",", ".")
    grouped = re.fullmatch(rf"[-+]?\d{{1,3}}(\{group}\d{{3}})+({mark}\d+)?", piece, re.ASCII)
    plain = piece.replace(group, "") if grouped else piece
    plain = plain.replace(mark, ".")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", plain, re.ASCII):
        raise NoBreaks(piece)
    value = round(float(plain), DECIMALS) + 0.0
    if abs(value) >= LARGEST_BREAK:
        raise NoBreaks(piece)
    return value
