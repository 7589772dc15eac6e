"""What areas have undertaken or been told to reach: never ranked, coloured or summed as results."""

from __future__ import annotations

from typing import Final

import pandas as pd

from metrics.store import Store
from metrics.targets.goals import goals

TARGET_COLUMNS: Final = (
    "edition",
    "area",
    "value",
    "category",
    "deadline",
    "period_start",
    "period_end",
    "grain",
    "period_text",
    "qualifier",
    "numerator",
    "denominator",
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
        `TARGET_COLUMNS`, the nearest deadline first, without a deadline last. ``deadline`` is NaT
        where the source names none, and the period is then empty but for the source's own words;
        missing text is "". Notes are in Vietnamese.

    Raises
    ------
    LookupError
        If the catalog has no such indicator.
    """
    store.catalog.indicator(indicator_id)
    found = [
        {
            "edition": goal.edition,
            "area": goal.area,
            "value": goal.value,
            "category": goal.category,
            "deadline": goal.due,
            "period_start": goal.start if goal.stated else None,
            "period_end": goal.due,
            "grain": goal.grain,
            "period_text": goal.wording,
            "qualifier": goal.qualifier,
            "numerator": None,
            "denominator": None,
            "origin": source.origin,
            "locator": source.locator,
            "note": source.note,
        }
        for goal in goals(store)
        if goal.indicator.id == indicator_id
        and edition in (None, goal.edition)
        and area in (None, goal.area)
        for source in goal.sources
    ]
    frame = pd.DataFrame(found, columns=list(TARGET_COLUMNS))
    for name in ("deadline", "period_start", "period_end"):
        frame[name] = pd.to_datetime(frame[name])
    numbers = ["value", "numerator", "denominator"]
    return frame.astype(dict.fromkeys(numbers, "float64"))
