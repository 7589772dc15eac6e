"""Time series: every figure of one indicator about several areas, oldest first.

Nothing is joined that does not belong together: points of one line are of one area, one grain and
one side of July 2025, and figures that sources disagree about stay side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area
from geo.editions import edition as find_edition
from metrics.catalog import Indicator
from metrics.observations import GRAINS, STATES_WITH_FIGURE
from metrics.panel import CONFLICTING
from metrics.relate.seam import Seam, seam, side_of
from metrics.store import Store, kept_in_store

SERIES_COLUMNS: Final = (
    "code",
    "period_start",
    "period_end",
    "grain",
    "period_text",
    "value",
    "category",
    "state",
    "qualifier",
    "origins",
    "locator",
    "note",
    "side",
    "on_edition",
    "is_carried",
    "conflicting",
    "run",
)
YEAR_TO_DATE: Final = "year_to_date"
# Grains whose points say nothing together: one has no beginning, the other is not known.
SINGLE_GRAINS: Final = frozenset({"before", "unknown"})
SEAMS_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one indicator about several areas.

    Attributes
    ----------
    indicator
        The record of the indicator.
    edition, codes
        The areas, in the order asked for.
    seam
        First day of the newer map where the points of areas below the country lie on both sides of
        it, else None.
    frame
        One row per figure with `SERIES_COLUMNS`: areas as asked for, oldest first. ``origins`` are
        the sources that say it; ``is_carried`` tells a figure carried from the map ``on_edition``;
        ``conflicting`` a figure that another source of the same period contradicts, none of them
        preferred (all are rows). Rows of one ``run`` may be joined by a line; "" for a point that
        stands by itself. A carried figure that could not be made has no value and says why in
        ``state`` and ``note``.
    """

    indicator: Indicator
    edition: str
    codes: tuple[str, ...]
    seam: date | None
    frame: pd.DataFrame

    @property
    def dates(self) -> tuple[date, ...]:
        """The distinct as-of dates that have a figure, oldest first."""
        ends = self.frame.loc[self.frame["state"].isin(STATES_WITH_FIGURE), "period_end"]
        return tuple(end.date() for end in sorted(ends.unique()))


def series(store: Store, indicator_id: str, edition: str, codes: Iterable[str]) -> Series:
    """Gather the results of one indicator about several areas over time.

    Provinces of today come with the figures of the provinces they unite, carried to them and
    marked so (see `metrics.relate.seam`).

    Parameters
    ----------
    edition, codes
        The areas; one named twice counts once.

    Returns
    -------
    Series
        See `Series`; with an empty frame where nothing is known.

    Raises
    ------
    LookupError
        If indicator, edition or an area do not exist.
    """
    indicator = store.catalog.indicator(indicator_id)
    wanted = tuple(dict.fromkeys(codes))
    rows = []
    for code in wanted:
        place = area(edition, code)
        rows += _own(store, indicator, place)
        if edition == EDITION_2025 and place.level is Level.PROVINCE:
            rows += _carried(_seam(store, indicator_id, code), code)
    frame = pd.DataFrame(rows, columns=list(SERIES_COLUMNS))
    position = frame["code"].map({code: i for i, code in enumerate(wanted)})
    grain = frame["grain"].map({name: i for i, name in enumerate(GRAINS)})
    frame = frame.assign(_place=position, _grain=grain)
    frame = frame.sort_values(["_place", "period_end", "_grain"], kind="stable", ignore_index=True)
    # The country is the same on both maps: there is no seam in its series.
    sides = set(frame.loc[frame["code"] != COUNTRY_CODE, "side"])
    turn = find_edition(EDITION_2025).valid_from
    return Series(
        indicator,
        edition,
        wanted,
        turn if len(sides) > 1 else None,
        frame[list(SERIES_COLUMNS)],
    )


@kept_in_store(SEAMS_KEPT)
def _seam(store: Store, indicator_id: str, code: str) -> Seam:
    return seam(store, indicator_id, code)


def _own(store: Store, indicator: Indicator, place: Area) -> list[dict[str, Any]]:
    """Return the published figures of an area, one for each statement about a period."""
    found = store.row(indicator.id, place.edition, place.code)
    found = found[(found["role"] == "result") & found["state"].isin(STATES_WITH_FIGURE)]
    points = []
    by = ["period_start", "period_end", "grain"]
    for _, same in found.groupby(by, dropna=False, sort=False):
        said = list(_statements(same, indicator.prefer))
        points += [
            _point(first, place.code, tuple(dict.fromkeys(rows["origin"])))
            | {"on_edition": str(first["edition"]), "is_carried": False}
            | {"conflicting": len(said) > 1}
            for first, rows in said
        ]
    return [_in_run(point) for point in points]


def _statements(
    rows: pd.DataFrame, prefer: Sequence[str]
) -> Iterable[tuple[dict[str, Any], pd.DataFrame]]:
    """Tell apart what is said about one period, once the declared preference has been heard."""
    for origin in prefer:
        trusted = rows[rows["origin"] == origin]
        if len(trusted):
            rows = trusted
            break
    for _, same in rows.groupby(["value", "category"], dropna=False, sort=False):
        first = {str(name): cell for name, cell in same.iloc[0].items()}
        # Of one figure said more and less exactly, the less exact is not claimed to be exact.
        if same["qualifier"].nunique() > 1:
            first["qualifier"] = next(q for q in same["qualifier"] if q != "exact")
        yield first, same


def _carried(joined: Seam, code: str) -> list[dict[str, Any]]:
    frame = joined.frame[joined.frame["is_carried"].astype(bool)]
    return [
        _in_run(
            _point(row, code, tuple(row["origins"]))
            | {"on_edition": row["on_edition"], "is_carried": True}
            | {"conflicting": row["state"] == CONFLICTING}
        )
        for row in frame.to_dict("records")
    ]


def _point(row: Any, code: str, origins: tuple[str, ...]) -> dict[str, Any]:
    names = ("period_start", "period_end", "grain", "period_text", "value", "category", "state")
    more = ("qualifier", "locator", "note")
    turn = find_edition(EDITION_2025).valid_from
    return {name: row[name] for name in (*names, *more)} | {
        "code": code,
        "origins": origins,
        "side": side_of(row, turn),
    }


def _in_run(point: dict[str, Any]) -> dict[str, Any]:
    """Name the line that a point belongs to; figures of a year so far begin anew every year."""
    grain, single = point["grain"], point["conflicting"] or pd.isna(point["value"])
    if single or grain in SINGLE_GRAINS:
        return point | {"run": ""}
    # The country is the same on both maps: its line goes on.
    side = "" if point["code"] == COUNTRY_CODE else point["side"]
    year = str(point["period_end"].year) if grain == YEAR_TO_DATE else ""
    return point | {"run": "|".join((point["code"], grain, side, point["on_edition"], year))}
