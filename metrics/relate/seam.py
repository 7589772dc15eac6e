"""A series of one area across a change of the map, with the seam told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.crosswalk import NoCrosswalkError, crosswalk
from geo.editions import EDITION_2024, EDITION_2025, Level, area
from geo.editions import edition as find_edition
from metrics.harmonise import CARRIED_COLUMNS, SplitBy, as_published, carried
from metrics.panel import NO_DATA, NOT_NAMED, is_small, panel
from metrics.store import Store, kept_in_store

BEFORE: Final = "before"
AFTER: Final = "after"
ACROSS: Final = "across"
SERIES_COLUMNS: Final = ("side", "on_edition", "is_carried", *CARRIED_COLUMNS)
# Those of all provinces, some 50 to 200 KB each.
KEPT: Final = 160
# What a point of a series must be more than.
EMPTY: Final = (NO_DATA, NOT_NAMED)


@dataclass(frozen=True, slots=True)
class Seam:
    """A series of one area, its own figures and those carried from the map before.

    Attributes
    ----------
    day
        First day of the newer edition: 1 July 2025.
    frame
        One row per as-of date and map, oldest first; where both have one, the carried comes first.
        Columns `SERIES_COLUMNS`: ``side`` is before, after or across, by the period (across where
        it holds days of both sides, or its first day is unknown); ``on_edition`` is the map that
        the figure was published on; ``is_carried`` whether it was carried; the rest as in a
        carried panel.
    reason
        Why nothing was carried, where it is not known how the maps relate; else "".
    """

    day: date
    frame: pd.DataFrame
    reason: str = ""

    @property
    def crosses(self) -> bool:
        """Whether the series has points on both sides, or one on neither."""
        sides = set(self.frame["side"])
        return len(sides) > 1 or ACROSS in sides


def seam(
    store: Store,
    indicator_id: str,
    code: str,
    edition: str = EDITION_2025,
    from_edition: str = EDITION_2024,
    *,
    split_by: SplitBy | None = None,
) -> Seam:
    """Join the series of an area with that of the units it was made of.

    Parameters
    ----------
    split_by
        As of `metrics.harmonise.carried`.

    Returns
    -------
    Seam
        Of figures that end on one day but are of unlike grain, only the finest.

    Raises
    ------
    LookupError
        If indicator, edition or area do not exist.
    """
    place = area(edition, code)
    # Of all provinces at once: each has the same steps, and all are kept for the next one.
    parent = None if is_small(place.level) else code
    made_of, reason = frozenset[str](), ""
    if place.level is not Level.COUNTRY:
        try:
            links = crosswalk(from_edition, edition, place.level, place.level).members(code)
            made_of = frozenset(link.from_code for link in links)
        except (NoCrosswalkError, LookupError) as error:
            reason = str(error)
    scope, basis = (edition, place.level, parent), (from_edition, split_by)
    found = _points(store, indicator_id, scope, made_of if parent else None, basis)
    # On a day that only others have a result of, there is no point.
    days = {False: _days(found.own, [code]), True: _days(found.older, made_of)}
    at = [
        row
        for row in np.flatnonzero(found.frame["code"] == code).tolist()
        if (step := found.steps[row]).day in days[step.is_carried]
    ]
    frame = found.frame.take(at).reset_index(drop=True)
    return Seam(find_edition(edition).valid_from, frame, reason)


def side_of(point: Any, day: date) -> str:
    """Tell on which side of a day a period lies.

    Parameters
    ----------
    point
        With ``period_start``, NaT where unknown, ``period_end`` and ``grain``.
    """
    turn = pd.Timestamp(day)
    if point["period_end"] < turn:
        return BEFORE
    start = point["period_end"] if point["grain"] == "instant" else point["period_start"]
    return AFTER if start >= turn else ACROSS  # an unknown start is on neither side


class _Step(NamedTuple):
    day: date
    is_carried: bool


@dataclass(frozen=True, slots=True)
class _Points:
    """The points of all areas of a scope, each with its step; of which days which has results."""

    frame: pd.DataFrame
    steps: Sequence[_Step]
    own: Mapping[str, frozenset[date]]
    older: Mapping[str, frozenset[date]]


@kept_in_store(KEPT)
def _points(
    store: Store,
    indicator_id: str,
    scope: tuple[str, Level, str | None],
    made_of: frozenset[str] | None,
    basis: tuple[str, SplitBy | None],
) -> _Points:
    """Work out the points of a scope; of one area of many, with what that is made of."""
    (edition, level, parent), (from_edition, split_by) = scope, basis
    own = _results(store, indicator_id, "" if level is Level.COUNTRY else edition, level)
    older = {} if level is Level.COUNTRY else _results(store, indicator_id, from_edition, level)
    pieces = [
        as_published(panel(store, indicator_id, *scope, **_on(end))).assign(
            on_edition=edition, is_carried=False, step=end
        )
        for end in sorted(_days(own, own if parent is None else [parent]))
    ]
    try:
        pieces += [
            carried(
                store, indicator_id, from_edition, *scope, split_by=split_by, **_on(end)
            ).frame.assign(on_edition=from_edition, is_carried=True, step=end)
            for end in sorted(_days(older, older if made_of is None else made_of))
        ]
    except NoCrosswalkError:
        older = {}
    pieces = [piece[~piece["state"].isin(EMPTY)] for piece in pieces]
    pieces = [piece for piece in pieces if len(piece)]
    if not pieces:
        return _Points(pd.DataFrame(columns=list(SERIES_COLUMNS)), (), own, older)
    frame = pd.concat(pieces, ignore_index=True)
    day = find_edition(edition).valid_from
    frame["side"] = [side_of(point, day) for point in frame.to_dict("records")]
    # Of one day, the carried comes first.
    frame = frame.sort_values(
        ["period_end", "is_carried"], ascending=[True, False], kind="stable", ignore_index=True
    )
    steps = [_Step(*of) for of in zip(frame["step"], frame["is_carried"], strict=True)]
    return _Points(frame[list(SERIES_COLUMNS)], steps, own, older)


def _results(
    store: Store, indicator_id: str, series: str, level: Level
) -> Mapping[str, frozenset[date]]:
    """Tell when the periods end that each area has results of."""
    rows = store.observations(store.catalog.indicator(indicator_id).id)
    found = rows[
        (rows["role"] == "result")
        & (rows["edition"] == series)
        & (rows["level"] == str(level))
        & rows["period_end"].notna()
    ]
    ends = found.groupby("area")["period_end"].unique()
    return {str(code): frozenset(day.date() for day in days) for code, days in ends.items()}


def _days(ends: Mapping[str, frozenset[date]], codes: Iterable[str]) -> frozenset[date]:
    return frozenset().union(*(ends.get(code, frozenset()) for code in codes))


def _on(end: date) -> dict[str, Any]:
    """Ask for what ends on one day only."""
    return {"at": end, "tolerance_days": 0}
