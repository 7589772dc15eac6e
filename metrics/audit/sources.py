"""Figures that differ between sources, or within one, for the same place and the same period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

import pandas as pd

from metrics.audit.align import Span, grave, hits, together
from metrics.audit.bounds import below
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.revised import readings
from metrics.audit.sheet import TARGET, Sheet
from metrics.catalog import Same

RULE: Final = "sources"
KEY: Final = ("indicator", "spot", "when")
RECOMPUTED: Final = "recomputed"
FEWEST: Final = 2


def find(sheet: Sheet) -> Iterator[Finding]:
    """Compare all figures of one indicator, place and period; what rounding explains is left out.

    Figures of unlike grain (a month, a day in it) answer different questions and are not compared.
    """
    yield from _numbers(sheet)
    yield from _dates(sheet)
    yield from _targets(sheet)
    for relation in sheet.catalog.relations:
        if isinstance(relation, Same):
            yield from _same(sheet, relation)


def _targets(sheet: Sheet) -> Iterator[Finding]:
    """Compare the targets of one place and deadline; they may be of two plans."""
    rows = sheet.rows
    rows = rows[((rows["role"] == TARGET) & rows["value"].notna()).to_numpy()]
    rows = rows.drop_duplicates([*KEY, "value"])
    many = rows[rows.duplicated(list(KEY), keep=False).to_numpy()]
    for _, found in many.groupby(list(KEY), observed=True, sort=True):
        told = {"least": float(found["value"].min()), "most": float(found["value"].max())}
        row = found.iloc[0]
        yield finding_about(row, f"{RULE}.targets", Severity.CHECK, told, found)


def _same(sheet: Sheet, relation: Same) -> Iterator[Finding]:
    """Compare two lists that say one thing."""
    for one, two in combinations(relation.indicators, 2):
        mine, theirs = together([sheet.numbers_of(one), sheet.numbers_of(two)])
        off, surely = Span.of(mine).apart(Span.of(theirs))
        for at in hits(off):
            told = {
                "value": float(mine["value"].iloc[at]),
                "other_value": float(theirs["value"].iloc[at]),
                "part": two,
            }
            found = pd.concat([mine.iloc[[at]], theirs.iloc[[at]]])
            yield finding_about(mine.iloc[at], f"{RULE}.same", grave(surely[at]), told, found)


def _numbers(sheet: Sheet) -> Iterator[Finding]:
    # What one source changed is told as that.
    rows = sheet.numbers.drop(readings(sheet).index)
    many = rows[rows.duplicated(list(KEY), keep=False).to_numpy()]
    if many.empty:
        return
    groups = many.groupby(list(KEY), observed=True, sort=True)
    ends = groups.agg(
        low=("low", "max"),
        high=("high", "min"),
        low_wide=("low_wide", "max"),
        high_wide=("high_wide", "min"),
    )
    off = below(ends["high"].to_numpy(), ends["low"].to_numpy())
    surely = below(ends["high_wide"].to_numpy(), ends["low_wide"].to_numpy())
    for at in hits(off):
        found = groups.get_group(ends.index[at]).drop_duplicates(["value", "origin"])
        least, most = float(found["value"].min()), float(found["value"].max())
        told: dict[str, float] = {"least": least, "most": most, "gap": most - least}
        made = (found["state"] == RECOMPUTED).to_numpy()
        if len(found) == FEWEST and made.sum() == 1:
            told["added"] = float(found["value"].to_numpy()[made][0])
            told["total"] = float(found["value"].to_numpy()[~made][0])
            yield _finding("added", found, told, wide=bool(surely[at]))
        else:
            yield _finding("number", found, told, wide=bool(surely[at]))


def _dates(sheet: Sheet) -> Iterator[Finding]:
    dates = [i for i, one in sheet.catalog.indicators.items() if one.kind == "date"]
    rows = sheet.results[sheet.results["indicator"].isin(dates).to_numpy()]
    for found in contradicted(rows):
        told = {"said": tuple(sorted(set(found["category"].astype(str))))}
        yield _finding("date", found, told, wide=True)


def contradicted(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the groups of rows about one place and period that name several categories."""
    once = rows.drop_duplicates([*KEY, "category"])
    many = once[once.duplicated(list(KEY), keep=False).to_numpy()]
    for _, found in many.groupby(list(KEY), observed=True, sort=True):
        yield found


def _finding(name: str, found: pd.DataFrame, told: Mapping[str, object], *, wide: bool) -> Finding:
    one = "" if found["origin"].nunique() > 1 else "_one"
    return finding_about(found.iloc[0], f"{RULE}.{name}{one}", grave(wide), told, found)
