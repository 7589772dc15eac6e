"""Tell which rasters of heights there are: one file, a VRT or a folder of tiles of any systems.

Runs in the process that opens files of unknown hands. Tiles of one system and one size of cell
whose cells fall together make one sheet, so that heights are read across their seams.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any, Final

from base.reading import Apart, Room, Unreadable
from geo.coverage.ground import CoverageError

SUFFIXES: Final = (".tif", ".tiff", ".vrt")
MAX_TILES: Final = 5_000
# Finer cells are put together: profiles are not sampled closer.
FINEST_M: Final = 10.0
# A coarser raster does not show a valley.
COARSEST_M: Final = 1_200.0
TIFF: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_SOURCE: Final = re.compile(rb"<SourceFilename([^>]*)>([^<]*)</SourceFilename>")
_TRAPS: Final = re.compile(
    rb"<!DOCTYPE|<!ENTITY|subClass|PixelFunction|VRTWarped|<SourceDataset|/vsi|://", re.I
)
# Metres in a unit, by the names that rasters give it.
UNITS: Final = {
    **dict.fromkeys(("", "m", "metre", "metres", "meter", "meters"), 1.0),
    **dict.fromkeys(("ft", "foot", "feet", "international foot"), 0.3048),
    **dict.fromkeys(("us-ft", "us survey foot", "us_survey_foot", "ftus"), 1200 / 3937),
    **dict.fromkeys(("dm", "decimetre", "decimeter"), 0.1),
    **dict.fromkeys(("cm", "centimetre", "centimeter"), 0.01),
}
_EARTH_M: Final = 111_320.0


def look(path: Path, name: str, room: Room, *, crs: str = "", unit: str = "") -> dict[str, Any]:
    """Tell what rasters there are.

    Parameters
    ----------
    path, name
        GeoTIFF, VRT of GeoTIFFs beside it, or a folder of either; and what messages call it.
    crs, unit
        Of rasters that do not say it: a system such as EPSG:3405; m or ft.

    Returns
    -------
    dict
        ``sheets``, ``texts`` (names and tags, where the mark of made-up data is), ``bounds`` (west,
        south, east, north, degrees), ``cell_m`` (the finest), ``feet`` (whether any was in feet).

    Raises
    ------
    Unreadable
        Where a file cannot be used.
    CoverageError
        Where it holds no heights.
    """
    if not path.exists():
        raise Unreadable("unreadable", file=name, error="not found")
    answer: dict[str, Any] = _look(path, name, room, crs=crs, unit=unit).answer
    return answer


@Apart
def _look(path: Path, folder: Path, *, file: str, crs: str, unit: str) -> dict[str, Any]:  # noqa: ARG001
    sheets: dict[Any, dict[str, Any]] = {}
    texts, bounds = [], []
    for tile in _files(path, file):
        name = file if tile == path else tile.name
        told, box, said = _tile(tile, name, crs, unit)
        texts += [tile.name, *said]
        bounds.append(box)
        _lay(sheets, told, str(tile.relative_to(path)) if tile != path else "")
    west, south, east, north = zip(*bounds, strict=True)
    found = list(sheets.values())
    return {
        "sheets": found,
        "texts": texts,
        "bounds": [min(west), min(south), max(east), max(north)],
        "cell_m": min(sheet["cell_m"] for sheet in found),
        "feet": any(0.3 < tile["unit"] < 0.31 for sheet in found for tile in sheet["tiles"]),
        "tiles": sum(len(sheet["tiles"]) for sheet in found),
    }


def _files(path: Path, file: str) -> list[Path]:
    if path.is_file():
        return [path]
    found = [p for p in sorted(path.rglob("*")) if p.suffix.lower() in SUFFIXES and p.is_file()]
    # What leads out of the folder was not given.
    found = [p for p in found if p.resolve().is_relative_to(path.resolve())]
    if any(p.suffix.lower() != ".vrt" for p in found):
        found = [p for p in found if p.suffix.lower() != ".vrt"]
    if not found:
        raise CoverageError("terrain_no_tiles", file=file, allowed=", ".join(SUFFIXES))
    if len(found) > MAX_TILES:
        raise CoverageError("terrain_many_tiles", file=file, n=len(found), limit=MAX_TILES)
    return found


def driver_of(path: Path, file: str) -> str:
    """Return what a raster may be opened with; a VRT only where it names plain files beside it.

    Raises
    ------
    CoverageError
        Where it is no GeoTIFF and no such VRT.
    """
    with path.open("rb") as stream:
        head = stream.read(1 << 22)
    if head.startswith(TIFF):
        return "GTiff"
    if b"<VRTDataset" not in head[:4096]:
        raise CoverageError("terrain_kind", file=file)
    if len(head) == 1 << 22 or _TRAPS.search(head):
        raise CoverageError("terrain_vrt", file=file)
    for attributes, source in _SOURCE.findall(head):
        named = source.decode("utf-8", "replace").replace("&amp;", "&")
        inside = path.parent / named if b'relativeToVRT="1"' in attributes else Path(named)
        if not inside.is_file():
            raise CoverageError("terrain_source", file=file, source=Path(named).name)
        with inside.open("rb") as stream:
            if not stream.read(4).startswith(TIFF):
                raise CoverageError("terrain_vrt", file=file)
    return "VRT"


def _tile(
    path: Path, name: str, crs: str, unit: str
) -> tuple[dict[str, Any], tuple[float, ...], list[str]]:
    import rasterio  # noqa: PLC0415
    from rasterio.warp import transform_bounds  # noqa: PLC0415

    with rasterio.open(path, driver=driver_of(path, name)) as raster:
        system = raster.crs
        if system is None:
            if not crs:
                raise Unreadable("crs", file=name)
            system = _named(crs)
        if raster.transform.is_identity or not raster.transform.determinant:
            raise CoverageError("terrain_place", file=name)
        if raster.colorinterp[0].name in {"palette", "red"} or raster.dtypes[0].startswith("c"):
            raise CoverageError("terrain_picture", file=name)
        said = unit or (raster.units[0] or "")
        metres = UNITS.get(said.strip().lower())
        if metres is None:
            allowed = "m, ft, us-ft"
            raise CoverageError("terrain_unit", file=name, unit=said[:40], allowed=allowed)
        try:
            box = transform_bounds(system, "EPSG:4326", *raster.bounds)
        except Exception as error:
            raise CoverageError("terrain_place", file=name) from error
        if not all(math.isfinite(edge) for edge in box):
            raise CoverageError("terrain_place", file=name)
        cell = _cell_m(raster.transform, system, (box[1] + box[3]) / 2)
        if cell > COARSEST_M:
            raise CoverageError("terrain_coarse", file=name, cell=round(cell), limit=COARSEST_M)
        told = {
            "crs": system.to_wkt(),
            "plain": system.to_epsg() in {4326, 4979},
            "transform": list(raster.transform)[:6],
            "size": [raster.width, raster.height],
            "cell_m": cell,
            "unit": metres,
        }
        tags = [str(text)[:200] for pair in raster.tags().items() for text in pair]
        return told, box, tags


def _named(crs: str) -> Any:
    from rasterio.crs import CRS  # noqa: PLC0415

    try:
        return CRS.from_user_input(crs)
    except Exception as error:
        raise Unreadable("crs_name", crs=crs) from error


def _cell_m(transform: Any, system: Any, lat: float) -> float:
    """Return the shorter side of a cell in metres."""
    a, b, _, d, e, _ = list(transform)[:6]
    if system.is_geographic:
        across = math.hypot(a * _EARTH_M * math.cos(math.radians(lat)), d * _EARTH_M)
        down = math.hypot(b * _EARTH_M * math.cos(math.radians(lat)), e * _EARTH_M)
    else:
        metres = system.linear_units_factor[1]
        across, down = math.hypot(a, d) * metres, math.hypot(b, e) * metres
    return max(min(across, down), 1e-3)


def _lay(sheets: dict[Any, dict[str, Any]], told: dict[str, Any], name: str) -> None:
    """Put a tile into the sheet whose cells it continues, or begin one."""
    a, b, c, d, e, f = told["transform"]
    scale = max(abs(a), abs(b), abs(d), abs(e))
    grain = tuple(round(value / scale, 7) for value in (a, b, d, e))
    column = row = 0
    for key, sheet in sheets.items():
        if key[:2] != (told["crs"], (*grain, round(scale, 12))):
            continue
        a, b, c0, d, e, f0 = sheet["transform"]
        whole = a * e - b * d
        across = (e * (c - c0) - b * (f - f0)) / whole
        down = (a * (f - f0) - d * (c - c0)) / whole
        column, row = round(across), round(down)
        if abs(across - column) < 0.01 and abs(down - row) < 0.01:
            break
    else:
        column = row = 0
        sheet = {n: told[n] for n in ("crs", "plain", "transform", "cell_m")} | {"tiles": []}
        sheets[told["crs"], (*grain, round(scale, 12)), len(sheets)] = sheet
    at = {"name": name, "column": column, "row": row, "size": told["size"], "unit": told["unit"]}
    sheet["tiles"].append(at)
