"""Sheets of cells, put down by a process that reads apart and picked up by the one that asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from base.reading.apart import Told, put_batches

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

Value = str | float | bool | date | datetime | time | timedelta | None
_ROWS_AT_ONCE: Final = 5_000

# How a cell is told: nothing, text, number, and what else a workbook knows.
_NOTHING, _TEXT, _NUMBER, _BOOL, _DATE, _MOMENT, _TIME, _DURATION = range(8)
_OF_NUMBER: Final[dict[int, Callable[[float], Value]]] = {
    _NUMBER: float,
    _BOOL: bool,
    _DURATION: lambda seconds: timedelta(seconds=seconds),
}
_OF_TEXT: Final[dict[int, Callable[[str], Value]]] = {
    _TEXT: str,
    _DATE: date.fromisoformat,
    _MOMENT: datetime.fromisoformat,
    _TIME: time.fromisoformat,
}


MOST_MERGED: Final = 20_000


@dataclass(frozen=True, slots=True)
class SheetOfCells:
    """A sheet from its first used cell on.

    Attributes
    ----------
    top, left
        Row and column of that cell, from 0.
    merged
        Areas that are one cell, each ((top, left), (bottom, right)) from 0.
    marks
        What `base.reading.sheet_marks.Marks` tells of its cells.
    hidden
        Whether a reader does not see it.
    """

    name: str
    top: int
    left: int
    rows: list[list[Value]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    marks: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False


def told_of(folder: Path, sheets: Iterable[Any]) -> dict[str, Any]:
    """Put down sheets, and tell what they are called and where they begin.

    Parameters
    ----------
    sheets
        Each with a name, the position of its first cell, a width and `to_python`.
    """
    about = []
    for sheet in sheets:
        _put(folder, sheet)
        merged = list(getattr(sheet, "merged_cell_ranges", None) or [])[:MOST_MERGED]
        start = sheet.start or (0, 0)
        about.append({"name": sheet.name, "start": start, "width": sheet.width, "merged": merged})
    return {"sheets": about}


def sheets_told(told: Told) -> Iterator[SheetOfCells]:
    """Pick up the sheets that `told_of` put down."""
    marks = told.answer["marks"]
    for about, table in zip(told.answer["sheets"], told.tables, strict=True):
        own = marks.get(about["name"], {})
        yield SheetOfCells(
            about["name"],
            top=about["start"][0],
            left=about["start"][1],
            rows=_rows_of(table, about["width"]),
            merged=tuple((tuple(first), tuple(last)) for first, last in about["merged"]),
            marks=own,
            hidden=own.get("hidden", False),
        )


def _schema() -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415

    return pa.schema([("kind", pa.uint8()), ("text", pa.large_string()), ("number", pa.float64())])


def _put(folder: Path, sheet: Any) -> None:
    """Write the cells of a sheet, row after row."""
    import pyarrow as pa  # noqa: PLC0415

    schema = _schema()
    rows = iter(sheet.to_python(skip_empty_area=True))
    with put_batches(folder, schema) as put:
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            told = [_told(cell) for row in some for cell in row]
            columns = zip(*told, strict=True) if told else ((), (), ())
            put(
                pa.record_batch(
                    [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema
                )
            )


def _told(cell: Any) -> tuple[int, str | None, float | None]:
    """Tell a cell as its kind, text and number."""
    match cell:
        case "" | None:
            return _NOTHING, None, None
        case str():
            return _TEXT, cell, None
        case bool():
            return _BOOL, None, float(cell)
        case int() | float():
            return _NUMBER, None, float(cell)
        case timedelta():
            return _DURATION, None, cell.total_seconds()
        case datetime():
            return _MOMENT, cell.isoformat(), None
        case date():
            return _DATE, cell.isoformat(), None
        case time():
            return _TIME, cell.isoformat(), None
    return _TEXT, str(cell), None


def _rows_of(table: pa.Table, width: int) -> list[list[Value]]:
    """Read the cells that `_put` wrote; equal texts are one object."""
    import numpy as np  # noqa: PLC0415

    cells = np.full(len(table), None, dtype=object)
    kinds, numbers = table["kind"].to_numpy(), table["number"].to_numpy()
    for kind, of_number in _OF_NUMBER.items():
        at = np.flatnonzero(kinds == kind)
        cells[at] = _objects(map(of_number, numbers[at].tolist()))
    for kind, of_text in _OF_TEXT.items():
        at = np.flatnonzero(kinds == kind)
        coded = table["text"].take(at).combine_chunks().dictionary_encode()
        known = _objects(map(of_text, coded.dictionary.to_pylist()))
        cells[at] = known[coded.indices.to_numpy()]
    return [list(row) for row in cells.reshape(-1, width)] if width else []


def _objects(values: Iterable[Value]) -> np.ndarray:
    import numpy as np  # noqa: PLC0415

    listed = list(values)
    made = np.empty(len(listed), dtype=object)
    made[:] = listed
    return made
