"""Hoàng Sa and Trường Sa, drawn as symbols in boxes of their own."""

from __future__ import annotations

import numpy as np

from geo.figure import geometry
from geo.figure.fonts import text_width
from geo.figure.map import color_of
from geo.figure.map_records import Archipelago, Fill
from geo.figure.page import Box, Page
from geo.figure.presets import Preset
from geo.figure.text import fit

SHORT = 0.8  # size of type of a small inset, of the small type of the page


def inset_height(preset: Preset) -> float:
    """Return the height of the box of an archipelago, points."""
    return preset.small * 6.6


def short_inset(preset: Preset, ones: tuple[Archipelago, ...]) -> tuple[float, float]:
    """Return width and height of the small boxes of archipelagos, points."""
    size = preset.small * SHORT
    names = [text_width(one.name or one.label, size, 500) for one in ones]
    return max(names, default=0.0) + 5, size * 4.4


def draw_inset(
    page: Page,
    one: Archipelago,
    box: Box,
    preset: Preset,
    fills: dict[str, str],
    *,
    short: bool = False,
) -> None:
    """Draw an archipelago as symbols in a box of its own, with its name and its province.

    With `short`, a smaller one for one of several maps, with its name only.
    """
    left, top, right, bottom = box
    size = preset.small * (SHORT if short else 0.92)
    page.rect(box, fill=page.inks.paper, edge=page.inks.hatch, width=0.5)
    points = geometry.project(*np.array(one.points).T)
    low, high = points.min(axis=0), points.max(axis=0)
    below, beside = (1.9, 5) if short else (3.2, 10)
    area = (left + beside, top + beside * 0.7, right - beside, bottom - below * size)
    extent = np.maximum(high - low, 1.0)
    scale = min((area[2] - area[0]) / extent[0], (area[3] - area[1]) / extent[1])
    x0, y0 = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    single = len(points) == 1
    fill = color_of(page, fills.get(one.code, Fill.PLAIN))
    for x, y in (points - (low + high) / 2) * (scale, -scale):
        page.disc(
            x0 + x, y0 + y, size * (0.42 if single else 0.26),
            fill=fill, edge=page.inks.province, width=0.6,
            gid=f"islet-{one.code}-{page.serial()}",
        )  # fmt: skip
    middle, wide = (left + right) / 2, right - left - 6
    if short:
        name = fit(one.name or one.label, right - left - 2, size, 500)[0]
        page.text(middle, bottom - size * 0.5, name, size, weight=500, align="center")
        return
    # A name is never cut: "Hoàng Sa" where there is no room for "Quần đảo Hoàng Sa".
    whole = text_width(one.label, size, 500) <= wide
    label = one.label if whole else fit(one.name or one.label, wide, size, 500)[0]
    page.text(middle, bottom - size * 1.65, label, size, weight=500, align="center")
    place = fit(one.place, wide, size)[0]
    page.text(middle, bottom - size * 0.5, place, size, color=page.inks.faint, align="center")
