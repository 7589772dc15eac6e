"""A population grid: people in and out of coverage by area, in bounded memory.

The grid is read piece by piece; of each piece only sums by area are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo._coverage_columns import columns, numbers
from geo._coverage_geodesy import Floats
from geo._coverage_network import bits_of
from geo._coverage_place import NOWHERE, Places, locate, places
from geo._coverage_points import within
from geo._coverage_problems import Problems
from geo._coverage_raw import Limits
from geo._coverage_records import FOURTH, CoverageError, Progress
from geo._coverage_search import Ground, over_dask, search_chunk
from geo._coverage_totals import above
from geo.editions import Level, area

if TYPE_CHECKING:
    import pandas as pd

# Cells in one go: about 200 MB of working memory.
CELLS: Final = 500_000
MAX_CELLS: Final = 200_000_000
GRID_COLUMNS: Final = ("people", "people_covered", "people_no_4g", "people_unknown", "cells")
# Longitudes, latitudes, people.
_Cells = tuple[Floats, Floats, Floats]
_REASONS: Final = ("grid_unread", "grid_swapped", "grid_abroad", "grid_nowhere", "grid_negative")


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """What every piece is asked against."""

    ground: Ground
    edition: str
    bits_4g: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a grid file: a row group of Parquet, a band of rows of a raster, rows of a CSV."""

    path: Path
    kind: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True, eq=False)
class GridSums:
    """Sums by lowest area, shape (areas, 5), and what was left out: (cells, people) by reason."""

    sums: Floats
    left: Floats
    read: int


def pieces(path: Path, limits: Limits | None = None) -> list[Piece]:
    """Cut a grid file into pieces.

    Parameters
    ----------
    path
        GeoTIFF; Parquet or CSV with columns of longitude, latitude and population.
    limits
        How much of a file is accepted.

    Raises
    ------
    CoverageError
        If it is none of these, or too large.
    """
    limits = limits or Limits(max_rows=MAX_CELLS)
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if path.stat().st_size > limits.max_bytes:
            raise CoverageError("too_big", file=path.name, limit=limits.max_bytes >> 20)
    except OSError as error:
        raise CoverageError("unreadable", file=path.name, error=error.strerror or error) from error
    if head.startswith(b"PAR1"):
        return _row_groups(path, limits)
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return _bands(path, limits)
    return [Piece(path, "csv", 0, 0)]


def _row_groups(path: Path, limits: Limits) -> list[Piece]:
    from pyarrow import parquet  # noqa: PLC0415

    meta = parquet.read_metadata(path)
    if meta.num_rows > limits.max_rows:
        raise CoverageError("many_rows", file=path.name, limit=limits.max_rows)
    if any(meta.row_group(i).num_rows > 16 * CELLS for i in range(meta.num_row_groups)):
        raise CoverageError("row_groups", file=path.name, limit=16 * CELLS)
    return [Piece(path, "parquet", i, i + 1) for i in range(meta.num_row_groups)]


