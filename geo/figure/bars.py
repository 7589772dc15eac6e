"""Draw a ranking as bars."""

from __future__ import annotations

from geo.figure.chart_records import Bar, BarsBody
from geo.figure.fonts import text_width
from geo.figure.page import Box, Page
from geo.figure.presets import Preset
from geo.figure.text import fit

ROW = 1.62  # of the size of type
ROOMY = 2.6  # the same where there are few rows
NARROWEST = 15.5  # of a column, of the size of type


def draw_bars(page: Page, body: BarsBody, box: Box, preset: Preset) -> None:
    """Draw bars into a box: in as many columns as are needed and find room.

    Rows that find no room are counted in a sentence below. Bars start at zero; where figures are
    below zero, they go to the left of it.
    """
    left, top, right, bottom = box
    size = preset.small * 1.04
    foot = [text for text in (body.foot,) if text]
    bottom -= size * 1.5 * (len(foot) + 1)
    n = len(body.bars)
    most = max(1, int((right - left) // (NARROWEST * size)))
    a_column = max(1, int((bottom - top) // (size * ROW)))
    columns = min(most, -(-n // a_column)) or 1
    shown = body.bars[: columns * a_column]
    each = -(-len(shown) // columns)
    pitch = min(size * ROOMY, (bottom - top) / max(each, 1))
    between = 16.0
    width = (right - left - between * (columns - 1)) / columns
    scale = _Scale(body.bars, width, size)
    for column in range(columns):
        x = left + column * (width + between)
        for at, bar in enumerate(shown[column * each : (column + 1) * each]):
            _draw(page, bar, (x, top + at * pitch), pitch, scale)
    y = top + each * pitch + size * 1.4
    if len(shown) < n:
        foot.insert(0, body.more.format(n=n - len(shown)))
    for at, text in enumerate(foot):
        line = fit(text, right - left, size)[0]
        page.text(left, y + at * size * 1.4, line, size, color=page.inks.faint)


class _Scale:
    """Where names, zero and figures stand in a column."""

    def __init__(self, bars: tuple[Bar, ...], width: float, size: float) -> None:
        self.size = size
        self.rank = max((text_width(bar.rank, size) for bar in bars), default=0) + size * 0.6
        widest = max(
            (text_width(bar.name, size) + (size if bar.pin else 0) for bar in bars), default=0
        )
        self.name = min(widest, width * 0.46) + size * 0.8
        figure = max((text_width(bar.text, size, 500) for bar in bars), default=0) + size * 0.7
        room = max(10.0, width - self.rank - self.name - figure)
        high = max([0.0, *(bar.value for bar in bars)])
        low = min([0.0, *(bar.value for bar in bars)])
        if low < 0:
            room = max(10.0, room - figure)
        self.unit = room / ((high - low) or 1.0)
        self.zero = self.rank + self.name + (figure - low * self.unit if low < 0 else 0)


def _draw(page: Page, bar: Bar, corner: tuple[float, float], pitch: float, scale: _Scale) -> None:
    x, y = corner
    size = scale.size
    base = y + pitch / 2 + size * 0.36
    wide = text_width(bar.rank, size)
    page.text(x + scale.rank - size * 0.6 - wide, base, bar.rank, size, color=page.inks.faint)
    ink = page.inks.mute if bar.off else page.inks.ink
    start = x + scale.rank
    if bar.pin:
        page.disc(start + size * 0.3, y + pitch / 2, size * 0.3, fill=bar.pin)
        start += size
    name = fit(bar.name, x + scale.rank + scale.name - size * 0.5 - start, size)[0]
    page.text(start, base, name, size, color=ink, gid=f"bar-{bar.code}")
    tall = min(size * 1.15, pitch * 0.72)
    ends = sorted((x + scale.zero, x + scale.zero + bar.value * scale.unit))
    top = y + (pitch - tall) / 2
    page.rect(
        (ends[0], top, max(ends[1], ends[0] + 0.4), top + tall),
        fill=page.inks.off if bar.off else bar.fill, edge=page.inks.hatch, width=0.3,
    )  # fmt: skip
    if bar.value < 0:
        page.text(ends[0] - size * 0.4, base, bar.text, size, weight=500, color=ink, align="right")
    else:
        page.text(ends[1] + size * 0.4, base, bar.text, size, weight=500, color=ink)
