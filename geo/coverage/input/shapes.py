"""Read operators' coverage polygons, and measured signal strengths."""

from __future__ import annotations

import numpy as np

from geo.coverage.ground import DBM, CoverageError, Layer, Measurements, Options, Polygons
from geo.coverage.input.columns import columns, numbers, texts, unread
from geo.coverage.input.operators import operator_name, technologies
from geo.coverage.input.points import BOX, check_points, read_points, with_two_columns
from geo.coverage.input.problems import Problems, Sieve
from geo.coverage.input.raw import Raw


def read_polygons(raw: Raw, problems: Problems) -> Polygons:
    """Take the polygons out of a vector file; empty and invalid ones are left out.

    Raises
    ------
    CoverageError
        Where the file has no geometry.
    """
    import shapely  # noqa: PLC0415

    if raw.geometry is None:
        raise CoverageError("no_geometry", file=raw.file)
    found = columns(raw.frame, "id", "technology", "operator")
    sieve = Sieve(problems, raw.file, raw.row, texts(raw.frame, found.get("id")))
    kind = shapely.get_type_id(raw.geometry)
    empty = shapely.is_missing(raw.geometry) | shapely.is_empty(raw.geometry)
    sieve.drop(empty, "geometry_empty")
    areal = np.isin(kind, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    sieve.drop(~areal, "geometry_kind")
    sieve.drop(~shapely.is_valid(raw.geometry), "geometry_invalid", _why(raw))
    box = shapely.box(*BOX)
    sieve.drop(~shapely.intersects(raw.geometry, box), "abroad")
    technology, bad = technologies(texts(raw.frame, found.get("technology")))
    sieve.drop(bad, "technology", texts(raw.frame, found.get("technology")))
    operators = [operator_name(cell) for cell in texts(raw.frame, found.get("operator"))]
    keep = np.flatnonzero(sieve.left)
    parts, of = shapely.get_parts(raw.geometry[keep], return_index=True)
    pairs = [Layer(technology[keep[i]], operators[keep[i]]) for i in of]
    layers = tuple(sorted(set(pairs)))
    at = {layer: i for i, layer in enumerate(layers)}
    layer = np.array([at[pair] for pair in pairs], dtype=np.int16)
    return Polygons(np.asarray(parts, dtype=object), layer, layers)


def _why(raw: Raw) -> list[str]:
    import shapely  # noqa: PLC0415

    shapes = np.asarray(raw.geometry, dtype=object)
    reasons = np.full(len(shapes), "", dtype=object)
    wrong = ~shapely.is_valid(shapes)
    reasons[wrong] = shapely.is_valid_reason(shapes[wrong])
    return [str(reason or "") for reason in reasons]


def read_measurements(raw: Raw, problems: Problems, options: Options) -> Measurements:
    """Take signal strengths out of a file.

    Raises
    ------
    CoverageError
        Where it has no coordinates or no column of dBm.
    """
    raw = with_two_columns(raw)
    found = columns(raw.frame, "id", "lon", "lat", "dbm")
    if "dbm" not in found or (raw.geometry is None and not {"lon", "lat"} <= set(found)):
        listed = ", ".join(str(name)[:40] for name in list(raw.frame.columns)[:30])
        raise CoverageError("no_signal_columns", file=raw.file, columns=listed)
    sieve = Sieve(problems, raw.file, raw.row, texts(raw.frame, found.get("id")))
    lon, lat = read_points(raw, found)
    lon, lat = check_points(sieve, raw, found, lon, lat, mend_swapped=options.mend_swapped)
    dbm, shown = numbers(raw.frame, found["dbm"]), texts(raw.frame, found["dbm"])
    wrong = unread(raw.frame, found["dbm"], dbm) | (dbm < DBM[0]) | (dbm >= DBM[1])
    sieve.drop(wrong, "dbm", shown)
    sieve.drop(np.isnan(dbm), "dbm_missing")
    return Measurements(lon[sieve.left], lat[sieve.left], dbm[sieve.left])
