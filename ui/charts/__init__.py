"""Plots."""

from ui.charts.axes import Axes, axes_of
from ui.charts.bars import against_html, against_of, image, line_html
from ui.charts.series import (
    UNDRAWN_KINDS,
    areas_of,
    drawn_rows,
    lead_text,
    none_text,
    notes_of,
    series_html,
)
