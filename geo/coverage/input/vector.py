"""Read vector files: every layer of KML, the first of other formats; all in EPSG:4326."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from base.reading import AUTO, Unreadable
from base.reading.layers import MostShapes, layer_names, leads_elsewhere, read_layer
from geo.coverage.input.problems import Problems
from geo.coverage.input.raw import Asked, Raw

if TYPE_CHECKING:
    import pandas as pd


def read_vector(source: str, problems: Problems, asked: Asked) -> Raw:
    """Read a layer; that there are others is listed.

    Raises
    ------
    Unreadable
        Where it has too many features, or its system is unknown.
    """
    layers = layer_names(source)
    if len(layers) > 1:
        line, said = np.zeros(1, dtype=np.int64), ", ".join(layers[1:])
        problems.add(asked.name, line, "other_layers", values=[said], kept=True, n=len(layers) - 1)
    return framed(_layer(source, layers[0] if layers else None, asked), asked)


def read_kml(data: bytes, problems: Problems, asked: Asked) -> Raw:
    """Read all layers (folders) of a KML file.

    Raises
    ------
    Unreadable
        Where it refers to other files, or has too many features.
    """
    import pandas as pd  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415

    if leads_elsewhere(data):
        raise Unreadable("links", file=asked.name)
    # What reads it holds all of it, at many times its size.
    if data.count(b"<Placemark") > asked.limits.max_rows:
        raise Unreadable("many_rows", file=asked.name, limit=asked.limits.max_rows)
    frames = [_layer(data, str(layer), asked) for layer, _ in pyogrio.list_layers(data)]
    if not frames:
        raise Unreadable("empty", file=asked.name)
    del problems  # every folder is read: there is nothing to list
    return framed(pd.concat(frames, ignore_index=True), asked)


def _layer(source: str | bytes, layer: str | None, asked: Asked) -> Any:
    # A Shapefile does not always say how its texts are encoded; the other formats do.
    shapefile = isinstance(source, str) and source.lower().endswith(".shp")
    encoding = asked.encoding if shapefile and asked.encoding != AUTO else None
    most = MostShapes(asked.limits.max_rows, asked.limits.max_vertices)
    return read_layer(source, layer, asked.name, most, encoding)


def framed(frame: Any, asked: Asked) -> Raw:
    """Bring the geometries of a layer to EPSG:4326.

    Raises
    ------
    Unreadable
        Where its system is not known.
    """
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    n = len(frame)
    if not isinstance(frame, gpd.GeoDataFrame):
        return Raw(asked.name, frame, np.arange(2, n + 2), None, n, asked.crs)
    if frame.crs is None:
        if not asked.crs:
            raise Unreadable("crs", file=asked.name)
        try:
            frame = frame.set_crs(asked.crs)
        except CRSError as error:
            raise Unreadable("crs_name", crs=asked.crs) from error
    shapes = np.asarray(frame.geometry.to_crs("EPSG:4326").array, dtype=object)
    plain: pd.DataFrame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    return Raw(asked.name, plain.reset_index(drop=True), np.arange(2, n + 2), shapes, n)
