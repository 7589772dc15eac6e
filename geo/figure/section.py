"""Draw a path between two antennas, cut open."""

from __future__ import annotations

from matplotlib.path import Path

from geo.figure.chart_records import Line2D, SectionBody
from geo.figure.fonts import text_width
from geo.figure.page import Box, Page
from geo.figure.presets import Preset
from geo.figure.text import fit

# The same on the page and on paper, light or dark.
GROUND, STANDING, RAY, ZONE, WORST = "#8a7358", "#5f8f57", "#b3261e", "#4f8fbf", "#b3261e"


def draw_section(page: Page, body: SectionBody, box: Box, preset: Preset) -> None:
    """Draw a path into a box.

    Parameters
    ----------
    box
        Left, top, right, bottom in points.
    """
    size = preset.small * 1.04
    left, top, right, bottom = box
    ticks = max((text_width(text, size) for _, text in body.ticks), default=0)
    # Wider than a third of its width it would look like a wall.
    tall = min(bottom - top - size * 5.5, (right - left) * 0.62)
    plot = (left + ticks + size * 0.7, top + size * 2, right, top + size * 2 + tall)
    _axes(page, body, plot, size)

    def shape(line: Line2D, color: str, alpha: float, gid: str) -> None:
        if line:
            page.path(Path(_at(line, plot)), fill=color, alpha=alpha, clip=plot, gid=gid)

    foot: Line2D = ((1.0, 1.0), (0.0, 1.0))
    shape(body.zone, ZONE, 0.3, "fresnel")
    shape(body.top + foot if body.top else (), STANDING, 0.75, "standing")
    shape(body.ground + foot, GROUND, 0.85, "ground")
    page.lines([_at(mast, plot) for mast in body.masts], page.inks.ink, 1.4, gid="masts")
    page.lines([_at(body.ray, plot)], RAY, 1.1, clip=plot, gid="ray")
    if body.worst is not None:
        ((x, y),) = _at((body.worst,), plot)
        page.disc(x, y, size * 0.4, fill="none", edge=WORST, width=1.2, gid="worst")
        page.titles["worst"] = body.told
    for at, text in enumerate(fit(body.told, right - left, size, 500, most=2)):
        page.text(left, plot[3] + size * (3.4 + 1.4 * at), text, size, weight=500)


def _at(line: Line2D, plot: Box) -> list[tuple[float, float]]:
    left, top, right, bottom = plot
    return [(left + x * (right - left), top + y * (bottom - top)) for x, y in line]


def _axes(page: Page, body: SectionBody, plot: Box, size: float) -> None:
    left, top, right, bottom = plot
    faint = page.inks.faint
    for share, text in body.ticks:
        y = top + share * (bottom - top)
        page.lines([[(left, y), (right, y)]], page.inks.hatch, 0.35)
        page.text(left - size * 0.5, y + size * 0.34, text, size, color=faint, align="right")
    page.lines([[(left, bottom), (right, bottom)]], faint, 0.6)
    for share, text in body.foot:
        x = left + share * (right - left)
        page.lines([[(x, bottom), (x, bottom + size * 0.35)]], faint, 0.6)
        align = "left" if share < 0.02 else "right" if share > 0.98 else "center"
        page.text(x, bottom + size * 1.6, text, size, color=faint, align=align)
    first, last = body.ends
    room = (right - left) / 2 - size
    for x, name, align in ((left, first, "left"), (right, last, "right")):
        for text in fit(name, room, size, 600)[:1]:
            page.text(x, top - size * 0.8, text, size, weight=600, align=align)
