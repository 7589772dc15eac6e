"""Scales that a source grades its own scores by.

A scale is a fact about an index, never a choice of ours: it is declared here with its source and
named by the indicators that it is for (field ``grades`` of the catalog).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class GradeScale:
    """The grades of an index.

    Attributes
    ----------
    id
        Name in the catalog.
    grades
        Ids of the grades, the lowest first.
    bounds
        The score from which each grade but the lowest is given: a bound belongs to the grade above.
    source
        Where the bounds are read.
    checked
        Whether they were compared with the wording of the document that lays them down.
    """

    id: str
    grades: tuple[str, ...]
    bounds: tuple[float, ...]
    source: str
    checked: bool

    def grade(self, score: float) -> str:
        """Return the grade of a score."""
        return self.grades[bisect_right(self.bounds, score)]


# Excellent from 90 points, good from 80, fair from 70, average from 50, weak below, of 100. The
# wording of the decision is not among the documents at hand: the bounds are those by which a
# published program grades the scores that the National Public Service Portal gives out.
DECISION_766: Final = GradeScale(
    id="decision-766",
    grades=("weak", "average", "fair", "good", "excellent"),
    bounds=(50.0, 70.0, 80.0, 90.0),
    source=(
        "github.com/hauphanquoc/766-Analyze, src/analyzer.js, getClassification "
        "(1f4a5d759c2919a5106ac4d82b970197fb7705a1)"
    ),
    checked=False,
)
SCALES: Final = {scale.id: scale for scale in (DECISION_766,)}
