"""Published figures on coverage gaps, by what they count: definitions are never put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import pandas as pd

from geo.editions import COUNTRY_CODE, Area, Level, area, areas
from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.store import Store

DOMAIN: Final = "coverage"
Kind = Literal["no_signal", "weak_signal", "no_power", "no_4g", "covered", "other"]
KINDS: Final[tuple[Kind, ...]] = (
    *("no_signal", "weak_signal", "no_power", "no_4g", "covered", "other"),
)
_KIND_OF: Final[Mapping[str, Kind]] = {
    "coverage-gap-counted": "no_signal",
    "coverage-gap-remaining": "no_signal",
    "coverage-gap-uncovered": "no_signal",
    "coverage-gap-difficult-powered": "no_signal",
    "coverage-gap-outside-list": "no_signal",
    "coverage-gap-powered": "no_signal",
    "coverage-no-signal": "no_signal",
    "coverage-no-signal-areas": "no_signal",
    "coverage-uncovered-villages": "no_signal",
    "coverage-villages-left": "no_signal",
    "coverage-weak-signal": "weak_signal",
    "coverage-gap-no-power": "no_power",
    "coverage-uncovered-no-power": "no_power",
    "coverage-no-power-villages": "no_power",
    "coverage-without-4g": "no_4g",
    "coverage-4g-rate": "no_4g",
    "coverage-3g-4g-rate": "no_4g",
    "coverage-gap-covered": "covered",
    "coverage-covered-villages": "covered",
    "coverage-villages-fixed": "covered",
}
# What was promised: all covered, and no new gaps.
PROMISES: Final = ("coverage-gap-status", "coverage-gap-new")
# National counts of villages still without signal, whoever counted: what a promise is held against.
STILL_OPEN: Final = ("coverage-gap-remaining", "coverage-gap-uncovered", "coverage-gap-powered")


@dataclass(frozen=True, slots=True, eq=False)
class GapFigure:
    """One published figure.

    Attributes
    ----------
    indicator, kind
        What it counts.
    row
        As the store has it.
    conflict
        Whether another source gives another number for the same thing and date.
    """

    indicator: Indicator
    kind: Kind
    row: Mapping[str, Any]
    conflict: bool

    @property
    def at(self) -> date:
        """Return the date that the figure describes."""
        return pd.Timestamp(self.row["period_end"]).date()


def gap_figures(store: Store) -> list[GapFigure]:
    """List the results on coverage gaps that are numbers, oldest first."""
    rows = store.observations()
    catalog = store.catalog.indicators
    mine = [name for name in rows["indicator"].unique() if catalog[str(name)].domain == DOMAIN]
    rows = rows[
        rows["indicator"].isin(mine)
        & (rows["role"] == "result")
        & rows["state"].isin(STATES_WITH_FIGURE)
        & rows["value"].notna()
    ]
    same = ["indicator", "edition", "area", "period_end", "grain"]
    differing = rows.groupby(same)["value"].transform("nunique") > 1
    rows = rows.assign(conflict=differing).sort_values(["period_end", "indicator"], kind="stable")
    return [
        GapFigure(
            catalog[str(row["indicator"])],
            _KIND_OF.get(str(row["indicator"]), "other"),
            {str(name): value for name, value in row.items()},
            bool(row["conflict"]),
        )
        for row in rows.to_dict("records")
    ]


def national(figures: list[GapFigure]) -> list[GapFigure]:
    """Keep the figures of the whole country."""
    return [figure for figure in figures if figure.row["area"] == COUNTRY_CODE]


def provincial(figures: list[GapFigure]) -> list[GapFigure]:
    """Keep the figures of provinces, by province and date."""
    found = [figure for figure in figures if figure.row["area"] != COUNTRY_CODE]
    return sorted(found, key=lambda figure: (str(figure.row["area"]), figure.at))


def provinces_known(figures: list[GapFigure], edition: str) -> tuple[list[Area], list[Area]]:
    """Tell of which provinces of an edition anything on gaps was published, and of which nothing.

    A figure of another edition says nothing of a province of this one: none is carried over.
    """
    having = {
        str(figure.row["area"])
        for figure in figures
        if figure.row["edition"] == edition and figure.row["area"] != COUNTRY_CODE
    }
    every = areas(edition, Level.PROVINCE)
    return [p for p in every if p.code in having], [p for p in every if p.code not in having]


def province(figure: GapFigure) -> Area:
    """Return the area of a figure of a province."""
    return area(str(figure.row["edition"]), str(figure.row["area"]))


def after_promise(figures: list[GapFigure], due: date) -> list[GapFigure]:
    """List the national counts of places without signal that are dated after a promise was due."""
    return [
        figure
        for figure in national(figures)
        if figure.indicator.id in STILL_OPEN and figure.at > due and float(figure.row["value"]) > 0
    ]
