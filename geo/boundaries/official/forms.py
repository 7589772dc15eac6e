"""Tell the form of a file from its first bytes, and read it by the one library for that form.

The file is read under a name of our own, so that no path or ending of its sender's choosing reaches
a library.
"""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from base.reading import (
    LEGACY,
    Packed,
    Unreadable,
    archive,
    decode,
    from_tcvn3,
    from_vni,
    read_entry,
)
from base.reading.layers import MostShapes, layer_names, leads_elsewhere, read_layer
from geo.boundaries.official.records import Finding, Weight

if TYPE_CHECKING:
    import geopandas as gpd

# JSON is read whole, which takes about eight times its size in memory.
MOST_JSON_MB: Final = 800
MOST_KML_MB: Final = 400
ZIP: Final = b"PK\x03\x04"
# What a file of each form begins with, and the name that it is read under.
BEGINS: Final = {
    b"SQLite format 3\x00": "given.gpkg",
    b"fgb\x03fgb": "given.fgb",
    b"PAR1": "given.parquet",
}
SHAPEFILE: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED: Final = frozenset(SHAPEFILE[:3])
SHP_BEGINS: Final = b"\x00\x00\x27\x0a"
# Forms of one file that may come in an archive.
PACKED: Final = (".geojson", ".json", ".topojson", ".gpkg", ".fgb", ".kml", ".parquet")
# Drivers are named where GDAL would choose: some others follow what a file of JSON or XML says.
DRIVERS: Final = {".geojson": "GEOJSON:", ".topojson": "TOPOJSON:"}
BYTES: Final = "ISO-8859-1"  # in small letters it is not known to GDAL
DBF_SAMPLE: Final = 400_000
FONTS: Final = {"tcvn3": from_tcvn3, "vni": from_vni}


class Unfit(Unreadable):
    """A file that holds no boundaries, or not so that they can be told."""

    prefix = "boundaries.finding."


def plain(path: Path, file: str, folder: Path, *, packed: bool = False) -> tuple[Path, bool]:
    """Give a file that can be read under a safe name, and whether its degrees go without saying.

    Raises
    ------
    Unreadable
        If it is of no form that is read.
    """
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(ZIP) and not packed:
        return _unpacked(path, file, folder)
    for begins, name in BEGINS.items():
        if head.startswith(begins):
            return _named(path, folder / name), False
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] == b"{":
        return _json(path, file, folder)
    if text[:1] == b"<" and b"<kml" in head:
        return _kml(path, file, folder), False
    raise Unfit("kind", file=file)


