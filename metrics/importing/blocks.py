"""Where the tables of a sheet are: titles above, header rows, data rows, footers, repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from base.reading import Cell, Sheet
from metrics.importing.columns import Columns
from metrics.importing.numbers import looks_numeric, read_number
from metrics.importing.periods import find_period, plain, read_period
from metrics.importing.units import read_unit

MOST_HEADER_ROWS: Final = 6
MOST_BLOCKS: Final = 40
# "(10)": what numbers a column is no longer, unless a formula follows.
MOST_OF_A_NUMBER: Final = 4
JOIN: Final = " – "
# "Tỉnh, thành phố", and never "Tỉnh Lào Cai": what names a place is no heading.
_LEVEL: Final = r"(?:tinh|thanh pho|tp|quan|huyen|thi xa|tx|xa|phuong|thi tran|dac khu|vung)"
# Words that head a column of places.
PLACE_HEADINGS: Final = re.compile(
    r"(?:ten )?(?:cac )?(?:don vi|dia phuong|dia ban|dia danh|noi|dia diem)(?: hanh chinh)?|"
    rf"(?:ten )?(?:cac )?{_LEVEL}(?:[ /,-]*(?:va |hoac )?{_LEVEL})*"
    r"(?: (?:truc thuoc|trong|thuoc|name|code)(?: .*)?)?|"
    r"province|district|commune|area|place|region"
)
# Words that head a column, as plain text: a row with one of them is a header, not data.
_HEADINGS: Final = re.compile(
    r"(?:stt|tt|no|so tt|so thu tu|code|ma|ma (?:tinh|huyen|xa|dvhc|don vi|dia phuong)|"
    rf"{PLACE_HEADINGS.pattern}|name|"
    r"(?:ten )?chi tieu|indicator|noi dung|ky(?: bao cao| so lieu)?|thoi (?:gian|diem|ky)|thang|"
    r"quy|"
    r"nam|ngay|period|date|year|month|quarter|gia tri|so lieu|ket qua|ty le|value|ghi chu|note|"
    r"don vi tinh|dvt|unit)"
)
_LAST_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_UNIT_HEADING: Final = re.compile(r"(?:don vi tinh|dvt|dv tinh|don vi do|unit)\b")
# A number that is no year: known without reading it, as nearly every row of data has one.
_PLAINLY_FIGURE: Final = re.compile(r"[+-]?\d{1,3}(?:[.,]?\d{3})*(?:[.,]\d+)?\s?%?")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d(?:[.,]0+)?")
# "A  B  1  2  3" or "(1) (2) (3)" under the header.
_NUMBERING: Final = re.compile(r"[(\[]?(?:([a-dđ])|(\d{1,2}))[)\]]?\s*(?:=.*)?", re.IGNORECASE)
_SIGNED: Final = re.compile(r"\s*\(\s*(?:đã\s+)?ký\b", re.IGNORECASE)
# A column without a heading is called by its letter.
UNNAMED: Final = "[{}]"
_UNNAMED: Final = re.compile(r"\[[A-Z]+\]")


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet.

    Attributes
    ----------
    sheet
        Name of the sheet.
    titles
        Lines above the table (unit, period, source), as written.
    columns
        One name a column, unique; headers of several rows are joined from top to bottom.
    rows, numbers
        The data rows and their numbers in the sheet.
    merged, unvalued
        Cells of the rows, as (row, column), that one figure was merged over, or with a formula
        whose value the file does not hold.
    hidden, hidden_columns
        Positions of the rows and columns that a reader of the workbook does not see.
    unseen
        Whether the sheet itself is hidden.
    heading
        Number of the row in the sheet where its heading begins; 0 where that is not known.
    turned
        Whether its places stood in the heading: then `numbers` are those of the columns.
    """

    sheet: str
    titles: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Sequence[list[Cell]]
    numbers: Sequence[int]
    merged: frozenset[tuple[int, int]] = frozenset()
    unvalued: frozenset[tuple[int, int]] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unseen: bool = False
    heading: int = 0
    turned: bool = False

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column.

        Raises
        ------
        KeyError
            If there is no such column.
        """
        at = self._at(name)
        if isinstance(self.rows, Columns):
            return self.rows.column(at)
        return [row[at] for row in self.rows]

    def texts(self, name: str) -> Counter[str]:
        """Count the texts of a column.

        Raises
        ------
        KeyError
            If there is no such column.
        """
        at = self._at(name)
        if isinstance(self.rows, Columns):
            return self.rows.texts(at)
        return Counter(cell for row in self.rows if isinstance(cell := row[at], str))

    def _at(self, name: str) -> int:
        if name not in self.columns:
            raise KeyError(name)
        return self.columns.index(name)


def find_blocks(sheet: Sheet) -> list[Block]:
    """Find the tables of a sheet.

    A table begins with its header: the rows, after any titles, before the first row that holds
    figures. A header that comes again (as on every printed page) continues the table; another one
    begins the next.

    Returns
    -------
    list of Block
        Those with at least one column and one row of data.
    """
    blocks: list[Block] = []
    at = 0
    while at < len(sheet.rows) and len(blocks) < MOST_BLOCKS:
        header = _next_header(sheet.rows, at)
        if header is None:
            break
        first, end = header
        block, at = _block(sheet, at, first, end)
        if block.rows and block.columns:
            blocks.append(block)
    return blocks


def _next_header(rows: Sequence[list[Cell]], start: int) -> tuple[int, int] | None:
    """Return where the next header begins and where its data begin."""
    for at in range(start, len(rows)):
        if not (
            _is_header(rows[at]) or _is_plain_header(rows, at) or _is_header_of_years(rows, at)
        ):
            continue
        first = at
        while first > start and at - first < 2 and _is_upper_header(rows[first - 1], rows[at]):
            first -= 1
        end = at + 1
        while end < len(rows) and end - first < MOST_HEADER_ROWS and _continues(rows, end):
            end += 1
        return first, end
    return None


def _is_plain_header(rows: Sequence[list[Cell]], at: int) -> bool:
    """Tell whether a row of texts of its own kind stands above a row with figures."""
    row = rows[at]
    texts = [c for c in row if isinstance(c, str) and not looks_numeric(c)]
    below = rows[at + 1] if at + 1 < len(rows) else []
    figures = any(looks_numeric(c) for c in below)
    return len(texts) >= 2 and len(set(texts)) == len(texts) == _filled(row) and figures


def _is_header_of_years(rows: Sequence[list[Cell]], at: int) -> bool:
    """Tell whether a row names a period a column, over a first column of places without a name."""
    row = rows[at]
    below = next((one for one in rows[at + 1 : at + 3] if not _is_units(one)), [])
    known = [i for i, cell in enumerate(row) if cell is not None]
    if (
        not known
        or not below
        or known[0] == 0
        or any(row[i] is None for i in range(known[0], known[-1]))
    ):
        return False
    if not all(find_period(_heading(row[i])) for i in known[:-1]):
        return False
    # "Sơ bộ 2024" may be the last one.
    if not _LAST_YEAR.search(_heading(row[known[-1]])) and not find_period(
        _heading(row[known[-1]])
    ):
        return False
    named = any(isinstance(cell, str) and not looks_numeric(cell) for cell in below[: known[0]])
    return named and any(looks_numeric(below[i]) for i in known)


def is_unit_heading(heading: str) -> bool:
    """Tell whether a heading is that of units: "ĐVT", "Đơn vị tính"."""
    return _UNIT_HEADING.match(plain(heading)) is not None


def _texts(row: Sequence[Cell]) -> list[str]:
    return [plain(cell) for cell in row if isinstance(cell, str)]


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _distinct(row: Sequence[Cell]) -> int:
    return len({cell for cell in row if cell is not None})


def _is_header(row: Sequence[Cell]) -> bool:
    if _has_figures(row) or _distinct(row) < 2 or _is_signed(row):
        return False
    return any(_HEADINGS.fullmatch(text) for text in _texts(row))


def _is_signed(row: Sequence[Cell]) -> bool:
    """Tell whether a row is one of signatures: "(Ký, ghi rõ họ tên)"; "Kỳ" may be a heading."""
    return any(isinstance(cell, str) and _SIGNED.match(cell) for cell in row)


def _has_figures(row: Sequence[Cell]) -> bool:
    """Tell whether a row has a number that is no year."""
    return any(cell is not None and is_figure(cell) for cell in row)


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell is a number that is no year."""
    if isinstance(cell, str):
        if _PLAINLY_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell):
            return True
        # What has no digit is none.
        return any(map(str.isdigit, cell)) and _reads_as_figure(cell)
    return looks_numeric(cell) and read_period(cell) is None


