"""Take off what tables put around names: ordinals, bullets, footnote marks, "cũ" and "mới"."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from geo.editions import Level
from geo.names.text import CACHED, FOOTNOTE, MISSING, Text, disagreement, fold, key
from geo.names.types import without_authority

_START = r"(?:[*•·●▪+\-] ?)?"
_NUMBERED = r"(?:\(?\d{1,3} ?[.)\]:/\-]+ ?|\(?(?:[ivx]{1,5}|[a-e]) ?[.)\]]+ ?)?"
_ORDINAL = re.compile(_START + _NUMBERED)
# Among communes "X." is xã rather than ten, unless the type follows.
_TYPED = r"(?:xa|phuong|dac khu|thi tran)\b"
_ORDINAL_OF_COMMUNES = re.compile(rf"{_START}(?!x ?[.)] ?(?!{_TYPED})){_NUMBERED}")
_BARE_ORDINAL = re.compile(r"\d{1,3} +(?=[a-z])(?!tinh|thanh pho|huyen|quan|xa|phuong)")
_MARK = rf"[*#{FOOTNOTE}]+\d*"
_FOOTNOTE = re.compile(
    rf"(?: *(?:{_MARK}|[(\[] *(?:{_MARK}|[a-e]|(?P<n>\d{{1,2}})) *[)\]]"
    r"|(?<=[a-z] )(?P<m>\d{1,2})[/)]))+ *[.,:;…]*\Z|[ .,:;…]+\Z"
)
_ERA = re.compile(
    r"[ (\[,\-]+(?:(?P<old>cu|truoc day|truoc (?:khi )?(?:sap nhap|hop nhat)|old|former)"
    r"|(?P<new>moi|sau (?:khi )?(?:sap nhap|hop nhat)|new))[)\]]*\Z"
)
_ERA_ENDS = ("cu", "moi", "day", "nhap", "nhat", "old", "former", "new")
_WORDS = {word.bare: word for word in (key(fold("cũ")), key(fold("mới")))}


class Era(Enum):
    """What "cũ" or "mới" says of a unit."""

    OLD = "old"
    NEW = "new"


@lru_cache(maxsize=CACHED)
def trims(text: Text, level: Level) -> tuple[tuple[Text, bool, str], ...]:
    """List the texts that are left as more is taken off, from nothing to all.

    Parameters
    ----------
    level
        Level of the areas; a bare number before a name is an ordinal only among provinces.

    Returns
    -------
    tuple
        Of each: the text, whether a people's committee was taken off, and the number of a footnote
        that was: it may as well belong to the name.
    """
    found = [(text, False, "")]
    shorter, number = _without_footnote(text)
    if shorter.plain != text.plain:
        found.append((shorter, False, number))
    ordinal = _ORDINAL_OF_COMMUNES if level is Level.COMMUNE else _ORDINAL
    start = ordinal.match(shorter.plain)
    bare = _BARE_ORDINAL.match(shorter.plain) if level is Level.PROVINCE else None
    cut = max(start.end() if start else 0, bare.end() if bare else 0)
    if cut and shorter.plain[cut:].strip():
        shorter = shorter.cut(cut)
        found.append((shorter, False, number))
    place = without_authority(shorter)
    if place is not None and place.plain:
        found.append((place, True, number))
    return tuple(found)


def _without_footnote(text: Text) -> tuple[Text, str]:
    found = None if text.plain[-1:].isalpha() else _FOOTNOTE.search(text.plain)
    if found is None or not found.start():
        return text, ""
    return text.cut(0, found.start()), found["n"] or found["m"] or ""


def without_era(text: Text) -> tuple[Text, Era] | None:
    """Take "cũ" or "mới" off a name.

    Returns
    -------
    tuple or None
        The name and the era; None where none is written.
    """
    if not text.plain.rstrip(" )]").endswith(_ERA_ENDS):
        return None
    found = _ERA.search(text.plain)
    if found is None or not found.start():
        return None
    word = key(text.cut(*found.span("old" if found["old"] else "new")))
    official = _WORDS.get(word.bare)
    if official is not None and disagreement(word, official) > MISSING:
        return None
    return text.cut(0, found.start()), Era.OLD if found["old"] else Era.NEW
