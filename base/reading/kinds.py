"""What a file is that is no table, told by its first bytes and the names within."""

from __future__ import annotations

from typing import Final

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names of the parts of an archive stand at its end.
_END: Final = 1 << 20
_PARTS: Final = (
    ("xlsb", b"xl/workbook.bin"),
    ("document", b"word/document.xml"),
    ("document", b"ppt/presentation.xml"),
    ("document", b"opendocument.text"),
)
_A_TABLE: Final = (b"xl/workbook.xml", b"xl/worksheets", b"content.xml", b"xl/_rels/")
_BEGINNINGS: Final = (
    ("pdf", b"%PDF-"),
    ("picture", b"\x89PNG"),
    ("picture", b"\xff\xd8\xff"),
    ("packed", b"Rar!"),
    ("packed", b"7z\xbc\xaf\x27\x1c"),
    ("packed", b"\x1f\x8b"),
    ("web_page", b"MIME-Version:"),
    ("document", b"{\\rtf"),
)
_STREAMS: Final = (
    ("password", "EncryptedPackage"),
    ("document", "WordDocument"),
    ("document", "PowerPoint Document"),
    ("document", "__substg1.0_"),
)


def other_kind(data: bytes) -> str | None:
    """Return what a file is where it is known to be no table that is read; None else.

    Returns
    -------
    str or None
        The message is ``reading.refused.<it>``.

    Examples
    --------
    >>> other_kind(b"%PDF-1.7"), other_kind(b"a;b")
    ('pdf', None)
    """
    for kind, begins in _BEGINNINGS:
        if data.startswith(begins):
            return kind
    if data.startswith(_OLE):
        return next((k for k, name in _STREAMS if name.encode("utf-16-le") in data), None)
    if not data.startswith(_ZIP):
        return None
    end = data[:4096] + data[-_END:]
    found = next((kind for kind, name in _PARTS if name in end), None)
    if found is None and not any(name in end for name in _A_TABLE) and b"PK\x05\x06" in end:
        return "packed"
    return found
