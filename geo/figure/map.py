"""Draw a map: areas, hatches, borders, circles, names, a scale bar, the archipelagos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo.editions import Level, areas
from geo.figure import geometry
from geo.figure.fonts import text_width
from geo.figure.labels import Name, Taken, write_names
from geo.figure.map_records import Fill, MapBody, Shape
from geo.figure.page import Box, Page
from geo.figure.presets import Preset

CIRCLE_SHARE = 0.085  # diameter of the largest circle, as a share of the height of the map
MANY = 40  # from so many areas on, names are smaller
FEW = 100  # up to so many areas, those that readers look for are named first
# Hà Nội, TP. Hồ Chí Minh, Hải Phòng, Đà Nẵng, Cần Thơ, Huế: the same codes on every map.
SOUGHT = frozenset({"01", "79", "31", "48", "92", "46"})
CROWD = 120  # from so many areas of the country on, provinces are named instead
MANY_DOTS = 1_500  # from so many points on they are smaller
SCALE_KM = (500, 200, 100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a map lies on the page.

    Attributes
    ----------
    layer
        Its areas.
    codes
        Those in focus.
    place
        From metres to points.
    scale
        Points per metre.
    box
        What the map fills, points.
    """

    layer: geometry.Layer
    codes: list[str]
    place: Affine2D
    scale: float
    box: Box

    @property
    def largest(self) -> float:
        """Diameter of the largest circle, points."""
        return largest_circle(self.box)

    def radius(self, share: float | None) -> float:
        """Return the radius of a circle, points, by the share of its figure in the largest."""
        return 0.0 if share is None else max(0.8, self.largest / 2 * share**0.5)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Bring a projected place to points."""
        there = self.place.transform((x, y))
        return float(there[0]), float(there[1])


def largest_circle(box: Box) -> float:
    """Return the diameter of the largest circle on a map that fills a box; points."""
    return min(52.0, max(16.0, CIRCLE_SHARE * (box[3] - box[1])))


def proportions(body: MapBody) -> float:
    """Return how wide a map is for its height."""
    layer = geometry.layer(body.edition, body.level, False)
    west, south, east, north = layer.extent(layer.within(body.focus))
    return (east - west) / (north - south)


def place_map(body: MapBody, box: Box) -> Placed:
    """Fit the areas of a map into a box, in its middle."""
    layer = geometry.layer(body.edition, body.level, False)
    west, south, east, north = layer.extent(layer.within(body.focus))
    left, top, right, bottom = box
    scale = min((right - left) / (east - west), (bottom - top) / (north - south))
    if 1 / scale < geometry.FINE_BELOW:
        layer = geometry.layer(body.edition, body.level, True)
    place = (
        Affine2D()
        .translate(-(west + east) / 2, -(south + north) / 2)
        .scale(scale, -scale)
        .translate((left + right) / 2, (top + bottom) / 2)
    )
    return Placed(layer, layer.within(body.focus), place, scale, box)


def draw_map(
    page: Page,
    body: MapBody,
    box: Box,
    preset: Preset,
    *,
    prefix: str = "",
    names: bool = True,
    scale: Box | Literal["own"] | None = "own",
) -> Placed:
    """Draw a map into a box of the page.

    Parameters
    ----------
    box
        Left, top, right, bottom in points.
    prefix
        Of the names of its groups in SVG, for one of several maps.
    scale
        Where its scale bar may stand, by default anywhere on it; None for no scale bar.
    """
    placed = place_map(body, box)
    shapes = {shape.code: shape for shape in body.shapes}
    _fill(page, body, placed, shapes, preset=preset, prefix=prefix)
    page.lines(placed.layer.borders, page.inks.province, preset.small * 0.065,
               place=placed.place, clip=placed.box)  # fmt: skip
    taken = Taken()
    _circles(page, body, placed, shapes, taken=taken, prefix=prefix)
    _outlines(page, body, placed)
    _dots(page, body, placed, preset, taken)
    if scale is not None:
        within = box if scale == "own" else scale
        _scale_bar(page, body, placed, preset, taken=taken, within=within)
    if names:
        _names(page, body, placed, shapes, preset=preset, taken=taken)
    return placed


def color_of(page: Page, fill: str) -> str:
    """Return the colour under a fill: of its class, or what its hatch is drawn on."""
    if fill.startswith("#"):
        return fill
    inks = page.inks
    solid = {Fill.PLAIN: inks.land, Fill.GREY: inks.grey, Fill.OFF: inks.off}
    return solid.get(Fill(fill), inks.paper)


def is_hatch(fill: str) -> bool:
    """Say whether a fill has lines or dots."""
    return fill in (Fill.NO_DATA, Fill.BACK, Fill.CROSSED, Fill.DOTS, Fill.LINES)


def hatch_step(preset: Preset) -> float:
    """Return the distance of the lines of a hatch, points."""
    return preset.small * 0.56


def _fill(
    page: Page,
    body: MapBody,
    placed: Placed,
    shapes: dict[str, Shape],
    *,
    preset: Preset,
    prefix: str,
) -> None:
    layer, inks = placed.layer, page.inks
    thin = 0.15 if len(placed.codes) > 1000 else 0.35
    if len(placed.codes) < len(layer.paths):
        focus = set(placed.codes)
        around = [("", path, inks.context) for code, path in layer.paths.items()
                  if code not in focus and _near(path, placed)]  # fmt: skip
        page.areas(around, edge=inks.context, width=thin, place=placed.place, clip=placed.box)
    bare = any(shape.size is not None or shape.marked for shape in body.shapes)
    drawn: list[tuple[str, Path, str]] = []
    hatched: dict[str, list[Path]] = {}
    for code in placed.codes:
        fill = shapes[code].fill if code in shapes else Fill.NO_DATA
        gid = f"{prefix}area-{code}"
        if code in shapes:
            page.titles[gid] = shapes[code].told
        drawn.append((gid, layer.paths[code], color_of(page, fill)))
        if is_hatch(fill):
            hatched.setdefault(fill, []).append(layer.paths[code])
    edge = inks.hatch if bare else inks.line
    page.areas(drawn, edge=edge, width=thin, place=placed.place, clip=placed.box)
    for kind, paths in hatched.items():
        joined = Path.make_compound_path(*paths)
        page.hatch(joined, placed.place, kind, _box_of(joined, placed), hatch_step(preset))
        if not bare:
            # White lines do not show between areas that are white themselves.
            page.path(joined, fill="none", edge=inks.edge, width=thin, place=placed.place,
                      clip=placed.box)  # fmt: skip


def _near(path: Path, placed: Placed) -> bool:
    left, top, right, bottom = _box_of(path, placed)
    box = placed.box
    return left < box[2] and right > box[0] and top < box[3] and bottom > box[1]


def _box_of(path: Path, placed: Placed) -> Box:
    west, south, east, north = geometry.extent_of(geometry.vertices(path))
    (left, bottom), (right, top) = placed.point(west, south), placed.point(east, north)
    return left, top, right, bottom


def _outlines(page: Page, body: MapBody, placed: Placed) -> None:
    """Outline pinned areas in their colours, and the one looked at."""
    # Paper on both sides keeps the colour of a pin apart from those of the classes.
    outlines = [(code, ink, width) for code, color in body.pins
                for ink, width in ((page.inks.paper, 3.0), (color, 1.7))]  # fmt: skip
    if body.selected:
        outlines.append((body.selected, page.inks.ink, 1.4))
    for code, ink, width in outlines:
        path = placed.layer.paths.get(code)
        if path is not None:
            page.path(path, fill="none", edge=ink, width=width, place=placed.place,
                      clip=placed.box, gid=f"outline-{code}-{page.serial()}")  # fmt: skip


def _circles(
    page: Page,
    body: MapBody,
    placed: Placed,
    shapes: dict[str, Shape],
    *,
    taken: Taken,
    prefix: str,
) -> None:
    sized = [s for s in shapes.values() if s.size is not None and s.code in placed.layer.points]
    for shape in sorted(sized, key=lambda s: -(s.size or 0)):
        x, y = placed.point(*placed.layer.points[shape.code])
        radius = placed.radius(shape.size)
        fill, alpha = (page.inks.mute, 0.35) if shape.off else (shape.color or body.circle, 0.8)
        page.disc(x, y, radius, fill=fill, edge=page.inks.paper, width=0.5, alpha=alpha,
                  gid=f"{prefix}circle-{shape.code}")  # fmt: skip
        page.titles[f"{prefix}circle-{shape.code}"] = shape.told
        core = radius * 0.8
        taken.add((x - core, y - core, x + core, y + core))
    for shape in shapes.values():
        if shape.marked and shape.code in placed.layer.points:
            x, y = placed.point(*placed.layer.points[shape.code])
            fill = page.inks.mute if shape.off else body.circle
            page.disc(x, y, 3.6, fill=fill, edge=page.inks.paper, width=0.8)
            taken.add((x - 3, y - 3, x + 3, y + 3))


def _dots(page: Page, body: MapBody, placed: Placed, preset: Preset, taken: Taken) -> None:
    """Draw points, those with a word in them larger; nothing beyond the map."""
    if not body.dots:
        return
    places = geometry.project([dot.lon for dot in body.dots], [dot.lat for dot in body.dots])
    left, top, right, bottom = placed.box
    many = len(body.dots) > MANY_DOTS
    for dot, (east, north) in zip(body.dots, places, strict=True):
        x, y = placed.point(east, north)
        if not (left <= x <= right and top <= y <= bottom):
            continue
        radius = preset.small * (0.85 if dot.mark else 0.16 if many else 0.3)
        page.disc(x, y, radius, fill=dot.color, edge=page.inks.paper, width=0.3)
        if dot.mark:
            page.text(x, y + preset.small * 0.33, dot.mark, preset.small * 0.9, weight=600,
                      color="#ffffff", align="center")  # fmt: skip
            taken.add((x - radius, y - radius, x + radius, y + radius))


def _names(
    page: Page,
    body: MapBody,
    placed: Placed,
    shapes: dict[str, Shape],
    *,
    preset: Preset,
    taken: Taken,
) -> None:
    layer = placed.layer
    if body.focus is None and len(shapes) > CROWD:
        names, size = _province_names(page, body, placed), preset.small * 0.9
    else:
        many = len(shapes) > MANY
        size = preset.small * (0.8 if many else 0.95)
        names = []
        for code, shape in shapes.items():
            if code not in layer.points:
                continue
            room = layer.rooms[code] * placed.scale
            if many and room < size * 0.8:
                continue
            value = shape.value if room > size * 2.2 and not shape.marked else ""
            fill = shape.fill if shape.fill.startswith("#") else ""
            x, y = placed.point(*layer.points[code])
            around = 4.0 if shape.marked else placed.radius(shape.size)
            path = layer.paths[code].transformed(placed.place) if fill else None
            sought = len(shapes) < FEW and code in SOUGHT and not around
            names.append(Name(x, y, room, shape.name, value, fill, around, path, sought))
    write_names(page, names, size, placed.box, taken)


def _province_names(page: Page, body: MapBody, placed: Placed) -> list[Name]:
    above = geometry.layer(body.edition, Level.PROVINCE, False)
    lang = page.lang
    return [
        Name(
            *placed.point(*above.points[one.code]),
            above.rooms[one.code] * placed.scale,
            one.short_vi if lang == "vi" else one.short_en,
        )
        for one in areas(body.edition, Level.PROVINCE)
        if one.code in above.points
    ]


def _scale_bar(
    page: Page, body: MapBody, placed: Placed, preset: Preset, *, taken: Taken, within: Box
) -> None:
    """Draw a scale bar where no land is, true at the latitude of the middle of the map."""
    left, top, right, bottom = placed.box
    middle = placed.place.inverted().transform(((left + right) / 2, (top + bottom) / 2))
    at = geometry.latitude(float(middle[0]), float(middle[1]))
    per_km = geometry.metres_per_km(at, float(middle[0])) * placed.scale
    km = next((km for km in SCALE_KM if km * per_km <= (right - left) * 0.3), SCALE_KM[-1])
    size = preset.small * 0.86
    text = body.scale_at.format(km=km, latitude=f"{at:.0f}")
    tick, wide = size * 0.35, max(text_width(text, size), km * per_km)
    tall = tick + size * 1.6
    x, y = _free_corner(placed, wide + 4, tall + 4, within)
    x, y = x + 2, y + tall + 2
    page.lines(
        [[(x, y - tick), (x, y), (x + km * per_km, y), (x + km * per_km, y - tick)]],
        page.inks.faint,
        0.6,
    )
    page.text(x, y - tick - size * 0.45, text, size, color=page.inks.faint)
    taken.add((x - 2, y - tall - 2, x + wide + 2, y + 2))


def _free_corner(placed: Placed, wide: float, tall: float, within: Box) -> tuple[float, float]:
    """Find the place along the edges, best at the left or below, that covers least land."""
    left, top, right, bottom = within
    points = placed.place.transform(np.concatenate(placed.layer.borders))
    down = np.linspace(bottom - tall, top, 12)
    spots = [(left, y) for y in down[:10]]
    spots += [(x, bottom - tall) for x in np.linspace(left, right - wide, 6)[1:]]
    spots += [(right - wide, y) for y in down[:10]]

    def covered(spot: tuple[float, float]) -> int:
        x, y = spot
        inside = (points[:, 0] > x) & (points[:, 0] < x + wide)
        inside &= (points[:, 1] > y) & (points[:, 1] < y + tall)
        return int(inside.sum())

    return min(spots, key=covered)
