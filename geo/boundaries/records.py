"""What a boundary layer is, and the manifest that lists those there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from base.folders import STATIC
from base.words import Refusal
from geo.editions import Level

# How far the lines of a layer can be trusted.
KIND_APPROXIMATE = "approximate"
KIND_OFFICIAL = "official"
KIND_PARTLY = "partly_official"
OVERVIEW = "overview"
DETAIL = "detail"

Box = tuple[float, float, float, float]


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
        return STATIC / self.url


def layers_of(manifest: dict[str, Any]) -> dict[tuple[str, Level, bool], BoundaryLayer]:
    """Read the layers of a manifest, by edition, level and detail."""
    layers = [_layer(record) for record in manifest["layers"]]
    return {(layer.edition, layer.level, layer.detail): layer for layer in layers}


def _layer(record: dict[str, Any]) -> BoundaryLayer:
    return BoundaryLayer(
        edition=record["edition"],
        level=Level(record["level"]),
        detail=record["detail"] == DETAIL,
        url=record["url"],
        n=record["n"],
        bbox=box_of(record["bbox"]),
        mainland_bbox=box_of(record["mainland_bbox"]),
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


def box_of(values: list[float] | tuple[str, ...]) -> Box:
    """Read west, south, east and north."""
    west, south, east, north = (float(value) for value in values)
    return west, south, east, north
