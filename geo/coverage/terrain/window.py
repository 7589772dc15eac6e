"""Read windows of rasters of heights, and take heights out of them.

Runs in the process that opens files of unknown hands. A point has the height that its four nearest
cells give (bilinear) where the cell that it lies in has one; cells without data count for nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.coverage.ground import Floats
from geo.coverage.terrain.sheets import FINEST_M, driver_of

# Cells of one window: 4 bytes each.
MOST_CELLS: Final = 64_000_000
# What is no height above the sea anywhere on land; undeclared marks of no data are not heights.
LOWEST_M, HIGHEST_M = -500.0, 9_000.0
Cells = npt.NDArray[np.float32]


class TooWideError(ValueError):
    """A window of more cells than are read in one go."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Part of a sheet in memory.

    Attributes
    ----------
    cells
        Metres (or classes), NaN without data, with a frame of NaN one cell wide.
    column, row
        Of its first cell in the cells of the sheet, the frame included.
    whole
        Whether no cell within the frame is NaN.
    """

    cells: Cells
    column: int
    row: int
    whole: bool


def shrink_of(sheet: dict[str, Any]) -> int:
    """Return how many cells are read as one on each side."""
    return max(1, math.floor(FINEST_M / sheet["cell_m"]))


def placed(sheet: dict[str, Any], x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return columns and rows of points in the cells that are read: 0.5 is the first's middle."""
    a, b, c, d, e, f = sheet["transform"]
    whole, shrink = a * e - b * d, shrink_of(sheet)
    across, down = x - c, y - f
    column = (e * across - b * down) / whole / shrink
    return column, (a * down - d * across) / whole / shrink


def read_window(
    root: Path,
    sheet: dict[str, Any],
    box: tuple[float, float, float, float],
    *,
    classes: bool = False,
) -> Window | None:
    """Read the part of a sheet that a box of columns and rows covers.

    Parameters
    ----------
    box
        Least and greatest column, least and greatest row, in the cells that are read.
    classes
        Whether cells are classes and not heights: neither bounded nor put together.

    Returns
    -------
    Window or None
        None where no tile lies there.

    Raises
    ------
    TooWideError
        Where it is too large to be read in one go.
    """
    left, top = math.floor(box[0]) - 2, math.floor(box[2]) - 2
    right, bottom = math.ceil(box[1]) + 2, math.ceil(box[3]) + 2
    shrink = shrink_of(sheet)
    box_cells = (left, top, right, bottom)
    there = [part for t in sheet["tiles"] if (part := _part(t, shrink, box_cells))]
    if not there:
        return None
    left, top = min(p[1] for p in there) - 1, min(p[2] for p in there) - 1
    right, bottom = max(p[3] for p in there) + 1, max(p[4] for p in there) + 1
    if (right - left) * (bottom - top) > MOST_CELLS:
        raise TooWideError
    cells = np.full((bottom - top, right - left), np.nan, dtype=np.float32)
    for part in there:
        tile, x0, y0, x1, y1 = part
        read = _read(root / tile["name"] if tile["name"] else root, shrink, part)
        if not classes:
            read *= np.float32(tile["unit"])
            read[~((read > LOWEST_M) & (read < HIGHEST_M))] = np.nan
        into = cells[y0 - top : y1 - top, x0 - left : x1 - left]
        np.copyto(into, read, where=np.isnan(into))
    whole = not np.isnan(cells[1:-1, 1:-1]).any()
    return Window(cells, left, top, whole)


Part = tuple[dict[str, Any], int, int, int, int]


def _part(tile: dict[str, Any], shrink: int, box: tuple[int, int, int, int]) -> Part | None:
    """Return the cells of a tile that lie in a box, in the cells that are read."""
    left, top, right, bottom = box
    width, height = tile["size"]
    first, top_one = _up(tile["column"], shrink), _up(tile["row"], shrink)
    x0, y0 = max(left, first), max(top, top_one)
    # A tile of fewer cells than are read as one is one.
    x1 = min(right, max(first + 1, (tile["column"] + width) // shrink))
    y1 = min(bottom, max(top_one + 1, (tile["row"] + height) // shrink))
    return (tile, x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _up(value: int, shrink: int) -> int:
    return -(-value // shrink)


def _read(path: Path, shrink: int, cells: Part) -> Any:
    import rasterio  # noqa: PLC0415
    from rasterio.enums import Resampling  # noqa: PLC0415
    from rasterio.windows import Window as Cut  # noqa: PLC0415

    tile, x0, y0, x1, y1 = cells
    column, row = x0 * shrink - tile["column"], y0 * shrink - tile["row"]
    width, height = tile["size"]
    across, down = (x1 - x0) * shrink, (y1 - y0) * shrink
    part = Cut(column, row, min(across, width - column), min(down, height - row))
    with rasterio.open(path, driver=driver_of(path, path.name)) as raster:
        stored = raster.read(
            1,
            window=part,
            out_shape=(y1 - y0, x1 - x0),
            masked=True,
            resampling=Resampling.average if shrink > 1 else Resampling.nearest,
        )
        scale, offset = raster.scales[0], raster.offsets[0]
    found = np.ma.filled(stored.astype(np.float32), np.nan)
    return found if (scale, offset) == (1.0, 0.0) else (found * scale + offset).astype(np.float32)


def heights(window: Window, column: Floats, row: Floats) -> Floats:
    """Take heights at columns and rows of a sheet, any shape; NaN where there are none."""
    cells = window.cells
    wide, flat = cells.shape[1], cells.ravel()
    x = np.clip(column - (window.column + 0.5), 0, wide - 2 + 0.999999)
    y = np.clip(row - (window.row + 0.5), 0, cells.shape[0] - 2 + 0.999999)
    left, top = x.astype(np.int32), y.astype(np.int32)
    x -= left
    y -= top
    at = top.astype(np.int64) * wide + left
    upper = flat.take(at)
    upper = upper + (flat.take(at + 1) - upper) * x
    at += wide
    lower = flat.take(at)
    lower = lower + (flat.take(at + 1) - lower) * x
    found = upper + (lower - upper) * y
    holes = np.isnan(found)
    if holes.any():
        found[holes] = _beside_holes(window, column[holes], row[holes])
    return np.asarray(found, dtype=float)


def _beside_holes(window: Window, column: Floats, row: Floats) -> Floats:
    """Take heights where some of the four cells have none: those that have one share the weight."""
    x, y = column - (window.column + 0.5), row - (window.row + 0.5)
    total, weight = np.zeros(len(x)), np.zeros(len(x))
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for across in (0, 1):
        for down in (0, 1):
            value = _cell(window, left + across, top + down)
            share = np.abs(1 - across - (x - left)) * np.abs(1 - down - (y - top))
            there = ~np.isnan(value)
            total += np.where(there, share * value, 0)
            weight += np.where(there, share, 0)
    own = nearest(window, column, row)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.isnan(own) | (weight <= 0), np.nan, total / weight)


def nearest(window: Window, column: Floats, row: Floats) -> Floats:
    """Take the value of the cell that each point lies in; NaN where there is none."""
    x = np.floor(column - window.column).astype(int)
    return _cell(window, x, np.floor(row - window.row).astype(int))


def _cell(window: Window, x: Any, y: Any) -> Floats:
    high, wide = window.cells.shape
    inside = (x >= 0) & (x < wide) & (y >= 0) & (y < high)
    value = window.cells[np.clip(y, 0, high - 1), np.clip(x, 0, wide - 1)].astype(float)
    return np.where(inside, value, np.nan)
