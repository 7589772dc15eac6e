"""Draw the profile of a place: sentences, where it lies, and a table of its figures."""

from __future__ import annotations

from dataclasses import dataclass

from geo.figure.chart_records import ProfileBody, ProfileRow
from geo.figure.fonts import text_width
from geo.figure.insets import draw_inset, short_inset
from geo.figure.map import draw_map, proportions
from geo.figure.map_records import MapBody
from geo.figure.page import Box, Page
from geo.figure.presets import Preset
from geo.figure.rows import LEADING, Row, draw_rows, gap, height_of, lines_of
from geo.figure.text import fit

MAP_WIDTH = 0.27  # of the width beside the sentences
TABLE_FROM = 440.0  # points: a narrower table has its figures in two lines each
# Left edges of the columns of a wide table, as shares of its width.
COLUMNS = (0.0, 0.265, 0.43, 0.70, 0.765)
BAR = 0.5  # height of a bar, of the size of type


def draw_profile(page: Page, body: ProfileBody, box: Box, preset: Preset) -> None:
    """Draw a profile into a box: sentences and map, and the table below them."""
    left, top, right, bottom = box
    width = right - left
    aside = width * MAP_WIDTH
    # On a small page the figures matter more than the sentences about them.
    size = preset.text if width >= TABLE_FROM else preset.small
    words = lines_of(body.lede, width - aside - 14, size, most=24)
    tall = max(height_of(words), min((bottom - top) * 0.2, aside * 1.9))
    draw_rows(page, words, left, top)
    draw_locator(page, body.locator, (right - aside, top, right, top + tall), preset)
    draw_table(page, body, (left, top + tall + preset.text, right, bottom), preset)


def draw_words(page: Page, body: ProfileBody, box: Box, preset: Preset) -> None:
    """Draw the sentences and the map under one another, for a column of their own."""
    left, top, right, bottom = box
    words = lines_of(body.lede, right - left, preset.text, most=18)
    y = draw_rows(page, words, left, top) + preset.text
    if bottom - y > preset.text * 8:
        draw_locator(page, body.locator, (left, y, right, bottom), preset)


