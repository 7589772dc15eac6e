"""Dates in an impossible order: free from June, until the January before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import pandas as pd

from metrics.audit.align import beside, hits
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import Sheet
from metrics.catalog import Ordered

RULE: Final = "dates"


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find what one source dates after that which has to follow it."""
    for relation in sheet.catalog.relations:
        if isinstance(relation, Ordered):
            for first, then in pairwise(relation.dates):
                yield from _turned(sheet, first, then)


def _turned(sheet: Sheet, first: str, then: str) -> Iterator[Finding]:
    before, after = beside([sheet.said(first), sheet.said(then)])
    pairs = zip(before["category"].astype(str), after["category"].astype(str), strict=True)
    late = pd.Series([_is_after(*pair) for pair in pairs], dtype=bool)
    for at in hits(late.to_numpy()):
        told = {
            "on": str(before["category"].iloc[at]),
            "other_on": str(after["category"].iloc[at]),
            "part": then,
        }
        rows = pd.concat([before.iloc[[at]], after.iloc[[at]]])
        row = before.iloc[at]
        yield finding_about(row, f"{RULE}.order", Severity.CONTRADICTION, told, rows)


def _is_after(one: str, other: str) -> bool:
    """Tell whether a date is surely the later: a year is after no day in it."""
    known = min(len(one), len(other))
    return one[:known] > other[:known]
