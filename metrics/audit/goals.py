"""Targets, and the figures that tell whether they were reached, be it in other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from metrics.audit.deadlines import period_of
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import TARGET, Sheet
from metrics.catalog import Goal

RULE: Final = "goals"
LOWER_BETTER: Final = "lower_better"


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find results that fall short of what was to be reached by then.

    It is to be checked: a target and its result are seldom put in the same words.
    """
    for relation in sheet.catalog.relations:
        if isinstance(relation, Goal):
            yield from _short(sheet, relation)


def _short(sheet: Sheet, relation: Goal) -> Iterator[Finding]:
    aims = sheet.rows
    kept = (aims["indicator"] == relation.target) & (aims["role"] == TARGET)
    aims = aims[kept.to_numpy()].drop_duplicates(["spot", "when"])
    results = sheet.numbers_of(relation.result)
    indicator = sheet.catalog.indicators[relation.result]
    fewer = indicator.direction == LOWER_BETTER or relation.value == 0
    for at in range(len(aims)):
        aim = aims.iloc[at]
        wanted = relation.value if relation.value is not None else float(aim["value"])
        later = results[
            (
                (results["spot"] == aim["spot"]) & (results["period_end"] >= aim["period_end"])
            ).to_numpy()
        ].sort_values("period_end", kind="stable")
        if later.empty:
            continue
        first = later.iloc[0]
        missed = first["low"] > wanted if fewer else first["high"] < wanted
        if not missed:
            continue
        told: dict[str, Any] = {
            "value": float(first["value"]),
            "wanted": wanted,
            "gap": abs(float(first["value"]) - wanted),
            "deadline": pd.Timestamp(aim["period_end"]).date(),
            "due": period_of(aims, aim["period_end"]),
            "part": relation.result,
        }
        if aim["category"]:
            told |= {"status": relation.target, "category": str(aim["category"])}
        name = "missed" if aim["category"] else "short"
        rows = pd.concat([aims.iloc[[at]], later.iloc[[0]]])
        yield finding_about(aim, f"{RULE}.{name}", Severity.CHECK, told, rows)
