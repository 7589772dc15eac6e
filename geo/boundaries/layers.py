"""Boundary sets: what is in force, where the browser fetches it, and where an area lies.

Every bundled boundary is approximate ("ranh giới xấp xỉ"): see data/boundaries/README.md. Layers of
the generation in force, where there is one (geo/official), stand in for them. Drawing needs only
the manifest and bounds.csv; the GeoParquet layers are for analysis and publication.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from base.words import Refusal
from geo.boundaries.store import ROOT, STATIC_DIR, Generation, in_force, pinned
from geo.editions import Level

if TYPE_CHECKING:
    import geopandas as gpd

CRS = "EPSG:4326"
# How far the lines of a layer can be trusted.
KIND_APPROXIMATE = "approximate"
KIND_OFFICIAL = "official"
KIND_PARTLY = "partly_official"
BOUNDARIES_DIR = ROOT / "data" / "boundaries"
WEB_DIR = STATIC_DIR / "boundaries"
MANIFEST_NAME = "manifest.json"
BOUNDS_NAME = "bounds.csv"
OVERVIEW = "overview"
DETAIL = "detail"

Box = tuple[float, float, float, float]
P = ParamSpec("P")
R = TypeVar("R")


class NoBoundariesError(Refusal, LookupError):
    """What was asked for has no boundaries in the bundled set."""

    prefix = "boundaries.none."


@dataclass(frozen=True, slots=True)
class Symbol:
    """An archipelago too small to see at its true size, which the map draws as circles.

    Attributes
    ----------
    code
        Area of the layer that it belongs to.
    name_vi, name_en
        Short names of the archipelago.
    province
        Code of its province in the edition of the layer.
    points
        Longitude and latitude of one inner point per islet, degrees, EPSG:4326.
    """

    code: str
    name_vi: str
    name_en: str
    province: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class BoundaryLayer:
    """One TopoJSON file that the browser fetches once.

    Attributes
    ----------
    edition, level
        What the areas are.
    detail
        False for the overview of the whole country, True for zoomed views.
    url
        Address relative to the static folder; holds a hash of the content.
    n
        Number of areas, each with its code as ``id`` in the object ``areas``.
    bbox, mainland_bbox
        Extent in degrees, EPSG:4326, with and without Hoàng Sa and Trường Sa. The mainland
        box keeps every other island.
    symbols
        Hoàng Sa and Trường Sa, in that order.
    kind
        How far the lines can be trusted; "approximate" for everything bundled.
    origin_id
        Key of the origin record; of boundaries from a file, the key of the bundled ones.
    sha256, n_bytes
        Digest (hexadecimal) and size of the file, uncompressed.
    n_official
        How many of its areas are drawn by official boundaries.
    origin_name, origin_date
        What official boundaries were taken from, where it has no record of its own, and its date;
        "" where unknown.
    """

    edition: str
    level: Level
    detail: bool
    url: str
    n: int
    bbox: Box
    mainland_bbox: Box
    symbols: tuple[Symbol, ...]
    kind: str
    origin_id: str
    sha256: str
    n_bytes: int
    n_official: int = 0
    origin_name: str = ""
    origin_date: str = ""

    @property
    def file(self) -> Path:
        """The file itself."""
        return STATIC_DIR / self.url


def kept(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function works out, as `lru_cache`, as long as the same boundaries are in force.

    Parameters
    ----------
    maxsize
        How many results are kept.
    """

    def keeping(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=maxsize)
        def keyed(generation: Generation | None, *args: Any, **kwargs: Any) -> R:
            # What is kept under a generation must be of it alone.
            with pinned(generation):
                return function(*args, **kwargs)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            return keyed(in_force(), *args, **kwargs)  # type: ignore[arg-type]

        call.cache_clear = keyed.cache_clear  # type: ignore[attr-defined]
        call.cache_info = keyed.cache_info  # type: ignore[attr-defined]
        return call

    return keeping


def parquet_path(edition: str, level: Level, *, directory: Path = BOUNDARIES_DIR) -> Path:
    """Name the GeoParquet file of a boundary layer, whether or not it exists."""
    return directory / f"{edition}-{level}.parquet"


def has_layer(edition: str, level: Level) -> bool:
    """Say whether areas of this edition and level can be drawn."""
    return (edition, level, False) in _layers()


def web_layer(edition: str, level: Level, detail: bool = False) -> BoundaryLayer:
    """Give the file that draws the areas of one edition and level.

    Parameters
    ----------
    detail
        True for the file for zoomed views, False for the lighter overview.

    Raises
    ------
    NoBoundariesError
        If the areas have no bundled boundaries; the message lists those that do.
    """
    try:
        return _layers()[edition, level, detail]
    except KeyError:
        raise _no_layer(edition, level) from None


