"""What stands below a table: notes, signatures, lines of one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from base.reading import Cell
from metrics.importing.cells import looks_numeric, plain, read_number
from metrics.importing.tables.cell_kinds import has_figures, n_distinct

_NOTES: Final = re.compile(
    r"(?:ghi chu|nguon|luu y|chu thich|note|source|nguoi (?:lap|ky|tong hop)|thu truong|noi nhan|"
    r"ngay \.+|.*, ngay .* thang .* nam|\(\*\)|\*|(?:pho )?(?:giam doc|chu tich|truong phong)|"
    r"ke toan(?: truong)?\b|[kt]m?\. ?(?:chu tich|giam doc|uy ban|ubnd)|tm\.|kt\.|ky ten|"
    r"chanh van phong).*"
)


def without_footers(rows: Sequence[list[Cell]], kept: Sequence[int]) -> list[int]:
    """Leave out what stands below the table: notes, signatures, lines of one cell."""
    last = len(kept)
    fewest = 2 if any(n_distinct(rows[i]) > 1 for i in kept) else 1
    tail = last
    while tail and not _says_of_figures(rows[kept[tail - 1]]):
        tail -= 1
    # Below the first signature all is signatures: the names stand under the offices.
    last = next((at for at in range(tail, last) if _is_note(rows[kept[at]])), last)
    while last and (n_distinct(rows[kept[last - 1]]) < fewest or _is_note(rows[kept[last - 1]])):
        last -= 1
    return list(kept[:last])


def _says_of_figures(row: Sequence[Cell]) -> bool:
    """Tell whether a row has a figure, or says that it has none."""
    return any(
        looks_numeric(cell) or (cell is not None and read_number(cell, "comma").missing)
        for cell in row
    )


def _is_note(row: Sequence[Cell]) -> bool:
    texts = [plain(c) for c in row if isinstance(c, str)]
    said = (
        any(_NOTES.match(text) for text in texts[:1])
        or sum(_NOTES.match(text) is not None for text in texts) > len(texts) / 2
    )
    return bool(texts) and said and not has_figures(row)
