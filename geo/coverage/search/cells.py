"""Read a population grid piece by piece: points, with geometry or in columns, or a raster.

Each piece is read in a process of its own, as the libraries can end the one that they run in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from base.reading import Apart, Room, Unreadable, put_batches
from base.words import system_reason
from geo.coverage.ground import CoverageError, Floats
from geo.coverage.input import Limits, columns, numbers

if TYPE_CHECKING:
    import pandas as pd

# Cells in one go: about 200 MB of working memory.
CELLS: Final = 500_000
# Cells that one process reads.
PIECE: Final = 4 * CELLS
MAX_CELLS: Final = 200_000_000
_TIFF: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEAD: Final = 1 << 16
# Longitudes, latitudes, people.
Cells = tuple[Floats, Floats, Floats]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a grid file: row groups of Parquet, a band of rows of a raster, rows of a CSV."""

    path: Path
    kind: str
    start: int
    stop: int
    name: str
    room: Room


def pieces(path: Path, limits: Limits | None = None, name: str = "") -> list[Piece]:
    """Cut a grid file into pieces.

    Parameters
    ----------
    path, name
        GeoTIFF; Parquet or CSV with columns of longitude, latitude and population; and what
        messages call it.

    Raises
    ------
    Unreadable
        If it is none of these, or too large.
    """
    limits, name = limits or Limits(max_rows=MAX_CELLS), name or path.name
    kind = kind_of(path, name)
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise Unreadable("unpacked", file=name, limit=limits.max_bytes >> 20)
    told = _cut(path, name, limits.room, kind=kind, most=limits.max_rows)
    found = told.answer["pieces"]
    return [Piece(path, kind, start, stop, name, limits.room) for start, stop in found]


