"""Vietnamese text from before Unicode: TCVN3 (ABC fonts), VNI fonts, Windows-1258.

The tables are those of TCVN 5712:1993 (VN3) and of the VNI-Windows fonts, read as Windows-1252,
which is how a spreadsheet that knows nothing of the font keeps such text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final, Literal

Legacy = Literal["tcvn3", "vni"]

_TCVN3_CODES: Final = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ "
    "C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ "
    "E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự "
    "FAỳ FBỷ FCỹ FDý FEỵ"
)
# After a vowel: the tone, or the mark and the tone.
_VNI_MARKS: Final = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS: Final = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì",
}  # fmt: skip
# A syllable as Vietnamese spells it: initial, vowels with at most one tone, final.
_SYLLABLE: Final = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    "[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[^\W\d_]|[\u0300-\u036f\u00a0-\u00ff])*")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
MOST_LOOKED_AT: Final = 4000


@cache
def tcvn3_letters() -> dict[int, str]:
    """Return the letter that each character of a text typed in a TCVN3 font stands for."""
    # As Windows-1252 shows the byte; the soft hyphen (AD) is ư.
    return {ord(bytes.fromhex(code[:2]).decode("cp1252")): code[2] for code in _TCVN3_CODES.split()}


@cache
def _vni() -> re.Pattern[str]:
    vowels = "aeouyAEOUYôöÔÖ"
    marks = "".join(_VNI_MARKS)
    letters = "".join(_VNI_LETTERS)
    return re.compile(f"([{vowels}])([{marks}{marks.upper()}])|([{letters}{letters.upper()}])")


def from_tcvn3(text: str) -> str:
    """Read text typed in a TCVN3 (ABC) font.

    Examples
    --------
    >>> from_tcvn3("Qu¶ng B×nh")
    'Quảng Bình'
    """
    return text.translate(tcvn3_letters())


def from_vni(text: str) -> str:
    """Read text typed in a VNI-Windows font.

    Examples
    --------
    >>> from_vni("Quaûng Bình, Ñoàng Nai")
    'Quảng Bình, Đồng Nai'
    """
    return unicodedata.normalize("NFC", _vni().sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    vowel, mark, letter = match.groups()
    if letter:
        plain = _VNI_LETTERS[letter.lower()]
        return plain if letter.islower() else plain.upper()
    base = _VNI_LETTERS.get(vowel.lower(), vowel.lower())
    base = base if vowel.islower() else base.upper()
    return base + _VNI_MARKS[mark.lower()]


READERS: Final = {"tcvn3": from_tcvn3, "vni": from_vni}


def is_syllable(word: str) -> bool:
    """Tell whether a word is spelt as a Vietnamese syllable is."""
    pieces = unicodedata.normalize("NFD", word.lower())
    if sum(piece in _TONES for piece in pieces) > 1:
        return False
    bare = "".join(piece for piece in pieces if piece not in _TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def vietnamese_share(texts: Iterable[str]) -> float:
    """Return the share of words with letters beyond ASCII that are Vietnamese syllables.

    Parameters
    ----------
    texts
        Cells; the first `MOST_LOOKED_AT` words beyond ASCII decide.

    Returns
    -------
    float
        0 to 1; 1 where every word is ASCII.
    """
    good = seen = 0
    for text in texts:
        if text.isascii():
            continue
        for word in _WORD.findall(text):
            if word.isascii():
                continue
            seen += 1
            good += is_syllable(word)
        if seen >= MOST_LOOKED_AT:
            break
    return good / seen if seen else 1.0


# Letters of Unicode that no such font has; punctuation comes after them.
BEYOND_LATIN: Final = ("\u0100", "\u1fff")


def legacy_font(texts: Iterable[str]) -> Legacy | None:
    """Tell in which font of before Unicode texts were typed.

    Parameters
    ----------
    texts
        Cells as a spreadsheet keeps them.

    Returns
    -------
    str or None
        None where they are Unicode already, or not Vietnamese in any of the readings.
    """
    known = [text for text in texts if not text.isascii()]
    scores = {name: vietnamese_share(map(read, known)) for name, read in READERS.items()}
    best = max(scores, key=lambda name: scores[name])
    as_is = vietnamese_share(known)
    # Unicode must be clearly worse: a foreign name in a good table is no reason to change it.
    if as_is < 0.6 and scores[best] > as_is + 0.25:
        return "tcvn3" if best == "tcvn3" else "vni"
    return None


def reencoded(text: str, font: Legacy) -> str:
    """Read a cell typed in a font of before Unicode; text in Unicode stays as it is.

    Such fonts have Latin-1 alone, so that a letter beyond it tells Unicode. Of a text without any
    ("BÕn Tre", "An Phó") only the rest of its table tells: it is of the font of that.
    """
    if text.isascii() or any(BEYOND_LATIN[0] <= char <= BEYOND_LATIN[1] for char in text):
        return text
    return READERS[font](text)
