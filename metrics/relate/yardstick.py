"""What a figure is held against: the country's, the region's, or a target, like with like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from base.words import Refusal
from geo.editions import COUNTRY_CODE, Level, area
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import CONFLICTING, Panel, figure_of, panel, summarise
from metrics.store import Store
from metrics.targets import targets_of

Kind = Literal["country", "region", "target"]
How = Literal["published", "ratio", "weighted", "own", "shared", "mixed"]
# Ranks and statuses are no amounts, and a count of a part says nothing against that of the whole.
REFUSED_KINDS: Final = ("rank", "status", "date", "count", "amount")
PERIOD: Final = ["period_start", "period_end", "grain"]

OTHER_PERIOD: Final = "why.period"
NO_FIGURE: Final = "why.region"
NO_TARGET: Final = "why.target"


class NoYardstick(Refusal):
    """There is nothing to hold the figures against."""

    prefix = "against."


@dataclass(frozen=True, slots=True, eq=False)
class Yardstick:
    """What each figure of a panel is held against.

    Attributes
    ----------
    kind
        ``country``, ``region`` or ``target``.
    how
        ``published`` figures; ``ratio``, the sum of numerators by that of denominators of all
        areas; ``weighted``, their mean weighted by the indicator's weight; for targets ``own`` or
        ``shared``, that of the country; ``mixed`` where areas differ.
    values
        Aligned with the panel's frame; NaN where there is nothing to hold an area against.
    reasons
        Message that says why, "" elsewhere.
    """

    kind: Kind
    how: How
    values: NDArray[np.float64]
    reasons: tuple[str, ...]

    @property
    def single(self) -> float | None:
        """The one number that all areas are held against; None where there are several."""
        distinct = np.unique(self.values[np.isfinite(self.values)])
        return float(distinct[0]) if distinct.size == 1 else None


def yardstick(store: Store, figures: Panel, kind: str) -> Yardstick:
    """Find what the figures of a panel are held against.

    Only figures of the same period are: others have no number, with the reason.

    Parameters
    ----------
    kind
        ``country``: the published figure of the country, else the sum of numerators by that of
        denominators where every area has them. ``region``: the same for the region of each
        province, or the mean weighted by the weight that the indicator names. ``target``: see
        `metrics.targets.attainment.targets_of`.

    Returns
    -------
    Yardstick
        Never a mean of an incomplete set of areas, and never an unweighted one.

    Raises
    ------
    NoYardstick
        Where nothing can be held against anything.
    """
    if figures.indicator.kind in REFUSED_KINDS:
        raise NoYardstick(f"kind.{figures.indicator.kind}")
    find: dict[str, Callable[[Store, Panel], Yardstick]] = {
        "country": _country,
        "region": _region,
        "target": _target,
    }
    found = find[kind](store, figures)
    have = figures.frame["state"].isin(STATES_WITH_FIGURE).to_numpy()
    if not np.isfinite(found.values[have]).any():
        reasons = [reason for reason, has in zip(found.reasons, have, strict=True) if has]
        raise NoYardstick(max(set(reasons), key=reasons.count))
    return found


def _country(store: Store, figures: Panel) -> Yardstick:
    indicator = figures.indicator
    row = figure_of(store, indicator.id, figures.edition, COUNTRY_CODE, figures.at)
    if row is not None and row["state"] == CONFLICTING:
        raise NoYardstick("no.conflict")
    if row is not None and row["state"] in STATES_WITH_FIGURE and not pd.isna(row["value"]):
        return _one("country", "published", float(row["value"]), row, figures.frame)
    if figures.parent is not None:
        raise NoYardstick("no.unpublished")
    summary = summarise(indicator, figures.frame, None)
    if summary.how != "ratio" or summary.value is None:
        raise NoYardstick(f"no.{summary.how}", n=summary.n, of=summary.of)
    have = figures.frame[figures.frame["state"].isin(STATES_WITH_FIGURE)]
    return _one("country", "ratio", summary.value, have.iloc[0], figures.frame)


def _region(store: Store, figures: Panel) -> Yardstick:
    if figures.level is not Level.PROVINCE or figures.parent is not None:
        raise NoYardstick("no.region_level")
    frame = figures.frame
    regions = [area(figures.edition, str(code)).region or "" for code in frame["code"]]
    values = np.full(len(frame), np.nan)
    reasons = [NO_FIGURE] * len(frame)
    ways: set[How] = set()
    for region in dict.fromkeys(regions):
        places = np.array([at for at, name in enumerate(regions) if name == region])
        found = _of_region(store, figures, region, frame.iloc[places]) if region else None
        if found is None:
            continue
        how, value, like = found
        ways.add(how)
        for at, alike in zip(places, _alike(frame.iloc[places], like), strict=True):
            values[at] = value if alike else np.nan
            reasons[at] = "" if alike else OTHER_PERIOD
    if not ways:
        additive = figures.indicator.aggregation in ("ratio_of_sums", "weighted_mean")
        raise NoYardstick("no.regions" if additive else "no.not_additive")
    how = ways.pop() if len(ways) == 1 else "mixed"
    return Yardstick("region", how, values, tuple(reasons))


def _of_region(
    store: Store, figures: Panel, region: str, rows: pd.DataFrame
) -> tuple[How, float, Any] | None:
    """Return how a region's figure was found, the figure, and a row of its period."""
    row = figure_of(store, figures.indicator.id, figures.edition, region, figures.at)
    if row is not None and row["state"] in STATES_WITH_FIGURE and not pd.isna(row["value"]):
        return "published", float(row["value"]), row
    summary = summarise(figures.indicator, rows, None)
    if summary.how == "ratio" and summary.value is not None:
        return "ratio", summary.value, rows.iloc[0]
    if figures.indicator.aggregation == "weighted_mean":
        return _weighted(store, figures, rows)
    return None


