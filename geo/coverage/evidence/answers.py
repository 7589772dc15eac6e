"""What is told of a claim, whether for a village or for a cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from geo.coverage.evidence.records import UNDATED, Claims
from geo.coverage.ground import Ints, Texts

_EPOCH: Final = date(1970, 1, 1)


def answered(
    claims: Claims, claim: Ints, counts: Sequence[Ints], verdict: Texts, reason: Texts
) -> dict[str, Any]:
    """Return the columns of who claims what, what becomes of it, and what speaks of it.

    Parameters
    ----------
    claim
        Which claim a row is about.
    counts
        Measurements surely for, surely against, perhaps for and perhaps against it, by row.
    verdict, reason
        As `verdicts` gives them.
    """
    return {
        "operator": claims.operator[claim],
        "technology": claims.technology[claim],
        "claimed_by": claims.source[claim],
        "claimed_on": written(claims.day[claim]),
        "claim_file": claims.file[claim],
        "claim_row": claims.row[claim],
        "verdict": verdict,
        "reason": reason,
        "for": counts[0],
        "against": counts[1],
        "perhaps": counts[2] + counts[3],
    }


def written(day: Ints) -> Texts:
    """Write days, "" where there is none."""
    said = ["" if d == UNDATED else (_EPOCH + timedelta(int(d))).isoformat() for d in day]
    return np.array(said, dtype=object)
