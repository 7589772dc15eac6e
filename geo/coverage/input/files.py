"""Read tables and vector files of unknown hands: bounded in size, rows and what unpacks.

Only plain text of a small size is read in this process. Vector files are opened by GDAL only after
their first bytes have been recognised: its other formats can name further files and addresses to
read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from base.reading import AUTO, Apart, Packed, Room, Unreadable, archive, put_table, read_entry
from base.reading.layers import put_frame, take_frame
from base.words import system_reason
from geo.coverage.input.columns import rename
from geo.coverage.input.count import unpacked
from geo.coverage.input.csv import read_csv
from geo.coverage.input.problems import Problems
from geo.coverage.input.raw import MAX_COLUMNS, Asked, Limits, Raw
from geo.coverage.input.tables import read_parquet, read_workbook
from geo.coverage.input.vector import read_kml, read_vector

_GPKG, _FGB, _PARQUET, _ZIP, _GZIP = b"SQLite format 3\0", b"fgb\3fgb", b"PAR1", b"PK", b"\x1f\x8b"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
# Layers that stay in the archive, because several files make one.
_BEGINS: Final = {".shp": b"\0\0\x27\x0a", ".tab": b"!table", ".mif": b"version"}
_OF_SEVERAL: Final = tuple(_BEGINS)
# Larger texts are read apart, as what they take is several times what is kept of them.
_SMALL: Final = 8 << 20
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
    Unreadable
        Where the file is of another kind, too large, or its coordinates are of an unknown system.
    """
    limits = limits or Limits()
    asked = Asked(name or path.name, crs, encoding, limits, names or {})
    head = first_bytes(path, asked)
    if is_csv(head) and path.stat().st_size <= _SMALL:
        raw = _plain(path, problems, asked)
    else:
        raw = _apart(path, problems, asked)
    _check(raw, asked)
    return raw if not asked.names else renamed(raw, asked.names)


def _check(raw: Raw, asked: Asked) -> None:
    if len(raw.frame) > asked.limits.max_rows:
        raise Unreadable("many_rows", file=asked.name, limit=asked.limits.max_rows)
    if len(raw.frame.columns) > MAX_COLUMNS:
        raise Unreadable("many_columns", file=asked.name, limit=MAX_COLUMNS)


def _plain(path: Path, problems: Problems, asked: Asked) -> Raw:
    try:
        return read_csv(path.read_bytes(), problems, asked)
    except Unreadable:
        raise
    except Exception as error:  # a library of another's, at a file of another's
        said = (str(error).splitlines() or [type(error).__name__])[0]
        raise Unreadable("broken", file=asked.name, error=said[:200]) from error


def _apart(path: Path, problems: Problems, asked: Asked) -> Raw:
    limits = asdict(asked.limits)
    room = Room(**limits.pop("room"))
    told = _opened(path, asked.name, room, crs=asked.crs, encoding=asked.encoding, limits=limits)
    problems.join(told.tables[0].to_pandas())
    row = told.tables[1]["row"].to_numpy()
    frame, shapes = take_frame(told, 2)
    if not len(frame.columns):
        frame = frame.reindex(range(len(row)))
    answer = told.answer
    return Raw(asked.name, frame, row, shapes, answer["n_read"], answer["crs"])


@Apart
def _opened(
    path: Path, folder: Path, *, file: str, crs: str, encoding: str, limits: dict[str, Any]
) -> dict[str, Any]:
    import pyarrow as pa  # noqa: PLC0415

    problems, asked = Problems(), Asked(file, crs, encoding, Limits(**limits))
    raw = _by_kind(path, first_bytes(path, asked), problems, asked, folder)
    _check(raw, asked)
    put_table(folder, pa.Table.from_pandas(problems.frame(), preserve_index=False))
    put_table(folder, pa.table({"row": raw.row}))
    put_frame(folder, raw.frame, raw.geometry)
    return {"n_read": raw.n_read, "crs": raw.crs}


def first_bytes(path: Path, asked: Asked) -> bytes:
    """Return the beginning of a file that is there, not empty and not too large.

    Raises
    ------
    Unreadable
        Where it is not.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
    except OSError as error:
        values = {"file": asked.name, "error": system_reason(error)}
        raise Unreadable("unreadable", **values) from error
    if size > asked.limits.max_bytes:
        raise Unreadable("unpacked", file=asked.name, limit=asked.limits.max_bytes >> 20)
    if not head.strip():
        raise Unreadable("empty", file=asked.name)
    return head


def renamed(raw: Raw, names: Mapping[str, str]) -> Raw:
    """Give the columns of a file the names by which they are found.

    Parameters
    ----------
    names
        From a key of `geo.coverage.input.columns.NAMES` to the column that is meant; "" for none.

    Raises
    ------
    Unreadable
        Where the file has no such column.
    """
    return replace(raw, frame=rename(raw.frame, names, raw.file))


def _by_kind(path: Path, head: bytes, problems: Problems, asked: Asked, folder: Path) -> Raw:
    name = asked.name
    if head.startswith(_PARQUET):
        return read_parquet(path, asked)
    if head.startswith((_GPKG, _FGB)):
        return read_vector(str(path), problems, asked)
    if head.startswith(_ZIP):
        return _zip(path, problems, asked, folder)
    if head.startswith(_GZIP):
        return read_csv(unpacked(path, asked), problems, asked)
    if head.startswith(_OLD_WORKBOOK):
        return read_workbook(path, problems, asked)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"{"):
        if b"Feature" not in head:
            raise Unreadable("kind", file=name)
        # Named, as another driver of GDAL runs commands that it finds in JSON.
        return read_vector(f"GEOJSON:{path}", problems, asked)
    if start.startswith(b"<") and b"<kml" in head:
        return read_kml(path.read_bytes(), problems, asked)
    if start.startswith((b"<", b"%PDF")):
        raise Unreadable("kind", file=name)
    return read_csv(path.read_bytes(), problems, asked)


def is_csv(head: bytes) -> bool:
    """Tell by its first bytes whether a file can only be CSV that is not packed."""
    others = (_PARQUET, _GPKG, _FGB, _ZIP, _GZIP, _OLD_WORKBOOK, b"%PDF")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return not head.startswith(others) and not start.startswith((b"{", b"<"))


def _zip(path: Path, problems: Problems, asked: Asked, folder: Path) -> Raw:
    file, limits = asked.name, asked.limits
    with archive(path, file, Packed(plain_paths=False, unpacked=limits.max_bytes)) as opened:
        inside = [m for m in opened.namelist() if not m.startswith("__MACOSX/")]
        if any(member.startswith("xl/") for member in inside):
            return read_workbook(path, problems, asked)
        found = _layers(inside)
        if len(found) != 1:
            raise Unreadable("archive", file=file, n=len(found))
        (member,) = found
        if not member.lower().endswith(_OF_ONE):
            if not _is_what_it_says(opened, member):
                raise Unreadable("kind", file=file)
            return read_vector(f"/vsizip/{{{path}}}/{member}", problems, asked)
        alone = folder / "member"
        entry = opened.getinfo(member)
        alone.write_bytes(read_entry(file, opened, entry, most=limits.max_bytes))
    head = first_bytes(alone, asked)
    if head.startswith((_ZIP, _GZIP)):
        raise Unreadable("archive", file=file, n=0)
    return _by_kind(alone, head, problems, asked, folder)


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
