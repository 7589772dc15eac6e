"""A population grid: people in and out of coverage by area, in bounded memory.

The grid is read piece by piece; of each piece only sums by area are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.coverage.ground import FOURTH, NOWHERE, Floats, Places, Progress, locate, places
from geo.coverage.input import Limits, Problems, within
from geo.coverage.search.cells import Cells, Piece, pieces, read_piece
from geo.coverage.search.gaps import Ground, over_dask, search_chunk
from geo.coverage.search.network import bits_of
from geo.coverage.search.nonsense import (
    no_data_counts,
    tell_heights,
    tell_no_data,
    tell_nonsense,
    texture,
)
from geo.coverage.search.totals import above
from geo.editions import Level, area

if TYPE_CHECKING:
    import pandas as pd

GRID_COLUMNS: Final = ("people", "people_covered", "people_no_4g", "people_unknown", "cells")
_REASONS: Final = ("grid_unread", "grid_swapped", "grid_abroad", "grid_nowhere", "grid_negative")


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """What every piece is asked against."""

    ground: Ground
    edition: str
    bits_4g: int


@dataclass(frozen=True, slots=True, eq=False)
class GridSums:
    """Sums by lowest area, shape (areas, 5), and what was left out: (cells, people) by reason.

    ``numbers`` is what `no_data_counts` gives, ``texture`` what the function of that name does.
    """

    sums: Floats
    left: Floats
    read: int
    numbers: Floats
    texture: Floats


def sum_piece(base: _Base, piece: Piece, workers: int = 1) -> GridSums:
    """Sum one piece by area."""
    where = places(base.edition)
    sums = np.zeros((len(where.areas), len(GRID_COLUMNS)))
    left, read, numbers = np.zeros((len(_REASONS), 2)), 0, no_data_counts(np.empty(0))
    grain = texture(np.empty(0))
    for lon, lat, people in read_piece(piece):
        read += len(lon)
        usable = _usable(lon, lat, people, left)
        numbers = _together(numbers, no_data_counts(usable[2]))
        grain = grain + texture(usable[2])
        sums += _sums(base, where, usable, left, workers)
    return GridSums(sums, left, read, numbers, grain)


def _together(one: Floats, other: Floats) -> Floats:
    return np.r_[max(one[0], other[0]), one[1:] + other[1:]]


def _usable(lon: Floats, lat: Floats, people: Floats, left: Floats) -> Cells:
    people = np.where(np.isinf(people), np.nan, people)
    unread = np.isnan(lon) | np.isnan(lat) | np.isnan(people)
    swapped = ~unread & within(lat, lon)
    abroad = ~unread & ~swapped & ~within(lon, lat)
    negative = ~unread & ~swapped & ~abroad & (people < 0)
    for at, mask in ((0, unread), (1, swapped), (2, abroad), (4, negative)):
        left[at] += mask.sum(), np.nansum(people[mask])
    good = ~(unread | swapped | abroad | negative) & (people > 0)
    return lon[good], lat[good], people[good]


def _sums(base: _Base, where: Places, cells: Cells, left: Floats, workers: int) -> Floats:
    lon, lat, people = cells
    index = locate(where, lon, lat)
    lost = index == NOWHERE
    left[3] += lost.sum(), people[lost].sum()
    index, lon, lat, people = index[~lost], lon[~lost], lat[~lost], people[~lost]
    answers = search_chunk(base.ground, lon, lat, workers=workers, nearest=False)
    mask = answers.found.mask
    unknown = (mask == 0) & ~answers.spoken_of
    lacking = (mask & np.uint64(base.bits_4g) == 0) & ~unknown
    n = len(where.areas)
    weights = (people, people * (mask != 0), people * lacking, people * unknown, None)
    return np.column_stack([np.bincount(index, weights=w, minlength=n) for w in weights])


def search_grid(
    ground: Ground,
    path: Path,
    edition: str,
    problems: Problems,
    *,
    name: str = "",
    limits: Limits | None = None,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, int]:
    """Sum a population grid by area.

    Parameters
    ----------
    ground
        What cells are asked against; measurements play no part.
    path, name
        The grid; with a cluster of several machines, where all of them find it.
    problems
        Where cells left out are told, one line a reason.
    limits, scheduler, workers, progress
        As of `pieces` and `geo.coverage.search.gaps.search`.

    Returns
    -------
    frame
        One row an area with people; the sum of people_covered, people_unknown and the uncovered is
        people. People without 4G are NaN where the files do not speak of 4G.
    read
        Cells read.
    """
    bits = int(bits_of(ground.net.layers, technology=FOURTH))
    base = _Base(Ground(ground.net, None, None, ground.known_within_m, 0), edition, bits)
    cut = pieces(path, limits, name)
    if scheduler:
        chunks: list[tuple[Any, ...]] = [(piece,) for piece in cut]
        parts = over_dask(
            sum_piece, base, chunks, scheduler=scheduler, progress=progress, what="grid"
        )
    else:
        parts = []
        for done, piece in enumerate(cut, start=1):
            parts.append(sum_piece(base, piece, workers))
            if progress:
                progress("grid", done, len(cut))
    # In the order of the pieces, so that the sums are the same to the last bit.
    sums, left, read = parts[0].sums.copy(), parts[0].left.copy(), parts[0].read
    counted = parts[0].numbers
    for part in parts[1:]:
        sums, left, read = sums + part.sums, left + part.left, read + part.read
        counted = _together(counted, part.numbers)
    for reason, (cells, people) in zip(_REASONS, left, strict=True):
        if cells:
            line = np.array([0], dtype=np.int64)
            told = f"{people:.0f}"
            problems.add(name or path.name, line, reason, values=[told], n=int(cells))
    frame = _frame(places(edition), sums, speaks_of_4g=bits != 0)
    tell_no_data(counted, problems, name or path.name)
    tell_heights(sum(part.texture for part in parts), problems, name or path.name)
    tell_nonsense(frame, edition, problems, name or path.name)
    return frame, read


def _frame(where: Places, sums: Floats, *, speaks_of_4g: bool) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    by_code: dict[str, Floats] = {}
    for place, row in zip(where.areas, sums, strict=True):
        if row[-1]:
            for code in above(where.edition, place.code):
                by_code[code] = by_code.get(code, np.zeros(len(GRID_COLUMNS))) + row
    codes = list(by_code)
    frame = pd.DataFrame(
        np.array(list(by_code.values())).reshape(-1, len(GRID_COLUMNS)), columns=list(GRID_COLUMNS)
    )
    frame.insert(0, "code", codes)
    frame.insert(0, "level", [str(area(where.edition, code).level) for code in codes])
    known = frame["people"] - frame["people_unknown"]
    frame["share_uncovered"] = np.where(known > 0, 1 - frame["people_covered"] / known, np.nan)
    if not speaks_of_4g:
        frame["people_no_4g"] = np.nan
    return frame.sort_values("level", kind="stable", key=_level_order).reset_index(drop=True)


def _level_order(levels: pd.Series) -> pd.Series:
    return levels.map({str(level): at for at, level in enumerate(Level)})
