"""The legend of a figure, as rows of a column."""

from __future__ import annotations

from geo.figure.fonts import text_width
from geo.figure.map import color_of, hatch_step, is_hatch
from geo.figure.page import Page, box_path
from geo.figure.presets import Preset
from geo.figure.records import Key, Legend
from geo.figure.rows import LEADING, Row, gap, lines_of
from geo.figure.square import square_row
from geo.figure.text import fit

SWATCH = (2.4, 1.2)  # width and height of a swatch, of the size of type


def legend_rows(
    page: Page, legend: Legend, width: float, preset: Preset, largest: float
) -> list[Row]:
    """Write a legend as rows.

    Parameters
    ----------
    largest
        Diameter of the largest circle of the map, points.
    """
    size = preset.small
    rows = lines_of(legend.heading, width, preset.text, weight=600, most=4)
    if rows:
        rows.append(gap(size * 0.5))
    if legend.square is not None:
        rows += [square_row(legend.square, width, preset), gap(size * 0.6)]
    circles = [key for key in legend.keys if key.size is not None]
    if circles:
        rows += [_circle(key, preset, largest) for key in circles] + [gap(size * 0.4)]
    for key in legend.keys:
        if key.size is None:
            rows += _key(key, width, preset)
    if legend.foot:
        rows.append(gap(size * 0.45))
    for text in legend.foot:
        rows += lines_of(text, width, size, color=page.inks.faint, most=5)
    return rows


def flat_legend_rows(
    page: Page, legend: Legend, width: float, preset: Preset, largest: float
) -> list[Row]:
    """Write a legend as rows in which the entries follow one another, for the head of a chart."""
    if any(key.size is not None for key in legend.keys):
        return legend_rows(page, legend, width, preset, largest)
    size = preset.small * 1.06
    rows = lines_of(legend.heading, width, preset.text, weight=600, most=3)
    line: list[tuple[float, Row]] = []
    used = 0.0
    for key in legend.keys:
        wide = _key_width(key, size)
        if line and used + wide > width:
            rows.append(_abreast(line))
            line, used = [], 0.0
        line.append((used, _key(key, wide, preset)[0]))
        used += wide + size * 1.4
    if line:
        rows.append(_abreast(line))
    foot = " ".join(legend.foot)
    return rows + lines_of(foot, width, preset.small, color=page.inks.faint, most=3)


def _key_width(key: Key, size: float) -> float:
    wide = SWATCH[0] * size + size * 0.7 + text_width(key.label, size) + 1
    # A count takes no more than half of what is beside the swatch.
    return wide + max(text_width(key.count, size) + size, 0) if key.count else wide


def _abreast(line: list[tuple[float, Row]]) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        for start, row in line:
            row.draw(page, x + start, y)

    return Row(max(row.height for _, row in line), draw)


def _key(key: Key, width: float, preset: Preset) -> list[Row]:
    """Write a swatch with its label, on several lines where it is long, and its count."""
    size = preset.small * 1.06
    wide, tall = SWATCH[0] * size, SWATCH[1] * size
    start = wide + size * 0.7
    room = width - start
    count = key.count if text_width(key.count, size) < room * 0.62 else ""
    beside = text_width(count, size) + size * 0.8 if count else 0
    lines = fit(key.label, room - beside, size, most=4)

    def draw(page: Page, x: float, y: float) -> None:
        _swatch(page, key, (x, y + size * 0.18, x + wide, y + size * 0.18 + tall), preset)
        for at, line in enumerate(lines):
            page.text(x + start, y + size * (1.12 + at * LEADING), line, size)
        if count:
            last = text_width(lines[0], size) if lines else 0
            page.text(
                x + start + last + size * 0.6, y + size * 1.12, count, size, color=page.inks.faint
            )

    return [Row(size * (LEADING * max(1, len(lines)) + 0.22), draw)]


def _swatch(page: Page, key: Key, box: tuple[float, float, float, float], preset: Preset) -> None:
    left, top, right, bottom = box
    if key.marker:
        x, y = (left + right) / 2, (top + bottom) / 2
        page.disc(x, y, 3.6, fill=key.fill, edge=page.inks.paper, width=0.8)
        return
    page.rect(box, fill=color_of(page, key.fill))
    if is_hatch(key.fill):
        page.hatch(box_path(box), None, key.fill, box, hatch_step(preset))
    if key.edge:
        page.path(box_path(box), fill="none", edge=key.edge, width=1.7)
        return
    page.path(box_path(box), fill="none", edge=page.inks.hatch, width=0.5)


def _circle(key: Key, preset: Preset, largest: float) -> Row:
    size = preset.small * 1.06
    across = max(1.6, largest * (key.size or 0))
    height = max(across + 2, size * LEADING)

    def draw(page: Page, x: float, y: float) -> None:
        page.disc(
            x + largest / 2, y + height / 2, across / 2,
            fill=key.fill, edge=page.inks.paper, width=0.5, alpha=0.8,
        )  # fmt: skip
        page.text(x + largest + size * 0.8, y + height / 2 + size * 0.35, key.label, size)

    return Row(height, draw)
