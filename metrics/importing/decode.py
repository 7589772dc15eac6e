"""Bytes of a text file to text: which encoding, said and not guessed silently."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from typing import Final

from base.reading import from_tcvn3, from_vni, vietnamese_share
from metrics.importing.limits import ImportRefused

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 400_000
# Below this no reading is Vietnamese, and the file is refused rather than spoilt.
_ENOUGH: Final = 0.6


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a text with the encoding that it was read by."""

    text: str
    encoding: str


def decode(name: str, data: bytes) -> Decoded:
    """Read a text file, whatever it was written in.

    A byte order mark decides; else UTF-16 without one, by its zero bytes; else UTF-8 if it is
    valid; else the best of Windows-1258, TCVN3 (ABC) and VNI by the share of words that are spelt
    as Vietnamese syllables.

    Raises
    ------
    ImportRefused
        If it is no text, or no reading of it is Vietnamese.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(name, data, encoding)
    wide = _utf16(data)
    if wide:
        return _strictly(name, data, wide)
    if b"\x00" in data[:_SAMPLE]:
        raise ImportRefused("not_text", file=name)
    try:
        return Decoded(unicodedata.normalize("NFC", data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(name, data, error.start)


def _strictly(name: str, data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused("encoding", file=name, byte=error.start) from None
    return Decoded(unicodedata.normalize("NFC", text), encoding.removesuffix("-sig"))


def _utf16(data: bytes) -> str:
    sample = data[:2000]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) / 5 and even < odd / 10:
        return "utf-16-le"
    if even > len(sample) / 5 and odd < even / 10:
        return "utf-16-be"
    return ""


def _legacy(name: str, data: bytes, byte: int) -> Decoded:
    readings = {}
    # Windows-1258 leaves tones as marks of their own, and some bytes without a meaning.
    for encoding, decoded in (
        ("windows-1258", _or_none(data, "cp1258")),
        ("tcvn3", _or_none(data, "cp1252", from_tcvn3)),
        ("vni", _or_none(data, "cp1252", from_vni)),
    ):
        if decoded is not None:
            text = unicodedata.normalize("NFC", decoded)
            readings[encoding] = (vietnamese_share(text[:_SAMPLE].splitlines()), text)
    if readings:
        best = max(readings, key=lambda encoding: readings[encoding][0])
        if readings[best][0] >= _ENOUGH:
            return Decoded(readings[best][1], best)
    raise ImportRefused("encoding", file=name, byte=byte)


def _or_none(data: bytes, encoding: str, then: object = None) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # A few stray bytes are no reason to refuse a table: they show as a question mark.
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") > max(3, len(text) // 500):
            return None
    return then(text) if callable(then) else text
