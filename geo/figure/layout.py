"""Put a figure together: where title, picture, legend, insets and sources stand."""

from __future__ import annotations

from dataclasses import replace

from geo.figure.bars import draw_bars
from geo.figure.chart_records import BarsBody, LinesBody, ProfileBody, SectionBody
from geo.figure.foot import draw_foot, foot_height
from geo.figure.insets import draw_inset, inset_height
from geo.figure.legend import flat_legend_rows, legend_rows
from geo.figure.lines import draw_lines
from geo.figure.map import draw_map, largest_circle, proportions
from geo.figure.map_records import MapBody, MultiplesBody
from geo.figure.multiples import draw_multiples, largest_of
from geo.figure.page import INKS, Box, Page
from geo.figure.presets import PRESETS, Preset
from geo.figure.profile import draw_profile, draw_table, draw_words
from geo.figure.records import Body, FigureSpec, Format
from geo.figure.rows import Row, draw_rows, gap, height_of, lines_of
from geo.figure.section import draw_section

INSET_GAP = 6.0
SMALLER = (0.94, 0.88, 0.82, 0.76)  # sizes of type tried for a long legend
SMALLEST = 4.6  # points
INSET_SHARE = 0.62  # width of an inset, of the column beside a map


def compose(spec: FigureSpec, fmt: Format) -> Page:
    """Draw a figure onto a page.

    Parameters
    ----------
    spec
        Cleaned: see `geo.figure.render`.
    """
    preset = PRESETS[spec.preset]
    page = Page(preset.width, preset.height, INKS[spec.theme], fmt, spec.lang)
    if preset.width > 1.3 * preset.height:
        _landscape(page, spec, preset)
    else:
        _upright(page, spec, preset)
    if spec.watermark:
        _watermark(page, spec.watermark, preset)
    return page


def _head(page: Page, spec: FigureSpec, width: float, preset: Preset) -> list[Row]:
    """Write title, subtitle: the title smaller where it is long."""
    size = preset.title
    rows = lines_of(spec.title, width, size, weight=600, most=99)
    while len(rows) > 3 and size > preset.title * 0.72:
        size *= 0.93
        rows = lines_of(spec.title, width, size, weight=600, most=99)
    rows = rows[:7] if len(rows) <= 7 else lines_of(spec.title, width, size, weight=600, most=7)
    if spec.subtitle:
        rows.append(gap(preset.text * 0.3))
        rows += lines_of(spec.subtitle, width, preset.text, color=page.inks.faint, most=7)
    return rows


def _upright(page: Page, spec: FigureSpec, preset: Preset) -> None:
    left, right = preset.margin, preset.width - preset.margin
    width = right - left
    y = draw_rows(page, _head(page, spec, width, preset), left, preset.margin * 0.86)
    foot = foot_height(page, spec, width, preset)
    bottom = preset.height - preset.margin * 0.8 - foot
    draw_foot(page, spec, (left, bottom, right, preset.height), preset)
    _body(page, spec, (left, y + preset.text, right, bottom - preset.text), preset)


def _landscape(page: Page, spec: FigureSpec, preset: Preset) -> None:
    """Put the texts into a column at the left, the picture beside it in full height."""
    left, top = preset.margin, preset.margin
    width = preset.width * 0.37
    bottom = preset.height - preset.margin * 0.8
    y = draw_rows(page, _head(page, spec, width, preset), left, top * 0.86) + preset.text * 1.2
    foot = foot_height(page, spec, width, preset)
    draw_foot(page, spec, (left, bottom - foot, left + width, preset.height), preset)
    picture = (left + width + preset.margin * 1.4, top, preset.width - preset.margin, bottom)
    body = spec.body
    if isinstance(body, ProfileBody):
        draw_words(page, body, (left, y, left + width, bottom - foot - preset.text), preset)
        draw_table(page, body, picture, preset)
        return
    largest = _largest(body, picture, preset)
    rows = _legend(page, spec, (width, bottom - foot - preset.text - y), preset, largest)
    draw_rows(page, rows, left, y)
    if isinstance(body, MapBody):
        wide = preset.aside * 0.48
        draw_map(page, body, (picture[0], top, picture[2] - wide - 10, bottom), preset)
        _insets_down(page, body, (picture[2] - wide, top, picture[2], bottom), preset)
    else:
        _draw_chart(page, spec, picture, preset)


