"""Send paths to where the rasters are opened, some of one part of the country at a time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from base.reading import Room
from geo.coverage.ground import CoverageError, Floats, Ints, Progress, Relief
from geo.coverage.search import over_dask
from geo.coverage.terrain.lines import lengths, sample_counts
from geo.coverage.terrain.reckon import reckon
from geo.coverage.terrain.sheets import FINEST_M, look

# Degrees: paths that end in one such square are worked out together.
SQUARE: Final = 0.5
# Samples that one process takes before it ends: some seconds of work.
BATCH: Final = 15_000_000
# Samples that are worked out to tell how long all will take.
TRIAL: Final = 300_000
_WORKERS: Final = 3
_SPENT: Final = ("read", "worked")


@dataclass(frozen=True, slots=True)
class Opened:
    """Rasters that were looked at: all that is needed to read them.

    Attributes
    ----------
    relief
        The rasters.
    sheets, cover
        What is in them.
    bounds
        West, south, east, north of the heights, degrees.
    step
        Greatest distance of samples of a profile, metres.
    cell_m, feet, texts
        As of `geo.coverage.terrain.sheets.look`.
    room
        What reading them may take.
    """

    relief: Relief
    sheets: list[dict[str, Any]]
    cover: dict[str, Any] | None
    bounds: tuple[float, float, float, float]
    step: float
    cell_m: float
    feet: bool
    texts: tuple[str, ...]
    room: Room


@dataclass(frozen=True, slots=True)
class _Task:
    """What all batches share; it travels to each worker once."""

    opened: Opened
    k: float


def open_relief(relief: Relief, room: Room) -> Opened:
    """Look at rasters of the ground and of what stands on it.

    Raises
    ------
    Unreadable
        Where one cannot be read.
    CoverageError
        Where one holds no heights.
    """
    told = look(relief.terrain, relief.called, room, crs=relief.crs, unit=relief.unit)
    cover, texts = None, tuple(told["texts"])
    if relief.cover is not None:
        name = relief.cover_name or relief.cover.name
        other = look(relief.cover, name, room, crs=relief.crs)
        texts += tuple(other["texts"])
        classes = None if relief.classes is None else {str(n): m for n, m in relief.classes.items()}
        root = str(relief.cover.resolve())
        cover = {"root": root, "sheets": other["sheets"], "classes": classes}
    step = max(told["cell_m"], FINEST_M)
    west, south, east, north = told["bounds"]
    return Opened(
        relief,
        told["sheets"],
        cover,
        (west, south, east, north),
        step,
        told["cell_m"],
        told["feet"],
        texts,
        room,
    )


@dataclass(frozen=True, slots=True)
class Forecast:
    """How much work paths are, and about how long they take on this machine.

    Attributes
    ----------
    paths, samples
        How many.
    seconds
        From how long some of them took just now.
    """

    paths: int
    samples: int
    seconds: float


def forecast(opened: Opened, rows: Floats, k: float, workers: int = 1) -> Forecast:
    """Tell how long paths will take, by working a few of them out.

    Parameters
    ----------
    rows
        As of `over_ground`.
    """
    if not len(rows):
        return Forecast(0, 0, 0.0)
    order, batches = _batches(opened, rows)
    counts = sample_counts(lengths(rows[order, :4]), opened.step)
    # The busiest square: there most of the work is done.
    pieces = [piece for _, _, these in batches for piece in these]
    a, b = max(pieces, key=lambda piece: int(counts[piece[0] : piece[1]].sum()))
    b = min(b, a + max(1, int(np.searchsorted(np.cumsum(counts[a:b]), TRIAL))))
    began = time.perf_counter()
    _, spent = _work(_Task(opened, k), rows[order[a:b]], [(0, b - a)])
    start = max(0.0, time.perf_counter() - began - sum(spent.values()))
    samples, tried = int(counts.sum()), int(counts[a:b].sum())
    at_once = max(1, min(workers, _WORKERS, len(batches)))
    # Each square is read once, however many paths there are in it.
    took = samples / tried * spent["worked"] + spent["read"] * len(pieces) + start * len(batches)
    took /= at_once
    return Forecast(len(rows), samples, took)


def over_ground(
    opened: Opened,
    rows: Floats,
    k: float,
    *,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
    what: str = "terrain",
) -> Floats:
    """Work out the loss by diffraction of paths.

    Parameters
    ----------
    rows
        Shape (n, 7), in the order of `geo.coverage.terrain.reckon.COLUMNS`.
    scheduler
        As of `geo.coverage.search.gaps.search`; the workers find the rasters under the same path.
    what
        What its progress is called.

    Returns
    -------
    ndarray
        Loss (dB), clearance (radii of the first Fresnel zone), heights of the ground at both ends
        (m), and what is missing; shape (n, 5), in the order of the rows, the same whatever the
        scheduler.
    """
    if not len(rows):
        return np.empty((0, 5))
    order, batches = _batches(opened, rows)
    task, sorted_rows = _Task(opened, k), rows[order]
    chunks: list[tuple[Any, ...]] = [
        (sorted_rows[a:b], [(x - a, y - a) for x, y in pieces]) for a, b, pieces in batches
    ]
    if scheduler:
        found = over_dask(work, task, chunks, scheduler=scheduler, progress=progress, what=what)
    else:
        found = list(_here(task, chunks, workers, progress, what))
    out = np.empty((len(rows), 5))
    out[order] = np.concatenate(found)
    return out


def work(task: _Task, rows: Floats, pieces: list[tuple[int, int]]) -> Floats:
    """Work one batch out in a process of its own."""
    return _work(task, rows, pieces)[0]


def _work(
    task: _Task, rows: Floats, pieces: list[tuple[int, int]]
) -> tuple[Floats, dict[str, float]]:
    """Return what was found, and the seconds that reading took and the work itself."""
    opened = task.opened
    with tempfile.TemporaryDirectory(prefix="atlas-paths-") as folder:
        path = Path(folder) / "pairs.npy"
        np.save(path, rows)
        told = reckon(
            opened.relief.terrain,
            opened.relief.called,
            opened.room,
            sheets=opened.sheets,
            cover=opened.cover,
            pairs=str(path),
            pieces=pieces,
            step=opened.step,
            k=task.k,
        )
    columns = [column.to_numpy() for column in told.tables[0].columns]
    return np.column_stack(columns), {name: float(told.answer[name]) for name in _SPENT}


def _here(
    task: _Task,
    chunks: list[tuple[Any, ...]],
    workers: int,
    progress: Progress | None,
    what: str,
) -> Iterator[Floats]:
    with _pool(min(workers, _WORKERS, len(chunks))) as pool:
        tasks = [pool.submit(copy_context().run, work, task, *chunk) for chunk in chunks]
        for done, future in enumerate(tasks, start=1):
            yield future.result()
            if progress:
                progress(what, done, len(chunks))


@contextmanager
def _pool(workers: int) -> Iterator[ThreadPoolExecutor]:
    """Give threads that wait for processes; whoever stops waits for those under way alone."""
    pool = ThreadPoolExecutor(max(1, workers))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _batches(
    opened: Opened, rows: Floats
) -> tuple[Ints, list[tuple[int, int, list[tuple[int, int]]]]]:
    """Order paths by squares of the country, and put squares together to batches of work."""
    if not np.isfinite(rows).all():
        raise CoverageError("terrain_wide", file=opened.relief.called)
    column = np.floor(rows[:, 2] / SQUARE).astype(np.int64)
    row = np.floor(rows[:, 3] / SQUARE).astype(np.int64)
    order = np.lexsort((np.arange(len(rows)), column, row))
    square = (row * 10_000 + column)[order]
    samples = np.cumsum(sample_counts(lengths(rows[order, :4]), opened.step))
    cuts = [0, *(np.flatnonzero(np.diff(square)) + 1).tolist(), len(rows)]
    batches: list[tuple[int, int, list[tuple[int, int]]]] = []
    pieces: list[tuple[int, int]] = []
    for start, stop in pairwise(cuts):
        for a, b in _cut(samples, start, stop):
            pieces.append((a, b))
            if samples[b - 1] - (samples[pieces[0][0] - 1] if pieces[0][0] else 0) >= BATCH:
                batches.append((pieces[0][0], b, pieces))
                pieces = []
    if pieces:
        batches.append((pieces[0][0], pieces[-1][1], pieces))
    return order, batches


def _cut(samples: Ints, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a square with more work than a batch into several pieces."""
    while start < stop:
        before = samples[start - 1] if start else 0
        end = int(np.searchsorted(samples, before + BATCH, side="right"))
        end = min(stop, max(start + 1, end))
        yield start, end
        start = end
