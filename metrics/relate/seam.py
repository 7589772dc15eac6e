"""A series of one area across a change of the map, with the seam told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.crosswalk import NoCrosswalkError, crosswalk
from geo.editions import EDITION_2024, EDITION_2025, Level, area
from geo.editions import edition as find_edition
from metrics.harmonise import CARRIED_COLUMNS, SplitBy, as_published, carried
from metrics.panel import NO_DATA, NOT_NAMED, is_small, panel
from metrics.store import Store

BEFORE: Final = "before"
AFTER: Final = "after"
ACROSS: Final = "across"
SERIES_COLUMNS: Final = ("side", "on_edition", "is_carried", *CARRIED_COLUMNS)
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
    day = find_edition(edition).valid_from
    own_ends = _ends(store, indicator_id, edition, place.level, {code})
    # Of all provinces at once: each has the same steps, and all are kept for the next one.
    parent = None if is_small(place.level) else code
    points = [
        _point(
            as_published(panel(store, indicator_id, edition, place.level, parent, **_on(end))), code
        )
        | {"on_edition": edition, "is_carried": False}
        for end in own_ends
    ]
    reason = ""
    if place.level is not Level.COUNTRY:
        try:
            related = crosswalk(from_edition, edition, place.level, place.level).members(code)
        except (NoCrosswalkError, LookupError) as error:
            related, reason = (), str(error)
        codes = {link.from_code for link in related}
        points += [
            _point(
                carried(
                    store,
                    indicator_id,
                    from_edition,
                    edition,
                    place.level,
                    parent,
                    split_by=split_by,
                    **_on(end),
                ).frame,
                code,
            )
            | {"on_edition": from_edition, "is_carried": True}
            for end in _ends(store, indicator_id, from_edition, place.level, codes)
        ]
    kept = [point | {"side": side_of(point, day)} for point in points if _says(point)]
    frame = pd.DataFrame(kept, columns=list(SERIES_COLUMNS))
    frame = frame.assign(_own=~frame["is_carried"].astype(bool))
    frame = frame.sort_values(["period_end", "_own"], kind="stable", ignore_index=True)
    return Seam(day, frame[list(SERIES_COLUMNS)], reason)


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


def _ends(
    store: Store, indicator_id: str, edition: str, level: Level, codes: set[str]
) -> list[date]:
    rows = store.observations(store.catalog.indicator(indicator_id).id)
    series = "" if level is Level.COUNTRY else edition
    found = rows[
        (rows["role"] == "result")
        & (rows["edition"] == series)
        & (rows["level"] == str(level))
        & rows["area"].isin(codes)
    ]
    return [end.date() for end in sorted(found["period_end"].dropna().unique())]


def _on(end: date) -> dict[str, Any]:
    """Ask for what ends on one day only."""
    return {"at": end, "tolerance_days": 0}


def _point(frame: pd.DataFrame, code: str) -> dict[str, Any]:
    return {str(name): cell for name, cell in frame[frame["code"] == code].iloc[0].items()}


def _says(point: dict[str, Any]) -> bool:
    return point["state"] not in EMPTY
