"""What is known, and what is not, about one subject: the facts behind the page of a theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.boundaries import has_layer
from geo.editions import COUNTRY_CODE, Level, areas, editions
from metrics.briefs.known import Coverage, coverage
from metrics.catalog import Domain, Indicator
from metrics.observations import BOUNDS, GRAINS, STATES_WITH_FIGURE
from metrics.store import Store, kept_in_store
from metrics.targets import Progress, Reason, State, progress

Row = Mapping[str, Any]

PERIOD: Final = ["period_start", "period_end", "grain"]
# Figures of one of these grains say nothing about change: when they are of is not known.
UNDATED_GRAINS: Final = frozenset({"before", "unknown"})
# The three subjects that have a page of their own, in the order of the menu.
THEMES: Final = ("digitization", "cashless", "coverage")
# Targets are told in this order: who is behind a deadline comes first.
URGENCY: Final = (
    State.MISSED,
    Reason.NONE_SINCE,
    State.ON_THE_WAY,
    State.UNKNOWN,
    State.REACHED,
)
NUMBERLESS: Final = frozenset({"status", "date"})


@dataclass(frozen=True, slots=True)
class Silence:
    """Which areas of a map have no figure at all about a subject.

    Attributes
    ----------
    edition, level
        The areas.
    heard, silent
        Codes of the areas with a figure of any indicator, and of those without, in official order.
    """

    edition: str
    level: Level
    heard: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def of(self) -> int:
        """How many areas there are."""
        return len(self.heard) + len(self.silent)


@dataclass(frozen=True, slots=True)
class Change:
    """Two figures of one indicator and area that may be compared: same definition, same grain.

    Attributes
    ----------
    indicator
        What they measure.
    first, last
        The oldest and the newest, with the columns of the store.
    """

    indicator: Indicator
    first: Row
    last: Row

    @property
    def difference(self) -> float:
        """The newest less the oldest, in the unit of the indicator."""
        return float(self.last["value"]) - float(self.first["value"])


@dataclass(frozen=True, slots=True)
class Theme:
    """What is known about one subject.

    Attributes
    ----------
    domain
        The subject.
    reach
        How far each indicator reaches; see `metrics.briefs.known.coverage`.
    best
        The best-covered indicator on a map that can be drawn; None where there is none.
    country
        The country's figures that are numbers, by indicator, oldest first.
    conflicts
        Groups of figures of one indicator, area and period that contradict each other.
    changes
        Figures of one area that can be compared over time; the country's first.
    silence
        The areas without any figure, by map and level.
    targets
        The targets of the subject, those behind a deadline first.
    """

    domain: Domain
    reach: tuple[Coverage, ...]
    best: Coverage | None
    country: tuple[tuple[Indicator, tuple[Row, ...]], ...]
    conflicts: tuple[tuple[Row, ...], ...]
    changes: tuple[Change, ...]
    silence: tuple[Silence, ...]
    targets: tuple[Progress, ...]

    @property
    def newest(self) -> tuple[tuple[Indicator, Row], ...]:
        """The country's figures of the newest date, the largest first, each indicator once."""
        last = [(indicator, rows[-1]) for indicator, rows in self.country]
        if not last:
            return ()
        end = max(row["period_end"] for _, row in last)
        found = [pair for pair in last if pair[1]["period_end"] == end]
        return tuple(sorted(found, key=lambda pair: -float(pair[1]["value"])))


@kept_in_store(32)
def theme(store: Store, domain: str) -> Theme:
    """Gather what is known about a subject.

    Returns
    -------
    Theme
        The same object for the same figures: not to be changed.

    Raises
    ------
    KeyError
        If there is no such subject.
    """
    catalog = store.catalog
    rows = store.observations()
    mine = {i.id for i in catalog.indicators.values() if i.domain == domain}
    rows = rows[
        rows["indicator"].isin(mine)
        & (rows["role"] == "result")
        & rows["state"].isin(STATES_WITH_FIGURE)
    ]
    reach = tuple(c for c in reach_of_all(store) if c.indicator.domain == domain)
    return Theme(
        catalog.domains[domain],
        reach,
        best_covered(reach),
        _country(store, rows),
        contradictions(store, rows),
        tuple(_changes(store, rows)),
        tuple(silences(rows)),
        _targets(store, domain),
    )


def _targets(store: Store, domain: str) -> tuple[Progress, ...]:
    mine = [item for item in progress(store) if item.goal.indicator.domain == domain]
    # sorted() keeps the order of the deadlines.
    return tuple(sorted(mine, key=lambda item: URGENCY.index(_urgency(item))))


