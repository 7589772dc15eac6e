"""A small map that shows where a place lies, as SVG: it prints, and needs no script.

It is drawn from the same files as the large map, so Hoàng Sa and Trường Sa are
on every one of them, as circles.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from geo.boundaries import BoundaryLayer, Symbol, bounds, joined, read_topology, web_layer
from geo.editions import Level

Point = tuple[float, float]
Ring = list[Point]
Shape = list[Ring]
EDGE = 4.0  # px
# Paths are written in whole tenths of a px; a point nearer to the last one is not seen.
TENTHS = 10
FINEST = 5
NARROWEST = 2.5  # px, half a letter of a name


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a small map.

    Attributes
    ----------
    land, line
        Areas and the lines between them.
    place
        The place itself.
    """

    land: str = "#d8dedf"
    line: str = "#ffffff"
    place: str = "#0b5c7a"


@dataclass(frozen=True, slots=True)
class Label:
    """A name on a map: `x` is its middle and `y` its upper edge, both in percent of the picture."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A small map: the picture, its size in px, and the names to be written over it."""

    svg: str
    width: int
    height: int
    labels: tuple[Label, ...] = ()


def country_svg(
    edition: str, codes: Collection[str], names: Iterable[str], ink: Ink, width: int = 260
) -> Drawing:
    """Draw the provinces of an edition, with some of them marked.

    Parameters
    ----------
    edition
        Id of an edition with boundaries.
    names
        Of Hoàng Sa and Trường Sa, in the order of the layer's symbols.

    Returns
    -------
    Drawing
        Of the height that its content needs, with the names of the archipelagos.
    """
    layer = web_layer(edition, Level.PROVINCE)
    frame = _Frame.around(layer.bbox, width)
    areas = _areas(layer)
    drawn = [_path(shape, frame) for shape, _ in areas.values()]
    marked = [_path(shape, frame) for code, (shape, _) in areas.items() if code in codes]
    return frame.drawing(
        _group(drawn, ink.land, ink.line, 0.5)
        + _group(marked, ink.place, ink.place, 0.5)
        + "".join(_archipelago(s, frame, ink, marked=s.code in codes) for s in layer.symbols),
        tuple(_label(s, name, frame) for s, name in zip(layer.symbols, names, strict=True)),
    )


def parts_svg(
    edition: str,
    level: Level,
    province: str,
    codes: Collection[str],
    *,
    ink: Ink,
    width: int = 260,
) -> Drawing:
    """Draw the parts of a province, with some of them marked.

    Parameters
    ----------
    edition, level, province
        Areas of this level in the province.

    Returns
    -------
    Drawing
        Without names. Hoàng Sa and Trường Sa are not within the box of their provinces: show it
        beside `country_svg`.
    """
    layer = web_layer(edition, level)
    frame = _Frame.around(bounds(edition, province), width)
    inside = {code: shape for code, (shape, home) in _areas(layer).items() if home == province}
    drawn = [_path(shape, frame) for shape in inside.values()]
    marked = [_path(shape, frame) for code, shape in inside.items() if code in codes]
    return frame.drawing(
        _group(drawn, ink.land, ink.line, 0.6) + _group(marked, ink.place, ink.line, 0.6)
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where degrees are in the picture: equirectangular, true at the middle latitude."""

    west: float
    north: float
    across: float
    down: float
    width: int
    height: int

    @classmethod
    def around(cls, box: tuple[float, float, float, float], width: int) -> _Frame:
        west, south, east, north = box
        wide = max(east - west, 0.02) * math.cos(math.radians((south + north) / 2))
        tall = max(north - south, 0.02)
        # No picture is more than a half taller than wide.
        scale = min((width - 2 * EDGE) / wide, (1.5 * width - 2 * EDGE) / tall)
        across = scale * wide / max(east - west, 0.02)
        left = (width - scale * wide) / 2
        height = math.ceil(scale * tall + 2 * EDGE)
        return cls(west - left / across, north + EDGE / scale, across, scale, width, height)

    def at(self, point: Point) -> Point:
        return (point[0] - self.west) * self.across, (self.north - point[1]) * self.down

    def drawing(self, body: str, labels: tuple[Label, ...] = ()) -> Drawing:
        size = f'width="{self.width}" height="{self.height}"'
        box = f'viewBox="0 0 {self.width} {self.height}"'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>{body}</svg>'
        return Drawing(svg, self.width, self.height, labels)


def _group(paths: list[str], fill: str, line: str, weight: float) -> str:
    joined = "".join(paths)
    style = f'fill="{fill}" stroke="{line}" stroke-width="{weight * TENTHS}"'
    scaled = f'transform="scale({1 / TENTHS})" stroke-linejoin="round"'
    return f'<path {style} {scaled} d="{joined}"/>' if joined else ""


def _path(shape: Shape, frame: _Frame) -> str:
    return "".join(_ring(ring, frame) for ring in shape)


def _ring(ring: Ring, frame: _Frame) -> str:
    tenths = [tuple(round(TENTHS * each) for each in frame.at(point)) for point in ring]
    (first_x, first_y), steps = tenths[0], []
    x, y = first_x, first_y
    for to_x, to_y in tenths[1:]:
        if abs(to_x - x) + abs(to_y - y) >= FINEST:
            steps.append(f"{to_x - x} {to_y - y}")
            x, y = to_x, to_y
    return f"M{first_x} {first_y}l{'l'.join(steps)}z" if len(steps) > 1 else ""


def _archipelago(symbol: Symbol, frame: _Frame, ink: Ink, *, marked: bool) -> str:
    spots = [frame.at(point) for point in symbol.points]
    fill = ink.place if marked else ink.land
    circles = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2.6 if len(spots) == 1 else 1.6}"/>'
        for x, y in spots
    )
    edge = ink.place if marked else "#7c8588"
    return f'<g fill="{fill}" stroke="{edge}" stroke-width="0.7">{circles}</g>'


def _label(symbol: Symbol, name: str, frame: _Frame) -> Label:
    """Place a name under an archipelago, whole within the picture."""
    spots = [frame.at(point) for point in symbol.points]
    x = min(sum(x for x, _ in spots) / len(spots), frame.width - NARROWEST * len(name) - 2)
    y = max(y for _, y in spots) + 5
    return Label(name, round(100 * x / frame.width, 1), round(100 * y / frame.height, 1))


@lru_cache(maxsize=8)
def _areas(layer: BoundaryLayer) -> dict[str, tuple[Shape, str]]:
    """Return the rings of each area and the code of its province."""
    made = read_topology(layer.file)
    return {
        area.code: (
            [joined(ring, made.arcs).tolist() for ring in area.rings],
            str(area.properties.get("p", area.code)),
        )
        for area in made.members
    }
