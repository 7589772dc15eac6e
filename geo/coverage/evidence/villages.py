"""Weigh what is claimed of villages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.evidence.answers import answered, written
from geo.coverage.evidence.pairs import speaks_of
from geo.coverage.evidence.records import UNDATED, VERDICTS, Claims, Facts, Thresholds
from geo.coverage.evidence.weigh import count_by, verdicts
from geo.coverage.ground import Ints, Settlements, Texts, arc, chord, ecef
from geo.coverage.input import Problems

if TYPE_CHECKING:
    import pandas as pd

VILLAGE_COLUMNS: Final = (
    *("id", "name", "area_code", "lon", "lat", "operator", "technology", "claimed_by"),
    *("claimed_on", "claim_file", "claim_row", "verdict", "reason", "for", "against", "perhaps"),
    *("median_dbm", "first", "last", "measured_by", "measurement_rows"),
)
_ROWS_SHOWN: Final = 12


def weigh_villages(
    settlements: Settlements, claims: Claims, facts: Facts, rules: Thresholds, problems: Problems
) -> pd.DataFrame:
    """Weigh every claim of every village: those in claimed polygons, and those listed.

    Parameters
    ----------
    problems
        Where listed villages that are not among the settlements are told.

    Returns
    -------
    DataFrame
        Columns `VILLAGE_COLUMNS`, one row a village and claim, in the order of the villages.
    """
    import pandas as pd  # noqa: PLC0415
    from scipy.spatial import cKDTree  # noqa: PLC0415

    village, claim = _claimed(settlements, claims, problems)
    pointed = ~np.isnan(settlements.lon[village])
    near_v, near_f, apart = _near(settlements, facts, rules, cKDTree)
    # Of each village and claim, the measurements near the village.
    start = np.searchsorted(near_v, np.arange(len(settlements)))
    stop = np.searchsorted(near_v, np.arange(len(settlements)), side="right")
    n = np.where(pointed, stop[village] - start[village], 0)
    of = np.repeat(np.arange(len(village)), n)
    within = np.arange(len(of)) - np.repeat(np.cumsum(n) - n, n)
    hit = np.repeat(start[village], n) + within
    fact = near_f[hit]
    good = speaks_of(claims, claim[of], facts, fact, rules)
    of, fact, metres = of[good], fact[good], apart[hit[good]]
    sure = metres + facts.accuracy[fact] <= rules.within_m
    speaks = facts.speaks_for[fact]
    m = len(village)
    groups = (sure & speaks, sure & ~speaks, ~sure & speaks, ~sure & ~speaks)
    counts = [count_by(of[mask], m) for mask in groups]
    verdict, reason = verdicts(*counts, rules=rules)
    reason[claims.day[claim] == UNDATED] = "claim_undated"
    reason[~pointed] = "no_point"
    about = _about(of[sure], fact[sure], facts, m)
    return pd.DataFrame(
        {
            "id": settlements.id[village],
            "name": settlements.name[village],
            "area_code": settlements.area[village],
            "lon": settlements.lon[village],
            "lat": settlements.lat[village],
            **answered(claims, claim, counts, verdict, reason),
            **about,
        },
        columns=list(VILLAGE_COLUMNS),
    )


def _claimed(settlements: Settlements, claims: Claims, problems: Problems) -> tuple[Ints, Ints]:
    """Return pairs of a village and a claim that speaks of it, by village."""
    import shapely  # noqa: PLC0415

    at = {id_: i for i, id_ in enumerate(settlements.id)}
    listed = np.flatnonzero(claims.village != "")
    index = np.array([at.get(claims.village[i], -1) for i in listed], dtype=np.int64)
    for file in sorted(set(claims.file[listed[index < 0]])):
        mine = listed[(index < 0) & (claims.file[listed] == file)]
        names = claims.village[mine]
        problems.add(file, claims.row[mine], "unknown_village", ids=names, values=names)
    listed, index = listed[index >= 0], index[index >= 0]
    drawn = np.flatnonzero(claims.village == "")
    there = np.flatnonzero(~np.isnan(settlements.lon))
    points = shapely.points(settlements.lon[there], settlements.lat[there])
    polygon, point = shapely.STRtree(points).query(claims.shape[drawn], predicate="intersects")
    village = np.concatenate((index, there[point])).astype(np.int64)
    claim = np.concatenate((listed, drawn[polygon])).astype(np.int64)
    order = np.lexsort((claim, village))
    return village[order], claim[order]


def _near(
    settlements: Settlements, facts: Facts, rules: Thresholds, tree_of: type
) -> tuple[Ints, Ints, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Return pairs of a village and a measurement that perhaps is near it, by village."""
    there = np.flatnonzero(~np.isnan(settlements.lon))
    none = np.empty(0, dtype=np.int64)
    if not len(there) or not len(facts.lon):
        return none, none, np.empty(0)
    points = ecef(settlements.lon[there], settlements.lat[there])
    measured = ecef(facts.lon, facts.lat)
    tree = tree_of(points)
    reach = rules.within_m + facts.accuracy
    hits = tree.query_ball_point(measured, chord(reach), return_sorted=True)
    n = np.array([len(one) for one in hits])
    fact = np.repeat(np.arange(len(hits)), n)
    at = np.fromiter((i for one in hits for i in one), dtype=np.int64, count=int(n.sum()))
    apart = np.asarray(arc(np.linalg.norm(points[at] - measured[fact], axis=1)), dtype=float)
    village = there[at]
    order = np.lexsort((fact, village))
    return village[order], fact[order], apart[order]


def _about(of: Ints, fact: Ints, facts: Facts, n: int) -> dict[str, Texts]:
    """Say of the measurements surely near: the median, the days, who and which rows."""
    columns = {
        name: np.full(n, "", dtype=object)
        for name in ("first", "last", "measured_by", "measurement_rows")
    }
    median = np.full(n, np.nan)
    order = np.argsort(of, kind="stable")
    of, fact = of[order], fact[order]
    starts = np.flatnonzero(np.r_[True, of[1:] != of[:-1]]) if len(of) else np.empty(0, dtype=int)
    for start, stop in zip(starts, [*starts[1:], len(of)], strict=True):
        mine, to = fact[start:stop], of[start]
        dbm = facts.dbm[mine]
        if np.isfinite(dbm).any():
            median[to] = np.nanmedian(dbm)
        first, last = written(np.array([facts.day[mine].min(), facts.day[mine].max()]))
        columns["first"][to], columns["last"][to] = first, last
        columns["measured_by"][to] = "; ".join(sorted(set(facts.source[mine]) - {""}))
        rows = ", ".join(str(row) for row in facts.row[mine][:_ROWS_SHOWN])
        columns["measurement_rows"][to] = rows + (" …" if len(mine) > _ROWS_SHOWN else "")
    return {"median_dbm": median, **columns}


def shares(villages: pd.DataFrame) -> pd.DataFrame:
    """Count claims by area and network: how many were tested, and with what verdict."""
    keys = ["area_code", "operator", "technology"]
    counted = villages[keys].assign(
        claims=1,
        tested=(villages["for"] + villages["against"]) > 0,
        **{verdict: villages["verdict"] == verdict for verdict in VERDICTS},
    )
    frame = counted.groupby(keys, as_index=False).sum()
    return frame.assign(share_tested=frame["tested"] / frame["claims"])


def to_send_back(villages: pd.DataFrame) -> pd.DataFrame:
    """Return the contradicted claims by operator: what is sent back to it."""
    found = villages[villages["verdict"] == "contradicted"]
    return found.sort_values(["operator", "technology", "area_code", "id"], kind="stable")
