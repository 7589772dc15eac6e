"""Targets, and the figures that tell whether they were reached, be it in other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.audit.deadlines import dated_targets
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import Sheet
from metrics.audit.spans import span_of
from metrics.catalog import Answers

RULE: Final = "goals"
LOWER_BETTER: Final = "lower_better"
PERCENT: Final = 100.0
KEY: Final = ["indicator", "spot"]
# How figures answer a target that numbers can fall short of.
RULES: Final = ("value", "zero", "whole", "share")


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find results that fall short, at the deadline or after it, of what was to be reached.

    It is to be checked: a target and its result are seldom put in the same words.
    """
    aims = dated_targets(sheet).drop_duplicates(["indicator", "spot", "when"])
    aims = aims[_doubtful(sheet, aims)]
    for at in range(len(aims)):
        yield from _short(sheet, aims.iloc[[at]])


def _doubtful(sheet: Sheet, aims: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which targets have a figure at their deadline or later: of many few are left."""
    answered = {one.target for one in sheet.catalog.relations if isinstance(one, Answers)}
    known = sheet.numbers[sheet.numbers["indicator"].isin(set(aims["indicator"])).to_numpy()]
    known = known.sort_values("period_end", kind="stable").drop_duplicates(KEY, keep="last")
    newest = known.assign(indicator=known["indicator"].astype(str)).set_index(KEY)
    keys = pd.MultiIndex.from_arrays([aims["indicator"].astype(str), aims["spot"]])
    last = newest.reindex(keys)
    wanted = aims["value"].to_numpy(dtype=float)
    ends = last["period_end"].to_numpy() >= aims["period_end"].to_numpy()
    low, high = last["low"].to_numpy(dtype=float), last["high"].to_numpy(dtype=float)
    off = (low > wanted) | (high < wanted)
    return np.asarray((ends & off) | aims["indicator"].isin(answered).to_numpy())


def _short(sheet: Sheet, aims: pd.DataFrame) -> Iterator[Finding]:
    """Compare a target with the first figure after its deadline, of whatever answers it."""
    aim = aims.iloc[0]
    found = []
    for answer in _answers(sheet, aim):
        for id_ in answer.by:
            rows = sheet.numbers_of(id_)
            later = (rows["spot"] == aim["spot"]) & (rows["period_end"] >= aim["period_end"])
            rows = rows[later.to_numpy()]
            found.append(rows.assign(missed=_missed(sheet, answer, rows, float(aim["value"]))))
    if not found or (later := pd.concat(found)).empty:
        return
    later = later.sort_values("period_end", kind="stable")
    # What was reached later was reached.
    if not later["missed"].all():
        return
    first = later.iloc[[0]].drop(columns="missed")
    wanted = float(aim["value"]) if not aim["category"] else 0.0
    value = float(first["value"].iloc[0])
    told: dict[str, Any] = {
        "value": value,
        "wanted": wanted,
        "gap": abs(value - wanted),
        "deadline": pd.Timestamp(aim["period_end"]).date(),
        "due": span_of(aims, aim["period_end"]),
        "part": str(first["indicator"].iloc[0]),
    }
    if aim["category"]:
        told |= {"status": str(aim["indicator"]), "category": str(aim["category"])}
    name = "missed" if aim["category"] else "short"
    yield finding_about(aim, f"{RULE}.{name}", Severity.CHECK, told, pd.concat([aims, first]))


def _answers(sheet: Sheet, aim: pd.Series) -> Iterator[Answers]:
    """Yield what answers a target: its own indicator where it is a number, and what is declared."""
    if not aim["category"]:
        yield Answers(kind="answers", target=aim["indicator"], by=(aim["indicator"],))
    for relation in sheet.catalog.relations:
        if (
            isinstance(relation, Answers)
            and relation.target == aim["indicator"]
            and relation.category in (None, aim["category"])
            and relation.rule in RULES
        ):
            yield relation


def _missed(sheet: Sheet, answer: Answers, rows: pd.DataFrame, wanted: float) -> NDArray[np.bool_]:
    """Tell which figures surely fall short."""
    if rows.empty:
        return np.zeros(0, dtype=bool)
    low, high = (rows[name].to_numpy(dtype=float) for name in ("low", "high"))
    under = rows["denominator"].to_numpy(dtype=float)
    if answer.rule == "zero":
        return np.asarray(low > 0)
    if answer.rule == "whole":
        return np.asarray(high < under)
    if answer.rule == "share":
        return np.asarray(PERCENT * high / under < wanted)
    fewer = sheet.catalog.indicators[str(rows["indicator"].iloc[0])].direction == LOWER_BETTER
    return np.asarray(low > wanted if fewer else high < wanted)
