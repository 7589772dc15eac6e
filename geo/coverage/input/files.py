"""Read tables and vector files of unknown hands: bounded in size, rows and what unpacks.

Vector files are opened by GDAL only after their first bytes have been recognised: its other
formats can name further files and addresses to read.
"""

from __future__ import annotations

import gzip
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from geo.coverage.ground import CoverageError
from geo.coverage.input.columns import rename
from geo.coverage.input.csv import read_csv
from geo.coverage.input.decode import AUTO
from geo.coverage.input.problems import Problems
from geo.coverage.input.raw import MAX_COLUMNS, Asked, Limits, Raw
from geo.coverage.input.tables import read_parquet, read_workbook
from geo.coverage.input.vector import read_kml, read_vector

_GPKG, _FGB, _PARQUET, _ZIP, _GZIP = b"SQLite format 3\0", b"fgb\3fgb", b"PAR1", b"PK", b"\x1f\x8b"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
# Layers that stay in the archive, because several files make one.
_BEGINS: Final = {".shp": b"\0\0\x27\x0a", ".tab": b"!table", ".mif": b"version"}
_OF_SEVERAL: Final = tuple(_BEGINS)
_OF_ONE: Final = (".gpkg", ".geojson", ".json", ".fgb", ".kml", ".csv", ".txt", ".tsv", ".parquet")


def read_file(
    path: Path,
    problems: Problems,
    *,
    name: str = "",
    crs: str = "",
    encoding: str = AUTO,
    names: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Raw:
    """Read a table or a vector file.

    Parameters
    ----------
    path
        CSV (also gzipped), XLSX, XLS, (Geo)Parquet, GeoPackage, GeoJSON, FlatGeobuf, KML, or one of
        these, a Shapefile, a MapInfo table or a file geodatabase in a zip.
    problems
        Where rows that cannot be read are listed.
    name
        What messages call it; by default its own name.
    crs
        Coordinate reference system of a vector file that does not say it, and of the metres of a
        table.
    encoding
        Of a CSV file, or of the texts of a Shapefile; see `geo.coverage.input.decode.decode`.
    names
        Which column is which where its owner says so; see `geo.coverage.input.columns.renamed`.

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
    asked = Asked(name, crs, encoding, limits, names or {})
    head = first_bytes(path, asked)
    try:
        raw = _by_kind(path, head, problems, asked)
    except CoverageError:
        raise
    except Exception as error:  # a library of another's, at a file of another's
        raise CoverageError("broken", file=name, error=_short(error, path)) from error
    if len(raw.frame) > limits.max_rows:
        raise CoverageError("many_rows", file=name, limit=limits.max_rows)
    if len(raw.frame.columns) > MAX_COLUMNS:
        raise CoverageError("many_columns", file=name, limit=MAX_COLUMNS)
    return raw if not asked.names else renamed(raw, asked.names)


def first_bytes(path: Path, asked: Asked) -> bytes:
    """Return the beginning of a file that is there, not empty and not too large.

    Raises
    ------
    CoverageError
        Where it is not.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
    except OSError as error:
        values = {"file": asked.name, "error": error.strerror or error}
        raise CoverageError("unreadable", **values) from error
    if size > asked.limits.max_bytes:
        raise CoverageError("too_big", file=asked.name, limit=asked.limits.max_bytes >> 20)
    if not head.strip():
        raise CoverageError("empty", file=asked.name)
    return head


def renamed(raw: Raw, names: Mapping[str, str]) -> Raw:
    """Give the columns of a file the names by which they are found.

    Parameters
    ----------
    names
        From a key of `geo.coverage.input.columns.NAMES` to the column that is meant; "" for none.

    Raises
    ------
    CoverageError
        Where the file has no such column.
    """
    return replace(raw, frame=rename(raw.frame, names, raw.file))


def _by_kind(path: Path, head: bytes, problems: Problems, asked: Asked) -> Raw:
    name = asked.name
    if head.startswith(_PARQUET):
        return read_parquet(path, asked)
    if head.startswith((_GPKG, _FGB)):
        return read_vector(str(path), problems, asked)
    if head.startswith(_ZIP):
        return _zip(path, problems, asked)
    if head.startswith(_GZIP):
        with gzip.open(path, "rb") as stream:
            data = stream.read(asked.limits.max_bytes + 1)
        if len(data) > asked.limits.max_bytes:
            raise CoverageError("too_big", file=name, limit=asked.limits.max_bytes >> 20)
        return read_csv(data, problems, asked)
    if head.startswith(_OLD_WORKBOOK):
        return read_workbook(path, problems, asked)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"{"):
        if b"Feature" not in head:
            raise CoverageError("kind", file=name)
        # Named, as another driver of GDAL runs commands that it finds in JSON.
        return read_vector(f"GEOJSON:{path}", problems, asked)
    if start.startswith(b"<") and b"<kml" in head:
        return read_kml(path.read_bytes(), problems, asked)
    if start.startswith((b"<", b"%PDF")):
        raise CoverageError("kind", file=name)
    return read_csv(path.read_bytes(), problems, asked)


