"""Tell which rows of a new list are gaps that are known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from geo.coverage.ledger.pairs import (
    MOST_PAIRS,
    OVER_BORDER_M,
    Pair,
    Row,
    Track,
    alike,
    apart_of,
    around,
    cell_of,
    measured,
)
from geo.coverage.ledger.spelling import (
    NO_MARKS,
    OTHER_MARKS,
    OTHER_SERIES,
    numbers_differ,
    spelt,
    unlike,
)

# Points so near are one point: what stands there under another name may be the same place.
SAME_POINT_M: Final = 100.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row taken for a new gap that may be one that is known; metres are NaN without points."""

    row: int
    track: int
    metres: float


def match(
    tracks: list[Track], rows: list[Row], same_place_m: float
) -> tuple[dict[int, tuple[int, str]], list[Doubt]]:
    """Match rows to tracks, one to one.

    Ids decide. A row or a track without an id is matched by its name, however it is spelt, within
    the commune (or across a border that is near and approximate): the nearest first, at most
    `same_place_m` apart; where a point is missing, only if nothing else has that name.

    Returns
    -------
    matched
        Index of the row to index of the track and "id" or "name".
    doubts
        Rows that may be gaps that are known, and are not told to be.
    """
    by_id = {track.id: i for i, track in enumerate(tracks) if track.id}
    matched = {r: (by_id[row.id], "id") for r, row in enumerate(rows) if row.id in by_id}
    taken = {i for i, _ in matched.values()}
    near = max(same_place_m, OVER_BORDER_M)
    pairs = measured(tracks, rows, alike(tracks, rows, matched, taken, near))
    _nearest(tracks, rows, pairs, same_place_m, matched)
    _only_ones(pairs, matched)
    return matched, _doubts(tracks, rows, pairs, matched)


def _nearest(
    tracks: list[Track],
    rows: list[Row],
    pairs: list[Pair],
    same_place_m: float,
    matched: dict[int, tuple[int, str]],
) -> None:
    """Match what is near enough, the nearest and likest first."""
    near = sorted(
        (pair for pair in pairs if pair.metres <= _reach(pair, same_place_m)),
        key=lambda pair: (pair.cost, pair.row, pair.track),
    )
    gone = {i for i, _ in matched.values()}
    by_row, by_track = defaultdict(list), defaultdict(list)
    for pair in near:
        by_row[pair.row].append(pair)
        by_track[pair.track].append(pair)
    for pair in near:
        if pair.row in matched or pair.track in gone:
            continue
        if pair.unlike >= NO_MARKS:
            others = (p for p in (*by_row[pair.row], *by_track[pair.track]) if p is not pair)
            rest = [p for p in others if p.row not in matched and p.track not in gone]
            if _rivalled(tracks, rows, pair, rest):
                continue
        matched[pair.row] = (pair.track, "name")
        gone.add(pair.track)


def _reach(pair: Pair, same_place_m: float) -> float:
    if pair.unlike == OTHER_MARKS:
        return -1.0  # at most doubtful
    # Numbers of another series are the same place only at the same point.
    return min(SAME_POINT_M, same_place_m) if pair.unlike == OTHER_SERIES else same_place_m


def _rivalled(tracks: list[Track], rows: list[Row], pair: Pair, rest: list[Pair]) -> bool:
    """Tell whether another place with other diacritics is about as near as this one."""
    for other in rest:
        if other.metres > 2 * pair.metres + SAME_POINT_M:
            continue
        if other.row == pair.row:
            first, second = (spelt(tracks[p.track].name) for p in (pair, other))
        else:
            first, second = (rows[p.row].spelt for p in (pair, other))
        if unlike(first, second) in (None, OTHER_MARKS):
            return True
    return False


def _only_ones(pairs: list[Pair], matched: dict[int, tuple[int, str]]) -> None:
    """Match what has no point to be told by, where nothing else has its name."""
    gone = {i for i, _ in matched.values()}
    left = [
        pair
        for pair in pairs
        if np.isnan(pair.metres)
        and pair.row not in matched
        and pair.track not in gone
        and pair.unlike < OTHER_SERIES
    ]
    of_row, of_track = _counted(p.row for p in left), _counted(p.track for p in left)
    for pair in left:
        if of_row[pair.row] == 1 and of_track[pair.track] == 1:
            matched[pair.row] = (pair.track, "name")


def _counted(values: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return counts


def _doubts(
    tracks: list[Track],
    rows: list[Row],
    pairs: list[Pair],
    matched: dict[int, tuple[int, str]],
) -> list[Doubt]:
    """List rows taken for new gaps beside what they may be: of a name, or at a point with it."""
    gone = {i for i, _ in matched.values()}
    doubts: dict[int, Doubt] = {}
    for pair in sorted(pairs, key=lambda p: (np.isnan(p.metres), p.cost)):
        if pair.row not in matched and pair.track not in gone:
            doubts.setdefault(pair.row, Doubt(pair.row, pair.track, pair.metres))
    free: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, track in enumerate(tracks):
        if i not in gone:
            free[cell_of(track, SAME_POINT_M)].append(i)
    close = (
        (r, i)
        for r, row in enumerate(rows)
        if r not in matched and r not in doubts
        for cell in around(row, SAME_POINT_M)
        for i in free.get(cell, ())
        if tracks[i].area == row.area
        and not (row.id and tracks[i].id)
        and not numbers_differ(row.spelt, spelt(tracks[i].name))
    )
    may = list(islice(close, MOST_PAIRS))
    apart = apart_of(tracks, rows, may)
    for at in np.argsort(apart, kind="stable"):
        if apart[at] <= SAME_POINT_M:
            doubts.setdefault(may[at][0], Doubt(may[at][0], may[at][1], float(apart[at])))
    return [doubts[r] for r in sorted(doubts)]
