"""Clusters of adjacent gaps, and where new sites would reach most people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.ground import (
    TOLERANCE_M,
    Floats,
    Ints,
    Options,
    Ranking,
    chord,
    ecef,
    pairs_within,
)

if TYPE_CHECKING:
    import pandas as pd

CLUSTER_COLUMNS: Final = (
    *("cluster", "gaps", "people", "without_population", "lon", "lat"),
    *("west", "south", "east", "north", "areas", "ids"),
)
RANKING_COLUMNS: Final = (
    *("rank", "id", "name", "area_code", "lon", "lat", "gaps", "counted", "reached"),
    *("total_gaps", "total_reached", "upper_reached"),
)
# Greedy choice is at least so good (Nemhauser, Wolsey and Fisher 1978).
GREEDY_BOUND: Final = 1 - 1 / math.e
# Pairs of gaps near each other: 16 bytes each, several times over.
MAX_PAIRS: Final = 30_000_000


def gaps_of(settlements: pd.DataFrame) -> pd.DataFrame:
    """Return the uncovered settlements."""
    return settlements[settlements["status"] == "uncovered"]


def too_many_pairs(lon: Floats, lat: Floats, limit_m: float) -> bool:
    """Tell whether there are more pairs than memory is meant to hold."""
    from scipy.spatial import cKDTree  # noqa: PLC0415

    tree = cKDTree(ecef(lon, lat))
    pairs = int(tree.count_neighbors(tree, float(chord(limit_m + TOLERANCE_M))))
    return (pairs - len(lon)) // 2 > MAX_PAIRS


def clusters(settlements: pd.DataFrame, adjacent_m: float) -> tuple[pd.DataFrame, Ints]:
    """Join gaps that are at most so far from each other, directly or through others.

    Parameters
    ----------
    adjacent_m
        Metres, geodesic.

    Returns
    -------
    frame
        One row a cluster of two or more gaps, the one with most people first.
    label
        Number of the cluster of each settlement; 0 for none.
    """
    import pandas as pd  # noqa: PLC0415
    from scipy.sparse import coo_matrix  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    gaps = gaps_of(settlements)
    label = np.zeros(len(settlements), dtype=np.int64)
    empty = pd.DataFrame({name: [] for name in CLUSTER_COLUMNS})
    lon, lat = gaps["lon"].to_numpy(), gaps["lat"].to_numpy()
    if len(gaps) < 2 or too_many_pairs(lon, lat, adjacent_m):
        return empty, label
    first, second = pairs_within(lon, lat, adjacent_m).T
    links = coo_matrix((np.ones(len(first)), (first, second)), shape=(len(gaps), len(gaps)))
    _, of = connected_components(links, directed=False)
    joined = np.flatnonzero(np.bincount(of)[of] > 1)
    if not joined.size:
        return empty, label
    groups = gaps.iloc[joined].groupby(of[joined], sort=True)
    frame = groups.agg(
        gaps=("id", "size"),
        people=("population", "sum"),
        without_population=("population", lambda p: int(p.isna().sum())),
        lon=("lon", "mean"),
        lat=("lat", "mean"),
        west=("lon", "min"),
        south=("lat", "min"),
        east=("lon", "max"),
        north=("lat", "max"),
        areas=("area_code", lambda codes: "; ".join(sorted(set(codes)))),
        ids=("id", "; ".join),
    )
    order = frame.sort_values(["people", "gaps"], ascending=False, kind="stable").index
    number = {group: n for n, group in enumerate(order, start=1)}
    frame = frame.loc[order]
    frame.insert(0, "cluster", np.arange(1, len(frame) + 1))
    at = np.flatnonzero(settlements["status"] == "uncovered")[joined]
    label[at] = [number[group] for group in of[joined]]
    return frame.reset_index(drop=True)[list(CLUSTER_COLUMNS)], label


def rank_new_sites(settlements: pd.DataFrame, options: Options) -> Ranking:
    """Choose places for new sites one by one, each time the one that reaches most more.

    What counts is people; households where no gap has a population; settlements where none has
    either. One ranking counts one thing, which its column ``counted`` names.

    Any gap may be such a place; a site there reaches the gaps within `new_site_range_m`. This is
    maximal coverage: the greedy choice reaches at least 1 - 1/e (63%) of what the best choice of
    as many places would, and usually much more: ``upper_reached`` is a proven bound for that best
    choice, the least over the steps so far of what is reached plus the largest gains left.

    Parameters
    ----------
    options
        Reach and number of new sites.

    Returns
    -------
    Ranking
        Fewer places than asked for where nothing is left to reach.
    """
    import pandas as pd  # noqa: PLC0415

    gaps = gaps_of(settlements)
    empty = pd.DataFrame({name: [] for name in RANKING_COLUMNS})
    kind, weight, without = weigh(gaps)
    total = float(weight.sum())
    if gaps.empty or options.new_sites < 1:
        return Ranking(empty, kind, total, "no_gaps" if gaps.empty else "", without)
    lon, lat = gaps["lon"].to_numpy(), gaps["lat"].to_numpy()
    if too_many_pairs(lon, lat, options.new_site_range_m):
        return Ranking(empty, kind, total, "too_many_pairs", without)
    pairs = pairs_within(lon, lat, options.new_site_range_m)
    chosen, gained, upper, n = _greedy(pairs, weight, min(options.new_sites, len(gaps)))
    rows = gaps.iloc[chosen][["id", "name", "area_code", "lon", "lat"]].reset_index(drop=True)
    rows.insert(0, "rank", np.arange(1, len(rows) + 1))
    rows["gaps"], rows["counted"], rows["reached"] = n, kind, gained
    rows["total_gaps"], rows["total_reached"] = np.cumsum(n), np.cumsum(gained)
    rows["upper_reached"] = upper
    return Ranking(rows[list(RANKING_COLUMNS)], kind, total, "", without)


def weigh(gaps: pd.DataFrame) -> tuple[str, Floats, int]:
    """Choose what a ranking counts: its name, how much of it each gap has, how many say nothing."""
    for kind in ("population", "households"):
        counts = gaps[kind]
        if counts.notna().any():
            return kind, counts.fillna(0).to_numpy(dtype=float), int(counts.isna().sum())
    return "settlements", np.ones(len(gaps)), 0


def _greedy(
    pairs: Ints, weight: Floats, k: int
) -> tuple[list[int], list[float], list[float], list[int]]:
    """Choose k places; keep every gain exact by taking away what each choice reaches."""
    from scipy.sparse import coo_matrix  # noqa: PLC0415

    n = len(weight)
    one, two, own = pairs[:, 0], pairs[:, 1], np.arange(n)
    rows, columns = np.concatenate((one, two, own)), np.concatenate((two, one, own))
    near = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(n, n)).tocsr()
    gain = np.asarray(near @ weight)
    left = np.ones(n, dtype=bool)
    chosen: list[int] = []
    gained: list[float] = []
    number: list[int] = []
    upper = np.full(k, weight.sum())
    for _ in range(k):
        largest = np.cumsum(np.sort(gain)[::-1][:k])
        upper = np.minimum(upper, sum(gained) + largest)
        best = int(np.argmax(gain))
        if gain[best] <= 1e-6:  # what rounding may leave of fractions of people
            break
        reached = near.indices[near.indptr[best] : near.indptr[best + 1]]
        reached = np.sort(reached[left[reached]])
        left[reached] = False
        chosen.append(best)
        gained.append(float(weight[reached].sum()))
        number.append(len(reached))
        for gap in reached:
            beside = near.indices[near.indptr[gap] : near.indptr[gap + 1]]
            gain[beside] -= weight[gap]
    return chosen, gained, [float(u) for u in upper[: len(chosen)]], number
