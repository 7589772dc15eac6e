"""Draw figures to publish."""

from geo.figure.presets import DEFAULT_PRESET, MAX_DPI, MIN_DPI, PRESETS
from geo.figure.records import (
    FORMATS,
    THEMES,
    Archipelago,
    Bar,
    BarsBody,
    Body,
    Dot,
    FigureSpec,
    Fill,
    Format,
    Key,
    Legend,
    Line,
    LinesBody,
    MapBody,
    MultiplesBody,
    Panel,
    Point,
    ProfileBody,
    ProfileRow,
    Seam,
    SectionBody,
    Shape,
    Square,
    Theme,
)
from geo.figure.render import DEFAULT_DPI, LONGEST_NOTE, LONGEST_TITLE, MEDIA, pixels, render
