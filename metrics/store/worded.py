"""What a source's own words add to the period of a figure."""

from __future__ import annotations

from base.words import OF_DOCUMENT, UNDATED
from metrics.store.tables import SHIPPED_ID


def period_words(grain: str, said: str, dataset: str) -> str:
    """Return the words to write a period with; of one without any the date is the document's.

    Only where no day is known do they count: figures of one period are then of one span.
    """
    if dataset == SHIPPED_ID and not said and grain not in UNDATED:
        return OF_DOCUMENT
    return said if grain in UNDATED else ""
