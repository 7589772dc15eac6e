"""Draw figures over time."""

from __future__ import annotations

from geo._figure_fonts import text_width
from geo._figure_page import Box, Page
from geo._figure_presets import Preset
from geo._figure_records import Line, SeriesBody
from geo._figure_text import fit


class _Axes:
    """From days and figures to points."""

    def __init__(self, body: SeriesBody, box: Box, inside: float) -> None:
        days = [point[0] for line in body.lines for point in line.points]
        days += [day for day, _ in body.ticks]
        figures = [point[1] for line in body.lines for point in line.points]
        figures += [value for value, _ in body.levels]
        self.box, self.inside = box, inside
        self.first, self.last = min(days), max(days)
        self.low, self.high = min(figures), max(figures)

    def x(self, day: float) -> float:
        left, _, right, _ = self.box
        share = (day - self.first) / ((self.last - self.first) or 1)
        return left + self.inside + share * (right - left - 2 * self.inside)

    def y(self, value: float) -> float:
        _, top, _, bottom = self.box
        return bottom - (value - self.low) / ((self.high - self.low) or 1) * (bottom - top)


def draw_series(page: Page, body: SeriesBody, box: Box, preset: Preset) -> None:
    """Draw lines into a box; each is named at its end, its points carry their figures.

    Points that may not be compared are not joined.
    """
    size = preset.small
    left, top, right, bottom = box
    beside = max((text_width(text, size) for _, text in body.levels), default=0) + size * 0.8
    names = max((text_width(line.name, size, 600) for line in body.lines), default=0)
    names = min(names + size, (right - left) * 0.3)
    frame = (left + beside, top + size * 1.6, right - names, bottom - size * 2.2)
    axes = _Axes(body, frame, size * 1.2)
    for value, text in body.levels:
        y = axes.y(value)
        page.lines([[(frame[0], y), (frame[2], y)]], page.inks.context, 0.6)
        page.text(frame[0] - size * 0.6, y + size * 0.35, text, size, color=page.inks.faint,
                  align="right")  # fmt: skip
    page.lines([[(frame[0], frame[3]), (frame[2], frame[3])]], page.inks.province, 0.7)
    for day, text in body.ticks:
        x = axes.x(day)
        page.lines([[(x, frame[3]), (x, frame[3] + size * 0.4)]], page.inks.province, 0.7)
        page.text(x, frame[3] + size * 1.6, text, size, color=page.inks.faint, align="center")
    for day, text in body.seams:
        x = axes.x(day)
        page.lines([[(x, top), (x, frame[3])]], page.inks.province, 0.7, dashes=(2, 2))
        page.text(x + 3, top + size, text, size * 0.94, color=page.inks.faint)
    few = len(body.lines) <= 2
    ends = []
    for line in body.lines:
        _draw(page, line, axes, size, few)
        if line.points:
            ends.append((axes.y(line.points[-1][1]), axes.x(line.points[-1][0]), line))
    _name_ends(page, ends, names, size)


def _draw(page: Page, line: Line, axes: _Axes, size: float, figures: bool) -> None:
    at = [(axes.x(day), axes.y(value)) for day, value, _ in line.points]
    joined = line.joined or (True,) * max(0, len(at) - 1)
    pieces = [[a, b] for a, b, join in zip(at, at[1:], joined, strict=False) if join]
    if pieces:
        page.lines(pieces, line.color, 1.6, dashes=(2.5, 1.5) if line.dashed else None)
    for (x, y), (_, _, text) in zip(at, line.points, strict=True):
        page.disc(x, y, 2.3, fill=line.color, edge=page.inks.paper, width=0.7)
        if figures:
            page.text(x, y - size * 0.75, text, size, weight=500, align="center")


def _name_ends(page: Page, ends: list[tuple[float, float, Line]], room: float, size: float) -> None:
    """Name each line beside its end, moved apart where they would cover one another."""
    last = -1e9
    for y, x, line in sorted(ends, key=lambda end: end[0]):
        place = max(y, last + size * 1.3)
        last = place
        name = fit(line.name, room - size * 0.4, size, 600)[0] if line.name else ""
        page.text(x + size * 0.8, place + size * 0.35, name, size, weight=600, color=line.color)
