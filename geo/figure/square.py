"""The square legend of two indicators: nine colours, thirds of one across and of the other up."""

from __future__ import annotations

from geo.figure.fonts import text_width
from geo.figure.labels import BLACK, WHITE, is_dark
from geo.figure.page import Page
from geo.figure.presets import Preset
from geo.figure.records import Square
from geo.figure.rows import LEADING, Row
from geo.figure.text import fit

CELL = 4.4  # side of a cell at most, of the size of type
NARROWEST = 2.2  # a cell at least
HEADS = 0.5  # of the width, at most, that the heads of the rows take


def square_row(square: Square, width: float, preset: Preset) -> Row:
    """Write the square as one row of a column."""
    size = preset.small
    heads = [text for row in square.rows for text in row]
    beside = min(max(text_width(text, size) for text in heads) + size * 0.6, width * HEADS)
    n, m = len(square.columns), len(square.rows)
    cell = max(size * NARROWEST, min(size * CELL, (width - beside) / max(n, 1)))
    line = size * LEADING
    up = fit(square.up, width - size * 1.4, size * 1.04, 500, most=2)
    across = fit(square.across, width - size * 1.4, size * 1.04, 500, most=2)
    ranges = [_lines(column, cell, size) for column in square.columns]
    below = max(len(lines) for lines in ranges)
    top = line * len(up) + size * 0.35
    height = top + m * cell + size * 0.4 + line * (below + len(across)) + size * 0.2

    def draw(page: Page, x: float, y: float) -> None:
        _arrow(page, x + size * 0.45, y + size * 0.62, size, up=True)
        for at, text in enumerate(up):
            page.text(x + size * 1.4, y + size * 1.05 + at * line, text, size * 1.04, weight=500)
        left, over = x + beside, y + top
        for at, (head, row) in enumerate(zip(square.rows, square.cells, strict=True)):
            _head(page, head, (x, over + at * cell), (beside - size * 0.5, cell), size)
            for place, (fill, count) in enumerate(row):
                _cell(page, fill, count, (left + place * cell, over + at * cell, cell), size)
        base = over + m * cell + size * 1.3
        for at, lines in enumerate(ranges):
            for down, text in enumerate(lines):
                ink = page.inks.faint if down else page.inks.ink
                middle = left + (at + 0.5) * cell
                page.text(middle, base + down * line, text, size * 0.94, color=ink, align="center")
        base += below * line
        for at, text in enumerate(across):
            page.text(x, base + at * line, text, size * 1.04, weight=500)
        end = x + text_width(across[-1], size * 1.04, 500) if across else x
        _arrow(
            page, end + size * 0.9, base + (len(across) - 1) * line - size * 0.34, size, up=False
        )

    return Row(height, draw)


def _lines(column: tuple[str, str], cell: float, size: float) -> list[str]:
    """Write the head of a column: its word, and its range below on as many lines as it needs."""
    word, told = column
    return [*fit(word, cell, size * 0.94), *fit(told, cell - 1, size * 0.94, most=3)]


def _head(
    page: Page,
    head: tuple[str, str],
    corner: tuple[float, float],
    room: tuple[float, float],
    size: float,
) -> None:
    (x, y), (width, cell) = corner, room
    lines = [fit(text, width, size)[0] for text in head if text]
    first = y + cell / 2 + size * 0.36 - (len(lines) - 1) * size * 0.62
    for at, text in enumerate(lines):
        ink = page.inks.faint if at else page.inks.ink
        page.text(x + width, first + at * size * 1.24, text, size, color=ink, align="right")


def _cell(
    page: Page, fill: str, count: str, place: tuple[float, float, float], size: float
) -> None:
    x, y, cell = place
    page.rect((x, y, x + cell, y + cell), fill=fill, edge=page.inks.paper, width=0.6)
    ink = WHITE if is_dark(fill) else BLACK
    base = y + cell / 2 + size * 0.36
    page.text(x + cell / 2, base, count, size, color=ink, align="center")


def _arrow(page: Page, x: float, y: float, size: float, *, up: bool) -> None:
    """Draw an arrow: to which side more is."""
    half, tip = size * 0.55, size * 0.28
    if up:
        lines = [
            [(x, y + half), (x, y - half)],
            [(x - tip, y - half + tip), (x, y - half), (x + tip, y - half + tip)],
        ]
    else:
        lines = [
            [(x - half, y), (x + half, y)],
            [(x + half - tip, y - tip), (x + half, y), (x + half - tip, y + tip)],
        ]
    for line in lines:
        page.lines([line], page.inks.faint, size * 0.1)