def _weighted(store: Store, figures: Panel, rows: pd.DataFrame) -> tuple[How, float, Any] | None:
    """Return the mean of all areas of a region by the weight that the indicator names."""
    weight = str(figures.indicator.weight)
    by = panel(store, weight, figures.edition, figures.level, at=figures.at).frame
    weights = by.set_index("code")["value"].reindex(rows["code"]).to_numpy(dtype=float)
    values = rows["value"].to_numpy(dtype=float)
    complete = rows["state"].isin(STATES_WITH_FIGURE).all() and np.isfinite(values).all()
    alike = len(rows[PERIOD].drop_duplicates()) == 1
    if not (complete and alike and (weights > 0).all()):
        return None
    return "weighted", float(np.average(values, weights=weights)), rows.iloc[0]


def _target(store: Store, figures: Panel) -> Yardstick:
    found = targets_of(store, figures)
    values = np.array([np.nan if goal is None else float(goal.value or 0) for goal in found])
    if not np.isfinite(values).any():
        raise NoYardstick("no.target")
    shared = {goal.area == COUNTRY_CODE for goal in found if goal is not None}
    how: How = "mixed" if len(shared) > 1 else ("shared" if True in shared else "own")
    return Yardstick(
        "target", how, values, tuple(NO_TARGET if goal is None else "" for goal in found)
    )


def _one(kind: Kind, how: How, value: float, like: Any, frame: pd.DataFrame) -> Yardstick:
    """Hold every area against one figure, where it is of the same period."""
    alike = _alike(frame, like)
    values = np.where(alike, value, np.nan)
    return Yardstick(kind, how, values, tuple("" if same else OTHER_PERIOD for same in alike))


def _alike(frame: pd.DataFrame, like: Any) -> NDArray[np.bool_]:
    """Tell which rows are of the period of another figure."""
    alike = np.ones(len(frame), dtype=bool)
    for part in PERIOD:
        missing = frame[part].isna().to_numpy()
        alike &= missing if pd.isna(like[part]) else (frame[part] == like[part]).to_numpy()
    return alike