@lru_cache(maxsize=1 << 12)
def _reads_as_figure(text: str) -> bool:
    return looks_numeric(text) and read_period(text) is None


def _begins_another(row: Sequence[Cell]) -> bool:
    # Among data one heading is not enough: "Tỷ lệ" may be what a row of a long table is about.
    if _has_figures(row) or not _is_header(row):
        return False
    texts = _texts(row)
    # A row without a figure is a row: "Tỉnh X; -; chưa có số liệu".
    if sum(not read_number(cell, "comma").missing for cell in row) < 2:
        return False
    headings = sum(_HEADINGS.fullmatch(text) is not None for text in texts)
    return headings >= 2 or headings == len(texts) or _HEADINGS.fullmatch(texts[0]) is not None


def _is_upper_header(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether a row spans columns of the header row below it, and is not a title."""
    if _distinct(row) < 2 or _has_figures(row):
        return False
    return _filled(row) <= _filled(below) + 1


def _continues(rows: Sequence[list[Cell]], at: int) -> bool:
    """Tell whether a row below a header row belongs to the header."""
    row = rows[at]
    if is_numbering(row) or _is_units(row):
        return True
    if _has_figures(row):
        return False
    above = rows[at - 1]
    # What stands under a merged heading repeats its neighbours' cells or fills what is empty.
    shared = sum(a is not None and a == b for a, b in zip(above, row, strict=True))
    spans = _distinct(above) < _filled(above) or any(c is None for c in above)
    return (shared > 0 or (row[0] is None and spans)) and _distinct(row) >= 2


def _is_units(row: Sequence[Cell]) -> bool:
    """Tell whether a row below a header says the unit of each column, and nothing else."""
    cells = [cell for cell in row if cell is not None]
    return bool(cells) and all(isinstance(c, str) and read_unit(c) is not None for c in cells)


def is_numbering(row: Sequence[Cell]) -> bool:
    """Tell whether a row numbers the columns: letters in their order, then numbers in theirs."""
    cells = [c for c in row if c is not None]
    if len(cells) < 2 or not all(map(_may_number_a_column, cells)):
        return False
    texts = [str(int(c)) if isinstance(c, float) and c == int(c) else str(c) for c in cells]
    found = [_NUMBERING.fullmatch(text.strip()) for text in texts]
    if not all(found):
        return False
    letters = [m[1].lower() for m in found if m and m[1]]
    digits = [int(m[2]) for m in found if m and m[2]]
    in_order = digits == list(range(digits[0], digits[0] + len(digits))) if digits else False
    if letters:
        return in_order and letters == sorted(set(letters)) and digits[0] in (0, 1, 2)
    return in_order and len(digits) >= 2 and digits[0] in (0, 1, 2, 3)


def _may_number_a_column(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) <= MOST_OF_A_NUMBER or "=" in cell
    return isinstance(cell, float) and 0 <= cell < 100


def _block(sheet: Sheet, start: int, first: int, end: int) -> tuple[Block, int]:
    rows, header = sheet.rows, sheet.rows[first:end]
    titles = [text for row in rows[start:first] for text in _lines(row)]
    names = _names([row for row in header if not is_numbering(row)])
    kept: list[int] = []
    odd = _odd_rows(rows, header)
    at = end
    while at < len(rows):
        if odd is not None:
            stop = int(odd[at])
            kept.extend(range(at, stop))
            at = stop
            if at == len(rows):
                break
        repeated = _repeats(rows, at, header)
        if repeated and _of_another_time(rows, at, kept, titles):
            # The lines since the last figures are the titles of the next table.
            at = kept[-1] + 1 if kept else at
            break
        if repeated:
            at += repeated
            continue
        if _begins_another(rows[at]):
            break
        if not is_numbering(rows[at]):
            kept.append(at)
        at += 1
    stop = at
    data = _without_footers(rows, kept)
    if stop < len(rows):
        # What stands between two tables is the title of the next one.
        stop = data[-1] + 1 if data else stop
    names = _with_unnamed(names, rows, data)
    used = [i for i, name in enumerate(names) if name]
    return (
        Block(
            sheet.name,
            tuple(dict.fromkeys(titles)),
            tuple(names[i] for i in used),
            _picked(rows, data, used),
            _lines_of(sheet, data),
            heading=sheet.numbers[first],
            **_marked(sheet, data, used),
        ),
        max(stop, end),
    )


def _of_another_time(
    rows: Sequence[list[Cell]], at: int, kept: list[int], titles: Sequence[str]
) -> bool:
    """Tell whether lines of one cell above a repeated header name another period; drop them."""
    above = at
    while kept and kept[-1] == above - 1 and _distinct(rows[kept[-1]]) == 1:
        above = kept.pop()
    lines = [text for row in rows[above:at] for text in _lines(row)]
    said = {(p.start, p.end) for text in lines if (p := find_period(text))}
    before = {(p.start, p.end) for text in titles if (p := find_period(text))}
    if said and not said <= before:
        return True
    kept.extend(range(above, at))
    return False


def _odd_rows(rows: Sequence[list[Cell]], header: Sequence[list[Cell]]) -> np.ndarray | None:
    """Return, for each row of columns, the next one that may be anything but a row of figures.

    A row with a figure begins no table and repeats no header without one, and one with a cell
    that numbers no column does not number them: these need not be put together to be known.
    """
    if not isinstance(rows, Columns) or any(map(_has_figures, (header[0], _named(header)[-1]))):
        return None
    plain_ones = rows.any_cell(is_figure)
    plain_ones &= rows.any_cell(lambda cell: not _may_number_a_column(cell))
    odd = np.append(np.flatnonzero(~plain_ones), len(rows))
    return odd[np.searchsorted(odd, np.arange(len(rows)))]


def _with_unnamed(
    names: Sequence[str], rows: Sequence[list[Cell]], data: Sequence[int]
) -> list[str]:
    """Call a column of texts or figures without a heading by its letter, as yearbooks have it."""
    called = list(names)
    for i in [at for at, name in enumerate(names) if not name]:
        cells = [rows[at][i] for at in data[:200]]
        texts = sum(isinstance(cell, str) and not looks_numeric(cell) for cell in cells)
        if texts * 2 > len(cells) or _holds_figures([rows[at][i] for at in data]):
            called[i] = UNNAMED.format(_letters(i))
    return called


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0."""
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _holds_figures(cells: Sequence[Cell]) -> bool:
    """Tell whether some cells hold a number, but for those that count the rows: 1, 2, 3."""
    figures = [cell for cell in cells if looks_numeric(cell)]
    read = [read_number(cell, "comma").value for cell in figures]
    counted = all(
        now == 1 or (before is not None and now == before + 1)
        for before, now in zip([None, *read], read, strict=False)
    )
    return bool(figures) and not counted


def is_unnamed(name: str) -> bool:
    """Tell whether a column has no heading and is called by its letter."""
    return _UNNAMED.fullmatch(name) is not None


def _marked(sheet: Sheet, data: Sequence[int], used: Sequence[int]) -> dict[str, Any]:
    """Return what the sheet says of the cells of a table, by their positions in it."""
    hidden = sheet.hidden or sheet.hidden_columns or sheet.unseen
    if not (sheet.merged or sheet.unvalued or hidden):
        return {}
    line = {sheet.numbers[i]: at for at, i in enumerate(data)}
    column = {i: at for at, i in enumerate(used)}

    def inside(cells: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((line[r], column[c]) for r, c in cells if r in line and c in column)

    return {
        "merged": inside(sheet.merged),
        "unvalued": inside(sheet.unvalued),
        "hidden": frozenset(line[number] for number in sheet.hidden if number in line),
        "hidden_columns": frozenset(column[c] for c in sheet.hidden_columns if c in column),
        "unseen": sheet.unseen,
    }


def _picked(
    rows: Sequence[list[Cell]], data: Sequence[int], used: Sequence[int]
) -> Sequence[list[Cell]]:
    if isinstance(rows, Columns):
        return rows.take(data, used)
    if data and len(used) == len(rows[data[0]]):
        return [rows[i] for i in data]  # the same lists: nothing is copied
    return [[rows[i][column] for column in used] for i in data]


def _lines_of(sheet: Sheet, data: Sequence[int]) -> Sequence[int]:
    if data and data[-1] - data[0] + 1 == len(data):
        return sheet.numbers[data[0] : data[-1] + 1]
    return [sheet.numbers[i] for i in data]


def _lines(row: Sequence[Cell]) -> Iterator[str]:
    yield from dict.fromkeys(str(cell) for cell in row if cell is not None)


def _repeats(rows: Sequence[list[Cell]], at: int, header: Sequence[list[Cell]]) -> int:
    """Return how many rows from here on are the header over again, in whole or its last row."""
    named = _named(header)
    if rows[at] != header[0] and rows[at] != named[-1]:
        return 0
    for part in (header, named, named[-1:]):
        found = rows[at : at + len(part)]
        if list(found) == list(part):
            return len(part)
    return 0


def _named(header: Sequence[list[Cell]]) -> list[list[Cell]]:
    return [row for row in header if not is_numbering(row)] or list(header)


def _without_footers(rows: Sequence[list[Cell]], kept: Sequence[int]) -> list[int]:
    """Leave out what stands below the table: notes, signatures, lines of one cell."""
    last = len(kept)
    fewest = 2 if any(_distinct(rows[i]) > 1 for i in kept) else 1
    tail = last
    while tail and not _says_of_figures(rows[kept[tail - 1]]):
        tail -= 1
    # Below the first signature all is signatures: the names stand under the offices.
    last = next((at for at in range(tail, last) if _is_note(rows[kept[at]])), last)
    while last and (_distinct(rows[kept[last - 1]]) < fewest or _is_note(rows[kept[last - 1]])):
        last -= 1
    return list(kept[:last])


def _says_of_figures(row: Sequence[Cell]) -> bool:
    """Tell whether a row has a figure, or says that it has none."""
    return any(
        looks_numeric(cell) or (cell is not None and read_number(cell, "comma").missing)
        for cell in row
    )


_NOTES: Final = re.compile(
    r"(?:ghi chu|nguon|luu y|chu thich|note|source|nguoi (?:lap|ky|tong hop)|thu truong|noi nhan|"
    r"ngay \.+|.*, ngay .* thang .* nam|\(\*\)|\*|(?:pho )?(?:giam doc|chu tich|truong phong)|"
    r"ke toan(?: truong)?\b|[kt]m?\. ?(?:chu tich|giam doc|uy ban|ubnd)|tm\.|kt\.|ky ten|"
    r"chanh van phong).*"
)


def _is_note(row: Sequence[Cell]) -> bool:
    texts = [plain(c) for c in row if isinstance(c, str)]
    said = (
        any(_NOTES.match(text) for text in texts[:1])
        or sum(_NOTES.match(text) is not None for text in texts) > len(texts) / 2
    )
    return bool(texts) and said and not _has_figures(row)


def _names(header: Sequence[list[Cell]]) -> list[str]:
    """Join the rows of a header into one name a column; "" for a column without any."""
    if not header:
        return []
    width = len(header[0])
    filled = [list(row) for row in header]
    for depth, row in enumerate(filled[:-1]):
        for column in range(1, width):
            below = any(filled[d][column] is not None for d in range(depth + 1, len(filled)))
            if row[column] is None and row[column - 1] is not None and below:
                beside = [filled[d][column] == filled[d][column - 1] for d in range(depth)]
                if all(beside):
                    row[column] = row[column - 1]
    units = next((row for row in header if _is_units(row)), None)
    names = []
    for column in range(width):
        cells = [row[column] for row, own in zip(filled, header, strict=True) if own is not units]
        parts = [_heading(cell) for cell in cells if cell is not None]
        name = JOIN.join(dict.fromkeys(part for part in parts if part))
        said = _heading(units[column]).strip("() ") if units and units[column] is not None else ""
        names.append(f"{name} ({said})" if name and said and units is not header[0] else name)
    return _unique(names)


def _heading(cell: Cell) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return " ".join(str(cell).split())[:200]


def _unique(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return unique
