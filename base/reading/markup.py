"""Tables in markup under the name of a workbook: HTML, and SpreadsheetML of 2003."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from base.reading.decode import decode
from base.reading.limits import Most, check_shape
from base.reading.refusal import Unreadable
from base.reading.sheet_marks import Marks, is_percent

if TYPE_CHECKING:
    from base.reading.sheets import Value

_HTML: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*\?>\s*)*"
    r"<(?:!doctype html|html|table|meta|head|body|div|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML: Final = re.compile(r"\s*<\?xml\b")
_SPREADSHEET: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_LONGEST_SPAN: Final = 10_000
_SAMPLE: Final = 4_000


@dataclass(slots=True)
class MarkupSheet:
    """A sheet as it is put together from markup; the first cell is that of row 0 and column 0."""

    name: str = ""
    start: tuple[int, int] = (0, 0)
    rows: list[list[Value]] = field(default_factory=list)
    merged_cell_ranges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    width: int = 0
    # Cells above that reach into the rows to come: last row, first and last column.
    reaching: list[tuple[int, int, int]] = field(default_factory=list)
    of_row: list[tuple[int, int, int]] = field(default_factory=list)

    def to_python(self, **_: Any) -> Iterator[list[Value]]:
        """Yield the rows, all of one length."""
        for row in self.rows:
            yield row + [None] * (self.width - len(row))

    def put(self, row: int, column: int, value: Value, down: int, right: int) -> int:
        """Put a cell where it belongs or after what reaches into its place; tell its column."""
        if len(self.rows) <= row:
            self.rows += [[] for _ in range(row + 1 - len(self.rows))]
            self.reaching = [r for r in (*self.reaching, *self.of_row) if r[0] >= row]
            self.of_row = []
        cells = self.rows[row]
        while reach := next((r for r in self.reaching if r[1] <= column <= r[2]), None):
            column = reach[2] + 1
        cells.extend([None] * (column + right + 1 - len(cells)))
        cells[column] = value
        if down or right:
            self.merged_cell_ranges.append(((row, column), (row + down, column + right)))
            if down:
                self.of_row.append((row + down, column, column + right))
        self.width = max(self.width, len(cells))
        return column


def is_markup(text: str) -> bool:
    """Tell whether a text is HTML or XML and no delimited table."""
    return _HTML.match(text[:_SAMPLE]) is not None or _XML.match(text[:_SAMPLE]) is not None


def sheets_of_markup(path: Path, file: str, most: Most) -> list[MarkupSheet]:
    """Read the tables of a page, or the sheets of a workbook in XML.

    Raises
    ------
    Unreadable
        If it holds no table, or exceeds a limit.
    """
    data = path.read_bytes()
    if _SPREADSHEET in data[:_SAMPLE].decode("latin-1"):
        sheets = _Spreadsheet(file, most).read(data)
    elif _HTML.match((text := decode(data, file).text)[:_SAMPLE]):
        page = _Page(file, most)
        page.feed(text)
        page.close()
        sheets = [page.sheet] if page.tables else []
    else:
        sheets = []
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable("web_page", file=file)
    for sheet in sheets:
        check_shape(file, sheet.name, len(sheet.rows), sheet.width, most)
    return sheets


class _Page(HTMLParser):
    """All tables of a page on one sheet, with what is written between them as rows of one cell."""

    def __init__(self, file: str, most: Most) -> None:
        super().__init__(convert_charrefs=True)
        self.file, self.most = file, most
        self.sheet, self.tables = MarkupSheet(), 0
        self.row, self.column, self.held = -1, 0, 0
        self.cell: tuple[int, int] | None = None
        self.texts: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell; one that is open ends."""
        if tag in ("script", "style", "title", "head"):
            self.silent = tag
        elif tag in ("tr", "table"):
            self._finish()
            self.tables += tag == "table"
            self.row, self.column = self.row + (tag == "tr"), 0
        elif tag in ("td", "th"):
            self._finish()
            told = dict(attrs)
            spans = (_span(told.get("rowspan")), _span(told.get("colspan")))
            self.cell = (min(spans[0], _LONGEST_SPAN), min(spans[1], self.most.columns))
        elif tag in ("br", "p", "div", "li", "h1", "h2", "h3", "h4"):
            if self.cell is None:
                self._finish()
            else:
                self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End what is open."""
        if tag == self.silent:
            self.silent = ""
        elif tag in ("td", "th", "tr", "table") or (self.cell is None and tag in ("p", "div")):
            self._finish()

    def handle_data(self, data: str) -> None:
        """Take the text of a cell, or between tables."""
        if not self.silent and self.held <= self.most.cell:
            self.held += len(data)
            self.texts.append(data)

    def close(self) -> None:
        """End what is open at the end of the page."""
        super().close()
        self._finish()

    def _finish(self) -> None:
        text = " ".join("".join(self.texts).split())[: self.most.cell + 1]
        self.texts, self.held = [], 0
        if self.cell is None:
            if text:  # a line between tables, or above the first
                self.row += 1
                self.sheet.put(self.row, 0, text, 0, 0)
            return
        (down, right), self.cell = self.cell, None
        self.row = max(self.row, 0)
        at = self.sheet.put(self.row, self.column, text or None, down - 1, right - 1)
        self.column = at + right
        if self.row > self.most.rows or self.sheet.width > self.most.columns:
            check_shape(self.file, "", self.row, self.sheet.width, self.most)


def _span(said: str | None) -> int:
    digits = (said or "").strip()
    return max(int(digits), 1) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


class _Spreadsheet:
    """The sheets of a workbook in the XML of 2003; entities of its own are refused."""

    def __init__(self, file: str, most: Most) -> None:
        self.file, self.most = file, most
        self.sheets: list[MarkupSheet] = []
        self.percents: set[str] = set()
        self.style, self.kind, self.of_cell = "", "", ""
        self.row, self.column, self.spans = -1, -1, (0, 0)
        self.texts: list[str] | None = None

    def read(self, data: bytes) -> list[MarkupSheet]:
        """Read all of it."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Unreadable("damaged", file=self.file) from error
        return self.sheets

    def _refuse(self, *_: object) -> None:
        raise Unreadable("damaged", file=self.file)

    def _start(self, name: str, told: dict[str, str]) -> None:
        told = {key.rsplit(":", 1)[-1]: value for key, value in told.items()}
        match name.rsplit(":", 1)[-1]:
            case "Style":
                self.style = told.get("ID", "")
            case "NumberFormat" if is_percent(told.get("Format", "")) or told.get("Format") in (
                "Percent",
            ):
                self.percents.add(self.style)
            case "Worksheet":
                self.sheets.append(MarkupSheet(told.get("Name", "")[:100]))
                self.row = -1
            case "WorksheetOptions" | "Visible":
                self.kind = "visible"
            case "Row" if self.sheets:
                self.row = int(told["Index"]) - 1 if "Index" in told else self.row + 1
                self.column = -1
                if told.get("Hidden") == "1":
                    self.sheets[-1].marks.hidden_rows.append(self.row)
                check_shape(self.file, "", self.row, 1, self.most)
            case "Cell" if self.sheets:
                self.column = int(told["Index"]) - 1 if "Index" in told else self.column + 1
                check_shape(self.file, "", 1, self.column, self.most)
                self.of_cell = told.get("StyleID", "")
                across = min(int(told.get("MergeAcross", 0)), self.most.columns)
                self.spans = (min(int(told.get("MergeDown", 0)), _LONGEST_SPAN), across)
            case "Data" if self.sheets:
                self.kind, self.texts = told.get("Type", "String"), []

    def _data(self, text: str) -> None:
        if self.texts is not None:
            self.texts.append(text)

    def _end(self, name: str) -> None:
        tag = name.rsplit(":", 1)[-1]
        if tag == "Cell":
            self.column += self.spans[1]
        if tag != "Data" or self.texts is None:
            return
        text, self.texts = "".join(self.texts), None
        value: Value = text[: self.most.cell + 1]
        if self.kind == "Number":
            value = float(text)
        elif self.kind == "DateTime":
            value = text.split("T")[0]
        sheet = self.sheets[-1]
        at = sheet.put(self.row, self.column, value, *self.spans)
        if self.kind == "Number" and self.of_cell in self.percents:
            sheet.marks.percent(self.row, at)
