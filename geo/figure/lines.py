"""Draw a time series: lines with gaps, names beside their ends, the day the map changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo.figure.chart_records import Line, LinesBody, Point
from geo.figure.fonts import text_width
from geo.figure.page import Box, Page
from geo.figure.presets import Preset
from geo.figure.text import fit

WIDEST_NAME = 0.3  # of the width, that names beside lines take at most
NAME = 1.12  # size of type of names, of that of the chart
APART = 1.3  # from one line of a label to the next, of the size of type
RADIUS = 0.34  # of a point, of the size of type
DIAMOND = Path([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)], closed=True)


def draw_lines(page: Page, body: LinesBody, box: Box, preset: Preset) -> None:
    """Draw a time series into a box.

    Parameters
    ----------
    box
        Left, top, right, bottom in points.
    """
    size = preset.small * 1.04
    plot = _plot(body, box, size)
    _grid(page, body, plot, size)
    _dates(page, body, plot, box, size)
    _seam(page, body, plot, size)
    for line in body.lines:
        _line(page, line, plot, size)
    _names(page, body.lines, plot, box, size)


def apart(wanted: Sequence[float], tall: float, low: float, high: float) -> list[float]:
    """Move labels apart, each as little as can be.

    Least squares under the condition that neighbours are at least `tall` from each other, by
    pooling adjacent violators (Barlow, Bartholomew, Bremner and Brunk, 1972).

    Parameters
    ----------
    wanted
        Where labels would stand, rising.
    tall
        Of a label; less where there is too little room for all.
    low, high
        Between which they must stand.
    """
    n = len(wanted)
    tall = min(tall, (high - low) / max(n - 1, 1))
    blocks: list[tuple[float, int]] = []
    for at, place in enumerate(wanted):
        mean, count = place - at * tall, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean = (before * many + mean * count) / (many + count)
            count += many
        blocks.append((mean, count))
    spread = [mean for mean, count in blocks for _ in range(count)]
    most = high - (n - 1) * tall
    return [min(max(mean, low), most) + at * tall for at, mean in enumerate(spread)]


def _plot(body: LinesBody, box: Box, size: float) -> Box:
    left, top, right, bottom = box
    ticks = max((text_width(text, size) for _, text in body.ticks), default=0)
    widest = max((_label_width(line, size) for line in body.lines), default=0)
    names = min(widest + 1, (right - left) * WIDEST_NAME) + size * 1.6
    head = size * 2.2 if body.seam else size * 0.8
    return left + ticks + size * 0.7, top + head, right - names, bottom - size * 2.1


def _label_width(line: Line, size: float) -> float:
    value = line.points[-1].text if line.points else ""
    return max(text_width(line.name, size * NAME, 600), text_width(value, size))


def _grid(page: Page, body: LinesBody, plot: Box, size: float) -> None:
    left, top, right, bottom = plot
    for share, text in body.ticks:
        y = top + share * (bottom - top)
        page.lines([[(left, y), (right, y)]], page.inks.hatch, 0.35)
        ink = page.inks.faint
        page.text(left - size * 0.5, y + size * 0.34, text, size, color=ink, align="right")


def _dates(page: Page, body: LinesBody, plot: Box, box: Box, size: float) -> None:
    """Write the days along the foot, from the newest on as many as find room."""
    left, _, right, bottom = plot
    page.lines([[(left, bottom), (right, bottom)]], page.inks.faint, 0.6)
    free = box[2]
    for share, text in reversed(body.dates):
        x, wide = left + share * (right - left), text_width(text, size)
        start = min(max(x - wide / 2, box[0]), box[2] - wide)
        page.lines([[(x, bottom), (x, bottom + size * 0.35)]], page.inks.faint, 0.6)
        if start + wide > free:
            continue
        page.text(start, bottom + size * 1.6, text, size, color=page.inks.faint)
        free = start - size


def _seam(page: Page, body: LinesBody, plot: Box, size: float) -> None:
    if body.seam is None:
        return
    left, top, right, bottom = plot
    x = left + body.seam.x * (right - left)
    page.lines([[(x, top - size * 1.9), (x, bottom)]], page.inks.faint, 0.6, dashes=(4, 3))
    # On the side that has more room.
    before = x - left > right - x
    room = (x - left if before else right - x) - size
    for text in fit(body.seam.text, room, size)[:1]:
        at = x - size * 0.4 if before else x + size * 0.4
        align = "right" if before else "left"
        page.text(at, top - size * 1.0, text, size, color=page.inks.faint, align=align)


def _line(page: Page, line: Line, plot: Box, size: float) -> None:
    for dashed in (False, True):
        pairs = [[_place(a, plot), _place(b, plot)] for a, b in _joined(line) if b.dashed is dashed]
        if pairs:
            gid = f"line-{line.code}-{'carried' if dashed else 'published'}"
            page.titles[gid] = line.name
            dashes = (3.2, 2.4) if dashed else None
            page.lines(pairs, line.color, size * 0.2, dashes=dashes, gid=gid)
    for at, point in enumerate(line.points):
        x, y = _place(point, plot)
        gid = f"point-{line.code}-{at}"
        page.titles[gid] = point.told
        fill = page.inks.paper if point.hollow else line.color
        radius = size * RADIUS
        if point.disputed:
            place = Affine2D().scale(radius).translate(x, y)
            page.path(DIAMOND, fill=page.inks.paper, edge=line.color, width=0.9, place=place,
                      gid=gid)  # fmt: skip
        else:
            page.disc(x, y, radius, fill=fill, edge=line.color, width=0.9, gid=gid)


def _joined(line: Line) -> list[tuple[Point, Point]]:
    """Pair the neighbours of each run: nothing is joined across a gap."""
    last: dict[str, Point] = {}
    pairs = []
    for point in line.points:
        if not point.run:
            continue
        if point.run in last:
            pairs.append((last[point.run], point))
        last[point.run] = point
    return pairs


def _place(point: Point, plot: Box) -> tuple[float, float]:
    left, top, right, bottom = plot
    return left + point.x * (right - left), top + point.y * (bottom - top)


def _names(page: Page, lines: Sequence[Line], plot: Box, box: Box, size: float) -> None:
    """Write name and newest figure of each line beside it, moved apart where they would meet."""
    _, top, right, bottom = plot
    ends = sorted(
        ((_place(line.points[-1], plot), line) for line in lines if line.points),
        key=lambda end: end[0][1],
    )
    two = len(ends) * size * APART * 2.1 <= bottom - top + size * 2
    tall = size * APART * (2.1 if two else 1)
    room = box[2] - right - size * 1.6
    places = apart([y for (_, y), _ in ends], tall, top, bottom)
    for ((x, y), line), at in zip(ends, places, strict=True):
        start = right + size * 1.4
        lead = [(x + size * 0.6, y), (max(right, x + size * 0.6), y), (start - size * 0.4, at)]
        if x < right - 1 or abs(at - y) > size * 0.4:
            page.lines([np.array(lead)], line.color, 0.4)
        value = line.points[-1].text
        first = at + size * 0.36 - (size * APART / 2 if two else 0)
        name = fit(line.name, room, size * NAME, 600)[0]
        gid = f"name-bare-{line.code}"
        page.text(start, first, name, size * NAME, weight=600, color=line.color, gid=gid)
        if two:
            page.text(start, first + size * APART, fit(value, room, size)[0], size)
            continue
        used = text_width(name, size * NAME, 600) + size * 0.5
        if used + text_width(value, size) <= room + size:
            page.text(start + used, first, value, size)
