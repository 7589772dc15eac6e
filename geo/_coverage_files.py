"""Read tables and vector files of unknown hands: bounded in size, rows and what unpacks.

Vector files are opened by GDAL only after their first bytes have been recognised: its other
formats can name further files and addresses to read.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo._coverage_columns import NAMES, key
from geo._coverage_geodesy import Ints
from geo._coverage_problems import Problems
from geo._coverage_records import CoverageError, Texts

if TYPE_CHECKING:
    import pandas as pd

# Unpacked. The cells of all the world in OpenCelliD are 5 GB; those of Viet Nam 100 MB.
MAX_BYTES: Final = 2 * 1024**3
MAX_ROWS: Final = 20_000_000
MAX_COLUMNS: Final = 400
# A header may stand below a few lines of titles.
HEADER_WITHIN: Final = 15
_KNOWN: Final = frozenset(name for names in NAMES.values() for name in names)
_DELIMITERS: Final = ",;\t|"
_OPENCELLID: Final = (
    *("radio", "mcc", "net", "area", "cell", "unit", "lon", "lat", "range", "samples"),
    *("changeable", "created", "updated", "averageSignal"),
)
_RADIOS: Final = frozenset({"GSM", "UMTS", "LTE", "NR", "CDMA", "NBIOT"})
_GPKG, _FGB, _PARQUET, _ZIP, _GZIP = b"SQLite format 3\0", b"fgb\3fgb", b"PAR1", b"PK", b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is accepted: bytes once unpacked, and rows."""

    max_bytes: int = MAX_BYTES
    max_rows: int = MAX_ROWS


@dataclass(frozen=True, slots=True)
class _Asked:
    """How one file is to be read."""

    name: str
    crs: str
    encoding: str
    limits: Limits


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """A table as it was read.

    Attributes
    ----------
    file
        Name, for messages.
    frame
        Its columns; those of text formats as text.
    row
        Row of each record in the file, the header being 1.
    geometry
        Geometries in EPSG:4326 where it is a vector file.
    n_read
        Records in the file, those that could not be read included.
    """

    file: str
    frame: pd.DataFrame
    row: Ints
    geometry: Texts | None
    n_read: int


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
        raw = _by_kind(path, head, problems, _Asked(name, crs, encoding, limits))
    except CoverageError:
        raise
    except Exception as error:  # a library of another's, at a file of another's
        raise CoverageError("broken", file=name, error=_short(error)) from error
    if len(raw.frame) > limits.max_rows:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    if len(raw.frame.columns) > MAX_COLUMNS:
        raise CoverageError("many_columns", file=name, limit=MAX_COLUMNS)
    return raw


def _by_kind(path: Path, head: bytes, problems: Problems, asked: _Asked) -> Raw:
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
        return _csv(data, problems, asked)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        if b"Feature" not in head:
            raise CoverageError("kind", file=name)
        return _vector(str(path), name, crs, limits)
    if head.lstrip().startswith((b"<", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise CoverageError("kind", file=name)
    return _csv(path.read_bytes(), problems, asked)


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _csv(data: bytes, problems: Problems, asked: _Asked) -> Raw:
    from pyarrow import csv  # noqa: PLC0415

    name, limits = asked.name, asked.limits
    text = _decode(data, name, asked.encoding)
    above, delimiter = _header_line(text)
    text = text.split("\n", above)[-1]
    first = text.split("\n", 1)[0].rstrip("\r")
    cells = [cell.strip().strip('"') for cell in first.split(delimiter)]
    headless = len(cells) == len(_OPENCELLID) and cells[0].upper() in _RADIOS
    names = list(_OPENCELLID) if headless else _header(first, delimiter)
    if len(names) > MAX_COLUMNS:
        raise CoverageError("many_columns", file=name, limit=MAX_COLUMNS)
    wrong: list[tuple[int, str]] = []

    def skip(row: Any) -> str:
        wrong.append((row.number or 0, f"{row.actual_columns} ≠ {row.expected_columns}"))
        return "skip"

    table = csv.read_csv(
        io.BytesIO(text.encode()),
        read_options=csv.ReadOptions(use_threads=False, column_names=names, skip_rows=0),
        parse_options=csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            invalid_row_handler=skip,
            ignore_empty_lines=len(names) == 1,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, "string"), strings_can_be_null=False
        ),
    )
    lost = np.array([number for number, _ in wrong], dtype=np.int64)
    n = table.num_rows + len(lost)
    row = np.setdiff1d(np.arange(1, n + 1), lost) + above
    frame, lost = table.to_pandas(), lost + above
    if not headless:
        frame, row = frame.iloc[1:].reset_index(drop=True), row[1:]
    if len(frame) > limits.max_rows:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    problems.add(name, lost, "cells", values=[note for _, note in wrong])
    frame, row = _without_blank(frame, row)
    n = len(frame) + len(lost)
    frame, row = _without_undecoded(frame, row, problems, name)
    return Raw(name, frame, row, None, n)


def _header_line(text: str) -> tuple[int, str]:
    """Find the header below lines of titles: how many lines are above it, and the delimiter.

    It is the line, among the first, that names most columns that are known; the first line where
    none names two.
    """
    lines = text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
    delimiters = [max(_DELIMITERS, key=line.count) for line in lines]
    cells = [line.split(delimiter) for line, delimiter in zip(lines, delimiters, strict=True)]
    at = _header_at(cells)
    return at, delimiters[at]


def _header_at(rows: Sequence[Sequence[object]]) -> int:
    named = [sum(key(cell) in _KNOWN for cell in row) for row in rows]
    return named.index(max(named)) if max(named, default=0) >= 2 else 0


def _decode(data: bytes, name: str, encoding: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in data[:4096]:
        raise CoverageError("kind", file=name)
    try:
        return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    except LookupError as error:
        raise CoverageError("encoding_name", encoding=encoding) from error


def _header(line: str, delimiter: str) -> list[str]:
    import csv  # noqa: PLC0415

    return _unique([cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])])


def _unique(names: list[str]) -> list[str]:
    # Names that are missing or there twice would be one column to Arrow.
    seen: dict[str, int] = {}
    for at, cell in enumerate(names):
        seen[cell] = seen.get(cell, 0) + 1
        if seen[cell] > 1 or not cell:
            names[at] = f"{cell or 'column'} ({at + 1})"
    return names


def _without_blank(frame: pd.DataFrame, row: Ints) -> tuple[pd.DataFrame, Ints]:
    """Leave out lines without anything in them."""
    blank = np.ones(len(frame), dtype=bool)
    for column in frame.columns:
        blank[blank] = (frame[column][blank] == "").to_numpy(dtype=bool)
    return frame[~blank].reset_index(drop=True), row[~blank]


def _without_undecoded(
    frame: pd.DataFrame, row: Ints, problems: Problems, name: str
) -> tuple[pd.DataFrame, Ints]:
    bad = np.zeros(len(frame), dtype=bool)
    for column in frame.columns:
        bad |= frame[column].str.contains("\ufffd", regex=False).to_numpy(dtype=bool)
    if not bad.any():
        return frame, row
    if bad.mean() > 0.5:
        raise CoverageError("encoding", file=name)
    problems.add(name, row[bad], "encoding")
    return frame[~bad].reset_index(drop=True), row[~bad]


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
    above = _header_at(rows[:HEADER_WITHIN])
    names = _unique([str(cell).strip() for cell in rows[above]])
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
