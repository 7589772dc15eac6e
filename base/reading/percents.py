"""How a workbook shows its numbers: which columns are percentages."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_ROWS: Final = 120
_COLUMNS: Final = 200
_MOST_STYLES: Final = 4 << 20
# Whether any cell can be shown as a percentage at all: a format with the sign, or a built-in one.
_PERCENT: Final = re.compile(rb'formatCode="[^"]*%|numFmtId="(?:9|10)"')


def percent_columns(path: Path, sheets: Sequence[str]) -> dict[str, list[int]]:
    """Find the columns whose numbers an XLSX workbook shows as percentages.

    Only the first rows are looked at. The reader of cells gives numbers as stored, so that a
    cell shown as 25 % arrives as 0.25.

    Returns
    -------
    dict
        Sheet name to columns, counted from 0 at the first used column of the sheet; empty for
        what this reader dislikes: how numbers are shown is a help, not a need.
    """
    try:
        return _columns(path, sheets) if _shows_percents(path) else {}
    except Exception:  # whatever it is, the other reader has read the file
        return {}


def _shows_percents(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive, archive.open("xl/styles.xml") as styles:
        return _PERCENT.search(styles.read(_MOST_STYLES)) is not None


def _columns(path: Path, sheets: Sequence[str]) -> dict[str, list[int]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only for workbooks

    with path.open("rb") as stream:  # by a path it would judge by the ending
        book = load_workbook(stream, read_only=True, data_only=True)
        return {name: _percents(book[name]) for name in sheets if name in book.sheetnames}


def _percents(sheet: object) -> list[int]:
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
    return [column - first for column, n in shown.items() if n > plain[column]]
