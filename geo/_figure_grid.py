"""Draw several maps beside one another, all in one scale of colours."""

from __future__ import annotations

import math

from geo._figure_map import draw_inset, draw_map, inset_height, proportions
from geo._figure_page import Box, Page
from geo._figure_presets import Preset
from geo._figure_records import GridBody
from geo._figure_text import fit


def draw_grid(page: Page, body: GridBody, box: Box, preset: Preset) -> None:
    """Draw maps into a box, in the columns and rows that make them largest."""
    if not body.maps:
        return
    left, top, right, bottom = box
    first = body.maps[0]
    tall = inset_height(preset)
    size = preset.small * 1.04
    # The archipelagos once, below all maps and in no colour of any: they belong to each of them.
    low = bottom - tall - 6
    columns = _columns(len(body.maps), (right - left) / (low - top), proportions(first))
    rows = math.ceil(len(body.maps) / columns)
    wide, high = (right - left) / columns, (low - top) / rows
    for at, one in enumerate(body.maps):
        x, y = left + at % columns * wide, top + at // columns * high
        heading = fit(one.heading, wide - 6, size, 600)[0] if one.heading else ""
        page.text(x, y + size * 1.1, heading, size, weight=600)
        cell = (x, y + size * 1.7, x + wide - 8, y + high - 4)
        page.prefix = f"map{at + 1}-"
        draw_map(page, one, cell, preset, names=False)
    page.prefix = ""
    wide = min(preset.aside * 0.62, (right - left - 6) / 2)
    for at, islets in enumerate(first.archipelagos):
        start = right - (2 - at) * (wide + 6) + 6
        draw_inset(page, islets, (start, bottom - tall, start + wide, bottom), preset, {})


def _columns(n: int, room: float, map_shape: float) -> int:
    """Return the number of columns that leaves each map the largest scale."""

    def scale(columns: int) -> float:
        wide, high = room / columns, 1 / math.ceil(n / columns)
        return min(wide / map_shape, high)

    return max(range(1, n + 1), key=scale)