def _urgency(item: Progress) -> State | Reason:
    return item.reason if item.reason in URGENCY else item.state


@kept_in_store(4)
def reach_of_all(store: Store) -> tuple[Coverage, ...]:
    """Tell how far each indicator of every subject reaches, once for the same figures."""
    return tuple(coverage(store))


def best_covered(reach: Sequence[Coverage]) -> Coverage | None:
    """Choose the indicator that most areas of a map report.

    The share of areas of its level decides; then being among the indicators shown first; then the
    newest figure; then the order of the catalog. Maps that cannot be drawn do not count.

    Parameters
    ----------
    reach
        How far indicators reach, in the order of the catalog.
    """
    drawn = [c for c in reach if c.edition and has_layer(c.edition, c.level)]
    if not drawn:
        return None
    return max(
        drawn,
        # max() takes the first of equals: the order of the catalog.
        key=lambda c: (c.n / c.of, -(c.indicator.featured or 10**6), c.last),
    )


def _country(store: Store, rows: pd.DataFrame) -> tuple[tuple[Indicator, tuple[Row, ...]], ...]:
    known = store.catalog.indicators
    own = rows[(rows["area"] == COUNTRY_CODE) & rows["value"].notna()]
    own = own.assign(_grain=own["grain"].map({grain: -i for i, grain in enumerate(GRAINS)}))
    own = own.sort_values(["period_end", "_grain", "value"], kind="stable")
    groups = dict(list(own.groupby("indicator")))
    return tuple(
        (indicator, _records(groups[id_]))
        for id_, indicator in known.items()
        if id_ in groups and indicator.kind not in NUMBERLESS
    )


def contradictions(store: Store, rows: pd.DataFrame) -> tuple[tuple[Row, ...], ...]:
    """Find figures of one indicator, area and period that differ."""
    by = ["indicator", "edition", "area", *PERIOD]
    said = rows.drop_duplicates([*by, "value", "category"])
    said = said[said.duplicated(by, keep=False)].sort_values("period_end", ascending=False)
    groups = [group for _, group in said.groupby(by, dropna=False, sort=False)]
    prefer = {i.id: set(i.prefer) for i in store.catalog.indicators.values()}
    return tuple(
        _records(group.sort_values(["value", "category"]))
        for group in groups
        if not prefer[str(group["indicator"].iloc[0])] & set(group["origin"])
    )


def _changes(store: Store, rows: pd.DataFrame) -> list[Change]:
    dated = rows[rows["value"].notna() & ~rows["grain"].isin(UNDATED_GRAINS)]
    dated = dated[~dated["qualifier"].isin(BOUNDS)]
    # Where sources disagree about a period there is no one figure to subtract.
    by = ["indicator", "edition", "area", *PERIOD]
    dated = dated.drop_duplicates([*by, "value"])
    dated = dated[~dated.duplicated(by, keep=False)].sort_values("period_end", kind="stable")
    alike = dated.groupby(["indicator", "edition", "area", "grain"])["period_end"]
    dated = dated[alike.transform("nunique") > 1]
    found = []
    for (id_, _, area, grain), rows_of in dated.groupby(["indicator", "edition", "area", "grain"]):
        group, ends = rows_of, rows_of["period_end"]
        if grain == "year_to_date":  # of a year so far only the same day of another year compares
            group = group[ends.dt.strftime("%m-%d") == ends.iloc[-1].strftime("%m-%d")]
        if group["period_end"].nunique() > 1:
            first, last = _records(group.iloc[[0, -1]])
            indicator = store.catalog.indicator(str(id_))
            found.append((area != COUNTRY_CODE, -last["period_end"].value, indicator, first, last))
    order = {id_: at for at, id_ in enumerate(store.catalog.indicators)}
    found.sort(key=lambda change: (change[0], change[1], order[change[2].id]))
    return [Change(*change[2:]) for change in found]


def silences(rows: pd.DataFrame) -> list[Silence]:
    """Tell which areas of the maps that can be drawn have no figure, the newest map first."""
    known = rows.groupby(["edition", "level"])["area"].unique()
    found = []
    for edition in sorted((e.id for e in editions()), reverse=True):
        for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
            if not has_layer(edition, level):
                continue
            heard = set(known.get((edition, str(level)), ()))
            codes = [place.code for place in areas(edition, level)]
            found.append(
                Silence(
                    edition,
                    level,
                    tuple(code for code in codes if code in heard),
                    tuple(code for code in codes if code not in heard),
                )
            )
    return found


def _records(rows: pd.DataFrame) -> tuple[Row, ...]:
    return tuple({str(k): v for k, v in row.items()} for row in rows.to_dict("records"))
