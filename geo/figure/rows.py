"""Pieces of text stacked in a column: each knows its height before it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.figure.page import Page
from geo.figure.text import fit

LEADING = 1.38  # distance of base lines, of the size of type: room for the marks of Vietnamese

Draw = Callable[[Page, float, float], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of a column: its height in points, and what draws it from its upper left corner."""

    height: float
    draw: Draw


def height_of(rows: Sequence[Row]) -> float:
    """Return the height of rows under one another."""
    return sum(row.height for row in rows)


def draw_rows(page: Page, rows: Sequence[Row], x: float, y: float) -> float:
    """Draw rows under one another; return where the last one ends."""
    for row in rows:
        row.draw(page, x, y)
        y += row.height
    return y


def gap(height: float) -> Row:
    """Return an empty row."""
    return Row(height, lambda _page, _x, _y: None)


def lines_of(
    text: str,
    width: float,
    size: float,
    *,
    weight: int = 400,
    color: str = "",
    most: int = 4,
    url: str | None = None,
) -> list[Row]:
    """Break a text into rows."""

    def row(line: str) -> Row:
        def draw(page: Page, x: float, y: float) -> None:
            page.text(x, y + size * 1.05, line, size, weight=weight, color=color, url=url)

        return Row(size * LEADING, draw)

    return [row(line) for line in fit(text, width, size, weight, most)] if text else []
