"""Files of all kinds that the app reads, made by chance: some ordinary, some no writer writes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Point

NAMES: Final = ("Hà Nội", "Quảng Bình", "An Giang", "Huế", "x" * 40_000, "=1+1", "\u202eabc", "")


def _frame(dice: Random) -> pd.DataFrame:
    rows = dice.choice((0, 1, 3, 63, 5000))
    numbers = ("0,91", "1.234", "12%", "-", "", "1e308", "９", "NaN", "31/12/2024", "0" * 400)
    return pd.DataFrame(
        {
            "Tỉnh": [dice.choice(NAMES) for _ in range(rows)],
            dice.choice(("Kỳ", "Năm", "")): [
                dice.choice(("2024", "T9", "1900", "∞")) for _ in range(rows)
            ],
            "dti-score": [dice.choice(numbers) for _ in range(rows)],
        }
    )


def _places(dice: Random) -> gpd.GeoDataFrame:
    count = dice.choice((1, 5, 300))
    points = [Point(dice.uniform(102, 110), dice.uniform(8, 24)) for _ in range(count)]
    if dice.random() < 0.3:
        points[0] = Point(dice.choice((1e300, 0, -181)), dice.choice((0, 91, 1e9)))
    numbers = [dice.choice((0, 12, -1, 1e18)) for _ in range(count)]
    names = [dice.choice(NAMES) for _ in range(count)]
    frame = {"name": names, "population": numbers, "range_m": numbers}
    return gpd.GeoDataFrame(frame, geometry=points, crs=dice.choice((4326, 3405, 32648)))


def text(dice: Random, path: Path) -> None:
    """Write rows with some mark between them, in some encoding."""
    said = _frame(dice).to_csv(index=False, sep=dice.choice(",;\t|"))
    path.write_bytes(said.encode(dice.choice(("utf-8", "utf-8-sig", "utf-16", "utf-7"))))


def workbook(dice: Random, path: Path) -> None:
    """Write a workbook, now and then one with a cell far away."""
    frame = _frame(dice)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        frame.to_excel(writer, index=False)
        if dice.random() < 0.3:
            writer.sheets["Sheet1"]["XFD1048576"] = 1


def parquet(dice: Random, path: Path) -> None:
    """Write rows by columns."""
    _frame(dice).astype("str").to_parquet(path)


def layer(dice: Random, path: Path) -> None:
    """Write points, as one file."""
    _places(dice).to_file(path, driver={".gpkg": "GPKG", ".geojson": "GeoJSON"}[path.suffix])


def archive(dice: Random, path: Path) -> None:
    """Write an archive: of a layer, of much that is nothing, or with names that lead elsewhere."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        kind = dice.choice(("layer", "swollen", "elsewhere"))
        if kind == "layer":
            packed.writestr("a.geojson", _places(dice).to_json())
        elif kind == "swollen":
            packed.writestr("a.geojson", b" " * dice.choice((1 << 20, 1 << 28)))
        else:
            packed.writestr(
                dice.choice(("../../a.geojson", "/etc/a.geojson", "a\\..\\b.shp")), "{}"
            )


def collection(dice: Random, path: Path) -> None:
    """Write GeoJSON by hand, with what no writer writes."""
    deep: object = dice.choice((None, [], {}, "x", [1e400], [[[[]]]], {"type": "Feature"}))
    nested = json.dumps(deep)
    for _ in range(dice.choice((0, 3, 100_000))):
        nested = f"[{nested}]"
    kind = dice.choice(("Point", "Polygon", "Sphere"))
    feature = '{"type": "Feature", "properties": {"name": 1}, "geometry": {"type": "'
    feature += f'{kind}", "coordinates": {nested}}}}}'
    said = f'{{"type": "FeatureCollection", "features": [{feature}]}}'
    path.write_text(said, encoding="utf-8")


def ground(dice: Random, path: Path) -> None:
    """Write a raster of heights."""
    import rasterio  # noqa: PLC0415 (only here)

    path.unlink(missing_ok=True)  # its library refuses to write over a damaged one
    size = dice.choice((1, 2, 200))
    heights = np.full((size, size), dice.choice((0, -32768, 500)), dtype="int16")
    place = rasterio.transform.from_origin(104, 23, dice.choice((1e-3, 1e-12, 90)), 1e-3)
    crs = dice.choice((None, "EPSG:4326", "EPSG:3405"))
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=size,
        height=size,
        count=1,
        dtype="int16",
        crs=crs,
        transform=place,
    ) as out:
        out.write(heights, 1)


class _Made:
    """One kind of file: who writes it, how its name may end, what it is given to."""

    def __init__(self, write: Callable[[Random, Path], None], endings: str, *commands: str) -> None:
        self.write, self.endings = write, endings.split()
        self.commands = [command.split() for command in commands]


IMPORT: Final = "metrics import {file}"
MATCH: Final = "geo match {file} --name Tỉnh --edition 2024 --level province --out {out}"
CONVERT: Final = (
    "geo convert {file} --name Tỉnh --from 2024 --to 2025 --level province --sum dti-score"
    " --out {out}"
)
COVERAGE: Final = "geo coverage --settlements {file} --sites {file} --out {out}"
EVIDENCE: Final = "geo coverage --settlements {file} --measurements {file} --out {out}"
BORDERS: Final = "geo boundaries import {file} --edition 2024 --level province --check"
MADE: Final = (
    _Made(text, ".csv .tsv .xlsx .CSV", IMPORT, MATCH, CONVERT, COVERAGE, EVIDENCE),
    _Made(workbook, ".xlsx .xls .csv", IMPORT, MATCH, CONVERT, COVERAGE),
    _Made(parquet, ".parquet .csv", IMPORT),
    _Made(layer, ".gpkg .geojson", COVERAGE, EVIDENCE, BORDERS),
    _Made(archive, ".zip .kmz .geojson", COVERAGE, BORDERS),
    _Made(collection, ".geojson .json", COVERAGE, BORDERS),
    _Made(
        ground,
        ".tif .csv",
        COVERAGE,
        "geo coverage --settlements {file} --sites {file} --terrain {file} --out {out}",
        IMPORT,
    ),
)
