"""Draw figures to publish."""

from geo.figure.chart_records import (
    Bar,
    BarsBody,
    Line,
    LinesBody,
    Point,
    ProfileBody,
    ProfileRow,
    Seam,
    SectionBody,
)
from geo.figure.map_records import Archipelago, Dot, Fill, MapBody, MultiplesBody, Panel, Shape
from geo.figure.presets import DEFAULT_PRESET, MAX_DPI, MIN_DPI, PRESETS
from geo.figure.records import FORMATS, THEMES, Body, FigureSpec, Format, Key, Legend, Square, Theme
from geo.figure.render import DEFAULT_DPI, LONGEST_NOTE, LONGEST_TITLE, MEDIA, pixels, render
