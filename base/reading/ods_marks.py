"""What an ODS workbook says of its cells beside their values."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

from base.reading.sheet_marks import MOST_COLUMNS, Marks

MOST_AT_ONCE: Final = 1_000
_UNSEEN: Final = ("collapse", "filter")
_DAYS: Final = frozenset(("day", "hours", "day-of-week"))
Told = dict[str, str]


def marks_of_ods(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Read which cells are percentages or months, and what is hidden, by the name of the sheet."""
    reader = _Reader()
    if "styles.xml" in archive.namelist():
        for node in ET.fromstring(archive.read("styles.xml")).iter():
            reader.end(_tag(node), node)
    with archive.open("content.xml") as stream:
        for event, node in ET.iterparse(stream, events=("start", "end")):
            if event == "end":
                reader.end(_tag(node), node)
            else:
                reader.start(_tag(node), _attributes(node))
    return reader.found


@dataclass(slots=True)
class _Reader:
    """Go through the elements of a workbook.

    Attributes
    ----------
    formats, months
        Formats of dates, and styles of cells, that show a month and its year: "09/2026".
    of_column
        Columns of the sheet whose cells have such a style unless they have their own.
    """

    found: dict[str, Marks] = field(default_factory=dict)
    formats: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    of_column: set[int] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)
    row: int = 0
    column: int = 0

    def start(self, tag: str, told: Told) -> None:
        if tag == "table":
            self.marks = self.found.setdefault(told.get("name", ""), Marks())
            self.row = self.column = 0
            self.of_column = set()
        elif tag == "table-column":
            self._column(told)
        elif tag == "table-row":
            self.column = 0
            if told.get("visibility") in _UNSEEN:
                self.marks.hidden_rows.append(self.row)
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell(told)

    def end(self, tag: str, node: ET.Element) -> None:
        told = _attributes(node)
        if tag == "date-style":
            parts = {_tag(part) for part in node}
            if {"month", "year"} <= parts and not parts & _DAYS:
                self.formats.add(told.get("name", ""))
        elif tag == "style" and told.get("data-style-name") in self.formats:
            self.months.add(told.get("name", ""))
        elif tag == "table-row":
            self.row += int(told.get("number-rows-repeated", 1))
            node.clear()

    def _column(self, told: Told) -> None:
        n = int(told.get("number-columns-repeated", 1))
        these = range(self.column, self.column + min(n, MOST_COLUMNS))
        if told.get("visibility") in _UNSEEN:
            self.marks.hidden_columns += these
        if told.get("default-cell-style-name") in self.months:
            self.of_column.update(these)
        self.column += n

    def _cell(self, told: Told) -> None:
        n, kind = int(told.get("number-columns-repeated", 1)), told.get("value-type")
        these = range(self.column, self.column + min(n, MOST_AT_ONCE))
        for at in these if kind in ("percentage", "date") else ():
            if kind == "percentage":
                self.marks.percent(self.row, at)
            elif self._is_month(told, at):
                self.marks.month(self.row, at)
        self.column += n

    def _is_month(self, told: Told, column: int) -> bool:
        own = told.get("style-name")
        return own in self.months if own else column in self.of_column


def _tag(node: ET.Element) -> str:
    return node.tag.rsplit("}", 1)[-1]


def _attributes(node: ET.Element) -> Told:
    return {key.rsplit("}", 1)[-1]: value for key, value in node.attrib.items()}
