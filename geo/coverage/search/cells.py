"""Read a population grid piece by piece: points, with geometry or in columns, or a raster."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.coverage.ground import CoverageError, Floats
from geo.coverage.input import Limits, columns, numbers

if TYPE_CHECKING:
    import pandas as pd

# Cells in one go: about 200 MB of working memory.
CELLS: Final = 500_000
MAX_CELLS: Final = 200_000_000
# Longitudes, latitudes, people.
Cells = tuple[Floats, Floats, Floats]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a grid file: a row group of Parquet, a band of rows of a raster, rows of a CSV."""

    path: Path
    kind: str
    start: int
    stop: int


def pieces(path: Path, limits: Limits | None = None) -> list[Piece]:
    """Cut a grid file into pieces.

    Parameters
    ----------
    path
        GeoTIFF; Parquet or CSV with columns of longitude, latitude and population.

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


def read_piece(piece: Piece) -> Iterator[Cells]:
    """Read longitudes, latitudes and people of a piece, at most `CELLS` at a time."""
    if piece.kind == "tiff":
        yield from _read_band(piece)
        return
    from pyarrow import csv, parquet  # noqa: PLC0415

    if piece.kind == "parquet":
        with parquet.ParquetFile(piece.path) as file:
            empty = file.schema_arrow.empty_table().to_pandas()
            if b"geo" in (file.metadata.metadata or {}) and len(columns(empty, "lon", "lat")) < 2:
                yield from _read_shapes(file, piece, empty)
                return
            names = _grid_columns(empty, piece.path)
            for batch in file.iter_batches(CELLS, row_groups=[piece.start], columns=list(names)):
                yield _values(batch.to_pandas(), names)
        return
    with piece.path.open("rb") as stream:
        first = stream.readline(1 << 16).decode("utf-8", "replace")
    parse = csv.ParseOptions(delimiter=max(",;\t|", key=first.count))
    read = csv.ReadOptions(block_size=1 << 24)
    with csv.open_csv(piece.path, read, parse) as reader:
        names = _grid_columns(reader.schema.empty_table().to_pandas(), piece.path)
        for batch in reader:
            yield _values(batch.to_pandas(), names)


def _grid_columns(empty: pd.DataFrame, path: Path) -> tuple[str, str, str]:
    found = columns(empty, "lon", "lat", "population")
    if len(found) < 3:
        listed = ", ".join(str(name)[:40] for name in list(empty.columns)[:30])
        raise CoverageError("no_grid_columns", file=path.name, columns=listed)
    return found["lon"], found["lat"], found["population"]


def _values(frame: pd.DataFrame, names: tuple[str, str, str]) -> Cells:
    lon, lat, people = (numbers(frame, name) for name in names)
    return lon, lat, people


def _read_band(piece: Piece) -> Iterator[Cells]:
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


def _read_shapes(file: Any, piece: Piece, empty: pd.DataFrame) -> Iterator[Cells]:
    """Read the points of a GeoParquet file."""
    import shapely  # noqa: PLC0415
    from pyproj import Transformer  # noqa: PLC0415

    told = json.loads(file.metadata.metadata[b"geo"])
    geometry = str(told["primary_column"])
    people = columns(empty, "population").get("population")
    if people is None:
        listed = ", ".join(str(name)[:40] for name in list(empty.columns)[:30])
        raise CoverageError("no_grid_columns", file=piece.path.name, columns=listed)
    # Without a word on it the standard means longitudes and latitudes.
    crs = told["columns"][geometry].get("crs", "OGC:CRS84")
    if crs is None:
        raise CoverageError("crs", file=piece.path.name)
    turn = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    wanted = [geometry, people]
    for batch in file.iter_batches(CELLS, row_groups=[piece.start], columns=wanted):
        frame = batch.to_pandas()
        points = shapely.from_wkb(frame[geometry].to_numpy(dtype=object), on_invalid="ignore")
        single = shapely.get_type_id(points) == shapely.GeometryType.POINT
        lon, lat = np.full(len(points), np.nan), np.full(len(points), np.nan)
        x, y = shapely.get_x(points[single]), shapely.get_y(points[single])
        lon[single], lat[single] = turn.transform(x, y)
        yield lon, lat, numbers(frame, people)
