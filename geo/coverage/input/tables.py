"""Read workbooks and Parquet files, in a process that may break off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from base.reading import Most, Unreadable, legacy_font, reencoded
from base.reading.parquet import batches, open_parquet
from base.reading.workbook import open_workbook
from geo.coverage.input.csv import HEADER_WITHIN, header_at, unique
from geo.coverage.input.problems import Problems
from geo.coverage.input.raw import MAX_COLUMNS, Asked, Raw
from geo.coverage.input.vector import framed

if TYPE_CHECKING:
    import pandas as pd


def _most(asked: Asked) -> Most:
    limits = asked.limits
    return Most(unpacked=limits.max_bytes, rows=limits.max_rows, columns=MAX_COLUMNS)


def read_workbook(path: Path, problems: Problems, asked: Asked) -> Raw:
    """Read the first sheet of a workbook; that there are others is listed.

    Raises
    ------
    Unreadable
        Where it is empty or too large.
    """
    import pandas as pd  # noqa: PLC0415

    name = asked.name
    names, sheets = open_workbook(path, name, _most(asked))
    sheet = next(sheets)
    if sheet.total_height > asked.limits.max_rows:
        raise Unreadable("many_rows", file=name, limit=asked.limits.max_rows)
    rows = sheet.to_python(skip_empty_area=False)
    if not rows:
        raise Unreadable("empty", file=name)
    zero = np.zeros(1, dtype=np.int64)
    others = names[1:]
    if others:
        said = ", ".join(others)
        problems.add(name, zero, "other_sheets", values=[said], kept=True, n=len(others))
    cells = [[_cell(cell) for cell in row] for row in rows]
    font = legacy_font(cell for row in cells for cell in row)
    if font:
        cells = [[reencoded(cell, font) for cell in row] for row in cells]
        problems.add(name, zero, "encoding_read", values=[font], kept=True, n=len(cells))
    above = header_at(cells[:HEADER_WITHIN])
    names = unique([cell.strip() for cell in cells[above]])
    frame = pd.DataFrame(cells[above + 1 :], columns=names, dtype="str")
    row = np.arange(2, len(frame) + 2) + above
    full = (frame != "").any(axis=1).to_numpy(dtype=bool)
    frame = frame[full].reset_index(drop=True)
    return Raw(name, frame, row[full], None, int(full.sum()), asked.crs)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read_parquet(path: Path, asked: Asked) -> Raw:
    """Read a Parquet file, with geometry or without.

    Raises
    ------
    Unreadable
        Where it is damaged, too large, or its system is unknown.
    """
    import pyarrow as pa  # noqa: PLC0415

    name = asked.name
    opened = open_parquet(path, name, _most(asked))
    read = list(batches(opened, name, asked.limits.max_bytes))
    if b"geo" in (opened.schema_arrow.metadata or {}):
        import geopandas as gpd  # noqa: PLC0415

        return framed(gpd.read_parquet(path), asked)
    frame: pd.DataFrame = pa.Table.from_batches(read, opened.schema_arrow).to_pandas()
    frame.columns = unique([str(column) for column in frame.columns])
    return Raw(name, frame, np.arange(2, len(frame) + 2), None, len(frame), asked.crs)
