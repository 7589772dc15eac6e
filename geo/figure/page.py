"""A page to draw on: points from the upper left corner, no state shared with other figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox
from numpy.typing import NDArray

from geo.figure.fonts import families
from geo.figure.map_records import Fill
from geo.figure.outlines import outline
from geo.figure.records import Format

# Curves of a circle of radius 1 around 0, 0.
DISC = Path.unit_circle()
# How much of a line stands left of where it is written.
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of a theme, those of the map in the browser (static/map/atlas-map.js)."""

    paper: str
    land: str
    hatch: str
    edge: str
    line: str
    context: str
    province: str
    ink: str
    grey: str
    faint: str
    off: str
    mute: str


LIGHT = Inks(
    paper="#ffffff", land="#eceeec", hatch="#b4bab8", edge="#8d9599", line="#ffffff",
    context="#e9ecec",
    province="#7c8588", ink="#1d2327", grey="#d5d8d6", faint="#596268",
    off="#c5c9cb", mute="#7a8185",
)  # fmt: skip
DARK = Inks(
    paper="#14181b", land="#262c30", hatch="#5d676d", edge="#77828a", line="#14181b",
    context="#1b2023",
    province="#8f999e", ink="#f0f3f4", grey="#3b4348", faint="#a4adb2",
    off="#4c5154", mute="#9aa3a7",
)  # fmt: skip
INKS = {"light": LIGHT, "dark": DARK}

Box = tuple[float, float, float, float]  # left, top, right, bottom; points


@lru_cache(maxsize=256)
def _font(names: tuple[str, ...], size: float, weight: int) -> FontProperties:
    return FontProperties(family=list(names), size=size, weight=weight)


