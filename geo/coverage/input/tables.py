"""Read workbooks and Parquet files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from base.reading import legacy_font, reencoded
from geo.coverage.ground import CoverageError
from geo.coverage.input.csv import HEADER_WITHIN, header_at, unique
from geo.coverage.input.problems import Problems
from geo.coverage.input.raw import MAX_COLUMNS, Asked, Raw
from geo.coverage.input.vector import framed

if TYPE_CHECKING:
    import pandas as pd


def read_workbook(path: Path, problems: Problems, asked: Asked) -> Raw:
    """Read the first sheet of a workbook; that there are others is listed.

    Raises
    ------
    CoverageError
        Where it is empty or too large.
    """
    import pandas as pd  # noqa: PLC0415
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    name, limits = asked.name, asked.limits
    book = CalamineWorkbook.from_path(str(path))
    sheet = book.get_sheet_by_index(0)
    if sheet.total_height > limits.max_rows or sheet.total_width > MAX_COLUMNS:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    rows = sheet.to_python(skip_empty_area=False)
    if not rows:
        raise CoverageError("empty", file=name)
    zero = np.zeros(1, dtype=np.int64)
    others = book.sheet_names[1:]
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
    CoverageError
        Where it is too large or its system is unknown.
    """
    from pyarrow import parquet  # noqa: PLC0415

    name, limits = asked.name, asked.limits
    meta = parquet.read_metadata(path)
    unpacked = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    if unpacked > limits.max_bytes:
        raise CoverageError("too_big", file=name, limit=limits.max_bytes >> 20)
    if meta.num_rows > limits.max_rows:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    # What the file says of itself need not be true.
    with parquet.ParquetFile(path) as file:
        held = 0
        for batch in file.iter_batches():
            held += batch.nbytes
            if held > limits.max_bytes:
                raise CoverageError("too_big", file=name, limit=limits.max_bytes >> 20)
    if b"geo" in (meta.metadata or {}):
        import geopandas as gpd  # noqa: PLC0415

        return framed(gpd.read_parquet(path), asked)
    frame: pd.DataFrame = parquet.read_table(path).to_pandas()
    return Raw(name, frame, np.arange(2, len(frame) + 2), None, len(frame), asked.crs)
