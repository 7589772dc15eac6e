"""Statuses that a figure of their day and place does not bear out: "all covered", and 118 not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.audit.align import hits, together
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import Sheet
from metrics.catalog import Answers

NAME: Final = "statuses.not_borne"


def not_borne_out(sheet: Sheet, relation: Answers) -> Iterator[Finding]:
    """Hold what is said to be reached against the counts that tell whether it is.

    It is to be checked: words and number may be about two things.
    """
    if relation.category is None:
        return
    said = sheet.said(relation.target)
    said = said[(said["category"] == relation.category).to_numpy()]
    for id_ in relation.by if len(said) else ():
        states, counts = together([said, sheet.numbers_of(id_)])
        for at in hits(_short(relation.rule, counts)):
            told = {
                "said": relation.category,
                "value": float(counts["value"].iloc[at]),
                "rate": id_,
                "under": float(counts["denominator"].iloc[at]),
            }
            rows = pd.concat([states.iloc[[at]], counts.iloc[[at]]])
            yield finding_about(states.iloc[at], NAME, Severity.CHECK, told, rows)


def _short(rule: str, counts: pd.DataFrame) -> NDArray[np.bool_]:
    low, high, under = (
        counts[name].to_numpy(dtype=float) for name in ("low", "high", "denominator")
    )
    if rule == "zero":
        return np.asarray(low > 0)
    if rule == "whole":
        return np.asarray(high < under)
    return np.asarray(high <= 0) if rule == "some" else np.zeros(len(counts), dtype=bool)
