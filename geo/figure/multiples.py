"""Draw maps side by side: of the same size, each with its name and its archipelagos."""

from __future__ import annotations

from dataclasses import dataclass

from geo.figure.insets import draw_inset, short_inset
from geo.figure.map import draw_map, largest_circle, proportions
from geo.figure.map_records import MapBody, MultiplesBody, Panel
from geo.figure.page import Box, Page
from geo.figure.presets import Preset
from geo.figure.rows import Row, draw_rows, height_of, lines_of

GAP = 14.0  # points, between maps


@dataclass(frozen=True, slots=True)
class Grid:
    """How maps are laid out: how many abreast, and how wide and high each one is, points."""

    columns: int
    wide: float
    tall: float


def grid_of(body: MultiplesBody, box: Box, preset: Preset) -> Grid:
    """Choose how many maps stand abreast, so that they are as large as can be."""
    left, top, right, bottom = box
    n, shape = len(body.panels), proportions(body.panels[0].body)
    aside = _aside(body.panels[0].body, preset)
    best, size = Grid(1, right - left, bottom - top), -1.0
    for columns in range(1, n + 1):
        rows = -(-n // columns)
        wide = (right - left - GAP * (columns - 1)) / columns
        tall = (bottom - top - GAP * (rows - 1)) / rows - _head_height(body, wide, preset)
        fits = min((wide - aside) / shape, tall)
        if fits > size:
            best, size = Grid(columns, wide, tall), fits
    return best


def largest_of(body: MultiplesBody, box: Box, preset: Preset) -> float:
    """Return the diameter of the largest circle of all maps, points."""
    return largest_circle((0, 0, 1, grid_of(body, box, preset).tall))


def draw_multiples(page: Page, body: MultiplesBody, box: Box, preset: Preset) -> None:
    """Draw maps side by side into a box; the first has the scale bar, which is true of all."""
    left, top, _, _ = box
    grid = grid_of(body, box, preset)
    head = _head_height(body, grid.wide, preset)
    for at, panel in enumerate(body.panels):
        row, column = divmod(at, grid.columns)
        x = left + column * (grid.wide + GAP)
        y = top + row * (grid.tall + head + GAP)
        draw_rows(page, _head(panel, grid.wide, preset, page.inks.faint), x, y)
        box = (x, y + head, x + grid.wide, y + head + grid.tall)
        _draw(page, panel.body, box, preset, at)


def _head(panel: Panel, width: float, preset: Preset, color: str = "") -> list[Row]:
    """Write the name of a map and how many of its areas have a figure."""
    caption = panel.caption[:1].upper() + panel.caption[1:]
    rows = lines_of(caption, width, preset.text, weight=600, most=2)
    return rows + lines_of(panel.counted, width, preset.small, color=color, most=2)


def _head_height(body: MultiplesBody, width: float, preset: Preset) -> float:
    heights = [height_of(_head(panel, width, preset)) for panel in body.panels]
    return max(heights) + preset.small * 0.4


def _aside(body: MapBody, preset: Preset) -> float:
    return short_inset(preset, body.archipelagos)[0] + 3


def _draw(page: Page, body: MapBody, box: Box, preset: Preset, at: int) -> None:
    """Draw one map, and its insets in the lower corner beside it."""
    left, top, right, bottom = box
    wide, tall = short_inset(preset, body.archipelagos)
    # The map at the left of what it has room for, so that its insets stand close to it.
    across = min(right - wide - 3 - left, (bottom - top) * proportions(body))
    x = left + across + 3
    above = bottom - len(body.archipelagos) * (tall + 3)
    draw_map(
        page, body, (left, top, left + across, bottom), preset,
        prefix=f"map{at + 1}-", names=False,
        scale=(left, top, x + wide, above) if at == 0 else None,
    )  # fmt: skip
    fills = {shape.code: shape.fill for shape in body.shapes}
    for down, one in enumerate(reversed(body.archipelagos)):
        low = bottom - down * (tall + 3)
        draw_inset(page, one, (x, low - tall, x + wide, low), preset, fills, short=True)
