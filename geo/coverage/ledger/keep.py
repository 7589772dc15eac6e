"""Follow coverage gaps over time: closed, persisting, new, reopened, and how long it took.

A gap that is not on a list is closed only if the list names all gaps of its province; else nothing
is known of it at that date. See docs/coverage.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from base.reading import AUTO
from geo.coverage.ground import CoverageError, Options
from geo.coverage.input import Limits, Problems, Raw, read_file, read_settlements, texts
from geo.coverage.ledger.balance import balance, commitment, time_to_close
from geo.coverage.ledger.match import Doubt, match
from geo.coverage.ledger.pairs import Row, Track, rows_of
from geo.coverage.ledger.records import (
    AMBIGUOUS_COLUMNS,
    DEFINITIONS,
    DUE,
    EVENTS,
    SAME_PLACE_M,
    Definition,
    Ledger,
    Rules,
    Snapshot,
)
from geo.coverage.output import marked
from geo.coverage.search import REASONS
from geo.editions import Level, area, areas

if TYPE_CHECKING:
    pass

__all__ = [
    "DEFINITIONS",
    "DUE",
    "EVENTS",
    "REASONS",
    "SAME_PLACE_M",
    "Ledger",
    "Problems",
    "Rules",
    "Snapshot",
    "balance",
    "commitment",
    "keep_ledger",
    "province_of",
    "read_snapshot",
    "time_to_close",
]
# Which rows of a table of settlements that this program has written are gaps.
_STATUS: Final[dict[Definition, str]] = {"no_signal": "uncovered", "weak_signal": "weak"}


def province_of(edition: str, code: str) -> str:
    """Return the code of the province that an area lies in."""
    place = area(edition, code)
    while place.level is not Level.PROVINCE and place.parent is not None:
        place = area(edition, place.parent)
    return place.code


def read_snapshot(
    path: Path,
    at: date,
    *,
    definition: Definition = "no_signal",
    whole_country: bool = False,
    provinces: Sequence[str] = (),
    rules: Rules | None = None,
    problems: Problems | None = None,
    name: str = "",
    crs: str = "",
    encoding: str = AUTO,
    columns: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Snapshot:
    """Read a list of gaps.

    Parameters
    ----------
    path, name
        A table of settlements as `geo.coverage` reads it, one row a gap, and what to call it.
    at
        The date that it describes.
    whole_country, provinces
        What the list is complete for: all of the country, or these provinces (codes); where
        neither is said, the provinces that it names.
    problems
        Where rows left out are listed.
    crs, encoding, columns
        As of `geo.coverage.Files`.
    limits
        How much of the file is accepted.

    Raises
    ------
    CoverageError
        Where the file cannot be used.
    """
    rules, problems = rules or Rules(), problems if problems is not None else Problems()
    raw = read_file(
        path, problems, name=name, crs=crs, encoding=encoding, names=columns, limits=limits
    )
    made_up = marked(raw)
    gaps = _only_gaps(raw, definition)
    options = Options(edition=rules.edition)
    found = read_settlements(gaps, problems, options)
    # What our own tables say is covered is spoken of too.
    told = found if gaps is raw else read_settlements(raw, Problems(), options)
    named = {province_of(rules.edition, str(code)) for code in set(told.area)}
    return Snapshot(
        at,
        definition,
        found,
        whole_country,
        frozenset(provinces) if provinces else frozenset(named),
        raw.file,
        made_up,
    )


def _only_gaps(raw: Raw, definition: Definition) -> Raw:
    """Leave out what our own tables of settlements say is no gap of this definition."""
    names = {str(column).strip().lower(): str(column) for column in raw.frame.columns}
    if not {"status", "reason"} <= set(names):
        return raw
    status, reason = texts(raw.frame, names["status"]), texts(raw.frame, names["reason"])
    if not set(reason) <= {*REASONS, ""}:
        return raw
    if definition in _STATUS:
        keep = status == _STATUS[definition]
    elif definition == "no_power":
        keep = reason == "no_power"
    else:
        lacks = texts(raw.frame, names.get("lacks_4g"))
        keep = (lacks == "1") | (lacks == "1.0")
    frame = raw.frame[keep].reset_index(drop=True)
    shapes = None if raw.geometry is None else raw.geometry[keep]
    n = int(keep.sum())
    return replace(raw, frame=frame, row=raw.row[keep], geometry=shapes, n_read=n)


def keep_ledger(snapshots: Sequence[Snapshot], rules: Rules | None = None) -> Ledger:
    """Follow every gap through lists of one definition.

    Parameters
    ----------
    snapshots
        The lists, in any order, of different dates.
    rules
        How gaps are taken for the same.

    Returns
    -------
    Ledger
        What became of each.

    Raises
    ------
    CoverageError
        Where definitions, or made-up and real lists, would be mixed, or two lists have one date.
    """
    rules = rules or Rules()
    ordered = _checked(snapshots)
    tracks: list[Track] = []
    events: list[dict[str, Any]] = []
    spells: list[dict[str, Any]] = []
    unclear: list[dict[str, Any]] = []
    known: dict[int, bool] = {}  # whether open, as last told
    told: dict[str, list[date]] = {}  # when the gaps of a province were listed
    provinces = [place.code for place in areas(rules.edition, Level.PROVINCE)]
    for snapshot in ordered:
        rows = rows_of(snapshot.gaps)
        matched, doubts = match(tracks, rows, rules.same_place_m)
        unclear += [_unclear(snapshot, rows, tracks, doubt) for doubt in doubts]
        now = _meet(tracks, rows, matched, snapshot.at)
        for track in tracks:
            place = province_of(rules.edition, track.area)
            event = _event(snapshot, track, place, known, now, told)
            if event == "closed":
                spells.append(_spell(track, snapshot.at, told.get(place, [])))
            if event:
                events.append(
                    {"track": track.number, "date": snapshot.at, "event": event, "province": place}
                )
            if event not in ("", "unreported"):
                known[track.number] = track.number in now
        for place in provinces if snapshot.whole_country else snapshot.provinces:
            told.setdefault(place, []).append(snapshot.at)
    return _ledger(ordered, rules, tracks, known, events, spells, unclear)


def _checked(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    ordered = sorted(snapshots, key=lambda snapshot: snapshot.at)
    if not ordered:
        raise CoverageError("no_lists")
    if len({snapshot.definition for snapshot in ordered}) > 1:
        raise CoverageError("definitions")
    if len({snapshot.at for snapshot in ordered}) < len(ordered):
        raise CoverageError("same_date")
    if len({snapshot.simulated for snapshot in ordered}) > 1:
        made_up = ", ".join(s.file for s in ordered if s.simulated)
        real = ", ".join(s.file for s in ordered if not s.simulated)
        raise CoverageError("mixed", simulated=made_up, real=real)
    return ordered


def _covers(snapshot: Snapshot, province: str) -> bool:
    return snapshot.whole_country or province in snapshot.provinces


def _unclear(
    snapshot: Snapshot, rows: list[Row], tracks: list[Track], doubt: Doubt
) -> dict[str, Any]:
    row, track = rows[doubt.row], tracks[doubt.track]
    told = {"file": snapshot.file, "row": row.row, "id": row.id, "name": row.name}
    return {**told, "track": track.number, "known_as": track.name, "metres": doubt.metres}


def _meet(
    tracks: list[Track], rows: list[Row], matched: dict[int, tuple[int, str]], at: date
) -> set[int]:
    """Bring the tracks up to date with a list; return the numbers of those on it."""
    now = set()
    for r, row in enumerate(rows):
        index, by = matched.get(r, (-1, ""))
        if index < 0:
            made = Track(
                *(len(tracks) + 1, row.id, row.name, row.area, row.lon, row.lat, row.population)
            )
            tracks.append(made)
            index = len(tracks) - 1
        tracks[index].meet(row, at, by)
        now.add(tracks[index].number)
    return now


def _event(  # noqa: PLR0917 - what is known before and after one list
    snapshot: Snapshot,
    track: Track,
    place: str,
    known: dict[int, bool],
    now: set[int],
    told: dict[str, list[date]],
) -> str:
    before = known.get(track.number)
    if track.number in now:
        if before is None:
            return "new" if told.get(place) else "baseline"
        return "persisting" if before else "reopened"
    if not before:
        return ""
    return "closed" if _covers(snapshot, place) else "unreported"


def _spell(track: Track, closed_by: date, told: list[date]) -> dict[str, Any]:
    """Say between which bounds of days a gap was open, the last time."""
    absent = [at for at in told if at not in track.seen]
    start = max((at for at in absent if at < track.seen[-1]), default=None)
    opened = [at for at in track.seen if start is None or at > start]
    return {
        "track": track.number,
        "first_seen": opened[0],
        "last_seen": track.seen[-1],
        "closed_by": closed_by,
        "at_least_days": (track.seen[-1] - opened[0]).days,
        "at_most_days": float("nan") if start is None else float((closed_by - start).days),
    }


def _ledger(  # noqa: PLR0917 - the parts of a ledger
    ordered: list[Snapshot],
    rules: Rules,
    tracks: list[Track],
    known: dict[int, bool],
    events: list[dict[str, Any]],
    spells: list[dict[str, Any]],
    unclear: list[dict[str, Any]],
) -> Ledger:
    import pandas as pd  # noqa: PLC0415

    known_provinces = [place.code for place in areas(rules.edition, Level.PROVINCE)]
    reopened = Counter(event["track"] for event in events if event["event"] == "reopened")
    rows = [
        {
            "track": track.number,
            "id": track.id,
            "name": track.name,
            "area_code": track.area,
            "province": province_of(rules.edition, track.area),
            "lon": track.lon,
            "lat": track.lat,
            "population": track.population,
            "first_seen": track.seen[0],
            "last_seen": track.seen[-1],
            "state": "open" if known[track.number] else "closed",
            "times_opened": 1 + reopened[track.number],
            "matched_by": track.matched_by,
        }
        for track in tracks
    ]
    by_track: tuple[str, ...] = ("track", "date", "event", "province")
    ends = (
        *("track", "first_seen", "last_seen", "closed_by"),
        *("at_least_days", "at_most_days"),
    )
    return Ledger(
        rules.edition,
        ordered[0].definition,
        tuple(snapshot.at for snapshot in ordered),
        pd.DataFrame(rows),
        pd.DataFrame(events, columns=list(by_track)),
        pd.DataFrame(spells, columns=list(ends)),
        pd.DataFrame(unclear, columns=list(AMBIGUOUS_COLUMNS)),
        ordered[0].simulated,
        {
            snapshot.at: frozenset(known_provinces)
            if snapshot.whole_country
            else snapshot.provinces
            for snapshot in ordered
        },
    )
