"""Read tables and vector files of unknown hands: bounded in size, rows and what unpacks.

Vector files are opened by GDAL only after their first bytes have been recognised: its other
formats can name further files and addresses to read.
"""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo._coverage_csv import HEADER_WITHIN, header_at, read_csv, unique
from geo._coverage_problems import Problems
from geo._coverage_raw import MAX_COLUMNS, Asked, Limits, Raw
from geo._coverage_records import CoverageError

if TYPE_CHECKING:
    pass

_GPKG, _FGB, _PARQUET, _ZIP, _GZIP = b"SQLite format 3\0", b"fgb\3fgb", b"PAR1", b"PK", b"\x1f\x8b"


def read_file(
    path: Path,
    problems: Problems,
    *,
    name: str = "",
    crs: str = "",
    encoding: str = "utf-8",
    limits: Limits | None = None,
) -> Raw:
    """Read a table or a vector file.

    Parameters
    ----------
    path
        CSV (also gzipped), XLSX, GeoPackage, GeoJSON, FlatGeobuf, zipped Shapefile, (Geo)Parquet.
    problems
        Where rows that cannot be read are listed.
    name
        What messages call it; by default its own name.
    crs
        Coordinate reference system of a vector file that does not say it.
    encoding
        Of a CSV file.
    limits
        How much is accepted.

    Returns
    -------
    Raw
        The rows that can be read.

    Raises
    ------
    CoverageError
        Where the file is of another kind, too large, or its coordinates are of an unknown system.
    """
    name, limits = name or path.name, limits or Limits()
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
    except OSError as error:
        raise CoverageError("unreadable", file=name, error=error.strerror or error) from error
    if size > limits.max_bytes:
        raise CoverageError("too_big", file=name, limit=limits.max_bytes >> 20)
    if not head.strip():
        raise CoverageError("empty", file=name)
    try:
        raw = _by_kind(path, head, problems, Asked(name, crs, encoding, limits))
    except CoverageError:
        raise
    except Exception as error:  # a library of another's, at a file of another's
        raise CoverageError("broken", file=name, error=_short(error)) from error
    if len(raw.frame) > limits.max_rows:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    if len(raw.frame.columns) > MAX_COLUMNS:
        raise CoverageError("many_columns", file=name, limit=MAX_COLUMNS)
    return raw


def _by_kind(path: Path, head: bytes, problems: Problems, asked: Asked) -> Raw:
    name, crs, limits = asked.name, asked.crs, asked.limits
    if head.startswith(_PARQUET):
        return _parquet(path, name, crs, limits)
    if head.startswith((_GPKG, _FGB)):
        return _vector(str(path), name, crs, limits)
    if head.startswith(_ZIP):
        return _zip(path, name, crs, limits)
    if head.startswith(_GZIP):
        with gzip.open(path, "rb") as stream:
            data = stream.read(limits.max_bytes + 1)
        if len(data) > limits.max_bytes:
            raise CoverageError("too_big", file=name, limit=limits.max_bytes >> 20)
        return read_csv(data, problems, asked)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        if b"Feature" not in head:
            raise CoverageError("kind", file=name)
        return _vector(str(path), name, crs, limits)
    if head.lstrip().startswith((b"<", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise CoverageError("kind", file=name)
    return read_csv(path.read_bytes(), problems, asked)


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _zip(path: Path, name: str, crs: str, limits: Limits) -> Raw:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > limits.max_bytes:
            raise CoverageError("too_big", file=name, limit=limits.max_bytes >> 20)
        inside = [member.filename for member in members]
    if any(member.startswith("xl/") for member in inside):
        return _xlsx(path, name, limits)
    shapes = [member for member in inside if member.lower().endswith(".shp")]
    if len(shapes) != 1:
        raise CoverageError("kind", file=name)
    return _vector(f"/vsizip/{{{path}}}/{shapes[0]}", name, crs, limits)


def _xlsx(path: Path, name: str, limits: Limits) -> Raw:
    import pandas as pd  # noqa: PLC0415
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    if sheet.total_height > limits.max_rows or sheet.total_width > MAX_COLUMNS:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    rows = sheet.to_python(skip_empty_area=False)
    if not rows:
        raise CoverageError("empty", file=name)
    above = header_at(rows[:HEADER_WITHIN])
    names = unique([str(cell).strip() for cell in rows[above]])
    cells = [[_cell(cell) for cell in row] for row in rows[above + 1 :]]
    frame = pd.DataFrame(cells, columns=names, dtype="str")
    row = np.arange(2, len(frame) + 2) + above
    full = (frame != "").any(axis=1).to_numpy(dtype=bool)
    return Raw(name, frame[full].reset_index(drop=True), row[full], None, int(full.sum()))


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _parquet(path: Path, name: str, crs: str, limits: Limits) -> Raw:
    from pyarrow import parquet  # noqa: PLC0415

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

        return _framed(gpd.read_parquet(path), name, crs)
    frame = parquet.read_table(path).to_pandas()
    return Raw(name, frame, np.arange(2, len(frame) + 2), None, len(frame))


def _vector(source: str, name: str, crs: str, limits: Limits) -> Raw:
    import pyogrio  # noqa: PLC0415

    info = pyogrio.read_info(source)
    if info["features"] > limits.max_rows:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    frame = pyogrio.read_dataframe(source, max_features=limits.max_rows + 1)
    if "geometry" not in frame:
        return Raw(name, frame, np.arange(2, len(frame) + 2), None, len(frame))
    return _framed(frame, name, crs)


def _framed(frame: Any, name: str, crs: str) -> Raw:
    import pandas as pd  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    if frame.crs is None:
        if not crs:
            raise CoverageError("crs", file=name)
        try:
            frame = frame.set_crs(crs)
        except CRSError as error:
            raise CoverageError("crs_name", crs=crs) from error
    shapes = np.asarray(frame.geometry.to_crs("EPSG:4326").array, dtype=object)
    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name)).reset_index(drop=True)
    return Raw(name, plain, np.arange(2, len(plain) + 2), shapes, len(plain))
