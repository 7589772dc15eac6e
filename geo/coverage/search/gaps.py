"""Search settlements chunk by chunk, in this process or over Dask: the same function either way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.coverage.ground import (
    TOLERANCE_M,
    Bools,
    CoverageError,
    Floats,
    Ints,
    Measurements,
    Options,
    Progress,
    arc,
    chord,
    ecef,
    geodesic,
)
from geo.coverage.search.network import Found, Network, ask

if TYPE_CHECKING:
    import pandas as pd
    from scipy.spatial import cKDTree

# Points in one go: under 200 MB of working memory.
CHUNK: Final = 250_000
LOCAL: Final = "local"


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What points are asked against: networks and measurements.

    Attributes
    ----------
    net
        The networks.
    measured, tree
        Measurements and an index of them; None without any.
    known_within_m, measured_within_m
        As of `Options`.
    """

    net: Network
    measured: Measurements | None
    tree: cKDTree | None
    known_within_m: float
    measured_within_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What is known of points, shape (n,).

    Attributes
    ----------
    found
        Networks and the nearest cell.
    spoken_of
        Whether any site or polygon is near enough for the files to speak of the point.
    dbm, measurements
        Median of the measurements near the point (NaN without any), and their number.
    """

    found: Found
    spoken_of: Bools
    dbm: Floats
    measurements: Ints


def ground(net: Network, measured: Measurements | None, options: Options) -> Ground:
    """Put together what points are asked against."""
    tree = None
    if measured is not None and len(measured.lon):
        from scipy.spatial import cKDTree  # noqa: PLC0415

        tree = cKDTree(ecef(measured.lon, measured.lat))
    return Ground(net, measured, tree, options.known_within_m, options.measured_within_m)


def search_chunk(
    base: Ground, lon: Floats, lat: Floats, *, workers: int = 1, nearest: bool = True
) -> Answers:
    """Ask about some points; the answer for one does not depend on the others."""
    found = ask(base.net, lon, lat, workers=workers, nearest=nearest)
    dbm, count = _signal(base, lon, lat)
    return Answers(found, _spoken_of(base, found, lon, lat), dbm, count)


def search(
    base: Ground,
    lon: Floats,
    lat: Floats,
    *,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> Answers:
    """Ask about all points.

    Parameters
    ----------
    base
        What they are asked against.
    lon, lat
        Degrees, finite.
    scheduler
        "" for this process, "local" for a Dask cluster of this machine, else the address of one.
    workers
        Threads of this process.
    progress
        Told (what, chunks done, all).

    Returns
    -------
    Answers
        Identical whatever the scheduler.
    """
    starts = range(0, len(lon), CHUNK)
    chunks = [(lon[at : at + CHUNK], lat[at : at + CHUNK]) for at in starts]
    if scheduler:
        parts = over_dask(
            search_chunk, base, chunks, scheduler=scheduler, progress=progress, what="settlements"
        )
    else:
        parts = []
        for done, (x, y) in enumerate(chunks, start=1):
            parts.append(search_chunk(base, x, y, workers=workers))
            if progress:
                progress("settlements", done, len(chunks))
    if not parts:
        parts = [search_chunk(base, lon, lat)]
    return _joined(parts)


def over_dask(
    function: Any,
    base: Any,
    chunks: list[tuple[Any, ...]],
    *,
    scheduler: str,
    progress: Progress | None,
    what: str,
) -> list[Any]:
    """Call a function on every chunk over Dask; `base` travels to each worker once.

    Returns
    -------
    list
        The answers, in the order of the chunks.
    """
    from distributed import Client, as_completed  # noqa: PLC0415

    settings: dict[str, Any] = {"dashboard_address": None} if scheduler == LOCAL else {}
    try:
        made = Client(None if scheduler == LOCAL else scheduler, **settings)
    except (OSError, ValueError) as error:
        raise CoverageError("scheduler", scheduler=scheduler, error=error) from error
    with made as client:
        shared = client.scatter(base, broadcast=True)
        futures = [client.submit(function, shared, *chunk, pure=False) for chunk in chunks]
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()  # an error ends the run at once
            if progress:
                progress(what, done, len(chunks))
        return [future.result() for future in futures]


def _joined(parts: list[Answers]) -> Answers:
    def all_of(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    def found(name: str) -> Any:
        return np.concatenate([getattr(part.found, name) for part in parts])

    return Answers(
        Found(found("by_site"), found("by_polygon"), found("nearest"), found("distance")),
        all_of("spoken_of"),
        all_of("dbm"),
        all_of("measurements"),
    )


def _spoken_of(base: Ground, found: Found, lon: Floats, lat: Floats) -> Bools:
    known = (found.mask != 0) | (found.distance <= base.known_within_m)
    at = np.flatnonzero(~known)
    net = base.net
    if at.size and net.nearest is not None and np.isnan(found.distance[at]).all():
        length, _ = net.nearest.query(
            ecef(lon[at], lat[at]), distance_upper_bound=float(chord(base.known_within_m))
        )
        known[at] = np.isfinite(length)
        at = np.flatnonzero(~known)
    if at.size and net.polygons is not None and len(net.polygons.geometry):
        import shapely  # noqa: PLC0415

        points = shapely.points(lon[at], lat[at])
        shapes = net.polygons.geometry
        nearest = shapes[shapely.STRtree(shapes).nearest(points)]
        ends = shapely.get_coordinates(shapely.shortest_line(points, nearest)).reshape(-1, 4)
        _, apart = geodesic(*ends.T)
        known[at] = apart <= base.known_within_m
    return known


def _signal(base: Ground, lon: Floats, lat: Floats) -> tuple[Floats, Ints]:
    dbm, count = np.full(len(lon), np.nan), np.zeros(len(lon), dtype=np.int64)
    if base.tree is None or base.measured is None or not len(lon):
        return dbm, count
    limit = base.measured_within_m
    points = ecef(lon, lat)
    near = base.tree.query_ball_point(points, float(chord(limit + TOLERANCE_M)))
    n = np.array([len(hits) for hits in near])
    point = np.repeat(np.arange(len(lon)), n)
    hit = np.fromiter((i for hits in near for i in hits), dtype=np.int64, count=int(n.sum()))
    gap = arc(np.linalg.norm(points[point] - base.tree.data[hit], axis=1))
    unsure = np.abs(gap - limit) <= TOLERANCE_M
    of, to = hit[unsure], point[unsure]
    _, gap[unsure] = geodesic(base.measured.lon[of], base.measured.lat[of], lon[to], lat[to])
    within = gap <= limit
    by_point = _medians(point[within], base.measured.dbm[hit[within]])
    dbm[by_point.index] = by_point["median"]
    count[by_point.index] = by_point["count"]
    return dbm, count


def _medians(point: Ints, dbm: Floats) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame({"dbm": dbm}).groupby(point)["dbm"].agg(["median", "count"])
