"""What an XLS workbook says of its cells: which numbers are shown as percentages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from base.reading.sheet_marks import Marks, is_month, is_percent

_FORMAT, _XF, _SHEET, _BOF, _EOF = 0x41E, 0xE0, 0x85, 0x809, 0x0A
_FORMULA, _NUMBER, _RK, _MULRK, _ROW = 0x06, 0x203, 0x27E, 0xBD, 0x208
_ERROR, _COLUMNS = 0x205, 0x7D
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_END_OF_CHAIN: Final = 0xFFFFFFFA
_BUILT_IN: Final = {9, 10}
_MONTH_BUILT_IN: Final = 17
_HIDDEN: Final = 0x20


def marks_of_xls(data: bytes) -> dict[str, Marks]:
    """Read which numbers of a BIFF8 workbook are shown as percentages, and which rows are hidden.

    Raises
    ------
    ValueError, struct.error, KeyError
        If it is not one.
    """
    book = _workbook_stream(data)
    percent, month = set(_BUILT_IN), {_MONTH_BUILT_IN}
    styles: list[int] = []
    sheets: list[tuple[int, str, bool]] = []
    for kind, body in _records(book, 0):
        if kind == _FORMAT:
            number, n, wide = struct.unpack_from("<HHB", body)
            code = body[5 : 5 + n * (1 + (wide & 1))].decode("utf-16-le" if wide & 1 else "latin-1")
            if is_percent(code):
                percent.add(number)
            elif is_month(code):
                month.add(number)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET:
            start, state, n, wide = struct.unpack_from("<IHBB", body)
            text = body[8 : 8 + n * (1 + (wide & 1))]
            title = text.decode("utf-16-le" if wide & 1 else "latin-1")
            sheets.append((start, title, bool(state & 3)))
    shown = {at for at, number in enumerate(styles) if number in percent}
    months = {at for at, number in enumerate(styles) if number in month}
    found = {name: _sheet(book, start, shown, months) for start, name, _ in sheets}
    for _, name, hidden in sheets:
        found[name].hidden = hidden
    return found


def _sheet(book: bytes, start: int, shown: set[int], months: set[int]) -> Marks:
    marks = Marks()
    for kind, body in _records(book, start):
        for row, column, style in _styled(kind, body):
            if style in shown:
                marks.percent(row, column)
            elif style in months:
                marks.month(row, column)
        # The result of a formula: 02 .. code .. .. .. FF FF is an error.
        if kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
            row, column = struct.unpack_from("<HH", body)
            marks.errors.append((row, column, _ERRORS.get(body[8], "#N/A")))
        elif kind == _ERROR:
            row, column = struct.unpack_from("<HH", body)
            if body[7]:
                marks.errors.append((row, column, _ERRORS.get(body[6], "#N/A")))
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<HHHHH", body)
            if options & 1:
                marks.hidden_columns += range(first, min(last, 1_000) + 1)
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _HIDDEN:
            marks.hidden_rows.append(struct.unpack_from("<H", body)[0])
    return marks


def _styled(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the cells with a number of a record: row, column, style."""
    if kind in (_NUMBER, _RK, _FORMULA):
        row, column, style = struct.unpack_from("<HHH", body)
        yield row, column, style
    elif kind == _MULRK:
        row, first = struct.unpack_from("<HH", body)
        for at in range((len(body) - 6) // 6):
            yield row, first + at, struct.unpack_from("<H", body, 4 + 6 * at)[0]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of a workbook: its kind and what it holds."""
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook_stream(data: bytes) -> bytes:
    """Take the stream "Workbook" out of a compound file."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    n_tables, directory = struct.unpack_from("<II", data, 44)
    small_size, small_start = struct.unpack_from("<II", data, 56)
    more, n_more = struct.unpack_from("<II", data, 68)
    lists = list(struct.unpack_from("<109I", data, 76))
    for _ in range(n_more):
        body = data[(more + 1) * sector : (more + 2) * sector]
        numbers = struct.unpack(f"<{sector // 4}I", body)
        lists += numbers[:-1]
        more = numbers[-1]
    table: list[int] = []
    for number in lists[:n_tables]:
        body = data[(number + 1) * sector : (number + 2) * sector]
        table += struct.unpack(f"<{len(body) // 4}I", body)

    def chain(start: int) -> bytes:
        parts = []
        for _ in range(len(table) + 1):
            if start >= _END_OF_CHAIN:
                break
            parts.append(data[(start + 1) * sector : (start + 2) * sector])
            start = table[start]
        return b"".join(parts)

    entries = chain(directory)
    root = b""
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        n = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(n - 2, 0)].decode("utf-16-le")
        start, size = struct.unpack_from("<II", entry, 116)
        if at == 0:
            root = chain(start) if start < _END_OF_CHAIN else b""
        if name in ("Workbook", "Book"):
            if size >= small_size:
                return chain(start)[:size]
            shorts = chain(small_start)
            small = struct.unpack(f"<{len(shorts) // 4}I", shorts)
            some: list[bytes] = []
            while start < _END_OF_CHAIN and len(some) <= len(small):
                some.append(root[start * 64 : start * 64 + 64])
                start = small[start]
            return b"".join(some)[:size]
    raise ValueError("no workbook in the file")
