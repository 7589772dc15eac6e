"""Whether a figure was loaded by a user, beside those that the atlas ships."""

from __future__ import annotations

from metrics.store import SHIPPED_ID, SIMULATED_PREFIX


def is_uploaded(dataset: object) -> bool:
    """Tell whether a row of a panel is of a dataset of a user; one without a figure is of none."""
    known = isinstance(dataset, str) and dataset not in ("", SHIPPED_ID)
    return known and not str(dataset).startswith(SIMULATED_PREFIX)
