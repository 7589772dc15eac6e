"""What a workbook says of its cells beside their values: percentages, formulas, what is hidden."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from base.reading.biff import marks_of_xls
from base.reading.ods_marks import marks_of_ods
from base.reading.sheet_marks import MOST_COLUMNS, Marks, is_month, is_percent

_PIECE: Final = 8 << 20
_STYLED: Final = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*?\bs="(\d+)")(?=[^>]*?\br="([A-Z]+)(\d+)")[^>]*?>'
)
_UNVALUED: Final = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*?\br="([A-Z]+)(\d+)")[^>]*?>\s*'
    rb"<(?:\w+:)?f(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR: Final = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*?\br="([A-Z]+)(\d+)")(?=[^>]*?\bt="e")[^>]*?>'
    rb"(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?\s*<(?:\w+:)?v>([^<]{1,40})<"
)
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col [^>]*>")
_SPAN: Final = re.compile(rb'\b(min|max|hidden)="(\w+)"')
_HIDDEN_ROW: Final = re.compile(rb'<(?:\w+:)?row (?=[^>]*?\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_BUILT_IN: Final = (9, 10)
_MONTH_BUILT_IN: Final = "17"


def marks_of(path: Path) -> dict[str, dict[str, Any]]:
    """Read what an XLSX or ODS workbook says of its cells; XLS by its records.

    Returns
    -------
    dict
        Name of the sheet to what `Marks.told` gives; empty for what this reader dislikes.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = set(archive.namelist())
                found = marks_of_ods(archive) if "content.xml" in names else dict(_xlsx(archive))
        else:
            found = marks_of_xls(path.read_bytes())
    except Exception:  # how numbers are shown is a help: the other reader has read the file
        return {}
    return {name: marks.told() for name, marks in found.items()}


def _xlsx(archive: zipfile.ZipFile) -> Iterator[tuple[str, Marks]]:
    styles = _styles(archive)
    files = {
        node.get("Id"): node.get("Target", "")
        for node in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels")).iter()
    }
    for node in ET.fromstring(archive.read("xl/workbook.xml")).iter():
        if not node.tag.endswith("}sheet"):
            continue
        key = next((v for k, v in node.attrib.items() if k.endswith("}id")), None)
        target = files.get(key) or ""
        inside = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if inside in archive.namelist():
            marks = _sheet_marks(archive, inside, *styles)
            marks.hidden = node.get("state", "visible") != "visible"
            yield node.get("name", ""), marks


def _styles(archive: zipfile.ZipFile) -> tuple[set[bytes], set[bytes]]:
    """Return the numbers of the styles that show percentages, and of those that show months."""
    if "xl/styles.xml" not in archive.namelist():
        return set(), set()
    root = ET.fromstring(archive.read("xl/styles.xml"))
    own = {
        str(node.get("numFmtId")): node.get("formatCode", "")
        for node in root.iter()
        if node.tag.endswith("}numFmt")
    }
    percents = {id_ for id_, code in own.items() if is_percent(code)} | set(map(str, _BUILT_IN))
    months = {id_ for id_, code in own.items() if is_month(code)} | {_MONTH_BUILT_IN}
    cells = next((node for node in root if node.tag.endswith("}cellXfs")), ())
    of_style = {str(at).encode(): str(xf.get("numFmtId")) for at, xf in enumerate(cells)}
    return (
        {style for style, id_ in of_style.items() if id_ in percents},
        {style for style, id_ in of_style.items() if id_ in months},
    )


def _sheet_marks(
    archive: zipfile.ZipFile, inside: str, percents: set[bytes], months: set[bytes]
) -> Marks:
    marks = Marks()
    with archive.open(inside) as stream:
        for first, piece in enumerate(_pieces(stream)):
            if not first:
                marks.hidden_columns += _hidden_columns(piece)
            if b't="e"' in piece:
                marks.errors += [
                    (int(m[2]) - 1, column_number(m[1]), m[3].decode("utf-8", "replace"))
                    for m in _ERROR.finditer(piece)
                ]
            if percents or months:
                for match in _STYLED.finditer(piece):
                    if match[1] in percents:
                        marks.percent(int(match[3]) - 1, column_number(match[2]))
                    elif match[1] in months:
                        marks.month(int(match[3]) - 1, column_number(match[2]))
            if b"<f" in piece or b":f" in piece:
                marks.unvalued += [
                    [int(m[2]) - 1, column_number(m[1])] for m in _UNVALUED.finditer(piece)
                ]
            if b"hidden=" in piece:
                marks.hidden_rows += [int(m[1]) - 1 for m in _HIDDEN_ROW.finditer(piece)]
    return marks


def _hidden_columns(piece: bytes) -> list[int]:
    """Return the columns that the head of a sheet hides."""
    found: list[int] = []
    for match in _COLUMN.finditer(piece[: piece.find(b"sheetData")]):
        told: dict[bytes, bytes] = dict(_SPAN.findall(match[0]))
        if told.get(b"hidden") in (b"1", b"true") and b"min" in told:
            first, last = int(told[b"min"]) - 1, int(told.get(b"max", told[b"min"]))
            found += range(first, min(last, first + MOST_COLUMNS))
    return found


def _pieces(stream: Any) -> Iterator[bytes]:
    """Yield a sheet in pieces that end with a row."""
    left = b""
    while piece := stream.read(_PIECE):
        left += piece
        cut = left.rfind(b"row>")
        if cut > 0:
            yield left[: cut + 4]
            left = left[cut + 4 :]
    yield left


def column_number(letters: bytes) -> int:
    """Return the number from 0 of a column called by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