def kind_of(path: Path, name: str) -> str:
    """Tell the form of a grid file by its first bytes.

    Raises
    ------
    Unreadable
        Where there is no such file.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as error:
        raise Unreadable("unreadable", file=name, error=system_reason(error)) from error
    if head.startswith(b"PAR1"):
        return "parquet"
    return "tiff" if head.startswith(_TIFF) else "csv"


def said_in(path: Path, name: str, room: Room) -> list[str]:
    """List the names of the columns of a grid, or its tags: where the mark of made-up data is."""
    kind = kind_of(path, name)
    if kind == "csv":
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        return head.decode("utf-8", errors="replace").split("\n", 1)[0].split(",")
    texts: list[str] = _texts(path, name, room, kind=kind).answer["texts"]
    return texts


@Apart
def _texts(path: Path, folder: Path, *, file: str, kind: str) -> dict[str, Any]:  # noqa: ARG001
    if kind == "parquet":
        from pyarrow import parquet  # noqa: PLC0415

        return {"texts": parquet.read_schema(path).names}
    import rasterio  # noqa: PLC0415

    with rasterio.open(path, driver="GTiff") as raster:
        return {"texts": [text for pair in raster.tags().items() for text in pair]}


@Apart
def _cut(path: Path, folder: Path, *, file: str, kind: str, most: int) -> dict[str, Any]:  # noqa: ARG001
    match kind:
        case "parquet":
            return {"pieces": _row_groups(path, file, most)}
        case "tiff":
            return {"pieces": _bands(path, file, most)}
    return {"pieces": [(0, most)]}


def _row_groups(path: Path, file: str, most: int) -> list[tuple[int, int]]:
    from pyarrow import parquet  # noqa: PLC0415

    meta = parquet.read_metadata(path)
    if meta.num_rows > most:
        raise Unreadable("many_rows", file=file, limit=most)
    sizes = [meta.row_group(i).num_rows for i in range(meta.num_row_groups)]
    if any(size > 16 * CELLS for size in sizes):
        raise Unreadable("row_groups", file=file, limit=16 * CELLS)
    cuts, held = [0], 0
    for at, size in enumerate(sizes):
        if held and held + size > PIECE:
            cuts.append(at)
            held = 0
        held += size
    return list(zip(cuts, [*cuts[1:], len(sizes)], strict=True)) if sizes else [(0, 0)]


def _bands(path: Path, file: str, most: int) -> list[tuple[int, int]]:
    import rasterio  # noqa: PLC0415

    with rasterio.open(path, driver="GTiff") as raster:
        if raster.crs is None:
            raise Unreadable("crs", file=file)
        if raster.width * raster.height > most * 8:
            raise Unreadable("many_rows", file=file, limit=most)
        return _steps(0, raster.height, PIECE // raster.width)


def _steps(start: int, stop: int, step: int) -> list[tuple[int, int]]:
    starts = range(start, stop, max(1, step))
    return [(at, min(at + starts.step, stop)) for at in starts]


def read_piece(piece: Piece) -> Iterator[Cells]:
    """Read longitudes, latitudes and people of a piece, at most `CELLS` at a time.

    Raises
    ------
    Unreadable
        Where it is damaged, or of an unknown system.
    CoverageError
        Where columns are missing.
    """
    part = {"kind": piece.kind, "start": piece.start, "stop": piece.stop}
    (table,) = _cells(piece.path, piece.name, piece.room, **part).tables
    for batch in table.to_batches(CELLS):
        lon, lat, people = (column.to_numpy() for column in batch.columns)
        yield lon, lat, people


@Apart
def _cells(
    path: Path, folder: Path, *, file: str, kind: str, start: int, stop: int
) -> dict[str, Any]:
    import pyarrow as pa  # noqa: PLC0415

    readers = {"parquet": _read_groups, "tiff": _read_bands, "csv": _read_csv}
    schema = pa.schema([(name, pa.float64()) for name in ("lon", "lat", "people")])
    with put_batches(folder, schema) as put:
        for cells in readers[kind](path, file, start, stop):
            put(pa.record_batch([pa.array(column) for column in cells], schema))
    return {}


def _read_groups(path: Path, file: str, start: int, stop: int) -> Iterator[Cells]:
    from pyarrow import parquet  # noqa: PLC0415

    with parquet.ParquetFile(path) as opened:
        empty = opened.schema_arrow.empty_table().to_pandas()
        told = opened.metadata.metadata or {}
        groups = list(range(start, stop))
        if b"geo" in told and len(columns(empty, "lon", "lat")) < 2:
            yield from _read_shapes(opened, file, groups, empty)
            return
        names = _grid_columns(empty, file)
        for batch in opened.iter_batches(CELLS, row_groups=groups, columns=list(names)):
            yield _values(batch.to_pandas(), names)


def _read_csv(path: Path, file: str, start: int, stop: int) -> Iterator[Cells]:
    from pyarrow import csv  # noqa: PLC0415

    with path.open("rb") as stream:
        first = stream.readline(_HEAD).decode("utf-8", "replace")
    parse = csv.ParseOptions(delimiter=max(",;\t|", key=first.count))
    read = csv.ReadOptions(block_size=1 << 24)
    with csv.open_csv(path, read, parse) as reader:
        names = _grid_columns(reader.schema.empty_table().to_pandas(), file)
        for batch in reader:
            start += batch.num_rows
            if start > stop:
                raise Unreadable("many_rows", file=file, limit=stop)
            yield _values(batch.to_pandas(), names)


def _grid_columns(empty: pd.DataFrame, file: str) -> tuple[str, str, str]:
    found = columns(empty, "lon", "lat", "population")
    if len(found) < 3:
        listed = ", ".join(str(name)[:40] for name in list(empty.columns)[:30])
        raise CoverageError("no_grid_columns", file=file, columns=listed)
    return found["lon"], found["lat"], found["population"]


def _values(frame: pd.DataFrame, names: tuple[str, str, str]) -> Cells:
    lon, lat, people = (numbers(frame, name) for name in names)
    return lon, lat, people


def _read_bands(path: Path, file: str, start: int, stop: int) -> Iterator[Cells]:  # noqa: ARG001
    import rasterio  # noqa: PLC0415
    from pyproj import Transformer  # noqa: PLC0415
    from rasterio.windows import Window  # noqa: PLC0415

    with rasterio.open(path, driver="GTiff") as raster:
        turn = None
        if raster.crs.to_epsg() != 4326:
            turn = Transformer.from_crs(raster.crs, "EPSG:4326", always_xy=True)
        a, b, c, d, e, f = raster.transform[:6]
        for top, bottom in _steps(start, stop, CELLS // raster.width):
            window = Window(0, top, raster.width, bottom - top)
            stored = raster.read(1, window=window, masked=True)
            # What is stored is not what is meant where the file has a scale factor and an offset;
            # cells without data have neither.
            people = stored.astype(float) * raster.scales[0] + raster.offsets[0]
            people = np.ma.filled(people, 0.0)
            # Cells without people, and without data, do not matter.
            row, column = np.nonzero(people)
            across, down = column + 0.5, row + top + 0.5
            x, y = a * across + b * down + c, d * across + e * down + f
            if turn is not None:
                x, y = turn.transform(x, y)
            yield np.asarray(x, dtype=float), np.asarray(y, dtype=float), people[row, column]


def _read_shapes(opened: Any, file: str, groups: list[int], empty: pd.DataFrame) -> Iterator[Cells]:
    """Read the points of a GeoParquet file."""
    from pyproj import Transformer  # noqa: PLC0415

    told = json.loads(opened.metadata.metadata[b"geo"])
    geometry = str(told["primary_column"])
    people = columns(empty, "population").get("population")
    if people is None:
        listed = ", ".join(str(name)[:40] for name in list(empty.columns)[:30])
        raise CoverageError("no_grid_columns", file=file, columns=listed)
    # Without a word on it the standard means longitudes and latitudes.
    crs = told["columns"][geometry].get("crs", "OGC:CRS84")
    if crs is None:
        raise Unreadable("crs", file=file)
    turn = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    for batch in opened.iter_batches(CELLS, row_groups=groups, columns=[geometry, people]):
        x, y = _coordinates(batch.column(batch.schema.get_field_index(geometry)))
        single = ~np.isnan(x)
        x[single], y[single] = turn.transform(x[single], y[single])
        yield x, y, numbers(batch.select([people]).to_pandas(), people)


def _coordinates(points: Any) -> tuple[Floats, Floats]:
    """Return the coordinates of a column of points, as WKB or in the native form of GeoArrow.

    The native form is a struct of x and y, or a list of two (three, four) numbers.
    """
    import pyarrow as pa  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    form = points.type
    if isinstance(form, pa.BaseExtensionType):
        points, form = points.storage, form.storage_type
    if pa.types.is_struct(form):
        x, y = (points.field(form.get_field_index(name)) for name in ("x", "y"))
        there = points.is_valid().to_numpy(zero_copy_only=False)
        x, y = (part.cast("float64").to_numpy(zero_copy_only=False).copy() for part in (x, y))
        x[~there] = np.nan
        return x, y
    if pa.types.is_fixed_size_list(form):
        flat = points.fill_null([np.nan] * form.list_size).flatten()
        pairs = flat.cast("float64").to_numpy(zero_copy_only=False).reshape(-1, form.list_size)
        return pairs[:, 0].copy(), pairs[:, 1].copy()
    found = shapely.from_wkb(points.to_numpy(zero_copy_only=False), on_invalid="ignore")
    single = shapely.get_type_id(found) == shapely.GeometryType.POINT
    x, y = np.full(len(found), np.nan), np.full(len(found), np.nan)
    x[single], y[single] = shapely.get_x(found[single]), shapely.get_y(found[single])
    return x, y
