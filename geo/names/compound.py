"""Cut a cell that holds more than one name into its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ORDINAL = re.compile(r"\(?\d{1,3} ?[.)\]:/\-]+ ?")
_BRACKET = re.compile(r"(.+?) ?[(\[]([^()\[\]]+)[)\]]")
_LISTING = re.compile(r" (?:và|va|and|với|cùng|&|\+) |[;&+]", re.IGNORECASE)
# "Huyện Châu Thành tỉnh Long An", "Quận 1 TPHCM": the last type word begins the province.
_PROVINCE = re.compile(
    r"(.+) ((?:tỉnh|tinh|thành phố|thanh pho|tp)[ .].+|tphcm)", re.IGNORECASE | re.DOTALL
)
_COMMA = re.compile(r" ?, ?")


@dataclass(frozen=True, slots=True)
class Split:
    """Hold the parts of a cell and what stood between them.

    Attributes
    ----------
    listing
        A word or sign that only stands between several things.
    comma
        A comma, or no sign at all, after which a province may follow.
    either_order
        A dash or a slash: the province may come first.
    """

    parts: tuple[str, ...]
    listing: bool = False
    comma: bool = False
    either_order: bool = False


def split_text(text: str) -> Split | None:
    """Cut a cell at what separates names.

    Returns
    -------
    Split or None
        None where nothing separates.
    """
    start = _ORDINAL.match(text)
    text = text[start.end() :] if start else text
    bracket = _BRACKET.fullmatch(text) if text.endswith((")", "]")) else None
    if bracket is not None:
        return Split((bracket[1].strip(), bracket[2].strip()))
    if _LISTING.search(text):
        pieces = [piece for part in _LISTING.split(text) for piece in _COMMA.split(part)]
        return _split(pieces, listing=True)
    if "," in text:
        return _split(_COMMA.split(text), comma=True)
    # " - " before "-": Bà Rịa - Vũng Tàu - TP. Vũng Tàu is not understood, and need not be.
    for dash in (" - ", "/", "-"):
        if dash in text:
            return _split(text.split(dash), either_order=True)
    province = _PROVINCE.fullmatch(text)
    return Split((province[1], province[2]), comma=True) if province else None


def _split(
    pieces: list[str], *, listing: bool = False, comma: bool = False, either_order: bool = False
) -> Split | None:
    parts = tuple(piece.strip() for piece in pieces if piece.strip())
    return Split(parts, listing, comma, either_order) if len(parts) > 1 else None
