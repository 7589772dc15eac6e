"""Which measurements speak of which claims."""

from __future__ import annotations

import numpy as np

from geo.coverage.evidence.records import UNDATED, Claims, Facts, Thresholds
from geo.coverage.ground import Bools, Ints


def speaks_of(claims: Claims, claim: Ints, facts: Facts, fact: Ints, rules: Thresholds) -> Bools:
    """Tell of pairs whether a measurement is of the network and of the days of a claim.

    A complaint that there is no signal speaks against every technology of the operator; whatever
    else does not name its technology, or its operator, speaks of no claim that does.
    """
    same = facts.operator[fact] == claims.operator[claim]
    technology = claims.technology[claim]
    same &= (facts.technology[fact] == technology) | (
        facts.whole[fact] & (facts.technology[fact] == "")
    )
    day = claims.day[claim]
    after = facts.day[fact] - np.where(day == UNDATED, 0, day)
    return np.asarray(same & (day != UNDATED) & (after >= 0) & (after <= rules.days), dtype=bool)
