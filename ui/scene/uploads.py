"""Whether a figure was loaded by a user, beside those that the atlas ships."""

from __future__ import annotations

from metrics.store import SHIPPED_ID


def is_uploaded(dataset: object) -> bool:
    """Tell whether a row of a panel is of a dataset of a user; one without a figure is of none."""
    return isinstance(dataset, str) and dataset not in ("", SHIPPED_ID)
