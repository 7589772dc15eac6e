"""Choose summits, or places of a list, from which new sites are seen by most people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from base.words import Message
from geo.coverage.ground import (
    Candidates,
    Floats,
    Ints,
    Options,
    Progress,
    Radio,
    arc,
    chord,
    ecef,
)
from geo.coverage.search import weigh
from geo.coverage.terrain.assume import defaults, of_path
from geo.coverage.terrain.run import SQUARE, Opened, over_ground
from geo.coverage.terrain.tops import tops

if TYPE_CHECKING:
    import pandas as pd

# Of what technology the new sites are, where the planner says nothing.
NEW: Final = "4G"
_DEGREE_M: Final = 111_320.0
SUMMIT_COLUMNS: Final = (
    *("rank", "id", "name", "kind", "lon", "lat", "ground_m", "gaps", "counted", "reached"),
    *("total_gaps", "total_reached", "upper_reached"),
)


def rank_summits(
    settlements: pd.DataFrame,
    opened: Opened,
    radio: Radio,
    options: Options,
    *,
    listed: Candidates | None = None,
    most: int = 1_000_000,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, list[Message]]:
    """Choose places one by one, each time the one that is seen by most more.

    A settlement counts that the ground shadows or that no site reaches, and is seen from a place
    within `Options.new_site_range_m` where the ray clears the ground. The greedy choice reaches at
    least 1 - 1/e of the best choice of as many of the same candidates; ``upper_reached`` is a bound
    proven on them.

    Parameters
    ----------
    settlements
        With the column ``terrain``.
    listed
        Candidates beside the summits.
    most
        Paths from candidates to gaps; the candidates with most people about them come first.

    Returns
    -------
    frame
        Columns `SUMMIT_COLUMNS`, one row a place in the order chosen.
    told
        What was looked at, to be said with it.
    """
    import pandas as pd  # noqa: PLC0415

    gaps = settlements[settlements["terrain"].isin(("shadowed", "out_of_range"))]
    empty = pd.DataFrame({name: [] for name in SUMMIT_COLUMNS})
    if gaps.empty or options.new_sites < 1:
        return empty, []
    lon, lat = gaps["lon"].to_numpy(), gaps["lat"].to_numpy()
    places = _candidates(opened, lon, lat, options.new_site_range_m, listed)
    kind, weight, _ = weigh(gaps)
    place, gap, left = _pairs(places, lon, lat, weight, options.new_site_range_m, most)
    height, ghz = (_of_new(name, radio) for name in ("height_m", "mhz"))
    rows = np.column_stack(
        (
            *(places.lon[place], places.lat[place], lon[gap], lat[gap]),
            np.full(len(gap), height),
            np.full(len(gap), of_path("height_m", radio)[0]),
            np.full(len(gap), ghz / 1000),
        )
    ).reshape(-1, 7)
    k, _ = of_path("k", radio)
    how: Any = {"scheduler": scheduler, "workers": workers, "progress": progress}
    found = over_ground(opened, rows, k, **how, what="summits")
    seen = found[:, 1] > 0
    chosen, upper = greedy(place[seen], gap[seen], weight, options.new_sites)
    told = {
        "n": len(places.lon) - left,
        "left": left,
        "reach": options.new_site_range_m,
        "height": height,
        "mhz": ghz,
        "technology": NEW,
    }
    message = Message("coverage.terrain.summits.told", told)
    ground = np.full(len(places.lon), np.nan)
    ground[place] = found[:, 2]
    at = np.array([one for one, _ in chosen], dtype=np.int64)
    reached = np.array([weight[hit].sum() for _, hit in chosen])
    n = np.array([len(hit) for _, hit in chosen], dtype=np.int64)
    frame = pd.DataFrame(
        {
            "rank": np.arange(1, len(at) + 1),
            "id": places.id[at],
            "name": places.name[at],
            "kind": places.kind[at],
            "lon": places.lon[at],
            "lat": places.lat[at],
            "ground_m": ground[at].round(1),
            "gaps": n,
            "counted": kind,
            "reached": reached,
            "total_gaps": np.cumsum(n),
            "total_reached": np.cumsum(reached),
            "upper_reached": upper,
        },
        columns=list(SUMMIT_COLUMNS),
    )
    return frame, [message]


def _of_new(name: str, radio: Radio) -> float:
    said = getattr(radio, name)
    return float(said.get(NEW, said.get("", defaults()["technologies"][NEW][name]["value"])))


def _candidates(
    opened: Opened, lon: Floats, lat: Floats, reach: float, listed: Candidates | None
) -> Candidates:
    north = reach / _DEGREE_M
    boxes = []
    squares = np.unique(np.floor(np.column_stack((lon, lat)) / SQUARE), axis=0)
    for column, row in squares:
        mine = (np.floor(lon / SQUARE) == column) & (np.floor(lat / SQUARE) == row)
        east = north / np.cos(np.radians(np.abs(lat[mine]).max() + north))
        west, right = lon[mine].min() - east, lon[mine].max() + east
        boxes.append([west, lat[mine].min() - north, right, lat[mine].max() + north])
    relief = opened.relief
    told = tops(relief.terrain, relief.called, opened.room, sheets=opened.sheets, boxes=boxes)
    x, y = (told.tables[0][name].to_numpy() for name in ("lon", "lat"))
    ids = np.array([f"{b:.5f},{a:.5f}" for a, b in zip(x, y, strict=True)], dtype=object)
    none = np.full(len(x), "", dtype=object)
    summits = Candidates(x, y, ids, none, np.full(len(x), "summit", dtype=object))
    if listed is None:
        return summits
    return Candidates(
        *(
            np.concatenate((getattr(listed, name), getattr(summits, name)))
            for name in ("lon", "lat", "id", "name", "kind")
        )
    )


def _pairs(  # noqa: PLR0917 - candidates, gaps, and how far
    places: Candidates, lon: Floats, lat: Floats, weight: Floats, reach: float, most: int
) -> tuple[Ints, Ints, int]:
    """Return pairs within reach, of the places with most about them, and how many were left."""
    from scipy.spatial import cKDTree  # noqa: PLC0415

    if not len(places.lon):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), 0
    points, gaps = ecef(places.lon, places.lat), ecef(lon, lat)
    tree = cKDTree(gaps)
    near = tree.query_ball_point(points, float(chord(reach)), return_sorted=True)
    people = np.array([weight[hits].sum() for hits in near])
    # Candidates of a list are always looked at.
    own = places.kind == "list"
    order = np.lexsort((places.lat, places.lon, -people, ~own))
    total = np.cumsum([len(near[i]) for i in order])
    kept = order[(total <= most) | own[order]]
    place = np.repeat(kept, [len(near[i]) for i in kept])
    gap = np.array([hit for i in kept for hit in near[i]], dtype=np.int64)
    apart = arc(np.linalg.norm(points[place] - gaps[gap], axis=1)) if len(gap) else np.empty(0)
    inside = apart <= reach
    return place[inside], gap[inside], len(places.lon) - len(kept)


def greedy(
    place: Ints, gap: Ints, weight: Floats, k: int
) -> tuple[list[tuple[int, Ints]], list[float]]:
    """Choose k places; return each with the gaps it adds, and the bound proven so far."""
    from scipy.sparse import coo_matrix  # noqa: PLC0415

    if not len(place):
        return [], []
    shape = (int(place.max()) + 1, len(weight))
    sees = coo_matrix((np.ones(len(place)), (place, gap)), shape=shape).tocsr()
    seen_by = sees.tocsc()
    gain, left = np.asarray(sees @ weight), np.ones(len(weight), dtype=bool)
    chosen: list[tuple[int, Ints]] = []
    upper: list[float] = []
    bound, reached = np.full(k, weight.sum()), 0.0
    for _ in range(k):
        largest = np.cumsum(np.sort(gain)[::-1][:k])
        bound[: len(largest)] = np.minimum(bound[: len(largest)], reached + largest)
        bound[len(largest) :] = np.minimum(bound[len(largest) :], reached + largest[-1])
        best = int(np.argmax(gain))
        if gain[best] <= 1e-6:
            break
        hit = np.sort(sees.indices[sees.indptr[best] : sees.indptr[best + 1]])
        hit = hit[left[hit]]
        left[hit] = False
        reached += float(weight[hit].sum())
        for one in hit:
            gain[seen_by.indices[seen_by.indptr[one] : seen_by.indptr[one + 1]]] -= weight[one]
        chosen.append((best, hit))
    upper = [float(value) for value in bound[: len(chosen)]]
    return chosen, upper
