"""What areas have undertaken or been told to reach: never ranked, coloured or summed as results."""

from __future__ import annotations

from typing import Final

import pandas as pd

from metrics.store import Store

TARGET_COLUMNS: Final = (
    "edition",
    "area",
    "value",
    "category",
    "deadline",
    "qualifier",
    "origin",
    "locator",
    "note",
)


def targets(
    store: Store, indicator_id: str, edition: str | None = None, area: str | None = None
) -> pd.DataFrame:
    """List the targets of an indicator: those the catalog declares and those stored as rows.

    Parameters
    ----------
    store
        Where observations and the catalog are read from.
    edition
        Only targets on this edition; "" for the country's, None for all.
    area
        Only targets of the area with this code; None for all.

    Returns
    -------
    pd.DataFrame
        `TARGET_COLUMNS`, the nearest deadline first, without a deadline last. ``deadline`` is a
        date or NaT; missing text is "". Notes are in Vietnamese.

    Raises
    ------
    LookupError
        If the catalog has no such indicator.
    """
    declared = pd.DataFrame(
        [
            {
                "edition": target.edition or "",
                "area": target.area,
                "value": target.value,
                "category": target.category or "",
                "deadline": target.deadline,
                "qualifier": "",
                "origin": target.origin,
                "locator": "",
                "note": target.note.vi if target.note else "",
            }
            for target in store.catalog.indicator(indicator_id).targets
        ],
        columns=list(TARGET_COLUMNS),
    ).astype({"value": "float64"})
    declared["deadline"] = pd.to_datetime(declared["deadline"])
    rows = store.observations(indicator_id)
    stored = rows[rows["role"] == "target"].rename(columns={"period_end": "deadline"})
    parts = [part for part in (declared, stored[list(TARGET_COLUMNS)]) if len(part)]
    found = pd.concat(parts) if parts else declared
    if edition is not None:
        found = found[found["edition"] == edition]
    if area is not None:
        found = found[found["area"] == area]
    return found.sort_values("deadline", kind="stable", na_position="last", ignore_index=True)
