"""Which rows of a sheet are the header of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from base.reading import Cell
from metrics.importing.cells import looks_numeric, plain, read_number
from metrics.importing.tables.cell_kinds import (
    has_figures,
    is_numbering,
    is_units,
    n_distinct,
    n_filled,
    texts_of_row,
)
from metrics.importing.tables.header_names import heading_of
from metrics.importing.time import find_period

MOST_HEADER_ROWS: Final = 6
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
# "Mẫu số 01", "Biểu số: 2a", "Đơn vị tính: người" beside a title.
_FORM: Final = re.compile(
    r"(?:bieu|mau|phu luc|form)(?: mau| bieu)? ?(?:so)? ?:? ?[\divx]|(?:don vi tinh|dvt|unit) ?:"
)
_SIGNED: Final = re.compile(r"\s*\(\s*(?:đã\s+)?ký\b", re.IGNORECASE)


def next_header(rows: Sequence[list[Cell]], start: int) -> tuple[int, int] | None:
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
    return len(texts) >= 2 and len(set(texts)) == len(texts) == n_filled(row) and figures


def _is_header_of_years(rows: Sequence[list[Cell]], at: int) -> bool:
    """Tell whether a row names a period a column, over a first column of places without a name."""
    row = rows[at]
    below = next((one for one in rows[at + 1 : at + 3] if not is_units(one)), [])
    known = [i for i, cell in enumerate(row) if cell is not None]
    if (
        not known
        or not below
        or known[0] == 0
        or any(row[i] is None for i in range(known[0], known[-1]))
    ):
        return False
    if not all(find_period(heading_of(row[i])) for i in known[:-1]):
        return False
    # "Sơ bộ 2024" may be the last one.
    if not _LAST_YEAR.search(heading_of(row[known[-1]])) and not find_period(
        heading_of(row[known[-1]])
    ):
        return False
    named = any(isinstance(cell, str) and not looks_numeric(cell) for cell in below[: known[0]])
    return named and any(looks_numeric(below[i]) for i in known)


def is_unit_heading(heading: str) -> bool:
    """Tell whether a heading is that of units: "ĐVT", "Đơn vị tính"."""
    return _UNIT_HEADING.match(plain(heading)) is not None


def _is_header(row: Sequence[Cell]) -> bool:
    if has_figures(row) or n_distinct(row) < 2 or _is_signed(row):
        return False
    return any(_HEADINGS.fullmatch(text) for text in texts_of_row(row))


def _is_signed(row: Sequence[Cell]) -> bool:
    """Tell whether a row is one of signatures: "(Ký, ghi rõ họ tên)"; "Kỳ" may be a heading."""
    return any(isinstance(cell, str) and _SIGNED.match(cell) for cell in row)


def begins_another(row: Sequence[Cell]) -> bool:
    """Tell whether a row among data is the header of another table."""
    # Among data one heading is not enough: "Tỷ lệ" may be what a row of a long table is about.
    if has_figures(row) or not _is_header(row):
        return False
    texts = texts_of_row(row)
    # A row without a figure is a row: "Tỉnh X; -; chưa có số liệu".
    if sum(not read_number(cell, "comma").missing for cell in row) < 2:
        return False
    headings = sum(_HEADINGS.fullmatch(text) is not None for text in texts)
    return headings >= 2 or headings == len(texts) or _HEADINGS.fullmatch(texts[0]) is not None


def _is_upper_header(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether a row spans columns of the header row below it, and is not a title."""
    if n_distinct(row) < 2 or has_figures(row) or _are_titles(row, below):
        return False
    return n_filled(row) <= n_filled(below) + 1


def _are_titles(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether a row above a header says the form, the unit, or a period over the places."""
    if any(_FORM.match(text) for text in texts_of_row(row)):
        return True
    first = row[0]
    apart = isinstance(first, str) and below[0] not in (None, first)
    return apart and find_period(str(first)) is not None


def _continues(rows: Sequence[list[Cell]], at: int) -> bool:
    """Tell whether a row below a header row belongs to the header."""
    row = rows[at]
    if is_numbering(row) or is_units(row):
        return True
    if has_figures(row):
        return False
    above = rows[at - 1]
    # What stands under a merged heading repeats its neighbours' cells or fills what is empty.
    shared = sum(a is not None and a == b for a, b in zip(above, row, strict=True))
    spans = n_distinct(above) < n_filled(above) or any(c is None for c in above)
    return (shared > 0 or (row[0] is None and spans)) and n_distinct(row) >= 2