class Page:
    """One figure being drawn. Later calls draw above earlier ones.

    Parameters
    ----------
    width, height
        Points.
    inks
        Colours.
    fmt
        What it will be saved as: text in SVG gets its halo from a style, in PNG it is outlines.
    """

    def __init__(
        self, width: float, height: float, inks: Inks, fmt: Format, lang: str = "vi"
    ) -> None:
        self.width, self.height, self.inks, self.fmt = width, height, inks, fmt
        self.lang = lang
        self.families = list(families())
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor=inks.paper)
        flip = Affine2D().scale(1 / 72, -1 / 72).translate(0, height / 72)
        self.frame: Transform = flip + self.figure.dpi_scale_trans
        self.titles: dict[str, str] = {}
        self._order = 0

    def font(self, size: float, weight: int) -> FontProperties:
        """Return the typeface in a size (points) and weight."""
        return _font(tuple(self.families), size, weight)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: int = 400,
        color: str = "",
        align: str = "left",
        rotation: float = 0,
        alpha: float = 1,
        gid: str | None = None,
        url: str | None = None,
    ) -> None:
        """Write a line; `y` is its base line. Nothing in it is taken for a formula."""
        color = color or self.inks.ink
        if self.fmt == "png":
            letters, wide = outline(text, size, weight)
            place = Affine2D().translate(-SHARES[align] * wide, 0).rotate_deg(-rotation)
            place.translate(x, y)
            self.path(letters, fill=color, alpha=alpha, place=place, snap=False)
            return
        artist = self.figure.text(
            x,
            y,
            text,
            fontproperties=self.font(size, weight),
            color=color,
            ha=align,
            va="baseline",
            rotation=rotation,
            rotation_mode="anchor",
            alpha=alpha,
            transform=self.frame,
            parse_math=False,
            zorder=self._next(),
        )
        artist.set_gid(gid)
        artist.set_url(url)

    def halos(self, texts: Sequence[tuple[float, float, str, float, int]], width: float) -> None:
        """Draw paper around texts that will be written, centred, at (x, y, text, size, weight)."""
        if self.fmt == "svg" or not texts:
            return
        outlines = []
        for x, y, text, size, weight in texts:
            letters, wide = outline(text, size, weight)
            outlines.append(letters.transformed(Affine2D().translate(x - wide / 2, y)))
        joined = Path.make_compound_path(*outlines)
        if len(joined):
            self.path(joined, fill="none", edge=self.inks.paper, width=width, alpha=0.85)

    def path(
        self,
        path: Path,
        *,
        fill: str,
        edge: str = "none",
        width: float = 0,
        alpha: float = 1,
        place: Transform | None = None,
        clip: Box | None = None,
        gid: str | None = None,
        snap: bool | None = None,
    ) -> None:
        """Draw one path; `place` brings its coordinates to points."""
        patch = PathPatch(
            path,
            facecolor=fill,
            edgecolor=edge,
            linewidth=width,
            alpha=alpha,
            joinstyle="round",
            transform=self._placed(place),
            zorder=self._next(),
        )
        patch.set_gid(gid)
        patch.set_snap(snap)
        self.figure.add_artist(patch)
        self._clip(patch, clip)

    def areas(
        self,
        areas: Sequence[tuple[str, Path, str]],
        *,
        edge: str,
        width: float,
        place: Transform,
        clip: Box,
    ) -> None:
        """Fill areas, given as (name of its group, path, colour).

        In SVG each is a group of its own; elsewhere all are one collection, which is quicker.
        """
        if self.fmt == "svg":
            for gid, path, fill in areas:
                self.path(
                    path, fill=fill, edge=edge, width=width, place=place, clip=clip, gid=gid or None
                )
            return
        collection = PathCollection(
            [path for _, path, _ in areas],
            facecolors=[fill for _, _, fill in areas],
            edgecolors=edge,
            linewidths=width,
            transform=self._placed(place),
            zorder=self._next(),
        )
        self.figure.add_artist(collection)
        self._clip(collection, clip)

    def lines(
        self,
        lines: Iterable[NDArray[np.float64] | Sequence[tuple[float, float]]],
        color: str,
        width: float,
        *,
        place: Transform | None = None,
        clip: Box | None = None,
        within: tuple[Path, Transform] | None = None,
        dashes: tuple[float, float] | None = None,
        dotted: bool = False,
        gid: str | None = None,
    ) -> None:
        """Draw lines, cut to a box or to a path (with what brings it to points)."""
        collection = LineCollection(
            [np.asarray(line, dtype=float) for line in lines],
            colors=color,
            linewidths=width,
            linestyles=(0, dashes) if dashes else "solid",
            capstyle="round" if within is None or dotted else "butt",
            joinstyle="round",
            transform=self._placed(place),
            zorder=self._next(),
        )
        collection.set_snap(False)
        collection.set_gid(gid)
        self.figure.add_artist(collection)
        if within is not None:
            collection.set_clip_path(within[0], self._placed(within[1]))
        else:
            self._clip(collection, clip)

    def rect(self, box: Box, *, fill: str, edge: str = "none", width: float = 0) -> None:
        """Draw a rectangle."""
        self.path(box_path(box), fill=fill, edge=edge, width=width)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str,
        edge: str = "none",
        width: float = 0,
        alpha: float = 1,
        gid: str | None = None,
    ) -> None:
        """Draw a disc."""
        place = Affine2D().scale(radius).translate(x, y)
        self.path(DISC, fill=fill, edge=edge, width=width, alpha=alpha, place=place, gid=gid)

    def hatch(self, path: Path, place: Transform | None, kind: str, box: Box, step: float) -> None:
        r"""Draw the lines or dots of a state within a path.

        Parameters
        ----------
        path, place
            The area, and what brings it to points.
        step
            Distance of the lines, points.
        """
        left, top, right, bottom = box
        within = (path, place or Affine2D())
        tall = bottom - top
        if kind == Fill.DOTS:
            self._dots(within, box, step)
            return
        starts = np.arange(left - tall - (left - tall) % step, right + tall, step)
        lines = []
        if "/" in kind:
            lines += [[(x, bottom), (x + tall, top)] for x in starts]
        if "\\" in kind:
            lines += [[(x, top), (x + tall, bottom)] for x in starts]
        if "-" in kind:
            lines += [[(left, y), (right, y)] for y in np.arange(top - top % step, bottom, step)]
        self.lines(lines, self.inks.hatch, step * 0.16, within=within)

    def _dots(self, within: tuple[Path, Transform], box: Box, step: float) -> None:
        """Draw rows of dots, every other row shifted, as dashes without length."""
        left, top, right, bottom = box
        width = step * 0.3
        dashes = (0.01 / width, step / width)
        for row in (0, 1):
            ys = np.arange(top - top % (2 * step) + row * step * 0.75, bottom, 1.5 * step)
            start = left - left % step + row * step / 2
            self.lines(
                [[(start, y), (right, y)] for y in ys],
                self.inks.hatch, width, within=within, dashes=dashes, dotted=True,
            )  # fmt: skip

    def serial(self) -> int:
        """Return a number that no other call got."""
        return self._next()

    def _placed(self, place: Transform | None) -> Transform:
        return self.frame if place is None else place + self.frame

    def _clip(self, artist: PathPatch | PathCollection | LineCollection, box: Box | None) -> None:
        if box is not None:
            # Not a path: SVG would write out its transform once more for every area.
            artist.set_clip_box(TransformedBbox(Bbox.from_extents(*box), self.frame))

    def _next(self) -> int:
        self._order += 1
        return self._order


def box_path(box: Box) -> Path:
    """Return the outline of a box."""
    left, top, right, bottom = box
    return Path(
        [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], closed=True
    )
