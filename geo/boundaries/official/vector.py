"""Read polygons from a file of any form: GeoJSON, TopoJSON, GeoPackage, zipped Shapefile.

The form is told from the content, and the file is read under a name of our own, so that no path or
ending of its sender's choosing reaches a library.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from base.reading import Apart, Packed, Room, Unreadable, archive, read_entry
from base.reading.layers import MostShapes, layer_names, put_frame, read_layer, take_frame
from geo.boundaries import CRS
from geo.boundaries.official.records import Finding, Refused, Weight, unread
from geo.boundaries.official.sound import EAST, NORTH, SOUTH, WEST

if TYPE_CHECKING:
    import geopandas as gpd

MOST_MB: Final = 1500
# JSON is read whole, which takes about eight times its size in memory.
MOST_JSON_MB: Final = 800
MOST_FEATURES: Final = 20_000
MOST_VERTICES: Final = 30_000_000
ROOM: Final = Room(memory=8 << 30, seconds=600, result=2 << 30)
SHAPEFILE: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED: Final = frozenset(SHAPEFILE[:3])
SHP_BEGINS: Final = b"\x00\x00\x27\x0a"
# Drivers are named where GDAL would choose: some others follow what a file of JSON or XML says.
DRIVERS: Final = {".geojson": "GEOJSON:", ".topojson": "TOPOJSON:"}


class _Unfit(Unreadable):
    """A file that holds no boundaries, or not so that they can be told."""

    prefix = "boundaries.finding."


def read_vector(
    path: Path, *, crs: str | None = None, layer: str | None = None
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Read a file of polygons.

    Parameters
    ----------
    path
        The file; hostile until checked.
    crs
        Its coordinate reference system where it does not say; overrules what it says.
    layer
        Which layer, where it has several.

    Returns
    -------
    frame, findings
        All columns, with the geometry in EPSG:4326, longitude first.

    Raises
    ------
    Refused
        If it cannot be used, and why.
    """
    import geopandas as gpd  # noqa: PLC0415

    if not path.is_file():
        raise _refused("no_file", file=path.name)
    if path.stat().st_size > MOST_MB * 1_000_000:
        raise _refused("too_big", file=path.name, limit=str(MOST_MB))
    most = MostShapes(MOST_FEATURES, MOST_VERTICES)
    try:
        told = _polygons(path, path.name, ROOM, crs=crs, layer=layer, most=asdict(most))
    except Unreadable as error:
        raise unread(error) from error
    frame, shapes = take_frame(told)
    findings = [Finding.read(record) for record in told.answer["findings"]]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS), findings


@Apart
def _polygons(
    path: Path, folder: Path, *, file: str, crs: str | None, layer: str | None, most: dict[str, int]
) -> dict[str, Any]:
    given, json_like = _plain(path, file, folder)
    frame = _read(file, given, layer, MostShapes(**most))
    drawn = frame.geometry.to_numpy()
    if not len(frame) or shapely.is_missing(drawn).all():
        raise _Unfit("no_features", file=file)
    if not np.isin(shapely.get_dimensions(drawn[~shapely.is_missing(drawn)]), 2).any():
        raise _Unfit("no_features", file=file)
    frame, findings = _in_degrees(frame, crs, CRS if json_like else None)
    put_frame(folder, frame.drop(columns=frame.geometry.name), frame.geometry.to_numpy())
    return {"findings": [finding.record() for finding in findings]}


def _plain(path: Path, file: str, folder: Path) -> tuple[Path, bool]:
    """Give a file that can be read under a safe name, and whether its degrees go without saying."""
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(b"PK\x03\x04"):
        return _shapefile(path, file, folder), False
    if head.startswith(b"SQLite format 3\x00"):
        return _named(path, folder / "given.gpkg"), False
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _json(path, file, folder)
    raise _Unfit("kind", file=file)


def _named(path: Path, name: Path) -> Path:
    try:
        name.symlink_to(path.resolve())
    except OSError:
        shutil.copyfile(path, name)
    return name


def _json(path: Path, file: str, folder: Path) -> tuple[Path, bool]:
    if path.stat().st_size > MOST_JSON_MB * 1_000_000:
        raise _Unfit("too_big", file=file, limit=str(MOST_JSON_MB))
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
    raise _Unfit("kind", file=file)


def _shapefile(path: Path, file: str, folder: Path) -> Path:
    """Unpack the one Shapefile of an archive, under names of our own."""
    with archive(path, file, Packed()) as opened:
        stems: dict[str, dict[str, Any]] = {}
        for entry in opened.infolist():
            stem, dot, ending = entry.filename.rpartition(".")
            if dot and f".{ending.lower()}" in SHAPEFILE and "__MACOSX" not in stem:
                stems.setdefault(stem, {})[f".{ending.lower()}"] = entry
        whole = [parts for parts in stems.values() if set(parts) >= NEEDED]
        if len(whole) != 1:
            raise _Unfit("zip_shapefile", file=file, n=str(len(whole)))
        for ending, entry in whole[0].items():
            content = read_entry(file, opened, entry, most=Packed().unpacked)
            if ending == ".shp" and not content.startswith(SHP_BEGINS):
                raise _Unfit("kind", file=file)
            (folder / f"given{ending}").write_bytes(content)
    return folder / "given.shp"


def _read(file: str, path: Path, layer: str | None, most: MostShapes) -> gpd.GeoDataFrame:
    source = f"{DRIVERS.get(path.suffix, '')}{path}"
    drawn = layer_names(source)
    if layer is not None and layer not in drawn:
        raise _Unfit("no_layer", file=file, layer=layer[:40], layers=", ".join(drawn)[:400])
    if layer is None and len(drawn) > 1:
        raise _Unfit("layers", file=file, layers=", ".join(drawn)[:400])
    frame = read_layer(source, layer or (drawn[0] if drawn else None), file, most)
    if not hasattr(frame, "geometry") or "geometry" not in frame:
        raise _Unfit("no_features", file=file)
    return frame


def _in_degrees(
    frame: gpd.GeoDataFrame, crs: str | None, unsaid: str | None
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Carry coordinates to EPSG:4326."""
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    findings = []
    if crs is not None:
        try:
            frame = frame.set_crs(crs, allow_override=True)
        except CRSError as error:
            raise _Unfit("crs_name", crs=crs[:60]) from error
    elif unsaid is not None:
        frame = frame.set_crs(unsaid, allow_override=True)
    elif frame.crs is None:
        west, south, east, north = frame.total_bounds
        straight = west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH
        swapped = south >= WEST and west >= SOUTH and north <= EAST and east <= NORTH
        if not (straight or swapped):
            raise _Unfit("crs_none")
        findings.append(Finding("crs_assumed", Weight.NOTE))
        frame = frame.set_crs(CRS)
    if not frame.crs.equals(CRS) and frame.crs.to_epsg() != 4326:
        name = frame.crs.to_string()[:60]
        try:
            frame = frame.to_crs(CRS)
        except Exception as error:  # PROJ's own
            raise _Unfit("crs_name", crs=name) from error
        findings.append(Finding("crs_changed", Weight.NOTE, {"crs": name}))
    return frame, findings


def _refused(key: str, **values: str) -> Refused:
    return Refused([Finding(key, Weight.REFUSED, values)])
