"""Which target an area is to reach, and whether its figure does: met, near or missed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.editions import COUNTRY_CODE
from metrics.panel import LOWER_BETTER, Panel
from metrics.store import Store, kept_in_store
from metrics.targets.goals import Goal, goals

MISSED, NEAR, MET = "missed", "near", "met"
ATTAINMENTS: Final = (MISSED, NEAR, MET)
NO_TARGET: Final = -1
# Near is what lacks at most this share of the target.
NEAR_SHARE: Final = 0.1
# A target for the whole country is also asked of its parts only where figures have no size.
LIKE_FOR_LIKE: Final = ("rate", "score", "duration")
# What such a qualifier says is not a number to reach: "under 5".
BOUNDS_ONLY: Final = ("over", "under")


def targets_of(store: Store, panel: Panel) -> list[Goal | None]:
    """Find the target of each area of a panel: its own, else that of the whole country.

    Of several, the one whose deadline comes next after the area's figure is meant; after the last
    deadline, the last.

    Parameters
    ----------
    store
        Where targets are read from.
    panel
        The areas and their figures.

    Returns
    -------
    list of Goal or None
        Aligned with the rows of the panel's frame.
    """
    found = _numeric(store).get(panel.indicator.id, ())
    own: dict[str, list[Goal]] = {}
    for goal in found:
        if goal.edition in ("", panel.edition):
            own.setdefault(goal.area, []).append(goal)
    shared = own.get(COUNTRY_CODE, []) if panel.indicator.kind in LIKE_FOR_LIKE else []
    frame = panel.frame
    return [
        _next(own.get(str(code), shared), end)
        for code, end in zip(frame["code"], frame["period_end"], strict=True)
    ]


def has_targets(store: Store, panel: Panel) -> bool:
    """Tell whether any area of a panel with a better and a worse has a target to reach."""
    if panel.indicator.direction == "neutral":
        return False
    return panel.indicator.id in _numeric(store) and any(targets_of(store, panel))


def attained(
    values: NDArray[np.float64], targets: NDArray[np.float64], direction: str
) -> NDArray[np.int64]:
    """Sort values by whether they reach a target.

    Parameters
    ----------
    values, targets
        Aligned, in the same unit; NaN where there is none.
    direction
        ``higher_better`` or ``lower_better``.

    Returns
    -------
    ndarray of int
        Place in `ATTAINMENTS`; `NO_TARGET` where either is missing. Near is what lacks at most
        `NEAR_SHARE` of the target.
    """
    sign = -1.0 if direction == LOWER_BETTER else 1.0
    lacking = sign * (targets - values)
    # Decimals are not exact in binary: 72 is near 80, although 80 - 72 may come out above 8.
    slack = 1e-9 * np.maximum(1.0, np.abs(targets))
    index = np.where(lacking <= NEAR_SHARE * np.abs(targets) + slack, 1, 0)
    index = np.where(lacking <= slack, 2, index)
    return np.where(np.isnan(lacking), NO_TARGET, index).astype(np.int64)


@kept_in_store(4)
def _numeric(store: Store) -> Mapping[str, tuple[Goal, ...]]:
    found: dict[str, list[Goal]] = {}
    for goal in goals(store):
        if goal.value is not None and goal.qualifier not in BOUNDS_ONLY:
            found.setdefault(goal.indicator.id, []).append(goal)
    return {name: tuple(known) for name, known in found.items()}


def _next(found: list[Goal], end: Any) -> Goal | None:
    if not found:
        return None
    day = date.min if pd.isna(end) else pd.Timestamp(end).date()
    ordered = sorted(found, key=lambda goal: goal.due or date.max)
    return next((goal for goal in ordered if (goal.due or date.max) >= day), ordered[-1])
