"""What a figure shows, as plain frozen records: everything decided, nothing drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.figure.chart_records import BarsBody, LinesBody, ProfileBody, SectionBody
from geo.figure.map_records import MapBody, MultiplesBody

Theme = Literal["light", "dark"]
Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
THEMES: tuple[Theme, ...] = ("light", "dark")


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
