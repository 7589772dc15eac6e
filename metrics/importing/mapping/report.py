"""What was and was not understood of a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from geo.editions import Area
from metrics.catalog import Origin
from metrics.importing.cells import Finding
from metrics.importing.mapping.mapping import Mapping
from metrics.importing.names import BY_HAND, NOT_PLACES


@dataclass(frozen=True, slots=True)
class Report:
    """What was and was not understood of a table.

    Attributes
    ----------
    mapping
        What the columns were taken for.
    places
        One row per data row; see `metrics.importing.places.match_places`.
    observations
        What would be stored, with the cell of each; see `metrics.importing.rows.Read`.
    findings, counts
        Errors first; and how many there were of each rule.
    errors
        Number of errors; with any, nothing is stored.
    absent
        Areas that the table says nothing about.
    strangers
        Rows that only another edition has: edition to their numbers.
    empty
        Cells that say that there is no figure.
    origins
        Records of origins that an export names and the store lacks.
    """

    mapping: Mapping
    places: pd.DataFrame
    observations: pd.DataFrame
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    errors: int
    absent: tuple[Area, ...]
    strangers: dict[str, list[int]]
    empty: int
    origins: tuple[Origin, ...] = ()

    @property
    def methods(self) -> Counter[str]:
        """How many rows were matched by which method, or why not."""
        return Counter(self.places["method"])

    @property
    def unmatched(self) -> pd.DataFrame:
        """Rows that should be an area and are none, with reason and suggestions."""
        return self.places[is_unmatched(self.places)]

    @property
    def by_hand(self) -> tuple[tuple[str, str, str], ...]:
        """The spellings that were accepted by hand: place, parent, code."""
        rows = self.places[self.places["method"] == BY_HAND]
        told = rows[["place", "parent", "code"]].drop_duplicates()
        return tuple((str(p), str(above), str(c)) for p, above, c in told.to_numpy())

    @property
    def blocked(self) -> bool:
        """Whether the table cannot be stored as it is."""
        return self.errors > 0 or self.observations.empty


def is_unmatched(places: pd.DataFrame) -> pd.Series:
    """Tell which rows should be an area and are none; totals and headings are none by right."""
    by_right = places["method"].isin(NOT_PLACES)
    return (places["code"] == "") & ~by_right
