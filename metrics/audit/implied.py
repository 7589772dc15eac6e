"""What follows from two figures of a source: the base of an increase, a plan, a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from metrics.audit.align import beside, together
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import Sheet
from metrics.catalog import Implied, Increase, Plan

RULE: Final = "implied"
PERCENT: Final = 100.0


def find(sheet: Sheet) -> Iterator[Finding]:
    """Work out what a source leaves to be worked out, and say where that can be done in two ways.

    "63%, up 32.5%" has two bases: 47.5 if it grew by per cent, 30.5 if by points.
    """
    for relation in sheet.catalog.relations:
        if isinstance(relation, Increase):
            yield from _bases(sheet, relation)
        elif isinstance(relation, Plan):
            yield from _plans(sheet, relation)
        elif isinstance(relation, Implied):
            yield from _wholes(sheet, relation)


def _bases(sheet: Sheet, relation: Increase) -> Iterator[Finding]:
    rates, grown = beside([sheet.numbers_of(relation.of), sheet.numbers_of(relation.by)])
    for rate, by in zip(_rows(rates), _rows(grown), strict=True):
        value, more = float(rate["value"]), float(by["value"])
        if more <= -PERCENT:
            continue
        told = {
            "value": value,
            "by": more,
            "ratio": value / (1 + more / PERCENT),
            "points": value - more,
        }
        yield _finding("base", Severity.CHECK, rate, by, told)


def _plans(sheet: Sheet, relation: Plan) -> Iterator[Finding]:
    reached, shares = together(
        [sheet.numbers_of(relation.reached), sheet.numbers_of(relation.share)]
    )
    for figure, share in zip(_rows(reached), _rows(shares), strict=True):
        value, part = float(figure["value"]), float(share["value"])
        if not part:
            continue
        told = {"value": value, "share": part, "plan": PERCENT * value / part}
        yield _finding("plan", Severity.CHECK, figure, share, told)


def _wholes(sheet: Sheet, relation: Implied) -> Iterator[Finding]:
    """Tell the whole that a count and its share make, where the source does not print it."""
    counts, rates = beside([sheet.numbers_of(relation.count), sheet.numbers_of(relation.rate)])
    for count, rate in zip(_rows(counts), _rows(rates), strict=True):
        printed = not np.isnan(float(rate["denominator"]))
        if printed or not float(rate["value"]):
            continue
        value, part = float(count["value"]), float(rate["value"])
        told = {
            "value": value,
            "share": part,
            "whole": PERCENT * value / part,
            "part": relation.count,
            "qualifier": str(count["qualifier"]),
        }
        yield _finding("whole", Severity.GAP, rate, count, told)


def _rows(frame: pd.DataFrame) -> Iterator[pd.Series]:
    return (frame.iloc[at] for at in range(len(frame)))


def _finding(
    name: str, severity: Severity, one: pd.Series, other: pd.Series, told: dict[str, Any]
) -> Finding:
    return finding_about(one, f"{RULE}.{name}", severity, told, pd.DataFrame([one, other]))
