"""Work out what the ground does to paths, in the process that opens the rasters.

Paths come in pieces, each of one part of the country, so that every part of a raster is read for
all paths that cross it and then forgotten. What is found for a path depends on nothing but it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from base.reading import Apart, put_table
from geo.coverage.ground import CoverageError, Floats, Ints
from geo.coverage.terrain.diffraction import Paths, diffraction
from geo.coverage.terrain.lines import lengths
from geo.coverage.terrain.profiles import (
    Bundle,
    Rasters,
    TooWideError,
    bundles,
    parts,
    profile,
    windows,
)

# Columns of paths: both ends in degrees, heights of the antennas over the ground, frequency.
COLUMNS: Final = ("lon1", "lat1", "lon2", "lat2", "h1", "h2", "ghz")
KNOWN, NO_GROUND, NO_COVER = 0, 1, 2
# Metres: nearer than this there is no path.
_TOGETHER: Final = 1.0


@Apart
def reckon(
    path: Path,
    folder: Path,
    *,
    file: str,
    sheets: list[dict[str, Any]],
    cover: dict[str, Any] | None,
    pairs: str,
    pieces: list[tuple[int, int]],
    step: float,
    k: float,
) -> dict[str, Any]:
    """Work out the loss by diffraction of paths.

    Parameters
    ----------
    path
        Rasters of the ground.
    sheets, cover
        What is in them, and rasters of what stands on the ground with theirs.
    pairs
        File of paths, shape (n, 7), in the order of `COLUMNS`.
    pieces
        First and last row of each part of the country.
    step
        Greatest distance of samples, metres.
    k
        Effective earth radius over the true one.
    """
    import pyarrow as pa  # noqa: PLC0415

    rows = np.load(pairs, mmap_mode="r")
    ground = Rasters(path, sheets)
    standing = None
    if cover is not None:
        classes = cover["classes"]
        table = None if classes is None else {int(n): float(m) for n, m in classes.items()}
        standing = Rasters(Path(cover["root"]), cover["sheets"], table)
    how = _How(ground, standing, step, k, file, {"read": 0.0, "all": time.perf_counter()})
    found = [_piece(how, np.array(rows[a:b])) for a, b in pieces]
    whole = np.concatenate(found) if found else np.empty((0, 5))
    names = ("loss", "fresnel", "ground1", "ground2", "missing")
    put_table(folder, pa.table({name: whole[:, i] for i, name in enumerate(names)}))
    read = how.spent["read"]
    return {"read": read, "worked": time.perf_counter() - how.spent["all"] - read}


@dataclass(frozen=True, slots=True)
class _How:
    """What all pieces share."""

    ground: Rasters
    standing: Rasters | None
    step: float
    k: float
    file: str
    spent: dict[str, float]


def _piece(how: _How, rows: Floats) -> Floats:
    """Return loss, clearance, heights of the ground at both ends and what is missing."""
    ground, standing, step = how.ground, how.standing, how.step
    began = time.perf_counter()
    try:
        made = bundles(ground, rows[:, :4], step)
        opened = windows(ground, made)
        over = bundles(standing, rows[:, :4], step) if standing else []
        stood = windows(standing, over) if standing else []
    except TooWideError:
        if len(rows) < 2:
            raise CoverageError("terrain_wide", file=how.file) from None
        # In two along the longer side; the order of the paths stays.
        middle = len(rows) // 2
        halves = (rows[:middle], rows[middle:])
        return np.concatenate([_piece(how, half) for half in halves])
    how.spent["read"] += time.perf_counter() - began
    out = np.empty((len(rows), 5))
    metres = lengths(rows[:, :4])
    for at, bundle in enumerate(made):
        for part in parts(bundle):
            bare = profile(ground, opened, bundle, part)
            cover = None
            if standing is not None:
                cover = profile(standing, stood, over[at], part)
            of = bundle.of[part]
            out[of] = _found(rows[of], metres[of], bare, cover, how.k)
    return out


def _found(rows: Floats, metres: Floats, bare: Floats, cover: Floats | None, k: float) -> Floats:
    top = bare
    if cover is not None:
        top = bare.copy()
        top[:, 1:-1] += cover[:, 1:-1]
    samples = bare.shape[1]
    paths = Paths(
        np.linspace(0, 1, samples),
        np.maximum(metres, _TOGETHER) / 1000,
        rows[:, 6],
        bare,
        top,
        bare[:, 0] + rows[:, 4],
        bare[:, -1] + rows[:, 5],
        np.zeros(len(rows)),
    )
    told = diffraction(paths, k)
    missing = np.where(np.isnan(bare).any(axis=1), NO_GROUND, KNOWN)
    if cover is not None:
        bushes = np.isnan(cover[:, 1:-1]).any(axis=1) & (missing == KNOWN)
        missing = np.where(bushes, NO_COVER, missing)
    loss, fresnel = told.loss.copy(), told.fresnel.copy()
    beside = (metres < _TOGETHER) & (missing == KNOWN)
    loss[beside], fresnel[beside] = 0.0, np.inf
    loss[missing != KNOWN] = np.nan
    fresnel[missing != KNOWN] = np.nan
    return np.column_stack((loss, fresnel, bare[:, 0], bare[:, -1], missing))


@Apart
def draw(
    path: Path,
    folder: Path,
    *,
    file: str,  # noqa: ARG001
    sheets: list[dict[str, Any]],
    cover: dict[str, Any] | None,
    pair: list[float],
    step: float,
) -> dict[str, Any]:
    """Read the profile of one path: fractions of its length, ground, and what stands on it."""
    import pyarrow as pa  # noqa: PLC0415

    rows = np.array([pair], dtype=float)

    def along(rasters: Rasters) -> Floats:
        made = bundles(rasters, rows, step)
        return profile(rasters, windows(rasters, made), made[0], slice(0, 1))[0]

    ground = along(Rasters(path, sheets))
    standing = np.zeros(len(ground))
    if cover is not None:
        table = cover["classes"]
        classes = None if table is None else {int(n): float(m) for n, m in table.items()}
        standing = along(Rasters(Path(cover["root"]), cover["sheets"], classes))
    at = np.linspace(0, 1, len(ground))
    put_table(folder, pa.table({"at": at, "ground": ground, "standing": standing}))
    return {}


__all__ = ["COLUMNS", "KNOWN", "NO_COVER", "NO_GROUND", "Bundle", "Ints", "draw", "reckon"]
