"""What a figure shows, as plain frozen records: everything decided, nothing drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from geo.editions import Level

Theme = Literal["light", "dark"]
Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
THEMES: tuple[Theme, ...] = ("light", "dark")


class Fill(StrEnum):
    """How an area without a class is filled; the value is the lines of its hatch."""

    PLAIN = "plain"  # land that carries circles or markers
    NO_DATA = "/"
    BACK = "\\"
    CROSSED = "/\\"
    DOTS = "."
    GREY = "grey"
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
    marked
        Whether a marker stands on it: one of the few areas that have a figure.
    """

    code: str
    fill: str
    name: str
    value: str = ""
    told: str = ""
    size: float | None = None
    marked: bool = False


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
    """

    code: str
    label: str
    place: str
    points: tuple[tuple[float, float], ...]


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
    circle
        Colour of circles and markers.
    scale_at
        "{km} km" and the latitude at which it is true, as read beside the scale bar.
    facts
        For few areas: (name, figure, when) of each.
    """

    edition: str
    level: Level
    shapes: tuple[Shape, ...]
    archipelagos: tuple[Archipelago, ...]
    focus: str | None = None
    selected: str | None = None
    circle: str = ""
    scale_at: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a ranking: its rank and name, the figure as a number and as written."""

    code: str
    rank: str
    name: str
    value: float
    text: str
    fill: str


@dataclass(frozen=True, slots=True)
class BarsBody:
    """A ranking.

    Attributes
    ----------
    bars
        In their order.
    more
        "và {n} nơi khác": what is said of the rows that find no room.
    foot
        What is said of areas without a figure; "" where there are none.
    """

    bars: tuple[Bar, ...]
    more: str
    foot: str = ""


Body = MapBody | BarsBody


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend.

    Attributes
    ----------
    label, count
        "50 – 60", "12 tỉnh"; the count may be "".
    fill
        ``#rrggbb`` or a `Fill`.
    size
        For circles: diameter as a share of the largest; None for a swatch.
    marker
        Whether it stands for a marker.
    """

    label: str
    count: str = ""
    fill: str = ""
    size: float | None = None
    marker: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend of a map: heading, entries, what else is to be said."""

    heading: str = ""
    keys: tuple[Key, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A figure: all that is drawn and said. Equal specs give equal files.

    Attributes
    ----------
    lang, theme, preset
        Language, light or dark, a key of `PRESETS`.
    title, subtitle, note
        Texts. Hostile until drawn: cleaned and wrapped by the drawing.
    body, legend
        What is shown.
    as_of, source, edition, boundary
        "Số liệu 2024", "Nguồn: …", which map of the country, the note about boundaries.
    permalink, scan
        Full address of the live view, drawn with its QR code, and the words beside the code; "" for
        none.
    watermark
        Text laid over simulated figures; "" for real ones.
    alt
        Description for those who do not see the figure.
    """

    lang: str
    theme: Theme
    preset: str
    title: str
    body: Body
    legend: Legend = Legend()
    subtitle: str = ""
    note: str = ""
    as_of: str = ""
    source: str = ""
    edition: str = ""
    boundary: str = ""
    permalink: str = ""
    scan: str = ""
    watermark: str = ""
    alt: str = ""