def _bands(path: Path, limits: Limits) -> list[Piece]:
    import rasterio  # noqa: PLC0415

    with rasterio.open(path, driver="GTiff") as raster:
        if raster.crs is None:
            raise CoverageError("crs", file=path.name)
        if raster.width * raster.height > limits.max_rows * 8:
            raise CoverageError("many_rows", file=path.name, limit=limits.max_rows)
        rows = max(1, CELLS // raster.width)
        starts = range(0, raster.height, rows)
        return [Piece(path, "tiff", at, min(at + rows, raster.height)) for at in starts]


def read_piece(piece: Piece) -> Iterator[_Cells]:
    """Read longitudes, latitudes and people of a piece, at most `CELLS` at a time."""
    if piece.kind == "tiff":
        yield from _read_band(piece)
        return
    from pyarrow import csv, parquet  # noqa: PLC0415

    if piece.kind == "parquet":
        with parquet.ParquetFile(piece.path) as file:
            names = _grid_columns(file.schema_arrow.empty_table().to_pandas(), piece.path)
            for batch in file.iter_batches(CELLS, row_groups=[piece.start], columns=list(names)):
                yield _values(batch.to_pandas(), names)
        return
    with csv.open_csv(piece.path, csv.ReadOptions(block_size=1 << 24)) as reader:
        names = _grid_columns(reader.schema.empty_table().to_pandas(), piece.path)
        for batch in reader:
            yield _values(batch.to_pandas(), names)


def _grid_columns(empty: pd.DataFrame, path: Path) -> tuple[str, str, str]:
    found = columns(empty, "lon", "lat", "population")
    if len(found) < 3:
        listed = ", ".join(str(name)[:40] for name in list(empty.columns)[:30])
        raise CoverageError("no_grid_columns", file=path.name, columns=listed)
    return found["lon"], found["lat"], found["population"]


def _values(frame: pd.DataFrame, names: tuple[str, str, str]) -> _Cells:
    lon, lat, people = (numbers(frame, name) for name in names)
    return lon, lat, people


def _read_band(piece: Piece) -> Iterator[_Cells]:
    import rasterio  # noqa: PLC0415
    from pyproj import Transformer  # noqa: PLC0415
    from rasterio.windows import Window  # noqa: PLC0415

    with rasterio.open(piece.path, driver="GTiff") as raster:
        window = Window(0, piece.start, raster.width, piece.stop - piece.start)
        people = raster.read(1, window=window, masked=True).filled(0).astype(float)
        row, column = np.nonzero(people)  # cells without people, and without data, do not matter
        across, down = column + 0.5, row + piece.start + 0.5
        a, b, c, d, e, f = raster.transform[:6]
        x, y = a * across + b * down + c, d * across + e * down + f
        if raster.crs.to_epsg() != 4326:
            to_degrees = Transformer.from_crs(raster.crs, "EPSG:4326", always_xy=True)
            x, y = to_degrees.transform(x, y)
        yield np.asarray(x, dtype=float), np.asarray(y, dtype=float), people[row, column]


def sum_piece(base: _Base, piece: Piece, workers: int = 1) -> GridSums:
    """Sum one piece by area."""
    where = places(base.edition)
    sums = np.zeros((len(where.areas), len(GRID_COLUMNS)))
    left, read = np.zeros((len(_REASONS), 2)), 0
    for lon, lat, people in read_piece(piece):
        read += len(lon)
        usable = _usable(lon, lat, people, left)
        sums += _sums(base, where, usable, left, workers)
    return GridSums(sums, left, read)


def _usable(lon: Floats, lat: Floats, people: Floats, left: Floats) -> _Cells:
    unread = np.isnan(lon) | np.isnan(lat) | np.isnan(people)
    swapped = ~unread & within(lat, lon)
    abroad = ~unread & ~swapped & ~within(lon, lat)
    negative = ~unread & ~swapped & ~abroad & (people < 0)
    for at, mask in ((0, unread), (1, swapped), (2, abroad), (4, negative)):
        left[at] += mask.sum(), np.nansum(people[mask])
    good = ~(unread | swapped | abroad | negative) & (people > 0)
    return lon[good], lat[good], people[good]


def _sums(base: _Base, where: Places, cells: _Cells, left: Floats, workers: int) -> Floats:
    lon, lat, people = cells
    index = locate(where, lon, lat)
    lost = index == NOWHERE
    left[3] += lost.sum(), people[lost].sum()
    index, lon, lat, people = index[~lost], lon[~lost], lat[~lost], people[~lost]
    answers = search_chunk(base.ground, lon, lat, workers=workers, nearest=False)
    mask = answers.found.mask
    unknown = (mask == 0) & ~answers.spoken_of
    lacking = (mask & np.uint64(base.bits_4g) == 0) & ~unknown
    n = len(where.areas)
    weights = (people, people * (mask != 0), people * lacking, people * unknown, None)
    return np.column_stack([np.bincount(index, weights=w, minlength=n) for w in weights])


def search_grid(
    ground: Ground,
    path: Path,
    edition: str,
    problems: Problems,
    *,
    name: str = "",
    limits: Limits | None = None,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, int]:
    """Sum a population grid by area.

    Parameters
    ----------
    ground
        What cells are asked against; measurements play no part.
    path, name
        The grid; with a cluster of several machines, where all of them find it.
    edition
        Edition of the areas.
    problems
        Where cells left out are told, one line a reason.
    limits, scheduler, workers, progress
        As of `pieces` and `geo._coverage_search.search`.

    Returns
    -------
    frame
        One row an area with people; the sum of people_covered, people_unknown and the uncovered is
        people. People without 4G are NaN where the files do not speak of 4G.
    read
        Cells read.
    """
    bits = int(bits_of(ground.net.layers, technology=FOURTH))
    base = _Base(Ground(ground.net, None, None, ground.known_within_m, 0), edition, bits)
    cut = pieces(path, limits)
    if scheduler:
        chunks: list[tuple[Any, ...]] = [(piece,) for piece in cut]
        parts = over_dask(
            sum_piece, base, chunks, scheduler=scheduler, progress=progress, what="grid"
        )
    else:
        parts = []
        for done, piece in enumerate(cut, start=1):
            parts.append(sum_piece(base, piece, workers))
            if progress:
                progress("grid", done, len(cut))
    # In the order of the pieces, so that the sums are the same to the last bit.
    sums, left, read = parts[0].sums.copy(), parts[0].left.copy(), parts[0].read
    for part in parts[1:]:
        sums, left, read = sums + part.sums, left + part.left, read + part.read
    for reason, (cells, people) in zip(_REASONS, left, strict=True):
        if cells:
            line = np.array([0], dtype=np.int64)
            told = f"{people:.0f}"
            problems.add(name or path.name, line, reason, values=[told], n=int(cells))
    return _frame(places(edition), sums, speaks_of_4g=bits != 0), read


def _frame(where: Places, sums: Floats, *, speaks_of_4g: bool) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    by_code: dict[str, Floats] = {}
    for place, row in zip(where.areas, sums, strict=True):
        if row[-1]:
            for code in above(where.edition, place.code):
                by_code[code] = by_code.get(code, np.zeros(len(GRID_COLUMNS))) + row
    codes = list(by_code)
    frame = pd.DataFrame(
        np.array(list(by_code.values())).reshape(-1, len(GRID_COLUMNS)), columns=list(GRID_COLUMNS)
    )
    frame.insert(0, "code", codes)
    frame.insert(0, "level", [str(area(where.edition, code).level) for code in codes])
    known = frame["people"] - frame["people_unknown"]
    frame["share_uncovered"] = np.where(known > 0, 1 - frame["people_covered"] / known, np.nan)
    if not speaks_of_4g:
        frame["people_no_4g"] = np.nan
    return frame.sort_values("level", kind="stable", key=_level_order).reset_index(drop=True)


def _level_order(levels: pd.Series) -> pd.Series:
    return levels.map({str(level): at for at, level in enumerate(Level)})
