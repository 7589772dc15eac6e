"""Names on a map, without collisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from geo.figure.fonts import text_width
from geo.figure.page import Box, Page

NAME_WEIGHT, VALUE_WEIGHT = 500, 400
LINE = 1.18  # of the size of type, from one base line to the next
MOST = 400  # names tried
LEADER = 0.5  # points: a line from an area to the name beside it
# Where a name can stand beside an area too small for it: towards the sea before the land.
BESIDE = ((1, 0.25), (1, 0.9), (1, -0.5), (-1, 0.6), (-1, -0.4))
WHITE, BLACK = "#ffffff", "#1d2327"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that wants a place.

    Attributes
    ----------
    x, y
        Where it stands best: its middle, points.
    room
        How wide its area is there, points.
    text, value
        The name, and the figure below it ("" for none).
    fill
        Colour under it: ``#rrggbb`` of a class, or "" for paper.
    path
        Outline of the area in points, by which it is told whether a name lies within; or None.
    around
        Radius of the circle or marker that it stands beside, points; 0 for none.
    sought
        Whether readers look for it first: it is placed before the others, and beside its area, with
        a line that leads there, where the area is too small.
    """

    x: float
    y: float
    room: float
    text: str
    value: str = ""
    fill: str = ""
    around: float = 0.0
    path: Path | None = None
    sought: bool = False


@dataclass(slots=True)
class Taken:
    """The places that are taken already, as boxes in points."""

    boxes: list[Box] = field(default_factory=list)
    _array: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 4)))

    def add(self, box: Box) -> None:
        """Take a place."""
        self.boxes.append(box)
        self._array = np.vstack([self._array, box])

    def free(self, box: Box) -> bool:
        """Say whether nothing is in a place yet."""
        left, top, right, bottom = box
        a = self._array
        hit = (a[:, 0] < right) & (a[:, 2] > left) & (a[:, 1] < bottom) & (a[:, 3] > top)
        return not bool(hit.any())


@dataclass(frozen=True, slots=True)
class _Written:
    x: float
    y: float
    text: str
    weight: int
    bare: bool


def write_names(page: Page, names: Iterable[Name], size: float, within: Box, taken: Taken) -> int:
    """Write as many names as find room, the widest areas first."""
    lines: dict[str, list[_Written]] = {}
    count = 0
    for name in sorted(names, key=lambda one: (not one.sought, -one.room))[:MOST]:
        placed = _placed(name, size, within, taken)
        if placed is None:
            continue
        count += 1
        x, y, value = placed
        if name.sought and abs(x - name.x) > size * 2:
            half = text_width(name.text, size, NAME_WEIGHT) / 2 + 1.5
            near = x - half if x - half > name.x else min(x + half, name.x)
            page.lines([[(name.x, name.y), (near, y)]], page.inks.ink, LEADER)
        inside = _is_within(name, x, y, size, bool(value))
        color = _color(page, name.fill, inside)
        first = y + size * 0.34 - (size * LINE / 2 if value else 0)
        lines.setdefault(color, []).append(_Written(x, first, name.text, NAME_WEIGHT, inside))
        if value:
            below = _Written(x, first + size * LINE, value, VALUE_WEIGHT, inside)
            lines[color].append(below)
    for color, written in lines.items():
        haloed = [w for w in written if not w.bare]
        page.halos([(w.x, w.y, w.text, size, w.weight) for w in haloed], size * 0.34)
        for at, one in enumerate(written):
            kind = "name-bare" if one.bare else "name"
            page.text(
                one.x, one.y, one.text, size, weight=one.weight, color=color, align="center",
                gid=f"{kind}-{page.serial()}-{at}",
            )  # fmt: skip
    return count


def _color(page: Page, fill: str, inside: bool) -> str:
    """Choose what can be read on the area, or on the page where the name reaches beyond it."""
    if not fill or not inside:
        return page.inks.ink
    return WHITE if is_dark(fill) else BLACK


def _is_within(name: Name, x: float, y: float, size: float, two: bool) -> bool:
    """Say whether the middle line of a name lies in its area."""
    if name.path is None:
        return False
    half = text_width(name.text, size, NAME_WEIGHT) / 2
    rows = (-0.5, 0.5) if two else (0.0,)
    points = [(x + half * at, y + row * size) for at in (-1, -0.5, 0, 0.5, 1) for row in rows]
    return bool(name.path.contains_points(points).mean() > 0.85)


def is_dark(fill: str) -> bool:
    """Say whether white is easier to read on a colour than black (as the map in the browser)."""
    r, g, b = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * r + 0.587 * g + 0.114 * b < 140


def _placed(name: Name, size: float, within: Box, taken: Taken) -> tuple[float, float, str] | None:
    """Find a place near the best one, with the figure if that fits as well."""
    for value in dict.fromkeys((name.value, "")):
        wide = text_width(name.text, size, NAME_WEIGHT)
        if value:
            wide = max(wide, text_width(value, size, VALUE_WEIGHT))
        tall = size * LINE * (2 if value else 1)
        for x, y in _spots(name, wide, tall):
            box = (x - wide / 2 - 1, y - tall / 2, x + wide / 2 + 1, y + tall / 2)
            if _inside(box, within) and taken.free(box):
                taken.add(box)
                return x, y, value
    return None


def _spots(name: Name, wide: float, tall: float) -> Iterable[tuple[float, float]]:
    """Yield the places for the middle of a name, the best one first."""
    if name.around:
        across, down = name.around + wide / 2 + 1.5, name.around + tall / 2
        for dx, dy in ((1, 0), (0, 1), (0, -1), (-1, 0), (0.8, 0.7), (0.8, -0.7), (-0.8, 0.7)):
            yield name.x + dx * across, name.y + dy * down
        return
    if name.sought and name.room < wide:
        for far in (2.0, 3.4, 4.8):
            for dx, dy in BESIDE:
                across = (far * tall + wide / 2) * dx if dx else 0.0
                yield name.x + across, name.y + dy * far * tall
    shift = tall * (0.5 if name.room >= wide else 0.6)
    for dx, dy in ((0.0, 0.0), (0.0, -shift), (0.0, shift), (wide * 0.2, 0.0), (-wide * 0.2, 0.0)):
        yield name.x + dx, name.y + dy


def _inside(box: Box, within: Box) -> bool:
    return (
        box[0] >= within[0] and box[1] >= within[1] and box[2] <= within[2] and box[3] <= within[3]
    )
