"""Rows of a list and gaps that are known, and which of them have one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Final

import numpy as np

from geo.coverage.ground import CoverageError, Floats, Settlements, geodesic
from geo.coverage.ledger.spelling import Spelt, spelt, unlike

_MADE_ID: Final = re.compile(r"row-\d+")
# Metres that a spelling costs: an unlike one must be so much nearer to be taken before another.
_COST: Final = (0.0, 200.0, 300.0, 400.0, 500.0)
# So near, a name is the same place over an approximate border too.
OVER_BORDER_M: Final = 500.0
_NOWHERE: Final = (-1, -1)
# Of a name that more have in one commune, those far away are not listed as doubtful.
MANY_OF_A_NAME: Final = 20
MOST_PAIRS: Final = 1_000_000


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
    near_border: bool = False
    matched_by: str = ""
    seen: list[date] = field(default_factory=list)

    def meet(self, row: Row, at: date, by: str) -> None:
        """Take over what a newer list says of the gap."""
        self.id, self.name, self.area = row.id or self.id, row.name or self.name, row.area
        self.near_border = row.near_border
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
    spelt: Spelt
    area: str
    lon: float
    lat: float
    population: float
    near_border: bool
    row: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and a track that may be one."""

    row: int
    track: int
    unlike: int
    metres: float

    @property
    def cost(self) -> float:
        """Metres, and what an unlike spelling costs."""
        return self.metres + _COST[self.unlike]


def rows_of(gaps: Settlements) -> list[Row]:
    """Return the rows of a list."""
    return [
        Row(
            "" if _MADE_ID.fullmatch(str(gaps.id[i])) else str(gaps.id[i]),
            str(gaps.name[i]),
            spelt(str(gaps.name[i])),
            str(gaps.area[i]),
            float(gaps.lon[i]),
            float(gaps.lat[i]),
            float(gaps.population[i]),
            bool(gaps.near_border[i]),
            int(gaps.row[i]),
        )
        for i in range(len(gaps))
    ]


def alike(
    tracks: list[Track],
    rows: list[Row],
    matched: dict[int, tuple[int, str]],
    taken: set[int],
    near: float,
) -> list[tuple[int, int, int]]:
    """Pair rows and tracks of one name in any spelling, each with how unlike the spellings are.

    Raises
    ------
    CoverageError
        Where so many have one name that they cannot be compared.
    """
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    placed: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for i, track in enumerate(tracks):
        if i not in taken:
            bare = spelt(track.name).own.bare
            named[bare, track.area].append(i)
            placed[(bare, *cell_of(track, near))].append(i)
    found = []
    for r, row in enumerate(rows):
        if r in matched:
            continue
        bare = row.spelt.own.bare
        close = [i for at in around(row, near) for i in placed.get((bare, *at), ())]
        here = named.get((bare, row.area), [])
        may = {i for i in close if row.area == tracks[i].area or _border(row, tracks[i])}
        # Of a name that many have, only those that are near or have no point.
        pointed = len(here) > MANY_OF_A_NAME and cell_of(row, near) != _NOWHERE
        may |= set(placed.get((bare, *_NOWHERE), ())) & set(here) if pointed else set(here)
        for i in sorted(may):
            # Two ids that differ are two gaps, whatever their names.
            how = None if row.id and tracks[i].id else unlike(row.spelt, spelt(tracks[i].name))
            if how is not None:
                found.append((r, i, how))
        if len(found) > MOST_PAIRS:
            raise CoverageError("many_alike", name=row.name[:60], limit=MOST_PAIRS)
    return found


def _border(row: Row, track: Track) -> bool:
    return row.near_border or track.near_border


def cell_of(place: Row | Track, metres: float) -> tuple[int, int]:
    """Return the square, at least so wide, that a place is in; one of its own without a point."""
    if np.isnan(place.lon):
        return _NOWHERE
    side = metres / 100_000  # degrees: 100 km are less than one anywhere in Viet Nam
    return int(place.lon / side), int(place.lat / side)


def around(place: Row | Track, metres: float) -> Iterator[tuple[int, int]]:
    """List the square of a place and those around it; none without a point."""
    x, y = cell_of(place, metres)
    if (x, y) != _NOWHERE:
        yield from product((x - 1, x, x + 1), (y - 1, y, y + 1))


def measured(tracks: list[Track], rows: list[Row], found: list[tuple[int, int, int]]) -> list[Pair]:
    """Measure pairs; over a border only what has points that are near stays."""
    apart = apart_of(tracks, rows, [(r, i) for r, i, _ in found])
    return [
        Pair(r, i, how, float(metres))
        for (r, i, how), metres in zip(found, apart, strict=True)
        if rows[r].area == tracks[i].area or metres <= OVER_BORDER_M
    ]


def apart_of(tracks: list[Track], rows: list[Row], pairs: list[tuple[int, int]]) -> Floats:
    """Return the metres between rows and tracks; NaN where either has no point."""
    apart = np.full(len(pairs), np.nan)
    if not pairs:
        return apart
    ends = np.array([(tracks[i].lon, tracks[i].lat, rows[r].lon, rows[r].lat) for r, i in pairs])
    there = ~np.isnan(ends).any(axis=1)
    _, apart[there] = geodesic(*ends[there].T)
    return apart
