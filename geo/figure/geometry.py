"""Areas as projected paths, worked out once for each layer.

Projection: Lambert azimuthal equal-area, centred on 106° E, 16° N, WGS 84
(``+proj=laea +lat_0=16 +lon_0=106 +datum=WGS84 +units=m``). Areas are true everywhere, as they must
be on a map that compares them by their fill. Viet Nam is long from north to south, yet no place of
the mainland is farther than 8° from the centre, where lengths are off by 1/cos(c/2): at most 0.25 %
(0.55 % at Trường Sa), so that one scale bar serves the whole map. Source: J. P. Snyder, Map
projections: a working manual, USGS Professional Paper 1395 (1987), chapter 24.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from geo.boundaries import Member, Topology, arc_at, joined, kept, read_topology, web_layer
from geo.editions import Level

PROJECTION = "+proj=laea +lat_0=16 +lon_0=106 +datum=WGS84 +units=m +no_defs"
METRES_PER_DEGREE = 111_320.0
# Where a point of the figure is fewer metres than this, the finer geometry is drawn.
FINE_BELOW = 1500.0
# East of the mainland box by so many degrees begin the archipelagos, which are symbols.
BEYOND = 0.3

Floats = NDArray[np.float64]
Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Areas of one edition and level, projected; metres. Shared: never to be changed.

    Attributes
    ----------
    paths
        Code to outline. Areas that are only an archipelago have none.
    parents
        Code to the code of its province; empty for provinces.
    points, rooms
        Code to the place of its label, and about how wide it is there.
    borders
        Lines drawn darker: the coast, and borders of provinces.
    """

    paths: dict[str, Path]
    parents: dict[str, str]
    points: dict[str, tuple[float, float]]
    rooms: dict[str, float]
    borders: tuple[Floats, ...]

    def within(self, focus: str | None) -> list[str]:
        """List the codes of a province, or all of them, in their order."""
        if focus is None or not self.parents:
            return list(self.paths)
        return [code for code in self.paths if self.parents.get(code) == focus]

    def extent(self, codes: list[str]) -> Extent:
        """Return the box around areas: west, south, east, north."""
        return extent_of(np.concatenate([vertices(self.paths[code]) for code in codes]))


def vertices(path: Path) -> Floats:
    """Return the points of a path."""
    return np.asarray(path.vertices, dtype=float)


def extent_of(points: Floats) -> Extent:
    """Return the box around points: west, south, east, north."""
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


@cache
def _transformer() -> Any:
    from pyproj import Transformer  # noqa: PLC0415

    return Transformer.from_crs("EPSG:4326", PROJECTION, always_xy=True)


def project(lon: Any, lat: Any) -> Floats:
    """Project degrees, EPSG:4326, to metres."""
    return np.stack(_transformer().transform(lon, lat), axis=-1).astype(float)


def latitude(x: float, y: float) -> float:
    """Return the latitude, degrees, of a projected place."""
    return float(_transformer().transform(x, y, direction="INVERSE")[1])


def metres_per_km(at: float, x: float) -> float:
    """Measure how long a kilometre along a parallel is drawn, in projected metres.

    Parameters
    ----------
    x
        East of the centre, metres: where on the parallel.
    """
    lon = 106 + x / (METRES_PER_DEGREE * np.cos(np.radians(at)))
    # Radius of the parallel on the ellipsoid: a cos φ / sqrt(1 − e² sin² φ).
    phi = np.radians(at)
    radius = 6378.137 * np.cos(phi) / np.sqrt(1 - 0.00669438 * np.sin(phi) ** 2)
    half = np.degrees(0.5 / radius)
    west, east = project(np.array([lon - half, lon + half]), np.array([at, at]))
    return float(np.hypot(*(east - west)))


@kept(maxsize=8)
def layer(edition: str, level: Level, fine: bool) -> Layer:
    """Project the areas of an edition and level, or take them as projected before."""
    source = web_layer(edition, level, fine)
    made = read_topology(source.file)
    arcs = _projected(made)
    far = source.mainland_bbox[2] + BEYOND
    keep = [arc[:, 0].max() < far for arc in made.arcs]
    paths, parents, points, rooms = {}, {}, {}, {}
    for one in made.members:
        code, properties = one.code, one.properties
        if "p" in properties:
            parents[code] = str(properties["p"])
        path = _path(one, arcs, keep)
        if path is not None:
            paths[code] = path
            x, y = project(properties["x"], properties["y"])
            points[code] = (float(x), float(y))
            rooms[code] = properties["a"] / 10_000 * METRES_PER_DEGREE
    borders = tuple(arcs[at] for at in _border_arcs(made.members) if keep[at])
    return Layer(paths, parents, points, rooms, borders)


def _projected(made: Topology) -> list[Floats]:
    """Return each arc projected."""
    everything = np.concatenate(made.arcs)
    ends = np.cumsum([len(arc) for arc in made.arcs])[:-1]
    return np.split(project(everything[:, 0], everything[:, 1]), ends)


def _path(area: Member, arcs: list[Floats], keep: list[Any]) -> Path | None:
    """Join the arcs of an area to one path of closed rings."""
    lines, codes = [], []
    for ring in area.rings:
        if not all(keep[arc_at(number)] for number in ring):
            continue
        line = joined(ring, arcs)
        lines.append(line)
        kinds = np.full(len(line), Path.LINETO, dtype=Path.code_type)
        kinds[0], kinds[-1] = Path.MOVETO, Path.CLOSEPOLY
        codes.append(kinds)
    return Path(np.concatenate(lines), np.concatenate(codes)) if lines else None


def _border_arcs(areas: Sequence[Member]) -> list[int]:
    """List the arcs that lie on a coast or between two provinces."""
    sides: dict[int, list[str]] = {}
    for one in areas:
        of = str(one.properties.get("p", one.code))
        for ring in one.rings:
            for number in ring:
                sides.setdefault(arc_at(number), []).append(of)
    return [at for at, of in sides.items() if len(of) == 1 or of[0] != of[1]]
