"""Bytes of a text file to text: by the encoding that is named, or by what they look like."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from base.reading.legacy import from_tcvn3, from_vni, vietnamese_share
from base.reading.refusal import Unreadable

AUTO: Final = "auto"
# What a reader can choose; any other that Python knows is accepted too.
ENCODINGS: Final = (AUTO, "utf-8", "utf-16", "windows-1258", "tcvn3", "vni")
# Those of before Unicode, by what Python reads their bytes as.
LEGACY: Final = {"windows-1258": "cp1258", "tcvn3": "cp1252", "vni": "cp1252"}
# What stands in for bytes of another encoding than the rest of their file.
LOST: Final = "\ufffd"
_FONTS: Final[dict[str, Callable[[str], str]]] = {"tcvn3": from_tcvn3, "vni": from_vni}
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 400_000
# Below this share of Vietnamese syllables no reading is one, and the file is refused.
_ENOUGH: Final = 0.6


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a text, as it was written, with the encoding that it was read by."""

    text: str
    encoding: str


def decode(data: bytes, file: str, encoding: str = AUTO, *, lenient: bool = False) -> Decoded:
    """Read a text file, whatever it was written in.

    A byte order mark decides, and the zero bytes of UTF-16 without one; then what is named; else
    UTF-8 if it is valid; else the best of Windows-1258, TCVN3 (ABC) and VNI by the share of words
    that are spelt as Vietnamese syllables.

    Parameters
    ----------
    file
        What messages call it.
    encoding
        One of `ENCODINGS`, or what Python calls it.
    lenient
        Whether the lines of another encoding than most are read all the same, with `LOST` in them.

    Raises
    ------
    Unreadable
        If it is no text, there is no such encoding, or no reading of it is Vietnamese.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _utf16(data)
    if marked.startswith("utf-16") or marked == "utf-32":
        return Decoded(_read(data, file, marked, lenient), marked)
    if b"\x00" in data[:_SAMPLE]:
        raise Unreadable("not_text", file=file)
    if encoding != AUTO:
        return Decoded(_read(data, file, encoding, lenient), encoding)
    if marked or _is_utf8(data) or (lenient and _mostly_utf8(data)):
        return Decoded(_read(data, file, "utf-8", lenient), "utf-8")
    return _legacy(data, file, lenient)


def _utf16(data: bytes) -> str:
    sample = data[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) / 5 and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) / 5 and odd < even / 10 else ""


def _read(data: bytes, file: str, encoding: str, lenient: bool) -> str:
    try:
        text = data.decode(LEGACY.get(encoding, encoding), "replace" if lenient else "strict")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", file=file, byte=error.start) from error
    except (LookupError, UnicodeError) as error:
        raise Unreadable("encoding_name", encoding=encoding[:40]) from error
    return _composed(text, encoding).removeprefix("\ufeff")


def _composed(text: str, encoding: str) -> str:
    if encoding not in LEGACY:
        return text
    # Windows-1258 leaves tones as marks of their own.
    return unicodedata.normalize("NFC", _FONTS.get(encoding, str)(text))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    told = [_is_utf8(line) for line in data.split(b"\n") if not line.isascii()]
    return sum(told) * 2 >= len(told)


def _legacy(data: bytes, file: str, lenient: bool) -> Decoded:
    readings = {}
    for encoding, codec in LEGACY.items():
        # A few bytes without a meaning are no reason to refuse a table.
        text = _composed(data.decode(codec, "replace"), encoding)
        if lenient or text.count(LOST) <= max(3, len(text) // 500):
            readings[encoding] = text
    shares = {n: vietnamese_share(text[:_SAMPLE].splitlines()) for n, text in readings.items()}
    best = max(shares, key=lambda name: shares[name], default="")
    if not best or shares[best] < _ENOUGH:
        raise Unreadable("encoding", file=file, byte=_first_bad(data))
    text = _without_utf8(data, readings[best]) if lenient else readings[best]
    return Decoded(text, best)


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _without_utf8(data: bytes, text: str) -> str:
    """Mark the lines of a file of before Unicode that are UTF-8, and would be read as nonsense."""
    lines, bytes_of = text.split("\n"), data.split(b"\n")
    if len(lines) != len(bytes_of):  # never, as a line feed is one in all of them
        return text
    for at, line in enumerate(bytes_of):
        if not line.isascii() and _is_utf8(line):
            lines[at] = f"{lines[at].rstrip(chr(13))}{LOST}"
    return "\n".join(lines)
