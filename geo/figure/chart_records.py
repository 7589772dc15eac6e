"""What bars, lines, a section and a profile show: frozen records, everything decided."""

from __future__ import annotations

from dataclasses import dataclass

from geo.figure.map_records import MapBody


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
