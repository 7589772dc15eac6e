"""Find summits: cells that no cell about them overtops, the highest of each square kilometre.

Runs in the process that opens files of unknown hands.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final

import numpy as np

from base.reading import Apart, put_table
from geo.coverage.ground import CoverageError, Floats
from geo.coverage.terrain.profiles import Rasters
from geo.coverage.terrain.window import TooWideError, Window, read_window, shrink_of

# One summit at most of each square so wide.
APART_M: Final = 1_000.0
_DEGREE_M: Final = 111_320.0


@Apart
def tops(
    path: Path, folder: Path, *, file: str, sheets: list[dict[str, Any]], boxes: list[list[float]]
) -> dict[str, Any]:
    """Find the summits in boxes of degrees: west, south, east, north.

    Raises
    ------
    CoverageError
        Where the cells are too fine for a box to be read in one go.
    """
    import pyarrow as pa  # noqa: PLC0415

    rasters, found = Rasters(path, sheets), [np.empty((0, 3))]
    for at, sheet in enumerate(sheets):
        for west, south, east, north in boxes:
            lon, lat = np.array([west, east, east, west]), np.array([south, south, north, north])
            column, row = rasters.columns_and_rows(at, lon, lat)
            box = (column.min(), column.max(), row.min(), row.max())
            try:
                window = read_window(path, sheet, box)
            except TooWideError:
                raise CoverageError("terrain_wide", file=file) from None
            if window is not None:
                found.append(_of_window(rasters, at, window))
    whole = np.unique(np.concatenate(found), axis=0)
    inside = np.zeros(len(whole), dtype=bool)
    for west, south, east, north in boxes:
        lon, lat = whole[:, 0], whole[:, 1]
        inside |= (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    whole = whole[inside]
    put_table(folder, pa.table({n: whole[:, i] for i, n in enumerate(("lon", "lat", "ground"))}))
    return {}


def _of_window(rasters: Rasters, at: int, window: Window) -> Floats:
    sheet = rasters.sheets[at]
    cells = np.where(np.isnan(window.cells), -np.inf, window.cells)
    inner = cells[1:-1, 1:-1]
    top = np.isfinite(inner)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            beside = cells[
                1 + down : cells.shape[0] - 1 + down, 1 + across : cells.shape[1] - 1 + across
            ]
            top &= inner >= beside
    row, column = np.nonzero(top)
    if not len(row):
        return np.empty((0, 3))
    size = max(1, math.ceil(APART_M / (sheet["cell_m"] * shrink_of(sheet))))
    # Squares of the sheet, not of the window: the same whichever part of it is read.
    across, down = (column + 1 + window.column) // size, (row + 1 + window.row) // size
    order = np.lexsort((column, row, -inner[row, column], across, down))
    first = np.r_[True, (np.diff(across[order]) != 0) | (np.diff(down[order]) != 0)]
    row, column = row[order][first], column[order][first]
    lon, lat = rasters.degrees(
        at,
        column.astype(float) + (1.5 + window.column),
        row.astype(float) + (1.5 + window.row),
        shrink_of(sheet),
    )
    return np.column_stack((lon.round(6), lat.round(6), inner[row, column]))
