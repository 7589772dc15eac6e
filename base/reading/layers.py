"""Read layers of vector files by GDAL, in a process that may break off: see `Apart`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from base.reading.apart import Told, put_table
from base.reading.refusal import Unreadable

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd


# What makes a KML file read others, grow without end, or be taken for another format.
_KML_TRAPS: Final = re.compile(
    rb"<!DOCTYPE|<!ENTITY|NetworkLink|<href>\s*(?:file|ftp|/)|<(?:OGR|VRT|GDAL|WFS|WMS)", re.I
)


def leads_elsewhere(kml: bytes) -> bool:
    """Tell whether a KML file refers to other files, or could grow without end."""
    return _KML_TRAPS.search(kml) is not None


@dataclass(frozen=True, slots=True)
class MostShapes:
    """How much of a layer is read."""

    features: int
    vertices: int


def layer_names(source: str | bytes) -> list[str]:
    """Name the layers of a file that have geometry.

    Parameters
    ----------
    source
        As GDAL takes it; with the driver where GDAL would choose, as some follow what a file says.
    """
    import pyogrio  # noqa: PLC0415

    return [str(layer) for layer, kind in pyogrio.list_layers(source) if kind]


def read_layer(
    source: str | bytes, layer: str | None, file: str, most: MostShapes, encoding: str | None = None
) -> gpd.GeoDataFrame:
    """Read a layer in two dimensions.

    Parameters
    ----------
    layer
        None for a file that has no layer with geometry.
    encoding
        Of the texts of a Shapefile, which does not always say it.

    Raises
    ------
    Unreadable
        Where it has too many features or vertices.
    """
    import pyogrio  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    told = {"layer": layer, "encoding": encoding}
    n = pyogrio.read_info(source, force_feature_count=True, **told)["features"]
    if n > most.features:
        raise _too_many(file, n, most)
    # As many as were counted: for more, where the driver is not sure, room would be made at once.
    frame = pyogrio.read_dataframe(source, max_features=n, force_2d=True, **told)
    drawn = getattr(frame, "geometry", None)
    if drawn is not None and shapely.get_num_coordinates(drawn.to_numpy()).sum() > most.vertices:
        raise _too_many(file, n, most)
    return frame


def _too_many(file: str, n: int, most: MostShapes) -> Unreadable:
    return Unreadable("too_many", file=file, n=n, limit=most.features, vertices=most.vertices)


def put_frame(folder: Path, frame: pd.DataFrame, shapes: np.ndarray | None = None) -> None:
    """Add a table of any columns to an answer, and its geometries where it has them."""
    import pyarrow as pa  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    plain = frame.copy(deep=False)
    plain.columns = [str(name) for name in plain.columns]
    try:
        table = pa.Table.from_pandas(plain)
    except (pa.ArrowException, TypeError, ValueError):  # cells of several kinds in one column
        mixed = [name for name in plain if plain[name].dtype.kind == "O"]
        table = pa.Table.from_pandas(plain.astype(dict.fromkeys(mixed, "str")))
    put_table(folder, table)
    if shapes is not None:
        drawn = pa.array(shapely.to_wkb(shapes), pa.large_binary())
        put_table(folder, pa.table({"geometry": drawn}))


def take_frame(told: Told, at: int = 0) -> tuple[pd.DataFrame, Any]:
    """Take a table from an answer, and the geometries behind it; None where there are none."""
    import shapely  # noqa: PLC0415

    frame = told.tables[at].to_pandas()
    if len(told.tables) <= at + 1:
        return frame, None
    return frame, shapely.from_wkb(told.tables[at + 1]["geometry"].to_numpy())
