"""Ranks: whether a complete ranking can be one, and follows the figures that it orders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from metrics.audit.align import Span, grave, hits, together, unambiguous
from metrics.audit.bounds import below
from metrics.audit.places import places_in
from metrics.audit.records import Finding, Severity, places_of, witnesses
from metrics.audit.sheet import Sheet
from metrics.catalog import Ranking

RULE: Final = "ranks"
BY: Final = ["indicator", "edition", "level", "when"]
LOWER_BETTER: Final = "lower_better"
COUNTRY: Final = "VN"


def find(sheet: Sheet) -> Iterator[Finding]:
    """Check rankings of all areas of a level, and ranks against the figures beside them."""
    ranks = [i for i, one in sheet.catalog.indicators.items() if one.kind == "rank"]
    rows = sheet.numbers
    rows = unambiguous(
        rows[rows["indicator"].isin(ranks).to_numpy()], ("indicator", "spot", "when")
    )
    for _, group in rows.groupby(BY, observed=True):
        yield from _ranking(group)
    for relation in sheet.catalog.relations:
        if isinstance(relation, Ranking):
            yield from _order(sheet, relation)


def _ranking(group: pd.DataFrame) -> Iterator[Finding]:
    """Find ranks beyond the number of areas, and gaps that ties do not explain."""
    row = group.iloc[0]
    of = len(places_in(str(row["edition"]), str(row["level"]), COUNTRY))
    beyond = group[(group["value"] > of).to_numpy()]
    if of and len(beyond):
        told = {"most": float(beyond["value"].max()), "of": of}
        yield _finding("beyond", Severity.CONTRADICTION, beyond, told)
        return
    if not of or len(group) < of:
        return
    values = group["value"]
    # The ways in which equal places are numbered: 1 1 3, 1 1 2, 2 2 3.
    expected = [values.rank(method=way).to_numpy() for way in ("min", "dense", "max")]
    given = values.to_numpy()
    if not any(np.array_equal(given, ranks) for ranks in expected):
        odd = group[given != expected[0]]
        told = {"n": len(odd), "of": of}
        yield _finding("gaps", Severity.CONTRADICTION, odd.sort_values("value"), told)


def _order(sheet: Sheet, relation: Ranking) -> Iterator[Finding]:
    ranks, figures = together([sheet.numbers_of(relation.rank), sheet.numbers_of(relation.of)])
    if ranks.empty:
        return
    sign = -1.0 if sheet.catalog.indicators[relation.of].direction == LOWER_BETTER else 1.0
    groups = ranks.assign(at=np.arange(len(ranks))).groupby(
        ["edition", "level", "when"], observed=True
    )
    for _, group in groups:
        order = group.sort_values("value", kind="stable")["at"].to_numpy()
        mine, theirs = ranks.iloc[order], figures.iloc[order]
        span = Span.of(theirs)
        low, high = (span.low, span.high) if sign > 0 else (-span.high, -span.low)
        # The best figure that stands at a later rank.
        best = np.append(np.maximum.accumulate(low[::-1])[::-1][1:], -np.inf)
        worse = hits(below(high, best) & _before_others(mine["value"].to_numpy()))
        for at in worse[:1]:
            later = int(at + 1 + np.argmax(low[at + 1 :]))
            pair = [int(at), later]
            found = pd.concat([mine.iloc[pair], theirs.iloc[pair]])
            told = {
                "rank": float(mine["value"].iloc[at]),
                "value": float(theirs["value"].iloc[at]),
                "other_edition": str(mine["edition"].iloc[later]),
                "other": str(mine["area"].iloc[later]),
                "other_rank": float(mine["value"].iloc[later]),
                "other_value": float(theirs["value"].iloc[later]),
                "figure": relation.of,
                "n": len(worse),
            }
            yield _finding("order", grave(wide=True), found, told)


def _before_others(ranks: np.ndarray) -> np.ndarray:
    """Tell which ranks stand before a later one, ties left out: a tie orders nothing."""
    return ranks < np.append(ranks[1:], -np.inf)


def _finding(name: str, severity: Severity, found: pd.DataFrame, told: dict[str, Any]) -> Finding:
    row = found.iloc[0]
    several = name != "order"
    return Finding(
        RULE,
        f"{RULE}.{name}",
        severity,
        str(row["indicator"]),
        str(row["edition"]),
        "" if several else str(row["area"]),
        pd.Timestamp(row["period_end"]).date(),
        told,
        witnesses(found),
        places_of(zip(found["edition"].astype(str), found["area"].astype(str), strict=True))
        if several
        else (),
        n=len(found),
    )
