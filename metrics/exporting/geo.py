"""Rows with the boundaries of their areas: GeoJSON, GeoPackage, GeoParquet, in EPSG:4326.

Boundaries are approximate, which every file says in its metadata together with the edition. A row
of an area without boundaries (the country's series, districts of 2019) has no geometry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from base.reading import bounded, mapped
from base.words import Refusal
from geo.boundaries import CRS, has_layer, kept, load
from geo.editions import Level
from metrics.catalog import boundary_kind, boundary_notes
from metrics.exporting.about import About, Tally, edition_text
from metrics.exporting.rows import FLAG_COLUMNS, FLOAT_COLUMNS, RANK_COLUMNS, json_cells
from metrics.store import DATE_COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd

# The geometry is repeated in every row, and the file is held in memory while it is made.
MOST_ROWS: Final = 20_000
# Digits of a degree: a tenth of a metre, as RFC 7946 advises. Shared lines are rounded alike.
DIGITS: Final = 6
# The same file for the same rows: GDAL would write the time of writing into it.
CURRENT_DATE: Final = "2025-01-01T00:00:00.000Z"
ROWS_LAYER: Final = "observations"
METADATA_KEY: Final = "atlas06"


def write_geojson(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write a feature collection (RFC 7946), one feature a row, with a member ``metadata``."""
    rows, tally = gathered(frames)
    made = pd.DataFrame(json_cells(rows[list(columns)]), dtype=object)
    keys = zip(rows["edition"], rows["level"], rows["area_code"], strict=True)
    head = {"type": "FeatureCollection", "metadata": _metadata(about, tally, columns)}
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
        for at, (key, values) in enumerate(zip(keys, made.itertuples(index=False), strict=True)):
            facts = json.dumps(dict(zip(columns, values, strict=True)), ensure_ascii=False)
            stream.write(
                f'{"," if at else ""}\n{{"type": "Feature", "properties": {facts}, '
                f'"geometry": {geometry_text(*key)}}}'
            )
        stream.write("\n]}\n")
    return tally


def write_geopackage(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write a GeoPackage: a layer of rows, and tables of notes and sources."""
    import pyogrio  # noqa: PLC0415

    rows, tally = gathered(frames)
    told = _metadata(about, tally, columns)
    options = {"driver": "GPKG", "dataset_options": {"VERSION": "1.3"}}
    flat = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in told.items()
    }
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": CURRENT_DATE})
    try:
        table = _geo_frame(rows, columns).to_arrow(index=False, geometry_encoding="WKB")
        pyogrio.write_arrow(
            table,
            out,
            layer=ROWS_LAYER,
            geometry_name="geometry",
            geometry_type="MultiPolygon",
            crs=CRS,
            layer_metadata=flat,
            dataset_metadata=flat,
            **options,
        )
        notes = pd.DataFrame(about.notes(tally, columns), columns=["name", "text"])
        head, *lines = about.sources(tally)
        sources = pd.DataFrame(lines, columns=head, dtype="str")
        for name, extra in (("notes", notes), ("sources", sources)):
            pyogrio.write_dataframe(extra, out, layer=name, driver="GPKG", append=True)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
    return tally


def write_geoparquet(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write GeoParquet 1.0; what the file is about is under ``atlas06`` in its metadata."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows, tally = gathered(frames)
    _geo_frame(rows, columns).to_parquet(out, index=False, schema_version="1.0.0")
    table = pq.read_table(out)
    told = json.dumps(_metadata(about, tally, columns), ensure_ascii=False)
    kept = {**(table.schema.metadata or {}), METADATA_KEY.encode(): told.encode()}
    pq.write_table(table.replace_schema_metadata(kept), out, compression="zstd")
    return tally


def gathered(frames: Iterator[pd.DataFrame]) -> tuple[pd.DataFrame, Tally]:
    """Put all rows together.

    Raises
    ------
    Refusal
        If there are more than `MOST_ROWS`.
    """
    tally, kept = Tally(), []
    for frame in frames:
        tally.add(frame)
        if tally.rows > MOST_ROWS:
            raise Refusal("export.refused.too_many_rows", limit=MOST_ROWS)
        kept.append(frame)
    return pd.concat(kept, ignore_index=True), tally


def _metadata(about: About, tally: Tally, columns: Sequence[str]) -> dict[str, Any]:
    lang = about.lang
    editions = [id_ for id_ in sorted(tally.editions) if id_]
    return {
        "title": about.title,
        "link": about.link,
        "boundaries": boundary_kind(tally.editions),
        "boundary_note": boundary_notes(tally.editions, lang),
        "edition": ", ".join(editions),
        "editions": {id_: edition_text(id_, lang) for id_ in editions},
        "crs": CRS,
        "simulated": tally.simulated,
        "notes": [f"{head}: {text}" for head, text in about.notes(tally, columns)],
        "sources": [
            dict(zip(about.sources(tally)[0], line, strict=True))
            for line in about.sources(tally)[1:]
        ],
    }


def _geo_frame(rows: pd.DataFrame, columns: Sequence[str]) -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    made = rows[list(columns)].copy()
    for column in columns:
        if column in DATE_COLUMNS:
            made[column] = made[column].astype(pd.ArrowDtype(pa.date32()))
        elif column in FLAG_COLUMNS:
            made[column] = made[column].astype(bool)
        elif column not in (*FLOAT_COLUMNS, *RANK_COLUMNS):
            made[column] = pd.Series(mapped(made[column], bounded), index=made.index, dtype="str")
    keys = zip(rows["edition"], rows["level"], rows["area_code"], strict=True)
    shapes = np.array([_geometry(*key) for key in keys], dtype=object)
    return gpd.GeoDataFrame(made, geometry=gpd.GeoSeries(shapes, index=made.index, crs=CRS))


def _geometry(edition: str, level: str, code: str) -> Any:
    return _shapes(edition, level).get(code)


@kept(maxsize=8)
def _shapes(edition: str, level: str) -> dict[str, Any]:
    import shapely  # noqa: PLC0415

    if not edition or not has_layer(edition, Level(level)):
        return {}
    layer = load(edition, Level(level))
    polygons = [
        shapely.MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape
        for shape in layer.geometry
    ]
    return dict(zip(layer["code"], polygons, strict=True))


@kept(maxsize=1024)
def geometry_text(edition: str, level: str, code: str) -> str:
    """Write the boundary of an area as GeoJSON (RFC 7946); "null" where it has none."""
    import shapely  # noqa: PLC0415

    shape = _geometry(edition, level, code)
    if shape is None:
        return "null"
    # Rings as RFC 7946 has them: the outer one counter-clockwise.
    rounded = shapely.transform(shape, lambda points: np.round(points, DIGITS))
    return str(shapely.to_geojson(shapely.orient_polygons(rounded, exterior_cw=False)))
