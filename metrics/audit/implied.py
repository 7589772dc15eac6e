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
YEAR: Final = pd.Timedelta(days=365)
NEAR: Final = pd.Timedelta(days=45)


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
    known = sheet.numbers_of(relation.of).sort_values("period_end", kind="stable")
    newest = known.drop_duplicates("by_origin", keep="last")
    rates, grown = beside([newest, sheet.numbers_of(relation.by)])
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
        before = _before(known, rate)
        if len(before):
            # Printed, and one of the two: then nothing is open.
            low, high = float(before["low"].iloc[0]), float(before["high"].iloc[0])
            half = (float(rate["high"]) - float(rate["low"])) / 2
            if any(low - half <= told[name] <= high + half for name in ("ratio", "points")):
                continue
            told["before"] = float(before["value"].iloc[0])
            rows = pd.concat([pd.DataFrame([rate, by]), before])
            yield finding_about(rate, f"{RULE}.base_off", Severity.CHECK, told, rows)
            continue
        yield _finding("base", Severity.CHECK, rate, by, told)


def _before(known: pd.DataFrame, rate: pd.Series) -> pd.DataFrame:
    """Return the figure of the place a year before, if there is one."""
    day = rate["period_end"] - YEAR
    near = (known["period_end"] - day).abs() <= NEAR
    return known[(near & (known["spot"] == rate["spot"])).to_numpy()].tail(1)


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
        printed = [float(row["denominator"]) for row in (count, rate)]
        value, share = float(count["value"]), float(rate["value"])
        part = PERCENT - share if relation.rest else share
        if not np.isnan(printed).all() or part <= 0 or not value:
            continue
        told = {
            "value": value,
            "share": share,
            "whole": PERCENT * value / part,
            "part": relation.count,
        }
        yield _finding("rest" if relation.rest else "whole", Severity.GAP, rate, count, told)


def _rows(frame: pd.DataFrame) -> Iterator[pd.Series]:
    return (frame.iloc[at] for at in range(len(frame)))


def _finding(
    name: str, severity: Severity, one: pd.Series, other: pd.Series, told: dict[str, Any]
) -> Finding:
    return finding_about(one, f"{RULE}.{name}", severity, told, pd.DataFrame([one, other]))
