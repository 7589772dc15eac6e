"""Shares of a whole that are more than all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from metrics.audit.align import hits
from metrics.audit.bounds import below
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import Sheet
from metrics.catalog import Beyond, Increase, Indicator, Plan

RULE: Final = "whole"
PERCENT: Final = 100.0
SIGNS: Final = ("%", "percent", "per cent", "phần trăm")
# "Đạt 130%, vượt kế hoạch": then the source itself says that it is more than all.
SAID: Final = "vượt"


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find percentages above 100 that nothing accounts for.

    What accounts for one: a maximum that the indicator declares (figures above it are refused where
    they are read), a relation that says that it is of a plan or by how much something grew, and the
    quoted words of the source.
    """
    free = frozenset(_free(sheet))
    shares = [i for i, one in sheet.catalog.indicators.items() if _is_share(one) and i not in free]
    rows = sheet.numbers
    rows = rows[rows["indicator"].isin(shares).to_numpy()]
    over = below(np.full(len(rows), PERCENT), rows["value"].to_numpy(dtype=float))
    said = rows["locator"].astype("str").str.casefold().str.contains(SAID, regex=False)
    for at in hits(over & ~said.to_numpy(dtype=bool)):
        told = {"value": float(rows["value"].iloc[at])}
        yield finding_about(rows.iloc[at], f"{RULE}.over", Severity.CHECK, told, rows.iloc[[at]])


def _is_share(one: Indicator) -> bool:
    units = (one.unit.vi, one.unit.en)
    percent = any(unit.strip().casefold().startswith(SIGNS) for unit in units)
    return one.kind == "rate" and one.max_value is None and percent


def _free(sheet: Sheet) -> Iterator[str]:
    for relation in sheet.catalog.relations:
        if isinstance(relation, Beyond):
            yield from relation.rates
        elif isinstance(relation, Increase):
            yield relation.by
        elif isinstance(relation, Plan):
            yield relation.share
