"""Places against the place they lie in: districts against their province, provinces against VN."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from metrics.audit.align import Span, grave, hits, unambiguous
from metrics.audit.bounds import Numbers, below
from metrics.audit.places import NOWHERE, parent_spots, places_in
from metrics.audit.records import Finding, witnesses
from metrics.audit.sheet import Sheet

RULE: Final = "areas"
Groups = Any
BY: Final = ["indicator", "when", "parent", "edition", "level"]
KEY: Final = ("indicator", "spot", "when")


def find(sheet: Sheet) -> Iterator[Finding]:
    """Compare what is known of all places in an area with the figure of the area itself.

    What adds up has to add up, within the rounding of every figure; some of the places can never
    be more than all. A rate of the whole lies between the lowest and the highest of its parts.
    """
    known = sheet.catalog.indicators
    adding = [i for i, one in known.items() if one.aggregation == "sum"]
    rates = [i for i, one in known.items() if one.kind == "rate"]
    rows = sheet.numbers
    rows = unambiguous(rows[rows["indicator"].isin([*adding, *rates]).to_numpy()], KEY)
    rows = rows.assign(parent=parent_spots(sheet.rows, rows["spot"]))
    children = rows[(rows["parent"] != NOWHERE).to_numpy()]
    if children.empty:
        return
    groups = children.groupby(BY, observed=True)
    sums = groups.agg(
        n=("spot", "nunique"),
        sum=("value", "sum"),
        low_=("low", "sum"),
        high_=("high", "sum"),
        low_wide_=("low_wide", "sum"),
        high_wide_=("high_wide", "sum"),
        least=("low", "min"),
        most=("high", "max"),
        least_value=("value", "min"),
        most_value=("value", "max"),
    )
    names = {"spot": "parent", "edition": "parent_edition", "area": "parent_area"}
    right = rows.drop(columns=["parent", "level"]).rename(columns=names)
    both = sums.reset_index().merge(right, on=["indicator", "when", "parent"])
    if both.empty:
        return
    both["of"] = [
        len(places_in(str(edition), str(level), str(parent)))
        for edition, level, parent in zip(
            both["edition"], both["level"], both["parent_area"], strict=True
        )
    ]
    adds = both["indicator"].isin(adding).to_numpy()
    yield from _sums(both[adds].reset_index(drop=True), groups)
    yield from _ranges(both[~adds].reset_index(drop=True), groups)


def _sums(both: pd.DataFrame, children: Groups) -> Iterator[Finding]:
    parts = Span(*(_column(both, f"{name}_") for name in ("low", "high", "low_wide", "high_wide")))
    whole = Span.of(both)
    complete = (both["n"] == both["of"]).to_numpy()
    apart, apart_wide = parts.apart(whole)
    above, above_wide = parts.above(whole)
    off = np.where(complete, apart, above)
    surely = np.where(complete, apart_wide, above_wide)
    for at in hits(off):
        name = "sum" if complete[at] else "some"
        told = {"tolerance": parts.tolerance(at) + whole.tolerance(at)}
        yield _finding(name, both.iloc[at], children, told, wide=bool(surely[at]))


def _ranges(both: pd.DataFrame, children: Groups) -> Iterator[Finding]:
    complete = (both["n"] == both["of"]).to_numpy()
    low, high = _column(both, "low"), _column(both, "high")
    off = below(high, _column(both, "least")) | below(_column(both, "most"), low)
    for at in hits(complete & off):
        row = both.iloc[at]
        told = {"least": float(row["least_value"]), "most": float(row["most_value"])}
        yield _finding("range", row, children, told, wide=True)


def _column(rows: pd.DataFrame, name: str) -> Numbers:
    return rows[name].to_numpy(dtype=float)


def _finding(
    name: str, row: pd.Series, children: Groups, told: dict[str, float], *, wide: bool
) -> Finding:
    mine = children.get_group(tuple(row[name] for name in BY))
    own = pd.DataFrame([row]).drop(columns=["edition"])
    own = own.rename(columns={"parent_edition": "edition", "parent_area": "area"})
    return Finding(
        RULE,
        f"{RULE}.{name}",
        grave(wide),
        str(row["indicator"]),
        str(row["parent_edition"]),
        str(row["parent_area"]),
        pd.Timestamp(row["period_end"]).date(),
        {
            "total": float(row["value"]),
            "sum": float(row["sum"]),
            "n": int(row["n"]),
            "of": int(row["of"]),
            "level": str(row["level"]),
            "map": str(row["edition"]),
            **told,
        },
        witnesses(pd.concat([own[[c for c in mine.columns if c in own]], mine])),
        n=len(mine) + 1,
    )
