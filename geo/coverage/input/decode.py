"""Bytes of a CSV file to text: by the encoding that is named, or by what they look like."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from base.reading import from_tcvn3, from_vni, vietnamese_share
from geo.coverage.ground import CoverageError

AUTO: Final = "auto"
# What a reader can choose; any other that Python knows is accepted too.
ENCODINGS: Final = (AUTO, "utf-8", "utf-16", "windows-1258", "tcvn3", "vni")
_SAMPLE: Final = 400_000
# Below this share of Vietnamese syllables no reading is one, and the file is refused.
_ENOUGH: Final = 0.6
# What stands in for a line that is of another encoding than the rest of its file.
_LOST: Final = "\ufffd"
_FONTS: Final[dict[str, Callable[[str], str]]] = {"tcvn3": from_tcvn3, "vni": from_vni}
# The three of them leave bytes without a meaning, which no sensible file has.
_LEGACY: Final = {"windows-1258": "cp1258", "tcvn3": "cp1252", "vni": "cp1252"}


def decode(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    """Turn the bytes of a file into text.

    Parameters
    ----------
    encoding
        One of `ENCODINGS`, or what Python calls it. "auto" takes UTF-16 by its mark or its zero
        bytes; UTF-8 where most lines beyond ASCII are that; else the one of Windows-1258, TCVN3
        and VNI by which most words are spelt as Vietnamese syllables.

    Returns
    -------
    text
        What is of another encoding than the rest has replacement characters in it.
    encoding
        How it was read, where that was found out and is not UTF-8; else "".

    Raises
    ------
    CoverageError
        If it is no text, there is no such encoding, or no reading of it is Vietnamese.
    """
    wide = _utf16(data)
    if wide:
        return data.decode(wide, errors="replace").removeprefix("\ufeff"), ""
    if b"\x00" in data[:4096]:
        raise CoverageError("kind", file=name)
    if encoding != AUTO:
        return _named(data, encoding), ""
    if _mostly_utf8(data):
        return data.decode("utf-8", errors="replace").removeprefix("\ufeff"), ""
    readings = {legacy: _named(data, legacy) for legacy in _LEGACY}
    shares = {n: vietnamese_share(t[:_SAMPLE].splitlines()) for n, t in readings.items()}
    best = max(shares, key=lambda legacy: shares[legacy])
    if shares[best] < _ENOUGH:
        raise CoverageError("encoding", file=name)
    return _without_utf8(data, readings[best]), best


def _utf16(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) / 5 and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) / 5 and odd < even / 10 else ""


def _named(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(_LEGACY.get(encoding, encoding), errors="replace")
    except (LookupError, UnicodeError) as error:
        raise CoverageError("encoding_name", encoding=encoding) from error
    read = _FONTS.get(encoding, lambda same: same)
    # Windows-1258 leaves tones as marks of their own.
    return unicodedata.normalize("NFC", read(text)).removeprefix("\ufeff")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    if _is_utf8(data):
        return True
    told = [_is_utf8(line) for line in data.split(b"\n") if not line.isascii()]
    return sum(told) * 2 >= len(told)


def _without_utf8(data: bytes, text: str) -> str:
    """Mark the lines of a file of before Unicode that are UTF-8, and would be read as nonsense."""
    lines, bytes_of = text.split("\n"), data.split(b"\n")
    if len(lines) != len(bytes_of):  # never, as a line feed is one in all of them
        return text
    for at, line in enumerate(bytes_of):
        if not line.isascii() and _is_utf8(line):
            lines[at] = f"{lines[at].rstrip(chr(13))}{_LOST}"
    return "\n".join(lines)
