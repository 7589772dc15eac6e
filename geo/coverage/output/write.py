"""Write what a search found: CSV, GeoPackage, GeoParquet or GeoJSON, complete or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from base.reading import neutralised, replacing_file
from base.words import LANGS, system_reason, t
from geo import boundaries
from geo.boundaries import kept
from geo.coverage.ground import CoverageError, Result
from geo.coverage.output.mark import marked_name, with_mark
from geo.coverage.search import above
from geo.editions import Level

if TYPE_CHECKING:
    import pandas as pd

# Words of the catalogues, written in both languages: whoever opens the table reads either.
BOUNDARY_WORDS: Final = {
    boundaries.KIND_APPROXIMATE: "coverage.boundary.approximate",
    boundaries.KIND_OFFICIAL: "coverage.boundary.official",
    boundaries.KIND_PARTLY: "coverage.boundary.partly",
}
FORMATS: Final = {name: f".{name}" for name in ("csv", "gpkg", "parquet", "geojson")}
# The tables that say, or count, what is covered.
_OF_RANGES: Final = frozenset({"settlements", "gaps", "areas", "networks", "new-sites", "grid"})
# Tables without places: always CSV.
_LISTS: Final = frozenset({"problems", "assumptions"})
_BOM: Final = "\ufeff"


def tables(result: Result) -> dict[str, pd.DataFrame]:
    """Return the tables of a result by name, each with the mark where it is made up.

    Tables of areas and of places name the edition of the codes.
    """
    found: dict[str, pd.DataFrame] = {
        "settlements": result.settlements,
        "gaps": result.settlements[result.settlements["status"].isin(("uncovered", "weak"))],
        "areas": result.areas,
        "networks": result.networks,
        "clusters": result.clusters,
        "new-sites": result.ranking.frame,
        "problems": result.problems,
    }
    if result.terrain is not None:
        found["paths"] = result.terrain.paths
        found["assumptions"] = _assumed(result)
        if result.terrain.summits is not None:
            found["summits"] = result.terrain.summits
    if result.grid is not None:
        found["grid"] = result.grid
    edition = result.options.edition
    if result.by_range:
        found |= {name: _ranged(name, frame) for name, frame in found.items()}
    return {
        name: with_mark(_of_edition(frame, edition), result.simulated)
        for name, frame in found.items()
    }


def _assumed(result: Result) -> pd.DataFrame:
    """Write what was assumed of sites, receivers and ground, a line each, in both languages."""
    import pandas as pd  # noqa: PLC0415

    assert result.terrain is not None
    lines = [" / ".join(line.say(lang) for lang in LANGS) for line in result.terrain.assumed]
    return pd.DataFrame({"assumed": lines})


def _ranged(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Say on every row that is covered by a range, or counts such, what that means."""
    if name not in _OF_RANGES:
        return frame
    said = " / ".join(t("coverage.range.short", lang) for lang in LANGS)
    if "networks" not in frame.columns:
        return frame.assign(basis=said)
    reached = (frame["networks"] != "") & (frame["reason"] != "polygon")
    return frame.assign(basis=np.where(reached, said, ""))