def draw_locator(page: Page, body: MapBody, box: Box, preset: Preset) -> None:
    """Draw where a place lies, with the archipelagos beside it."""
    left, top, right, bottom = box
    wide, tall = short_inset(preset, body.archipelagos)
    across = min(right - left - wide - 4, (bottom - top) * proportions(body))
    start = right - wide - 4 - across
    draw_map(page, body, (start, top, start + across, bottom), preset, names=False, scale=None)
    fills = {shape.code: shape.fill for shape in body.shapes}
    for down, one in enumerate(reversed(body.archipelagos)):
        low = bottom - down * (tall + 3)
        draw_inset(page, one, (right - wide, low - tall, right, low), preset, fills, short=True)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row of the table, with its height."""

    row: ProfileRow
    drawn: Row


def draw_table(page: Page, body: ProfileBody, box: Box, preset: Preset) -> None:
    """Draw the figures: as many as find room; the rest is counted in a sentence."""
    left, top, right, bottom = box
    width, size = right - left, preset.small
    notes = lines_of(" ".join(body.notes), width, size * 0.94, color=page.inks.faint, most=5)
    bottom -= height_of(notes) + (size * 0.5 if notes else 0)
    wide = width >= TABLE_FROM
    y = top
    if wide:
        y = draw_rows(page, [_heads(body, width, size)], left, y)
    make = _wide if wide else _narrow
    pieces = [_Piece(row, make(row, body, width, size)) for row in body.rows]
    shown = _fitting(pieces, bottom - y - size * LEADING)
    for piece in shown:
        y = draw_rows(page, [piece.drawn], left, y)
    rest = sum(not p.row.group for p in pieces) - sum(not p.row.group for p in shown)
    if rest:
        text = fit(body.more.format(n=rest), width, size)[0]
        page.text(left, y + size * 1.1, text, size, color=page.inks.faint)
    draw_rows(page, notes, left, bottom + size * 0.5)


def _fitting(pieces: list[_Piece], tall: float) -> list[_Piece]:
    """Take the first rows that fit; the name of a group is not left alone at the end."""
    shown: list[_Piece] = []
    for piece in pieces:
        tall -= piece.drawn.height
        if tall < 0:
            break
        shown.append(piece)
    while shown and shown[-1].row.group:
        shown.pop()
    return shown


def _heads(body: ProfileBody, width: float, size: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        for share, head in zip(COLUMNS, body.heads, strict=True):
            page.text(x + share * width, y + size * 1.05, head, size, color=page.inks.faint)
        page.lines([[(x, y + size * 1.5), (x + width, y + size * 1.5)]], page.inks.ink, 0.6)

    return Row(size * 1.75, draw)


def _group(row: ProfileRow, width: float, size: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        name = fit(row.name, width, size * 1.04, 600)[0]
        page.text(x, y + size * 1.75, name, size * 1.04, weight=600)
        page.lines([[(x, y + size * 2.15), (x + width, y + size * 2.15)]], page.inks.hatch, 0.4)

    return Row(size * 2.4, draw)


def _wide(row: ProfileRow, body: ProfileBody, width: float, size: float) -> Row:
    """Write a row in five columns."""
    if row.group:
        return _group(row, width, size)
    ends = (*COLUMNS[1:], 1.0)
    rooms = [(end - start) * width - size for start, end in zip(COLUMNS, ends, strict=True)]
    rooms[-1] += size
    cells: list[list[Row]] = [
        lines_of(row.name, rooms[0], size, most=3),
        lines_of(row.value, rooms[1], size, weight=600, most=3),
        _faint(row.when, rooms[2], size),
        lines_of(row.rank, rooms[3], size, most=2),
        [*_bar(row, body, rooms[4], size), *lines_of(row.against, rooms[4], size * 0.9, most=2)],
    ]
    if row.more:
        cells[1] += lines_of(row.more, rooms[1] + rooms[2], size * 0.9, most=2)
    tall = max(height_of(cell) for cell in cells)

    def draw(page: Page, x: float, y: float) -> None:
        for share, cell in zip(COLUMNS, cells, strict=True):
            draw_rows(page, cell, x + share * width, y)

    return Row(tall + size * 0.28, draw)


def _narrow(row: ProfileRow, _body: ProfileBody, width: float, size: float) -> Row:
    """Write a row with the figure at the right, and what else is said of it below the name."""
    if row.group:
        return _group(row, width, size)
    value = fit(row.value, width * 0.46, size, 600)
    beside = max((text_width(line, size, 600) for line in value), default=0)
    below = " · ".join(text for text in (row.when, row.rank, row.against, row.more) if text)
    rows = [
        *lines_of(row.name, width - beside - size, size, most=2),
        *_faint(below, width, size * 0.9),
    ]

    def draw(page: Page, x: float, y: float) -> None:
        draw_rows(page, rows, x, y)
        for text in value:
            page.text(x + width, y + size * 1.05, text, size, weight=600, align="right")

    return Row(height_of(rows) + size * 0.3, draw)


def _faint(text: str, width: float, size: float) -> list[Row]:
    def row(line: str) -> Row:
        def draw(page: Page, x: float, y: float) -> None:
            page.text(x, y + size * 1.05, line, size, color=page.inks.faint)

        return Row(size * LEADING, draw)

    return [row(line) for line in fit(text, width, size, most=2)] if text else []


def _bar(row: ProfileRow, body: ProfileBody, width: float, size: float) -> list[Row]:
    """Draw a bar from zero with what it is held against as marks."""
    share = row.share
    if share is None:
        return []

    def draw(page: Page, x: float, y: float) -> None:
        top = y + size * 0.5
        page.rect((x, top, x + width, top + size * BAR), fill=page.inks.context)
        end = x + width * min(max(share, 0.0), 1.0)
        page.rect((x, top, end, top + size * BAR), fill=body.accent)
        for mark in row.marks:
            at = x + width * min(max(mark, 0.0), 1.0)
            page.lines([[(at, top - 1), (at, top + size * BAR + 1)]], page.inks.ink, 0.9)

    return [Row(size * (BAR + 0.62), draw), gap(size * 0.05)]