def read_plain(
    file: str, path: Path, layer: str | None, most: MostShapes, encoding: str | None
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Read the polygons of a file that `plain` gave.

    Raises
    ------
    Unreadable
        If it cannot be read, has several layers, or too many features.
    """
    if path.suffix == ".parquet":
        return _parquet(file, path, most), []
    source = f"{DRIVERS.get(path.suffix, '')}{path}"
    drawn = layer_names(source)
    if layer is not None and layer not in drawn:
        raise Unfit("no_layer", file=file, layer=layer[:40], layers=", ".join(drawn)[:400])
    if layer is None and len(drawn) > 1 and path.suffix != ".kml":
        raise Unfit("layers", file=file, layers=", ".join(drawn)[:400])
    findings: list[Finding] = []
    if path.suffix == ".shp":
        encoding, findings = _encoding(file, path, encoding)
    # One character a byte: what the bytes mean is worked out here.
    codec = BYTES if path.suffix == ".shp" and encoding is not None else None
    wanted: list[str | None] = [layer] if layer is not None else [*drawn] or [None]
    try:
        frames = [read_layer(source, name, file, most, codec) for name in wanted]
    except LookupError as error:
        raise Unfit("encoding", file=file) from error
    frame = _joined([one for one in frames if hasattr(one, "geometry") and "geometry" in one])
    if frame is None:
        raise Unfit("no_features", file=file)
    try:
        return _composed(frame, encoding if codec else None), findings
    except (UnicodeError, LookupError) as error:
        raise Unfit("encoding", file=file) from error


def _named(path: Path, name: Path) -> Path:
    try:
        name.symlink_to(path.resolve())
    except OSError:
        shutil.copyfile(path, name)
    return name


def _json(path: Path, file: str, folder: Path) -> tuple[Path, bool]:
    if path.stat().st_size > MOST_JSON_MB * 1_000_000:
        raise Unfit("too_big", file=file, limit=str(MOST_JSON_MB))
    try:
        # Read whole by a strict parser first: GDAL takes some files that are cut short.
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        kind = content.get("type")
    except (ValueError, RecursionError, AttributeError) as error:
        raise Unreadable("broken", file=file, error=str(error)[:200]) from error
    if kind == "Topology":
        return _named(path, folder / "given.topojson"), True
    if kind in ("FeatureCollection", "Feature"):
        return _named(path, folder / "given.geojson"), not content.get("crs")
    raise Unfit("kind", file=file)


def _kml(path: Path, file: str, folder: Path) -> Path:
    if path.stat().st_size > MOST_KML_MB * 1_000_000:
        raise Unfit("too_big", file=file, limit=str(MOST_KML_MB))
    if leads_elsewhere(path.read_bytes()):
        raise Unfit("links", file=file)
    return _named(path, folder / "given.kml")


def _unpacked(path: Path, file: str, folder: Path) -> tuple[Path, bool]:
    """Unpack the one map of an archive, under names of our own."""
    with archive(path, file, Packed()) as opened:
        stems: dict[str, dict[str, Any]] = {}
        single = []
        for entry in opened.infolist():
            stem, dot, ending = entry.filename.rpartition(".")
            ending = f"{dot}{ending.lower()}"
            if "__MACOSX" in stem or entry.is_dir():
                continue
            if ending in SHAPEFILE:
                stems.setdefault(stem, {})[ending] = entry
            elif ending in PACKED:
                single.append(entry)
        whole = [parts for parts in stems.values() if set(parts) >= NEEDED]
        if len(whole) + len(single) != 1:
            raise Unfit("zip_shapefile", file=file, n=str(len(whole) + len(single)))
        if single:
            inner = folder / "unpacked"
            inner.write_bytes(read_entry(file, opened, single[0], most=Packed().unpacked))
            return plain(inner, file, folder, packed=True)
        for ending, entry in whole[0].items():
            content = read_entry(file, opened, entry, most=Packed().unpacked)
            if ending == ".shp" and not content.startswith(SHP_BEGINS):
                raise Unfit("kind", file=file)
            (folder / f"given{ending}").write_bytes(content)
    return folder / "given.shp", False


def _encoding(file: str, path: Path, told: str | None) -> tuple[str | None, list[Finding]]:
    """Say how the texts of a Shapefile are encoded: as told, as it says, else by their look.

    Raises
    ------
    Unfit
        If no reading of them is Vietnamese.
    """
    marked = path.with_suffix(".cpg")
    if told is not None:
        marked.unlink(missing_ok=True)
        return told, []
    if marked.is_file():
        return None, []
    content = path.with_suffix(".dbf").read_bytes()
    start = int.from_bytes(content[8:10], "little")
    cells = content[start : start + DBF_SAMPLE].replace(b"\x00", b" ")
    if cells.isascii():
        return None, []
    try:
        found = decode(cells, file).encoding
    except Unreadable as error:
        raise Unfit("encoding", file=file) from error
    return found, [Finding("encoding_taken", Weight.NOTE, {"encoding": found})]


def _composed(frame: gpd.GeoDataFrame, encoding: str | None) -> gpd.GeoDataFrame:
    """Write texts in single characters; those of fonts of before Unicode in Unicode."""
    font = FONTS.get(encoding or "", str)
    codec = LEGACY.get(encoding or "", encoding)

    def text(cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        told = cell if codec is None else cell.encode(BYTES).decode(codec)
        return unicodedata.normalize("NFC", font(told))

    for column in frame.columns:
        if column != frame.geometry.name and frame[column].dtype.kind not in "iufbM":
            frame[column] = frame[column].map(text)
    return frame


def _joined(frames: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame | None:
    import pandas as pd  # noqa: PLC0415

    if len(frames) < 2:
        return frames[0] if frames else None
    return pd.concat(frames, ignore_index=True)


def _parquet(file: str, path: Path, most: MostShapes) -> gpd.GeoDataFrame:
    """Read GeoParquet, its geometry as WKB or in native arrays."""
    import geopandas as gpd  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415
    import shapely  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        n = parquet.read_metadata(path).num_rows
        if n > most.features:
            raise Unreadable(
                "too_many", file=file, n=n, limit=most.features, vertices=most.vertices
            )
        frame = gpd.read_parquet(path)
    except (pa.ArrowException, ValueError, TypeError, KeyError, OSError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("broken", file=file, error=str(error)[:200]) from error
    if shapely.get_num_coordinates(frame.geometry.to_numpy()).sum() > most.vertices:
        raise Unreadable("too_many", file=file, n=n, limit=most.features, vertices=most.vertices)
    frame = frame.rename_geometry("geometry") if frame.geometry.name != "geometry" else frame
    return frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
