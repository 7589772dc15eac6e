"""Read polygons from a file of any form: GeoJSON, TopoJSON, GeoPackage, zipped Shapefile.

The form is told from the content, and the file is read under a name of our own, so that no path or
ending of its sender's choosing reaches a library.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.boundaries import CRS
from geo.boundaries.official import zips as safe_zip
from geo.boundaries.official.records import Finding, Refused, Weight
from geo.boundaries.official.sound import EAST, NORTH, SOUTH, WEST

if TYPE_CHECKING:
    import geopandas as gpd

MOST_MB: Final = 1500
# JSON is read whole, which takes about eight times its size in memory.
MOST_JSON_MB: Final = 800
MOST_FEATURES: Final = 20_000
MOST_VERTICES: Final = 30_000_000
SHAPEFILE: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED: Final = frozenset(SHAPEFILE[:3])
SHP_BEGINS: Final = b"\x00\x00\x27\x0a"
# Drivers are named where GDAL would choose: some others follow what a file of JSON or XML says.
DRIVERS: Final = {".geojson": "GEOJSON:", ".topojson": "TOPOJSON:"}


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
    if not path.is_file():
        raise _refused("no_file", file=path.name)
    if path.stat().st_size > MOST_MB * 1_000_000:
        raise _refused("too_big", file=path.name, limit=str(MOST_MB))
    with tempfile.TemporaryDirectory() as folder, _plain(path, Path(folder)) as (file, json_like):
        frame = _read(path.name, file, layer)
    drawn = frame.geometry.to_numpy()
    if not len(frame) or shapely.is_missing(drawn).all():
        raise _refused("no_features", file=path.name)
    if not np.isin(shapely.get_dimensions(drawn[~shapely.is_missing(drawn)]), 2).any():
        raise _refused("no_features", file=path.name)
    return _in_degrees(frame, crs, CRS if json_like else None)


@contextmanager
def _plain(path: Path, folder: Path) -> Iterator[tuple[Path, bool]]:
    """Give a file that can be read under a safe name, and whether its degrees go without saying."""
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(b"PK\x03\x04"):
        yield _shapefile(path, folder), False
    elif head.startswith(b"SQLite format 3\x00"):
        yield _named(path, folder / "given.gpkg"), False
    elif head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        yield from _json(path, folder)
    else:
        raise _refused("kind", file=path.name)


def _named(path: Path, name: Path) -> Path:
    try:
        name.symlink_to(path.resolve())
    except OSError:
        shutil.copyfile(path, name)
    return name


def _json(path: Path, folder: Path) -> Iterator[tuple[Path, bool]]:
    if path.stat().st_size > MOST_JSON_MB * 1_000_000:
        raise _refused("too_big", file=path.name, limit=str(MOST_JSON_MB))
    try:
        # Read whole by a strict parser first: GDAL takes some files that are cut short.
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        kind = content.get("type")
    except (ValueError, RecursionError, AttributeError) as error:
        raise _refused("broken", file=path.name, error=str(error)[:200]) from error
    if kind == "Topology":
        yield _named(path, folder / "given.topojson"), True
    elif kind in ("FeatureCollection", "Feature"):
        yield _named(path, folder / "given.geojson"), not content.get("crs")
    else:
        raise _refused("kind", file=path.name)


def _shapefile(path: Path, folder: Path) -> Path:
    """Unpack the one Shapefile of an archive, under names of our own."""
    with safe_zip.archive(path) as opened:
        stems: dict[str, dict[str, Any]] = {}
        for entry in opened.infolist():
            stem, dot, ending = entry.filename.rpartition(".")
            if dot and f".{ending.lower()}" in SHAPEFILE and "__MACOSX" not in stem:
                stems.setdefault(stem, {})[f".{ending.lower()}"] = entry
        whole = [parts for parts in stems.values() if set(parts) >= NEEDED]
        if len(whole) != 1:
            raise _refused("zip_shapefile", file=path.name, n=str(len(whole)))
        for ending, entry in whole[0].items():
            content = safe_zip.read(path, opened, entry, most=safe_zip.MOST_BYTES)
            if ending == ".shp" and not content.startswith(SHP_BEGINS):
                raise _refused("kind", file=path.name)
            (folder / f"given{ending}").write_bytes(content)
    return folder / "given.shp"


def _read(name: str, file: Path, layer: str | None) -> gpd.GeoDataFrame:
    import pyogrio  # noqa: PLC0415

    source = f"{DRIVERS.get(file.suffix, '')}{file}"
    layers = _gdal(name, file, lambda: pyogrio.list_layers(source))
    drawn = [str(one) for one, kind in layers if kind]  # tables without geometry have no type
    if layer is not None and layer not in drawn:
        raise _refused("no_layer", file=name, layer=layer[:40], layers=", ".join(drawn)[:400])
    if layer is None and len(drawn) > 1:
        raise _refused("layers", file=name, layers=", ".join(drawn)[:400])
    told = {"layer": layer or (drawn[0] if drawn else None)}
    about = _gdal(name, file, lambda: pyogrio.read_info(source, force_feature_count=True, **told))
    if about["features"] > MOST_FEATURES:
        raise _too_many(name, about["features"])
    frame = _gdal(name, file, lambda: pyogrio.read_dataframe(source, **told))
    if not hasattr(frame, "geometry") or "geometry" not in frame:
        raise _refused("no_features", file=name)
    if shapely.get_num_coordinates(frame.geometry.to_numpy()).sum() > MOST_VERTICES:
        raise _too_many(name, len(frame))
    return frame


def _gdal(name: str, file: Path, ask: Callable[[], Any]) -> Any:
    """Ask the library, whose errors are of many kinds."""
    try:
        return ask()
    except Exception as error:
        told = str(error).replace(str(file), name)[:200]
        raise _refused("broken", file=name, error=told) from error


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
            raise _refused("crs_name", crs=crs[:60]) from error
    elif unsaid is not None:
        frame = frame.set_crs(unsaid, allow_override=True)
    elif frame.crs is None:
        west, south, east, north = frame.total_bounds
        straight = west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH
        swapped = south >= WEST and west >= SOUTH and north <= EAST and east <= NORTH
        if not (straight or swapped):
            raise _refused("crs_none")
        findings.append(Finding("crs_assumed", Weight.NOTE))
        frame = frame.set_crs(CRS)
    if not frame.crs.equals(CRS) and frame.crs.to_epsg() != 4326:
        name = frame.crs.to_string()[:60]
        try:
            frame = frame.to_crs(CRS)
        except Exception as error:  # PROJ's own
            raise _refused("crs_name", crs=name) from error
        findings.append(Finding("crs_changed", Weight.NOTE, {"crs": name}))
    return frame, findings


def _too_many(name: str, n: int) -> Refused:
    limits = {"limit": str(MOST_FEATURES), "vertices": str(MOST_VERTICES // 1_000_000)}
    return _refused("too_many", file=name, n=str(n), **limits)


def _refused(key: str, **values: str) -> Refused:
    return Refused([Finding(key, Weight.REFUSED, values)])
