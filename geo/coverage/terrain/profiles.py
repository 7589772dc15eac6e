"""Take the profiles of paths out of rasters, some paths at a time.

Runs in the process that opens files of unknown hands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from geo.coverage.ground import Floats, Ints
from geo.coverage.terrain.lines import between, knots, lengths, sample_counts, segments_of
from geo.coverage.terrain.window import (
    TooWideError,
    Window,
    heights,
    nearest,
    placed,
    read_window,
)

# Samples in one go: what a few arrays of them take stays in the cache of a processor.
SAMPLES: Final = 150_000


@dataclass(frozen=True, slots=True)
class Rasters:
    """Rasters of one kind, of the ground or of what stands on it.

    Attributes
    ----------
    root
        File or folder.
    sheets
        As of `geo.coverage.terrain.sheets.look`.
    classes
        Metres by class where cells are classes of what stands there; None where they are metres.
    """

    root: Path
    sheets: list[dict[str, Any]]
    classes: dict[int, float] | None = None
    turns: dict[int, Any] = field(default_factory=dict)

    def columns_and_rows(self, at: int, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Turn degrees into columns and rows of a sheet."""
        sheet = self.sheets[at]
        if sheet["plain"]:
            return placed(sheet, lon, lat)
        if at not in self.turns:
            from pyproj import Transformer  # noqa: PLC0415

            turn = Transformer.from_crs("EPSG:4326", sheet["crs"], always_xy=True)
            self.turns[at] = turn
        x, y = self.turns[at].transform(lon.ravel(), lat.ravel())
        x, y = (np.asarray(v).reshape(lon.shape) for v in (x, y))
        column, row = placed(sheet, x, y)
        lost = ~(np.isfinite(column) & np.isfinite(row))
        column[lost] = row[lost] = -1e6
        return column, row

    def degrees(self, at: int, column: Floats, row: Floats, shrink: int) -> tuple[Floats, Floats]:
        """Turn columns and rows of a sheet, as they are read, into degrees."""
        a, b, c, d, e, f = self.sheets[at]["transform"]
        across, down = column * shrink, row * shrink
        x, y = a * across + b * down + c, d * across + e * down + f
        if self.sheets[at]["plain"]:
            return x, y
        from pyproj import Transformer  # noqa: PLC0415

        turn = Transformer.from_crs(self.sheets[at]["crs"], "EPSG:4326", always_xy=True)
        lon, lat = turn.transform(x, y)
        return np.asarray(lon), np.asarray(lat)


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Paths of one number of samples, and where they lie in each sheet."""

    of: Ints
    samples: int
    placed: list[tuple[Floats, Floats]]


def bundles(rasters: Rasters, pairs: Floats, step: float) -> list[Bundle]:
    """Put paths of one number of samples together."""
    counts = sample_counts(lengths(pairs), step)
    made = []
    for samples in np.unique(counts):
        of = np.flatnonzero(counts == samples)
        lon, lat = knots(pairs[of], segments_of(int(samples), step))
        where = [rasters.columns_and_rows(at, lon, lat) for at in range(len(rasters.sheets))]
        made.append(Bundle(of, int(samples), where))
    return made


def windows(rasters: Rasters, made: list[Bundle]) -> list[Window | None]:
    """Read what the paths cross of each sheet.

    Raises
    ------
    TooWideError
        Where that is too much for one go.
    """
    found = []
    for at, sheet in enumerate(rasters.sheets):
        edges = [
            (column.min(), column.max(), row.min(), row.max())
            for column, row in (bundle.placed[at] for bundle in made)
        ]
        left, right, top, bottom = zip(*edges, strict=True)
        box = (min(left), max(right), min(top), max(bottom))
        classes = rasters.classes is not None
        found.append(read_window(rasters.root, sheet, box, classes=classes))
    return found


def profile(rasters: Rasters, opened: list[Window | None], bundle: Bundle, part: slice) -> Floats:
    """Return heights along some paths of a bundle, shape (paths, samples), NaN where unknown."""
    found: Floats | None = None
    for window, (column, row) in zip(opened, bundle.placed, strict=True):
        if window is None:
            continue
        todo = np.arange(len(bundle.of))[part]
        if found is not None:
            todo = todo[np.isnan(found).any(axis=1)]
            if not todo.size:
                break
        x, y = (between(values[todo], bundle.samples) for values in (column, row))
        if rasters.classes is None:
            read = heights(window, x, y)
        else:
            read = _by_class(rasters.classes, nearest(window, x, y))
        if found is None:
            found = read
        else:
            rows = todo - np.arange(len(bundle.of))[part][0]
            found[rows] = np.where(np.isnan(found[rows]), read, found[rows])
    if found is None:
        return np.full((len(bundle.of[part]), bundle.samples), np.nan)
    return found


def _by_class(classes: dict[int, float], read: Floats) -> Floats:
    metres = np.full(read.shape, np.nan)
    for number, height in classes.items():
        metres[read == number] = height
    return metres


def parts(bundle: Bundle) -> Iterator[slice]:
    """Cut a bundle into parts that fit into the cache."""
    size = max(1, SAMPLES // bundle.samples)
    for start in range(0, len(bundle.of), size):
        yield slice(start, start + size)


__all__ = ["Bundle", "Rasters", "TooWideError", "bundles", "parts", "profile", "windows"]
