"""What a map, or several, of a figure show: frozen records, everything decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.editions import Level


class Fill(StrEnum):
    """How an area without a class is filled; the value is the lines of its hatch."""

    PLAIN = "plain"  # land that carries circles or markers
    NO_DATA = "/"
    BACK = "\\"
    CROSSED = "/\\"
    DOTS = "."
    LINES = "-"
    GREY = "grey"
    OFF = "off"  # left out by the reader's filters
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Shape:
    """One area of a map.

    Attributes
    ----------
    code
        Code of the area in the edition of the map.
    fill
        ``#rrggbb`` of its class, or how an area without one is filled.
    name
        Name on the map.
    value
        Figure as written, without its unit; "" for none. Also the second line of its label.
    told
        All that is said of the area, for the title of its group in SVG.
    size
        For circles: the figure as a share of the largest, 0 to 1; None for no circle.
    color
        Colour of its circle; "" for that of all circles of the map.
    marked
        Whether a marker stands on it: one of the few areas that have a figure.
    off
        Whether filters leave it out: drawn faint.
    """

    code: str
    fill: str
    name: str
    value: str = ""
    told: str = ""
    size: float | None = None
    color: str = ""
    marked: bool = False
    off: bool = False


@dataclass(frozen=True, slots=True)
class Archipelago:
    """Hoàng Sa or Trường Sa in its inset.

    Attributes
    ----------
    code
        Area of the layer that it belongs to.
    label, place
        "Quần đảo Hoàng Sa", "(Đà Nẵng)".
    points
        Longitude and latitude of each islet, EPSG:4326.
    name
        "Hoàng Sa", for where there is little room; "" takes the label.
    """

    code: str
    label: str
    place: str
    points: tuple[tuple[float, float], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a map: degrees, EPSG:4326, colour, and a word written in it ("" for none)."""

    lon: float
    lat: float
    color: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MapBody:
    """A map.

    Attributes
    ----------
    edition, level
        What the areas are.
    shapes
        The areas in focus.
    archipelagos
        Hoàng Sa and Trường Sa, always.
    focus
        Code of the province whose areas are in focus, None for the country.
    selected
        Code of the area with the outline, or None.
    pins
        Areas that the reader has pinned, as (code, colour of the outline).
    circle
        Colour of circles and markers.
    scale_at
        "{km} km" and the latitude at which it is true, as read beside the scale bar.
    facts
        For few areas: (name, figure, when) of each.
    dots
        Points over the areas.
    """

    edition: str
    level: Level
    shapes: tuple[Shape, ...]
    archipelagos: tuple[Archipelago, ...]
    focus: str | None = None
    selected: str | None = None
    pins: tuple[tuple[str, str], ...] = ()
    circle: str = ""
    scale_at: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several maps: its name, how many of its areas have a figure, what it shows."""

    caption: str
    counted: str
    body: MapBody


@dataclass(frozen=True, slots=True)
class MultiplesBody:
    """Maps side by side: of the same areas, on one scale."""

    panels: tuple[Panel, ...]