def _largest(body: Body, box: Box, preset: Preset) -> float:
    """Return the diameter of the largest circle of a picture that fills a box; points."""
    if isinstance(body, MultiplesBody):
        return largest_of(body, box, preset)
    return largest_circle(box)


def _draw_chart(page: Page, spec: FigureSpec, box: Box, preset: Preset) -> None:
    """Draw what is not a single map into a box."""
    body = spec.body
    if isinstance(body, BarsBody):
        draw_bars(page, body, box, preset)
    elif isinstance(body, LinesBody):
        draw_lines(page, body, box, preset)
    elif isinstance(body, MultiplesBody):
        draw_multiples(page, body, box, preset)
    elif isinstance(body, ProfileBody):
        draw_profile(page, body, box, preset)
    elif isinstance(body, SectionBody):
        draw_section(page, body, box, preset)


def _body(page: Page, spec: FigureSpec, box: Box, preset: Preset) -> None:
    body = spec.body
    if isinstance(body, LinesBody):
        _lines_above(page, spec, box, preset)
    elif isinstance(body, MultiplesBody):
        _multiples_above(page, spec, body, box, preset)
    elif not isinstance(body, MapBody):
        left, top, right, bottom = box
        rows = flat_legend_rows(page, spec.legend, right - left, preset, largest_circle(box))
        top = draw_rows(page, rows, left, top) + (preset.text if rows else 0)
        _draw_chart(page, spec, (left, top, right, bottom), preset)
    elif _better_above(page, spec, body, box, preset):
        _map_above(page, spec, body, box, preset)
    else:
        _map_beside(page, spec, body, box, preset)


def _lines_above(page: Page, spec: FigureSpec, box: Box, preset: Preset) -> None:
    """Draw a time series below what it is of, and above what is to be said of it."""
    left, top, right, bottom = box
    width, legend = right - left, spec.legend
    head = lines_of(legend.heading, width, preset.text, weight=600, most=3)
    below = lines_of(" ".join(legend.foot), width, preset.small, color=page.inks.faint, most=6)
    top = draw_rows(page, head, left, top) + preset.small * 0.4
    low = bottom - height_of(below)
    draw_rows(page, below, left, low)
    draw_lines(page, spec.body, (left, top, right, low - preset.small), preset)  # type: ignore[arg-type]


def _multiples_above(
    page: Page, spec: FigureSpec, body: MultiplesBody, box: Box, preset: Preset
) -> None:
    """Draw several maps above their one legend."""
    left, top, right, bottom = box
    largest = largest_of(body, box, preset)
    rows = flat_legend_rows(page, spec.legend, right - left, preset, largest)
    tall = min(height_of(rows), (bottom - top) * 0.5)
    maps = (left, top, right, bottom - tall - preset.text)
    if any(key.size is not None for key in spec.legend.keys):
        largest = largest_of(body, maps, preset)
        rows = flat_legend_rows(page, spec.legend, right - left, preset, largest)
    draw_multiples(page, body, maps, preset)
    draw_rows(page, rows, left, bottom - tall)


def _rows(page: Page, spec: FigureSpec, width: float, preset: Preset, largest: float) -> list[Row]:
    """Write the few figures of a map, if it has no scale, and its legend."""
    facts = _facts(page, spec, width, preset)
    return facts + legend_rows(page, spec.legend, width, preset, largest)


def _legend(
    page: Page, spec: FigureSpec, room: tuple[float, float], preset: Preset, largest: float
) -> list[Row]:
    """Write a legend into a room, as (width, height): smaller if need be, at worst cut short."""
    width, tall = room
    rows = _rows(page, spec, width, preset, largest)
    for share in SMALLER:
        if height_of(rows) <= tall or preset.small * share < SMALLEST:
            break
        small = replace(preset, text=preset.text * share, small=preset.small * share)
        rows = _rows(page, spec, width, small, largest)
    while rows and height_of(rows) > tall:
        rows.pop()
    return rows


def _better_above(page: Page, spec: FigureSpec, body: MapBody, box: Box, preset: Preset) -> bool:
    """Say whether a map is larger above its legend than beside it."""
    left, top, right, bottom = box
    shape = proportions(body)
    tall = bottom - top - _below(page, spec, box, preset) - preset.text
    above = min((right - left) / shape, tall)
    return above > min((right - left - preset.aside - 10) / shape, bottom - top)


