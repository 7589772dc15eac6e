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
class Bar:
    """One row of a ranking: its rank and name, the figure as a number and as written.

    Filters may leave it out (`off`); `pin` is the colour of a pinned area, else "".
    """

    code: str
    rank: str
    name: str
    value: float
    text: str
    fill: str
    off: bool = False
    pin: str = ""


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


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a time series.

    Attributes
    ----------
    x, y
        Where it stands: shares of the plot, from the left and from the top.
    run
        Points of one run are joined by a line; "" stands by itself.
    text, told
        The figure as written; the same with area, unit and date.
    hollow, dashed, disputed
        Whether it was computed; carried from another map; contradicted by another source.
    """

    x: float
    y: float
    run: str
    text: str
    told: str = ""
    hollow: bool = False
    dashed: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one area over time, oldest first."""

    code: str
    name: str
    color: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Seam:
    """A day on which the map of the country changed: its share of the plot, and its words."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class LinesBody:
    """A time series.

    Attributes
    ----------
    lines
        One for each area.
    ticks, dates
        What is written along the side and along the foot, with its share of the plot.
    seam
        None where the figures are of one map.
    """

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    dates: tuple[tuple[float, str], ...]
    seam: Seam | None = None


Line2D = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class SectionBody:
    """A path between two antennas, cut open. Places are shares of the plot: from left, from top.

    Attributes
    ----------
    ground, top
        The ground, and what stands on it; empty where nothing does.
    ray, zone
        The straight line between the antennas, and the outline of the first Fresnel zone.
    masts
        From the ground to each antenna.
    worst
        Where the ground comes nearest to the ray or rises most over it; None where unknown.
    told
        What is said there.
    ticks, foot
        What is written along the side and along the foot, with its share of the plot.
    ends
        Names of the two ends.
    """

    ground: Line2D
    top: Line2D
    ray: Line2D
    zone: Line2D
    masts: tuple[Line2D, ...]
    worst: tuple[float, float] | None
    told: str
    ticks: tuple[tuple[float, str], ...]
    foot: tuple[tuple[float, str], ...]
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One figure of a profile, or the name of a group of them.

    Attributes
    ----------
    name
        Of the indicator or of the group.
    value, when, rank
        As written; "" for none.
    share, marks
        For a bar: the figure, and what it is held against, as shares of its length.
    against
        The same in words.
    more
        What else is said: of other sources, of targets.
    group
        Whether it is the name of a group.
    """

    name: str
    value: str = ""
    when: str = ""
    rank: str = ""
    share: float | None = None
    marks: tuple[float, ...] = ()
    against: str = ""
    more: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class ProfileBody:
    """What is known of a place.

    Attributes
    ----------
    lede
        In sentences.
    heads
        Of the columns: indicator, figure, date, rank, against.
    rows
        The figures.
    locator
        Where it lies.
    more
        "và {n} chỉ tiêu khác": what is said of the rows that find no room.
    notes
        What is to be said of single figures.
    accent
        Colour of the bars.
    """

    lede: str
    heads: tuple[str, str, str, str, str]
    rows: tuple[ProfileRow, ...]
    locator: MapBody
    more: str
    notes: tuple[str, ...] = ()
    accent: str = ""


Body = MapBody | BarsBody | MultiplesBody | LinesBody | ProfileBody | SectionBody


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
    edge
        Colour of the outline that it stands for; "" for none.
    """

    label: str
    count: str = ""
    fill: str = ""
    size: float | None = None
    marker: bool = False
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Square:
    """The square legend of two indicators.

    Attributes
    ----------
    across, up
        Names of the first and the second, with their units.
    columns, rows
        For each third its word and its range; the highest row first.
    cells
        For each row, from the left: colour, and how many areas there are.
    """

    across: str
    up: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    cells: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend of a map: heading, entries, what else is said; of two indicators a square."""

    heading: str = ""
    keys: tuple[Key, ...] = ()
    foot: tuple[str, ...] = ()
    square: Square | None = None


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
