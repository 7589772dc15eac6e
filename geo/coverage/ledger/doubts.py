"""List what may or may not be the same place, among the problems of the lists."""

from __future__ import annotations

import numpy as np

from geo.coverage.input import Problems
from geo.coverage.ledger.records import Ledger


def tell_doubts(ledger: Ledger, problems: Problems) -> None:
    """Add the rows that were taken for new gaps and may be known ones to the list of problems."""
    for file, rows in ledger.ambiguous.groupby("file", sort=False):
        values = [
            f"{name} ~ {known}" + ("" if np.isnan(metres) else f" ({metres:.0f} m)")
            for name, known, metres in zip(
                rows["name"], rows["known_as"], rows["metres"], strict=True
            )
        ]
        ids = rows["id"].to_numpy(dtype=object)
        at = rows["row"].to_numpy()
        problems.add(str(file), at, "same_or_not", ids=ids, values=values, kept=True)
