"""How a workbook shows its numbers: which columns are percentages."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Final

_ROWS: Final = 120
_COLUMNS: Final = 200


def percent_columns(data: bytes, sheets: Sequence[str]) -> dict[str, frozenset[int]]:
    """Find the columns whose numbers an XLSX workbook shows as percentages.

    Only the first rows are looked at. The reader of cells gives numbers as stored, so that a
    cell shown as 25 % arrives as 0.25.

    Returns
    -------
    dict
        Sheet name to columns, counted from 0 at the first used column of the sheet.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only for workbooks

    found: dict[str, frozenset[int]] = {}
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception:  # whatever this reader dislikes, the other one has read it
        return found
    for name in sheets:
        if name in book.sheetnames:
            found[name] = _percents(book[name])
    book.close()
    return found


def _percents(sheet: object) -> frozenset[int]:
    shown: Counter[int] = Counter()
    plain: Counter[int] = Counter()
    first = _COLUMNS
    rows = sheet.iter_rows(max_row=_ROWS, max_col=_COLUMNS)  # type: ignore[attr-defined]
    for row in rows:
        for cell in row:
            if cell.value is None:
                continue
            column = cell.column - 1
            first = min(first, column)
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                (shown if "%" in str(cell.number_format) else plain)[column] += 1
    return frozenset(column - first for column, n in shown.items() if n > plain[column])
