"""The foot of a figure: note, date, source, map and boundaries, address and its code."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo.figure.chart_records import ProfileBody
from geo.figure.fonts import text_width
from geo.figure.page import Box, Page
from geo.figure.presets import Preset
from geo.figure.records import FigureSpec
from geo.figure.rows import Row, draw_rows, gap, height_of, lines_of
from geo.figure.text import fit, wrap

NAME = "Atlas 06"
MOST_LINES = 3  # of an address
MOST_SOURCES = 16  # lines of the sources of a profile
QUIET = 2  # modules of quiet zone kept around the code; the paper beyond it is as quiet


def foot_height(page: Page, spec: FigureSpec, width: float, preset: Preset) -> float:
    """Return how high the foot will be, points."""
    rows = _rows(page, spec, width, preset)
    return max(height_of(rows), _code_size(spec, preset)) + preset.text * 0.8


def draw_foot(page: Page, spec: FigureSpec, box: Box, preset: Preset) -> None:
    """Draw the foot from the top of a box, under a fine line."""
    left, top, right, _ = box
    page.lines([[(left, top), (right, top)]], page.inks.hatch, 0.6)
    draw_rows(page, _rows(page, spec, right - left, preset), left, top + preset.text * 0.55)
    code = _code_size(spec, preset)
    if code:
        _draw_code(page, spec.permalink, right - code, top + preset.text * 0.7, code)
    else:
        wide = text_width(NAME, preset.small, 600)
        page.text(right - wide, top + preset.text * 0.55 + preset.small * 1.05, NAME, preset.small,
                  weight=600, color=page.inks.faint)  # fmt: skip


def _code_size(spec: FigureSpec, preset: Preset) -> float:
    return preset.small * 8.2 if spec.permalink else 0.0


def _rows(page: Page, spec: FigureSpec, width: float, preset: Preset) -> list[Row]:
    size, faint = preset.small, page.inks.faint
    code = _code_size(spec, preset)
    beside = code + 10 if code else text_width(NAME, size, 600) + 8
    room = width - beside
    rows = lines_of(spec.note, room, size * 1.05, most=6)
    if rows:
        rows.append(gap(size * 0.35))
    rows += lines_of(spec.watermark, room, size, weight=600, color="#c0392b", most=2)
    # A profile numbers its sources: none of them may be cut off.
    most = MOST_SOURCES if isinstance(spec.body, ProfileBody) else 4
    for text in (spec.as_of, spec.source):
        rows += lines_of(text, room, size, most=most)
    below = " ".join(text for text in (spec.edition, spec.boundary) if text)
    rows += lines_of(below, room, size, color=faint, most=4)
    if spec.permalink:
        rows += lines_of(spec.scan, room, size, color=faint, most=2)
        rows += _address(spec.permalink, room, size * 0.86, faint)
    return rows


def _address(permalink: str, room: float, size: float, color: str) -> list[Row]:
    """Write the address; only its beginning where it is too long to be typed anyway."""
    lines = [line.replace(" ", "") for line in wrap(permalink.replace("&", " &"), room, size)]
    if len(lines) > MOST_LINES:
        lines = fit(permalink.partition("?")[0], room, size)
    return [
        row
        for line in lines
        for row in lines_of(line, room * 1.1, size, color=color, most=1, url=permalink)
    ]


@lru_cache(maxsize=32)
def code_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the QR code of a text, rows from the top; True is dark."""
    import segno  # noqa: PLC0415

    code = segno.make_qr(text, error="l", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def _draw_code(page: Page, text: str, x: float, y: float, size: float) -> None:
    """Draw dark on white in both themes: readers of codes expect it."""
    modules = np.array(code_modules(text))
    step = size / (len(modules) + 2 * QUIET)
    page.rect((x, y, x + size, y + size), fill="#ffffff")
    corners = np.array([(0, 0), (0, 1), (1, 1), (1, 0)])  # row, column
    squares = (np.argwhere(modules)[:, None] + corners)[:, :, ::-1]
    place = Affine2D().translate(QUIET, QUIET).scale(step).translate(x, y)
    page.path(Path.make_compound_path_from_polys(squares), fill="#000000", place=place, gid="qr")
