"""Write what a search found: CSV, GeoPackage or GeoParquet, complete or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo._coverage_mark import marked_name, with_mark
from geo._coverage_records import CoverageError, Result

if TYPE_CHECKING:
    import pandas as pd

FORMATS: Final = {"csv": ".csv", "gpkg": ".gpkg", "parquet": ".parquet"}
# A cell that begins like this is run as a formula by spreadsheets.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_BOM: Final = "\ufeff"


def tables(result: Result) -> dict[str, pd.DataFrame]:
    """Return the tables of a result by name, each with the mark where it is made up."""
    found: dict[str, pd.DataFrame] = {
        "settlements": result.settlements,
        "gaps": result.settlements[result.settlements["status"].isin(("uncovered", "weak"))],
        "areas": result.areas,
        "networks": result.networks,
        "clusters": result.clusters,
        "new-sites": result.ranking.frame,
        "problems": result.problems,
    }
    if result.grid is not None:
        found["grid"] = result.grid
    return {name: with_mark(frame, result.simulated) for name, frame in found.items()}


def table_bytes(frame: pd.DataFrame, kind: str, layer: str = "table") -> bytes:
    """Write one table of a result into memory.

    Parameters
    ----------
    frame
        The table, with the mark where it is made up.
    kind
        A key of `FORMATS`. Tables with lon and lat become points, EPSG:4326.
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
        handle, part = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.stem[:40]}.", suffix=FORMATS[kind]
        )
        os.close(handle)
        try:
            Path(part).unlink()
            _write(frame, Path(part), kind, layer)
            Path(part).chmod(0o644)
            Path(part).replace(path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise CoverageError("unwritable", file=path, error=error.strerror or error) from error


def write_result(result: Result, folder: Path, kind: str) -> list[Path]:
    """Write all tables of a result into a folder.

    Parameters
    ----------
    result
        What was found.
    folder
        Made where it is not there.
    kind
        A key of `FORMATS`: the form of the tables that have points or areas; the list of problems
        is always CSV.

    Returns
    -------
    list of Path
        The files, whose names carry the mark where the data are made up.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoverageError("unwritable", file=folder, error=error.strerror or error) from error
    written = []
    for name, frame in tables(result).items():
        form = "csv" if name == "problems" else kind
        layer = marked_name(name, result.simulated)
        path = folder / f"{layer}{FORMATS[form]}"
        write_table(frame, path, form, layer)
        written.append(path)
    return written


def _write(frame: pd.DataFrame, path: Path, kind: str, layer: str) -> None:
    if kind == "csv":
        cells = frame.copy()
        for column in cells.columns:
            if cells[column].dtype.kind not in "iufb":
                there = cells[column].notna()
                cells[column] = [
                    _safe(cell) for cell in cells[column].astype(object).where(there, "")
                ]
        path.write_text(
            _BOM + cells.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8", newline=""
        )
    elif kind == "parquet":
        (_points(frame) if _has_points(frame) else frame).to_parquet(path, index=False)
    else:
        import pyogrio  # noqa: PLC0415

        # The file takes its name only when complete: no need to wait for the disk in between.
        pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
        _points(frame).to_file(path, driver="GPKG", layer=layer, engine="pyogrio")


def _safe(cell: Any) -> str:
    text = str(cell)
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _has_points(frame: pd.DataFrame) -> bool:
    return "lon" in frame.columns and "lat" in frame.columns


def _points(frame: pd.DataFrame) -> Any:
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    shapes = np.full(len(frame), None, dtype=object)
    if _has_points(frame) and len(frame):
        there = frame["lon"].notna().to_numpy()
        shapes[there] = shapely.points(frame["lon"][there], frame["lat"][there])
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"), crs="EPSG:4326")
