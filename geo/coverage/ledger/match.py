"""Tell which rows of a new list are gaps that are known already."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from geo.coverage.ground import Settlements, geodesic
from geo.names import Key, fold, key, tidy

_MADE_ID: Final = re.compile(r"row-\d+")


@dataclass(slots=True)
class Track:
    """A gap, followed through the lists; its place and name are those of the newest list."""

    number: int
    id: str
    name: str
    area: str
    lon: float
    lat: float
    population: float
    matched_by: str = ""
    seen: list[date] = field(default_factory=list)

    def meet(self, row: Row, at: date, by: str) -> None:
        """Take over what a newer list says of the gap."""
        self.id, self.name, self.area = row.id or self.id, row.name or self.name, row.area
        if not np.isnan(row.lon):
            self.lon, self.lat = row.lon, row.lat
        if not np.isnan(row.population):
            self.population = row.population
        if by and by not in self.matched_by:
            self.matched_by = "; ".join(filter(None, (self.matched_by, by)))
        self.seen.append(at)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list; the id is "" where the list gives none."""

    id: str
    name: str
    key: Key
    area: str
    lon: float
    lat: float
    population: float
    row: int


def name_key(name: object) -> Key:
    """Return what identifies a name: its letters, marks and tones, however they are written."""
    return key(fold(tidy(name)))


def rows_of(gaps: Settlements) -> list[Row]:
    """Return the rows of a list."""
    return [
        Row(
            "" if _MADE_ID.fullmatch(str(gaps.id[i])) else str(gaps.id[i]),
            str(gaps.name[i]),
            name_key(gaps.name[i]),
            str(gaps.area[i]),
            float(gaps.lon[i]),
            float(gaps.lat[i]),
            float(gaps.population[i]),
            int(gaps.row[i]),
        )
        for i in range(len(gaps))
    ]


def match(
    tracks: list[Track], rows: list[Row], same_place_m: float
) -> tuple[dict[int, tuple[int, str]], list[int]]:
    """Match rows to tracks, one to one.

    Ids decide. A row or a track without an id is matched by normalised name within the commune:
    the nearest first, at most `same_place_m` apart; where a point is missing, only if nothing else
    has that name.

    Returns
    -------
    matched
        Index of the row to index of the track and "id" or "name".
    ambiguous
        Rows that have the name of several gaps and no point to tell them apart.
    """
    by_id = {track.id: i for i, track in enumerate(tracks) if track.id}
    matched = {r: (by_id[row.id], "id") for r, row in enumerate(rows) if row.id in by_id}
    taken = {track for track, _ in matched.values()}
    groups: dict[tuple[Key, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for r, row in enumerate(rows):
        if r not in matched and row.key.bare:
            groups[row.key, row.area][0].append(r)
    for i, track in enumerate(tracks):
        here = (name_key(track.name), track.area)
        if i not in taken and here in groups:
            groups[here][1].append(i)
    ambiguous: list[int] = []
    for of_rows, of_tracks in groups.values():
        if of_tracks:
            _match_names(tracks, rows, of_rows, of_tracks, same_place_m, matched, ambiguous)
    return matched, ambiguous


def _match_names(  # noqa: PLR0917 - the parts of one step
    tracks: list[Track],
    rows: list[Row],
    of_rows: list[int],
    of_tracks: list[int],
    same_place_m: float,
    matched: dict[int, tuple[int, str]],
    ambiguous: list[int],
) -> None:
    # Two ids that differ are two gaps, whatever their names.
    may = [(r, i) for r in of_rows for i in of_tracks if not (rows[r].id and tracks[i].id)]
    if not may:
        return
    ends = np.array([(tracks[i].lon, tracks[i].lat, rows[r].lon, rows[r].lat) for r, i in may])
    apart = np.full(len(may), np.nan)
    there = ~np.isnan(ends).any(axis=1)
    _, apart[there] = geodesic(*ends[there].T)
    free_rows, free_tracks = {r for r, _ in may}, {i for _, i in may}
    for at in np.argsort(apart, kind="stable"):
        r, i = may[at]
        if apart[at] <= same_place_m and r in free_rows and i in free_tracks:
            matched[r] = (i, "name")
            free_rows.discard(r)
            free_tracks.discard(i)
    left = [
        (r, i)
        for (r, i), distance in zip(may, apart, strict=True)
        if np.isnan(distance) and r in free_rows and i in free_tracks
    ]
    if len({r for r, _ in left}) == 1 and len({i for _, i in left}) == 1:
        matched[left[0][0]] = (left[0][1], "name")
    else:
        ambiguous += sorted({r for r, _ in left})