def _of_edition(frame: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Say which edition the codes of a table are of: the same code can be another place."""
    if not {"code", "area_code", "areas"} & set(frame.columns):
        return frame
    named = frame.copy()
    named.insert(0, "edition", edition)
    return named


def table_bytes(frame: pd.DataFrame, kind: str, layer: str = "table") -> bytes:
    """Write one table of a result into memory.

    Parameters
    ----------
    frame
        The table, with the mark where it is made up.
    kind
        A key of `FORMATS`. Tables with lon and lat become points, those of areas polygons of
        boundaries in force, EPSG:4326.
    layer
        Name of the layer of a GeoPackage.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{FORMATS[kind]}"
        _write(frame, path, kind, layer)
        return path.read_bytes()


def write_table(frame: pd.DataFrame, path: Path, kind: str, layer: str = "table") -> None:
    """Write one table; the file appears complete or not at all.

    Raises
    ------
    CoverageError
        Where it cannot be written.
    """
    try:
        with replacing_file(path) as part:
            _write(frame, part, kind, layer)
    except OSError as error:
        raise CoverageError("unwritable", file=path, error=system_reason(error)) from error


def write_result(result: Result, folder: Path, kind: str) -> list[Path]:
    """Write all tables of a result into a folder.

    Parameters
    ----------
    folder
        Made where it is not there.
    kind
        A key of `FORMATS`: the form of the tables that have points or areas; the lists of problems
        and of assumptions are always CSV.

    Returns
    -------
    list of Path
        The files, whose names carry the mark where the data are made up.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoverageError("unwritable", file=folder, error=system_reason(error)) from error
    written = []
    for name, frame in tables(result).items():
        form = "csv" if name in _LISTS else kind
        layer = marked_name(name, result.simulated)
        path = folder / f"{layer}{FORMATS[form]}"
        write_table(frame, path, form, layer)
        written.append(path)
    return written


def _write(frame: pd.DataFrame, path: Path, kind: str, layer: str) -> None:
    if kind == "csv":
        text = neutralised(frame).to_csv(index=False, lineterminator="\r\n")
        path.write_text(_BOM + text, encoding="utf-8", newline="")
    elif kind == "parquet":
        drawn = _has_points(frame) or _has_areas(frame)
        (_shaped(frame) if drawn else frame).to_parquet(path, index=False)
    elif kind == "geojson":
        _shaped(frame).to_file(path, driver="GeoJSON", engine="pyogrio")
    else:
        import pyogrio  # noqa: PLC0415

        # The file takes its name only when complete: no need to wait for the disk in between.
        pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
        _shaped(frame).to_file(path, driver="GPKG", layer=layer, engine="pyogrio")


def _has_points(frame: pd.DataFrame) -> bool:
    return "lon" in frame.columns and "lat" in frame.columns


def _has_areas(frame: pd.DataFrame) -> bool:
    return {"edition", "level", "code", "settlements"} <= set(frame.columns)


def _outlines(frame: pd.DataFrame) -> list[Any]:
    """Return the outlines of areas.

    Those of regions and of the country are their provinces put together.
    """
    drawn: dict[tuple[str, str], Any] = {}
    for edition, level in set(zip(frame["edition"], frame["level"], strict=True)):
        if boundaries.has_layer(edition, Level(level)):
            layer = boundaries.load(edition, Level(level))
            drawn |= {
                (level, code): g for code, g in zip(layer["code"], layer.geometry, strict=True)
            }
    wanted = list(dict.fromkeys(zip(frame["edition"], frame["level"], frame["code"], strict=True)))
    for edition, level, code in wanted:
        if Level(level) in {Level.COUNTRY, Level.REGION}:
            drawn[level, code] = _dissolved(edition, code)
    return [drawn.get(key) for key in zip(frame["level"], frame["code"], strict=True)]


@kept(maxsize=64)
def _dissolved(edition: str, code: str) -> Any:
    """Put the provinces of a region or of the country together, however few are in the table."""
    import shapely  # noqa: PLC0415

    if not boundaries.has_layer(edition, Level.PROVINCE):
        return None
    layer = boundaries.load(edition, Level.PROVINCE)
    inside = [code in above(edition, str(province)) for province in layer["code"]]
    return shapely.union_all(layer.geometry.to_numpy()[np.array(inside)])


def _boundary_words(frame: pd.DataFrame) -> list[str]:
    """Say of each area whether its outline is approximate or official."""
    said = {}
    for edition, level in set(zip(frame["edition"], frame["level"], strict=True)):
        drawn = Level(level)
        if drawn in {Level.COUNTRY, Level.REGION}:
            drawn = Level.PROVINCE
        if boundaries.has_layer(edition, drawn):
            key = BOUNDARY_WORDS[boundaries.web_layer(edition, drawn).kind]
            said[edition, level] = " / ".join(t(key, lang) for lang in LANGS)
    return [said.get(key, "") for key in zip(frame["edition"], frame["level"], strict=True)]


def _shaped(frame: pd.DataFrame) -> Any:
    """Make points of tables of places, and outlines of tables of areas."""
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    shapes = np.full(len(frame), None, dtype=object)
    if _has_areas(frame):
        shapes[:] = _outlines(frame)
        frame = frame.assign(boundary=_boundary_words(frame))
    if {"site_lon", "site_lat"} <= set(frame.columns) and len(frame):
        ends = frame[["site_lon", "site_lat", "lon", "lat"]].to_numpy(dtype=float)
        shapes[:] = shapely.linestrings(ends.reshape(-1, 2, 2))
    elif _has_points(frame) and len(frame):
        there = frame["lon"].notna().to_numpy()
        shapes[there] = shapely.points(frame["lon"][there], frame["lat"][there])
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"), crs="EPSG:4326")