def _below(page: Page, spec: FigureSpec, box: Box, preset: Preset) -> float:
    """Return the height of legend and insets below a map."""
    left, top, right, bottom = box
    width = right - left - preset.aside * INSET_SHARE - 12
    rows = _rows(page, spec, width, preset, largest_circle(box))
    tall = max(height_of(rows), 2 * inset_height(preset) + INSET_GAP)
    return min(tall, (bottom - top) * 0.62)


def _map_beside(page: Page, spec: FigureSpec, body: MapBody, box: Box, preset: Preset) -> None:
    left, top, right, bottom = box
    aside = right - preset.aside
    # A narrow map leaves room to its legend.
    width = min(aside - 10 - left, (bottom - top) * proportions(body))
    aside -= (aside - 10 - left - width) * 0.35
    placed = draw_map(page, body, (left, top, aside - 10, bottom), preset)
    tall = bottom - top - inset_height(preset) - preset.text
    rows = _legend(page, spec, (right - aside, tall), preset, placed.largest)
    ends = draw_rows(page, rows, aside, top)
    _insets_low(page, body, (aside, ends + preset.text, right, bottom), preset)


def _map_above(page: Page, spec: FigureSpec, body: MapBody, box: Box, preset: Preset) -> None:
    left, top, right, bottom = box
    width = right - left
    inset = preset.aside * INSET_SHARE
    beside = width - inset - 12
    tall = _below(page, spec, box, preset)
    rows = _legend(page, spec, (beside, tall), preset, largest_circle(box))
    draw_map(page, body, (left, top, right, bottom - tall - preset.text), preset)
    draw_rows(page, rows, left, bottom - tall)
    _insets_low(page, body, (right - inset, bottom - tall, right, bottom), preset)


def _insets_low(page: Page, body: MapBody, box: Box, preset: Preset) -> None:
    """Put the insets at the foot of a column: under one another if they find room, else abreast."""
    left, top, right, bottom = box
    tall, fills = inset_height(preset), {shape.code: shape.fill for shape in body.shapes}
    n = len(body.archipelagos)
    wide = min(right - left, preset.aside * INSET_SHARE)
    if bottom - top >= n * tall + (n - 1) * INSET_GAP:
        for at, one in enumerate(reversed(body.archipelagos)):
            low = bottom - at * (tall + INSET_GAP)
            draw_inset(page, one, (right - wide, low - tall, right, low), preset, fills)
        return
    wide = (right - left - INSET_GAP * (n - 1)) / n
    for at, one in enumerate(body.archipelagos):
        start = left + at * (wide + INSET_GAP)
        draw_inset(page, one, (start, bottom - tall, start + wide, bottom), preset, fills)


def _insets_down(page: Page, body: MapBody, box: Box, preset: Preset) -> None:
    left, _, right, bottom = box
    tall, fills = inset_height(preset), {shape.code: shape.fill for shape in body.shapes}
    for at, one in enumerate(reversed(body.archipelagos)):
        low = bottom - at * (tall * 1.5)
        draw_inset(page, one, (left, low - tall, right, low), preset, fills)


def _facts(page: Page, spec: FigureSpec, width: float, preset: Preset) -> list[Row]:
    """Write the few figures of a map without a scale."""
    if not isinstance(spec.body, MapBody) or not spec.body.facts:
        return []
    rows: list[Row] = []
    for name, figure, when in spec.body.facts:
        rows += lines_of(name, width, preset.text, most=2)
        rows += lines_of(figure, width, preset.text * 1.45, weight=600, most=3)
        rows += lines_of(when, width, preset.small, color=page.inks.faint, most=2)
        rows.append(gap(preset.text * 0.7))
    return rows


def _watermark(page: Page, text: str, preset: Preset) -> None:
    """Lay the mark of simulated figures over the whole page."""
    size = preset.title * 1.5
    for row in range(1, 6):
        page.text(
            preset.width / 2, preset.height * row / 5.5, text, size,
            weight=600, color="#c0392b", align="center", rotation=28, alpha=0.2,
        )  # fmt: skip
