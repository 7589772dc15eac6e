"""One fact of a profile: the figure of a place, its rank, and what to hold it against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from geo.editions import COUNTRY_CODE, Area, Level
from metrics.briefs.profile_records import Fact, Gap, Row, Yardstick
from metrics.catalog import Indicator
from metrics.harmonise import carried
from metrics.panel import CONFLICTING, WITHHELD, Panel, Summary, panel, places_of, summarise
from metrics.store import Store, kept_in_store
from metrics.targets import Goal, is_stated, progress, targets

PLACES_KEPT = 64
# A few numbers and at most a row each: of each indicator the country and six regions.
WHOLES_KEPT = 800
# Kinds whose figures can be ranked and held against others.
MEASURED = ("rate", "score", "duration", "count", "amount")
PERIOD = ("period_start", "period_end", "grain")
FEWEST_TO_CARRY = 5


def own_fact(store: Store, indicator: Indicator, place: Area) -> Fact:
    """Tell what was published about a place on its own edition.

    Returns
    -------
    Fact
        With a row, also where the sources disagree.
    """
    everyone = panel(store, indicator.id, place.edition, place.level)
    fact = _fact(store, everyone, place)
    if fact.rank is not None or place.level not in (Level.DISTRICT, Level.COMMUNE):
        return fact
    # Where too few of the whole country are known, all of its province may be.
    near = panel(store, indicator.id, place.edition, place.level, place.parent)
    return replace(fact, **_standing(near, place))


def carried_fact(store: Store, indicator: Indicator, before: str, place: Area) -> Fact:
    """Tell what was published about the units that a place was made of, carried to it."""
    counts = store.availability()
    of_old = counts[
        (counts["indicator"] == indicator.id)
        & (counts["edition"] == before)
        & (counts["level"] == str(place.level))
    ]
    # Only figures that many have are worth working out for all.
    many = of_old["areas"].max() >= FEWEST_TO_CARRY if len(of_old) else False
    parent = None if many else place.code
    made = carried(store, indicator.id, before, place.edition, place.level, parent)
    return _fact(store, made, place, before)


def promised(store: Store, indicator: Indicator, place: Area) -> Fact:
    """Tell what a place has undertaken or expects, where there is no result yet."""
    return Fact(indicator, None, promises=_promises(store, indicator, place))


def summed_fact(store: Store, indicator: Indicator, region: Area, before: str = "") -> Fact | Gap:
    """Add up the provinces of a region.

    Parameters
    ----------
    before
        Id of the edition that the figures are carried from; "" for those of the region's own.

    Returns
    -------
    Fact or Gap
        A gap where some provinces have no figure, or the indicator does not add up.
    """
    everyone = (
        carried(store, indicator.id, before, region.edition, Level.PROVINCE)
        if before
        else panel(store, indicator.id, region.edition, Level.PROVINCE)
    )
    inside = places_of(region.edition, Level.PROVINCE, region.code).index
    frame = everyone.frame[everyone.frame["code"].isin(inside)]
    found = summarise(indicator, frame, None)
    if found.value is None:
        return Gap(indicator, found.n, found.of)
    # Of the first province come the period and the columns alone, nothing that is its own.
    row: dict[str, Any] = {str(name): cell for name, cell in frame.iloc[0].items()}
    row.pop("parts", None)
    row |= {name: float(frame[name].sum(skipna=False)) for name in ("numerator", "denominator")}
    row |= {
        "code": region.code,
        "value": round(found.value, indicator.decimals) if found.how == "ratio" else found.value,
        "state": "recomputed",
        "qualifier": "computed",
        "origin": "",
        "origins": tuple(dict.fromkeys(id_ for row in frame.itertuples() for id_ in _origins(row))),
        "how": found.how,
        "aside": "",
        "n_alternatives": 0,
        "note": "",
    }
    above = _whole(store, indicator.id, (region.edition, Level.PROVINCE, ""), before)
    return Fact(
        indicator,
        row,
        carried=bool(before),
        yardsticks=tuple(_yardstick("parent", COUNTRY_CODE, above, row)),
    )


def _origins(row: Any) -> tuple[str, ...]:
    """Return the ids of the sources of a row; a carried one may have several."""
    return getattr(row, "origins", None) or (row.origin,)


def _fact(store: Store, everyone: Panel, place: Area, before: str = "") -> Fact:
    """Tell what a panel says of a place; `before` is the edition that it was carried from."""
    indicator, frame = everyone.indicator, everyone.frame
    row = _row(frame, place.code)
    is_carried = bool(before)
    others = everyone.alternatives
    told = () if is_carried else others[others["area"] == place.code].to_dict("records")
    # What is not to be compared is held against nothing either.
    measured = indicator.kind in MEASURED and not pd.isna(row["value"]) and row["aside"] != WITHHELD
    promises = _promises(store, indicator, place)
    return Fact(
        indicator,
        row,
        carried=is_carried,
        **_standing(everyone, place),
        yardsticks=(*_yardsticks(store, everyone, before, row, place), *_aimed(place, promises))
        if measured
        else (),
        alternatives=tuple({str(k): v for k, v in other.items()} for other in told),
        promises=promises,
    )


def _standing(everyone: Panel, place: Area) -> dict[str, Any]:
    """Tell the rank of a place among the areas of a panel, where it has one."""
    values, frame = everyone.compared().dropna(), everyone.frame
    if everyone.indicator.kind == "rank":
        # A published ranking is out of as many as it ranks, where that is all there are.
        own = frame.loc[frame["code"] == place.code, "value"].iloc[0]
        tied = int((values == own).sum()) - 1
        return {"of": len(values), "tied": tied} if 1 < len(values) == len(frame) else {}
    rank = frame.loc[frame["code"] == place.code, "rank"].iloc[0]
    if everyone.indicator.kind not in MEASURED or len(values) < 2 or pd.isna(rank):
        return {}
    return {
        "rank": int(rank),
        "of": len(values),
        "tied": int((frame["rank"] == rank).sum()) - 1,
        "within": everyone.parent or COUNTRY_CODE,
        "span": (float(values.min()), float(values.max())),
    }


def _yardsticks(
    store: Store, everyone: Panel, before: str, row: Row, place: Area
) -> Iterator[Yardstick]:
    """Yield what the figure can be held against: the area above, and the region."""
    if everyone.parent not in (None, COUNTRY_CODE):
        return  # a panel of the place alone knows nothing of the area above
    indicator, scope = everyone.indicator.id, (place.edition, place.level)
    if place.parent == COUNTRY_CODE:
        whole = _whole(store, indicator, (*scope, ""), before)
        yield from _yardstick("parent", COUNTRY_CODE, whole, row)
    elif place.parent is not None:
        yield from _yardstick("parent", place.parent, _of_parent(store, everyone, place), row)
    if place.level is Level.PROVINCE and place.region:
        part = _whole(store, indicator, (*scope, place.region), before)
        yield from _yardstick("region", place.region, part, row)


def _aimed(place: Area, promises: tuple[Row, ...]) -> Iterator[Yardstick]:
    """Yield its own target, where one is a number."""
    for target in promises:
        if target["role"] == "target" and not pd.isna(target["value"]):
            yield Yardstick("target", place.code, float(target["value"]), published=True)
            return


@kept_in_store(WHOLES_KEPT)
def _whole(store: Store, indicator: str, scope: tuple[str, Level, str], before: str) -> Summary:
    """Sum up the areas of a level, or those of a region: the same for each of them."""
    edition, level, region = scope
    everyone = (
        carried(store, indicator, before, edition, level)
        if before
        else panel(store, indicator, edition, level)
    )
    if not region:
        return everyone.summary()
    inside = places_of(edition, level, region).index
    part = everyone.frame[everyone.frame["code"].isin(inside)]
    return summarise(everyone.indicator, part, None)


def _row(frame: pd.DataFrame, code: str) -> dict[str, Any]:
    at = int(np.flatnonzero(frame["code"] == code)[0])
    return {str(name): cell for name, cell in frame.iloc[at].items()}


def _of_parent(store: Store, everyone: Panel, place: Area) -> Summary:
    inside = places_of(place.edition, place.level, place.parent).index
    level = Level.PROVINCE
    own = panel(store, everyone.indicator.id, place.edition, level, place.parent).frame
    published = {str(name): cell for name, cell in own.iloc[0].items()}
    frame = everyone.frame[everyone.frame["code"].isin(inside)]
    return summarise(everyone.indicator, frame, published)


def _yardstick(against: Any, code: str, found: Summary, row: Row) -> Iterator[Yardstick]:
    """Yield a figure, if there is one and it speaks of the same period."""
    if found.value is None or found.how == CONFLICTING:
        return
    if found.row is not None and not _same_period(found.row, row):
        return
    yield Yardstick(against, code, found.value, published=found.row is not None)


def _same_period(one: Row, other: Row) -> bool:
    return all(
        one[name] == other[name] or (pd.isna(one[name]) and pd.isna(other[name])) for name in PERIOD
    )


@kept_in_store(PLACES_KEPT)
def _promising(store: Store, edition: str, code: str) -> frozenset[str]:
    """Tell of which indicators a place has a target or a forecast: of few, and asked of each."""
    rows = store.place_observations(edition, code)
    return frozenset(rows.loc[rows["role"] != "result", "indicator"])


def _promises(store: Store, indicator: Indicator, place: Area) -> tuple[Row, ...]:
    # What the catalog declares stands in no row.
    if not indicator.targets and indicator.id not in _promising(store, place.edition, place.code):
        return ()
    edition = "" if place.level is Level.COUNTRY else place.edition
    aims = targets(store, indicator.id, edition, place.code).assign(role="target")
    rows = store.row(indicator.id, place.edition, place.code)
    found = aims.to_dict("records")
    for one in rows[rows["role"] == "forecast"].to_dict("records"):
        found.append(one | {"deadline": one["period_end"] if is_stated(one) else None})
    told: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in found:
        said = {str(name): cell for name, cell in one.items()}
        key = tuple(str(said[name]) for name in ("role", "value", "category", "deadline"))
        told.setdefault(key, {**said, "state": "reported"})
    judged = {_aim(p.goal): p for p in progress(store) if p.goal.area == place.code}
    for aimed in told.values():
        if aimed["role"] == "target":
            due = None if pd.isna(aimed["deadline"]) else pd.Timestamp(aimed["deadline"]).date()
            value = None if pd.isna(aimed["value"]) else float(aimed["value"])
            aim = (indicator.id, edition, value, str(aimed["category"]), due)
            aimed["progress"] = judged.get(aim)
    return tuple(told.values())


def _aim(goal: Goal) -> tuple[object, ...]:
    return goal.indicator.id, goal.edition, goal.value, goal.category, goal.due
