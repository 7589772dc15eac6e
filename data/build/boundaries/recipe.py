"""The steps in their order, from what the packages say to the polygons of the layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from data.build.boundaries import islands, layers, named, outline, quality, tidy, vector
from data.build.boundaries.claims import Claim, claims, distance, shares
from data.build.boundaries.layers import Atom, Key
from data.build.boundaries.paint import OUTSIDE, Painter
from data.build.boundaries.records import Box, Extent, Grid, Units, grown
from data.build.boundaries.sources import Land, Ocean

COUNTRY: Box = (102.1, 8.35, 109.6, 23.45)
STEP_DEG = 0.00125
# A commune that all others would crowd out keeps a disc of this many of its radii.
LOST_RADII = 0.9
# A commune has its place where it holds this share of the disc around its point.
AT_HOME = 0.3
# How far from its point it looks for land, degrees.
LOST_DEG = 0.1


def silent(_: str) -> None:
    """Say nothing."""


def build(
    units: Units, land: Land, ocean: Ocean, grid: Grid, say: Callable[[str], None] = silent
) -> dict[Key, dict[str, shapely.Geometry]]:
    """Make the four layers."""
    say("checking boxes and points")
    own = quality.published(islands.without_archipelagos(units))
    fit = islands.placed(quality.checked(own))
    # Islands that are too small to be painted are drawn as those that the outline lacks.
    cells = tidy.without_small(outline.outline(land, ocean, grid))
    added = islands.missing_islands(fit, cells, grid, ocean)
    say(f"painting {grid.rows} × {grid.columns} cells")
    atoms, painting = painted(islands.without(fit, added), cells, grid)
    say("drawing lines")
    shapes = {atoms[i]: shape for i, shape in vector.polygons(painting, grid).items()}
    say("joining layers")
    added += islands.known_islands(units)
    drawn = [*shapes.values(), *(island.shape for island in added)]
    added += named.named_islands(drawn, ocean, fit)
    whole = layers.with_islands(shapes, added + islands.archipelagos(land.islets))
    return layers.layers(whole, units)


def painted(units: Units, land: np.ndarray, grid: Grid) -> tuple[list[Atom], np.ndarray]:
    """Paint the land with atoms."""
    outside = outline.outside_cost(land, grid, unsure_districts(units))
    found = claims(units, grid)
    labels = Painter(grid, land, outside, found).paint(units.communes, units.wards)
    settled = tidy.settled_land(labels, land, outside)
    atoms, atom_of = _atoms(found)
    painting = np.append(atom_of, OUTSIDE)[labels].astype(np.int32)
    painting = tidy.without_crumbs(tidied(tidy.filled(painting, settled), atoms))
    return atoms, with_all(at_home(painting, atoms, units, grid), atoms, units, grid)


def with_all(painting: np.ndarray, atoms: list[Atom], units: Units, grid: Grid) -> np.ndarray:
    """Give communes that got no cell a disc of their area on the land nearest to their point."""
    present = {atoms[i][1] for i in np.unique(painting).tolist() if i != OUTSIDE}
    parts = shares(units)
    found = painting.copy()
    for code in sorted({commune for _, commune in atoms} - present):
        commune = units.communes[code]
        own = {atom: i for i, atom in enumerate(atoms) if atom[1] == code}
        largest = max(own, key=lambda atom: parts[atom[1], atom[0]])
        radius = max(commune.radius * LOST_RADII, 2 * grid.step)
        window = grid.window(grown((*commune.point, *commune.point), radius + LOST_DEG))
        away = distance(grid, *window, commune.point)
        dry = painting[window] != OUTSIDE
        away[~dry] = np.inf
        row, column = np.unravel_index(np.argmin(away), away.shape)
        y, x = grid.latitudes(window[0])[row], grid.longitudes(window[1])[column]
        found[window][dry & (distance(grid, *window, (x, y)) <= radius)] = own[largest]
    return found


def at_home(painting: np.ndarray, atoms: list[Atom], units: Units, grid: Grid) -> np.ndarray:
    """Give communes that others crowded out of their own place a disc there.

    The points of communes are right far oftener than boxes of wards and lists of what became of
    these. The disc covers land of the commune's own districts alone, and only what lies nearer to
    its point than to that of any other commune: an overstated area takes no neighbour's place.
    """
    found = painting.copy()
    points = np.array([commune.point for commune in units.communes.values()])
    district_of = np.array([atom[0] for atom in atoms], dtype=object)
    commune_of = np.array([atom[1] for atom in atoms], dtype=object)
    own: dict[str, dict[str, int]] = {}
    for i, (district, code) in enumerate(atoms):
        own.setdefault(code, {})[district] = i
    for code, homes in sorted(own.items()):
        commune = units.communes[code]
        if not commune.area_km2 or commune.radius < 2 * grid.step:
            continue
        radius = commune.radius * LOST_RADII
        window = grid.window(grown((*commune.point, *commune.point), radius * 1.1))
        cells = painting[window]
        away = distance(grid, *window, commune.point)
        nearest = away.copy()
        for point in points[(np.abs(points - commune.point) < 2.2 * radius).all(axis=1)]:
            nearest = np.minimum(nearest, distance(grid, *window, (point[0], point[1])))
        disc = (away <= radius) & (away <= nearest) & (cells != OUTSIDE)
        held = np.where(cells == OUTSIDE, 0, cells)
        inside = disc & np.isin(district_of[held], list(homes))
        if not inside.any() or (commune_of[held][disc] == code).mean() >= AT_HOME:
            continue
        for district, atom in homes.items():
            found[window][inside & (district_of[held] == district)] = atom
    return found


def unsure_districts(units: Units) -> list[Box]:
    """Give the boxes of districts with a ward whose box is not known."""
    unsure = {w.district for w in units.wards.values() if w.extent is Extent.NONE}
    return [units.districts[code].box for code in sorted(unsure)]


def tidied(painting: np.ndarray, atoms: list[Atom]) -> np.ndarray:
    """Smooth a painting with atoms: the borders of districts first, then those inside them."""
    codes = sorted({district for district, _ in atoms})
    at = {code: i for i, code in enumerate(codes)}
    district_of = np.array([at[district] for district, _ in atoms], dtype=np.int32)
    districts = np.append(district_of, OUTSIDE)[painting].astype(np.int32)
    districts = tidy.joined(tidy.smoothed(districts))
    inner = tidy.smoothed(tidy.regrouped(painting, districts, district_of), districts)
    return tidy.regrouped(tidy.joined(inner), districts, district_of)


def _atoms(found: list[Claim]) -> tuple[list[Atom], np.ndarray]:
    """List the pairs of district and commune among claims, and that of each claim."""
    pairs = [(claim.district, claim.commune) for claim in found]
    atoms = sorted(set(pairs))
    at = {atom: i for i, atom in enumerate(atoms)}
    return atoms, np.array([at[pair] for pair in pairs], dtype=np.int32)
