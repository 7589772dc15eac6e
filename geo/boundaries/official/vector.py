"""Read polygons from a file of any form that GIS people send: see `BEGINS` and `_plain`.

The form is told from the content, and the file is read under a name of our own, so that no path or
ending of its sender's choosing reaches a library.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from base.reading import Apart, Room, Unreadable
from base.reading.layers import MostShapes, put_frame, take_frame
from geo.boundaries import CRS
from geo.boundaries.official.forms import Unfit, plain, read_plain
from geo.boundaries.official.records import Finding, Refused, Weight, unread
from geo.boundaries.official.sound import EAST, NORTH, SOUTH, WEST

if TYPE_CHECKING:
    import geopandas as gpd

MOST_MB: Final = 1500
MOST_FEATURES: Final = 20_000
MOST_VERTICES: Final = 30_000_000
MOST_DEGREES: Final = 360.0
ROOM: Final = Room(memory=8 << 30, seconds=600, result=2 << 30)


def read_vector(
    path: Path,
    *,
    crs: str | None = None,
    layer: str | None = None,
    encoding: str | None = None,
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
    encoding
        Of the texts of a Shapefile, which does not always say it.

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
        asked = {"crs": crs, "layer": layer, "encoding": encoding, "most": asdict(most)}
        told = _polygons(path, path.name, ROOM, **asked)
    except Unreadable as error:
        raise unread(error) from error
    frame, shapes = take_frame(told)
    findings = [Finding.read(record) for record in told.answer["findings"]]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS), findings


@Apart
def _polygons(
    path: Path,
    folder: Path,
    *,
    file: str,
    crs: str | None,
    layer: str | None,
    encoding: str | None,
    most: dict[str, int],
) -> dict[str, Any]:
    given, json_like = plain(path, file, folder)
    frame, findings = read_plain(file, given, layer, MostShapes(**most), encoding)
    drawn = frame.geometry.to_numpy()
    if not len(frame) or shapely.is_missing(drawn).all():
        raise Unfit("no_features", file=file)
    if not np.isin(shapely.get_dimensions(drawn[~shapely.is_missing(drawn)]), 2).any():
        raise Unfit("no_features", file=file)
    # Extracts of OpenStreetMap hold labels and border lines beside the areas.
    flat = ~shapely.is_empty(drawn) & np.isin(shapely.get_dimensions(drawn), (0, 1))
    if flat.any():
        findings = [*findings, Finding("no_area", Weight.NOTE, {"n": str(int(flat.sum()))})]
        frame = frame[~flat].reset_index(drop=True)
    frame, found = _in_degrees(frame, crs, CRS if json_like else None)
    put_frame(folder, frame.drop(columns=frame.geometry.name), frame.geometry.to_numpy())
    return {"findings": [finding.record() for finding in (*findings, *found)]}


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
            raise Unfit("crs_name", crs=crs[:60]) from error
    elif unsaid is not None:
        frame = frame.set_crs(unsaid, allow_override=True)
    elif frame.crs is None:
        west, south, east, north = frame.total_bounds
        straight = west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH
        swapped = south >= WEST and west >= SOUTH and north <= EAST and east <= NORTH
        if not (straight or swapped):
            raise Unfit("crs_none")
        findings.append(Finding("crs_assumed", Weight.NOTE))
        frame = frame.set_crs(CRS)
    if crs is None and frame.crs.is_geographic:
        _refuse_metres(frame)  # JSON is in degrees by its own rules; some write metres all the same
    if not frame.crs.equals(CRS) and frame.crs.to_epsg() != 4326:
        name = frame.crs.to_string()[:60]
        try:
            frame = frame.to_crs(CRS)
        except Exception as error:  # PROJ's own
            raise Unfit("crs_name", crs=name) from error
        findings.append(Finding("crs_changed", Weight.NOTE, {"crs": name}))
    return frame, findings


def _refuse_metres(frame: gpd.GeoDataFrame) -> None:
    bounds = np.abs(frame.total_bounds)
    if np.isfinite(bounds).all() and bounds.max() > MOST_DEGREES:
        raise Unfit("crs_none")


def _refused(key: str, **values: str) -> Refused:
    return Refused([Finding(key, Weight.REFUSED, values)])