def is_csv(head: bytes) -> bool:
    """Tell by its first bytes whether a file can only be CSV that is not packed."""
    others = (_PARQUET, _GPKG, _FGB, _ZIP, _GZIP, _OLD_WORKBOOK, b"%PDF")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return not head.startswith(others) and not start.startswith((b"{", b"<"))


def _short(error: Exception, path: Path) -> str:
    said = (str(error).splitlines() or [type(error).__name__])[0]
    # Where a file is kept for the while is nobody's business.
    return said.replace(str(path), path.name)[:200]


def _zip(path: Path, problems: Problems, asked: Asked) -> Raw:
    limits = asked.limits
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if not m.filename.startswith("__MACOSX/")]
        if sum(member.file_size for member in members) > limits.max_bytes:
            raise CoverageError("too_big", file=asked.name, limit=limits.max_bytes >> 20)
        inside = [member.filename for member in members]
        if any(member.startswith("xl/") for member in inside):
            return read_workbook(path, problems, asked)
        found = _layers(inside)
        if len(found) != 1:
            raise CoverageError("archive", file=asked.name, n=len(found))
        (member,) = found
        if not member.lower().endswith(_OF_ONE):
            if not _is_what_it_says(archive, member):
                raise CoverageError("kind", file=asked.name)
            return read_vector(f"/vsizip/{{{path}}}/{member}", problems, asked)
        with tempfile.TemporaryDirectory() as folder, archive.open(member) as packed:
            unpacked = Path(folder) / "member"
            data = packed.read(limits.max_bytes + 1)  # what the archive says need not be true
            if len(data) > limits.max_bytes:
                raise CoverageError("too_big", file=asked.name, limit=limits.max_bytes >> 20)
            unpacked.write_bytes(data)
            head = first_bytes(unpacked, asked)
            if head.startswith((_ZIP, _GZIP)):
                raise CoverageError("archive", file=asked.name, n=0)
            return _by_kind(unpacked, head, problems, asked)


def _is_what_it_says(archive: zipfile.ZipFile, member: str) -> bool:
    """Tell by its first bytes whether a layer is of the format that its name says."""
    begins = next((b for suffix, b in _BEGINS.items() if member.lower().endswith(suffix)), None)
    if begins is None:
        return member.endswith(".gdb")  # a folder, which GDAL knows by its name alone
    with archive.open(member) as stream:
        return stream.read(64).lstrip().lower().startswith(begins)


def _layers(inside: list[str]) -> set[str]:
    """Return the files of an archive, or folders of geodatabases, that hold a table or a layer."""
    bases = {name.split(".gdb/", maxsplit=1)[0] + ".gdb" for name in inside if ".gdb/" in name}
    if bases:
        return bases
    several = {name for name in inside if name.lower().endswith(_OF_SEVERAL)}
    return several or {name for name in inside if name.lower().endswith(_OF_ONE)}
