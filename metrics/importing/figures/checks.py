"""The rules that figures of a table are held to: errors keep it out, warnings are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from metrics.catalog import Catalog
from metrics.importing.cells import (
    ERROR,
    PEOPLE,
    WARNING,
    Finding,
    Severity,
    Unit,
    read_unit,
    shown,
)
from metrics.importing.figures.decimal_marks import is_whole
from metrics.observations import KEY_COLUMNS

# The published rate and its parts may differ by what rounding explains.
SAME_KEY: Final = tuple(name for name in KEY_COLUMNS if name not in ("origin", "locator"))
# Against the period before: a count that grows or shrinks so many times, a share that moves so far.
# More people than the country has.
MOST_PEOPLE: Final = 110_000_000
# A column that is so many times what was is in another unit.
OTHER_UNIT: Final = 200.0
TIMES: Final = 3.0
POINTS: Final = 30.0


def check(
    frame: pd.DataFrame,
    catalog: Catalog,
    before: pd.DataFrame,
    today: date,
    *,
    key: Sequence[str] = SAME_KEY,
    scaled: Collection[str] = (),
) -> Iterator[Finding]:
    """Check the observations read from a table.

    Parameters
    ----------
    frame
        With the columns of `metrics.importing.rows.Read.frame`.
    key
        The columns that only one figure may share.
    scaled
        Columns of which a person has said what their numbers are multiplied by.

    Yields
    ------
    Finding
        With file row and column, the value and what is allowed.
    """
    if frame.empty:
        return
    yield from _periods(frame, today)
    yield from _ranges(frame, catalog)
    yield from _parts(frame, catalog)
    yield from _twice(frame, list(key))
    yield from _jumps(frame, catalog, before, scaled)


def _found(
    found: pd.DataFrame, severity: Severity, rule: str, column: str = "value", **values: Any
) -> Iterator[Finding]:
    if found.empty:  # as nearly always: records of nothing take long
        return
    for row in found.to_dict("records"):
        text = shown(row[column])
        more = {name: value(row) if callable(value) else value for name, value in values.items()}
        yield Finding(
            severity,
            rule,
            str(row["sheet"]),
            int(row["row"]),
            str(row["column"]),
            text,
            {"value": text, **more},
        )


def _periods(frame: pd.DataFrame, today: date) -> Iterator[Finding]:
    none = frame["period_end"] == ""
    yield from _found(frame[none].head(1), ERROR, "no_period", n=int(none.sum()))
    results = (frame["role"] == "result") & ~none
    ends = frame["period_end"].where(results, "")
    future = ends > today.isoformat()
    yield from _found(
        frame[future], ERROR, "future", "period_end", today=today.strftime("%d/%m/%Y")
    )


def _ranges(frame: pd.DataFrame, catalog: Catalog) -> Iterator[Finding]:
    indicators = [catalog.indicator(id_) for id_ in frame["indicator"].unique()]
    percent = [i.id for i in indicators if "%" in i.unit.vi and i.kind == "rate"]
    counted = [i.id for i in indicators if i.kind in ("count", "amount", "duration")]
    ranked = [i.id for i in indicators if i.kind == "rank"]
    value = frame["value"]
    is_percent = frame["indicator"].isin(percent)
    yield from _found(frame[is_percent & (value > 100)], ERROR, "over_100")
    yield from _found(frame[is_percent & (value < 0)], ERROR, "under_0")
    yield from _found(frame[frame["indicator"].isin(counted) & (value < 0)], ERROR, "negative")
    no_rank = frame["indicator"].isin(ranked) & ((value < 1) | (value != value.round()))
    yield from _found(frame[no_rank], ERROR, "rank")
    for indicator in indicators:
        mine = frame["indicator"] == indicator.id
        if is_whole(indicator):
            parted = mine & ((value - value.round()).abs() > 1e-6)
            yield from _found(frame[parted], ERROR, "fraction_of_count", unit=indicator.unit.vi)
            unit = read_unit(indicator.unit.vi) or Unit(1, "")
            most = MOST_PEOPLE // unit.times if unit.base == PEOPLE else 10**16
            yield from _found(frame[mine & (value > most)], ERROR, "over_max", most=shown(most))
        if indicator.max_value is not None:
            over = mine & (value > indicator.max_value)
            yield from _found(frame[over], ERROR, "over_max", most=shown(indicator.max_value))


def _parts(frame: pd.DataFrame, catalog: Catalog) -> Iterator[Finding]:
    numerator, denominator = frame["numerator"], frame["denominator"]
    both = numerator.notna() & denominator.notna()
    if not both.any():
        return
    zero = both & (denominator <= 0)
    yield from _found(frame[zero], ERROR, "denominator", "denominator")
    indicators = {id_: catalog.indicator(id_) for id_ in frame["indicator"].unique()}
    rates = frame["indicator"].isin([id_ for id_, i in indicators.items() if "%" in i.unit.vi])
    more = both & rates & (numerator > denominator)
    yield from _found(
        frame[more], ERROR, "numerator", "numerator", denominator=lambda r: shown(r["denominator"])
    )
    unnamed = frame["indicator"].isin([id_ for id_, i in indicators.items() if i.numerator is None])
    yield from _found(frame[both & unnamed].head(1), ERROR, "unnamed_parts", "numerator")
    computed = 100 * numerator / denominator.where(denominator > 0)
    decimals = frame["indicator"].map({id_: i.decimals for id_, i in indicators.items()})
    apart = (computed - frame["value"]).abs() > 0.5000001 * 10.0 ** -decimals.astype(float) + 1e-9
    wrong = both & rates & apart & ~zero
    told = frame.assign(computed=computed.round(4))
    yield from _found(
        told[wrong],
        WARNING,
        "rate_and_parts",
        numerator=lambda r: shown(r["numerator"]),
        denominator=lambda r: shown(r["denominator"]),
        computed=lambda r: shown(r["computed"]),
    )


def _twice(frame: pd.DataFrame, key: list[str]) -> Iterator[Finding]:
    again = frame.duplicated(key, keep=False)
    if not again.any():
        return
    groups = frame[again].groupby(key, sort=False, dropna=False)
    for _, rows in groups:
        listed = ", ".join(str(row) for row in rows["row"].head(6))
        same = rows[["value", "category"]].drop_duplicates()
        severity: Severity = WARNING if len(same) == 1 else ERROR
        rule = "same_twice" if len(same) == 1 else "twice"
        column = "category" if rows["value"].isna().all() else "value"
        yield from _found(rows.iloc[1:2], severity, rule, column, rows=listed)


def without_repeats(frame: pd.DataFrame, key: Sequence[str] = SAME_KEY) -> pd.DataFrame:
    """Drop rows that say over again what an earlier row says."""
    if not frame.duplicated(list(key)).any():
        return frame.reset_index(drop=True)
    return frame.drop_duplicates([*key, "value", "category"], ignore_index=True)


def _other_unit(pairs: pd.DataFrame, scaled: Collection[str]) -> Iterator[Finding]:
    """Ask about columns that are hundreds of times what they were before, as a whole."""
    for column, rows in pairs.groupby("column", sort=False):
        middle = rows["times"].median()
        if len(rows) < 5 or str(column) in scaled or 1 / OTHER_UNIT < middle < OTHER_UNIT:
            continue
        yield from _found(
            rows.head(1),
            ERROR,
            "other_unit",
            earlier=lambda r: shown(r["earlier"]),
            heading=lambda r: r["column"],
        )


def _jumps(
    frame: pd.DataFrame, catalog: Catalog, before: pd.DataFrame, scaled: Collection[str]
) -> Iterator[Finding]:
    """Compare with the newest earlier figure of the same indicator, place and grain."""
    if before.empty:
        return
    known = before[(before["role"] == "result") & before["value"].notna()]
    known = known.assign(end=pd.to_datetime(known["period_end"]).astype("datetime64[us]"))
    by = ["indicator", "edition", "area", "grain"]
    rows = (frame["role"] == "result") & frame["value"].notna() & (frame["period_end"] != "")
    rows &= frame["area"].isin(known["area"].unique())
    mine = frame.loc[rows, [*by, "period_end", "value", "sheet", "row", "column"]]
    mine = mine.assign(end=pd.to_datetime(mine["period_end"]).astype("datetime64[us]"))
    if mine.empty or known.empty:
        return
    pairs = pd.merge_asof(
        mine.sort_values("end"),
        known.sort_values("end")[[*by, "end", "value"]].rename(
            columns={"value": "earlier", "end": "earlier_end"}
        ),
        left_on="end",
        right_on="earlier_end",
        by=by,
        allow_exact_matches=False,
    ).dropna(subset=["earlier"])
    percent = [i.id for i in catalog.indicators.values() if "%" in i.unit.vi]
    counted = [i.id for i in catalog.indicators.values() if i.kind in ("count", "amount")]
    with np.errstate(divide="ignore", invalid="ignore"):
        times = pairs["value"] / pairs["earlier"]
    moved = (pairs["value"] - pairs["earlier"]).abs()
    far = pairs["indicator"].isin(percent) & (moved > POINTS)
    far |= pairs["indicator"].isin(counted) & ((times > TIMES) | (times < 1 / TIMES))
    yield from _other_unit(pairs.assign(times=times)[pairs["indicator"].isin(counted)], scaled)
    yield from _found(
        pairs[far],
        WARNING,
        "jump",
        earlier=lambda r: shown(r["earlier"]),
        when=lambda r: f"{r['earlier_end']:%d/%m/%Y}",
    )