def web_layers() -> tuple[BoundaryLayer, ...]:
    """List every file of the manifest, in its order."""
    return tuple(_layers().values())


def load(edition: str, level: Level) -> gpd.GeoDataFrame:
    """Read the full boundaries of one edition and level.

    Returns
    -------
    GeoDataFrame
        A valid coverage in EPSG:4326: columns ``code`` and ``geometry``, one row per area in the
        official order of codes. A fresh copy, safe to change.

    Raises
    ------
    NoBoundariesError
        If the areas have no bundled boundaries; the message lists those that do.
    """
    if not has_layer(edition, level):
        raise _no_layer(edition, level)
    return _read(_full(edition, level)).copy()


def bounds(edition: str, code: str) -> Box:
    """Give the box to zoom to for one area.

    Parameters
    ----------
    edition
        Id of an edition that has boundaries.
    code
        Code of an area of any level, the country and regions included.

    Returns
    -------
    (w, s, e, n)
        Degrees, EPSG:4326. Hoàng Sa and Trường Sa are left out of the boxes of the areas that
        contain them, so that the zoom stays useful; they have their own boxes.

    Raises
    ------
    NoBoundariesError
        If the edition has no boundaries or the area is not in it.
    """
    boxes = _bounds()
    try:
        return boxes[edition, code]
    except KeyError:
        known = sorted({key[0] for key in boxes})
        key = "area" if edition in known else "edition"
        allowed = ", ".join(known)
        raise NoBoundariesError(key, edition=edition, code=code, allowed=allowed) from None


@kept(maxsize=2)
def _layers() -> dict[tuple[str, Level, bool], BoundaryLayer]:
    layers = _bundled_layers()
    generation = in_force()
    return {**layers, **_keyed(generation.manifest)} if generation else layers


@lru_cache(maxsize=1)
def _bundled_layers() -> dict[tuple[str, Level, bool], BoundaryLayer]:
    return _keyed(json.loads((WEB_DIR / MANIFEST_NAME).read_text(encoding="utf-8")))


def _keyed(manifest: dict[str, Any]) -> dict[tuple[str, Level, bool], BoundaryLayer]:
    layers = [_layer(record) for record in manifest["layers"]]
    return {(layer.edition, layer.level, layer.detail): layer for layer in layers}


def _layer(record: dict[str, Any]) -> BoundaryLayer:
    return BoundaryLayer(
        edition=record["edition"],
        level=Level(record["level"]),
        detail=record["detail"] == DETAIL,
        url=record["url"],
        n=record["n"],
        bbox=_box(record["bbox"]),
        mainland_bbox=_box(record["mainland_bbox"]),
        symbols=tuple(_symbol(symbol) for symbol in record["symbols"]),
        kind=record["kind"],
        origin_id=record["origin_id"],
        sha256=record["sha256"],
        n_bytes=record["bytes"],
        n_official=record.get("n_official", 0),
        origin_name=record.get("origin_name", ""),
        origin_date=record.get("origin_date", ""),
    )


def _symbol(record: dict[str, Any]) -> Symbol:
    points = tuple((float(lon), float(lat)) for lon, lat in record["points"])
    return Symbol(record["code"], record["name"], record["name_en"], record["province"], points)


def _box(values: list[float] | tuple[str, ...]) -> Box:
    west, south, east, north = (float(value) for value in values)
    return west, south, east, north


@kept(maxsize=2)
def _bounds() -> dict[tuple[str, str], Box]:
    generation = in_force()
    bundled = _read_bounds(BOUNDARIES_DIR / BOUNDS_NAME)
    return {**bundled, **_read_bounds(generation.folder / BOUNDS_NAME)} if generation else bundled


def _read_bounds(path: Path) -> dict[tuple[str, str], Box]:
    with path.open(encoding="utf-8", newline="") as file:
        next(reader := csv.reader(file))
        return {(edition, code): _box(tuple(box)) for edition, code, *box in reader}


def _full(edition: str, level: Level) -> Path:
    """Return the GeoParquet file in force."""
    generation = in_force()
    if generation is not None:
        replaced = parquet_path(edition, level, directory=generation.folder)
        if replaced.exists():
            return replaced
    return parquet_path(edition, level)


@lru_cache(maxsize=8)
def _read(path: Path) -> gpd.GeoDataFrame:
    # Imported here because pages that only draw never need it (it takes half a second).
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.read_parquet(path, columns=["code", "geometry"])
    return frame.sort_values("code", ignore_index=True)


def _no_layer(edition: str, level: Level) -> NoBoundariesError:
    known = dict.fromkeys(f"{layer.edition} {layer.level}" for layer in _layers().values())
    allowed = ", ".join(known)
    return NoBoundariesError("layer", edition=edition, level=str(level), allowed=allowed)
