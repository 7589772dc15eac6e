"""Scores that are not a place's own: the same for all, or full marks where nothing was marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from metrics.audit.places import NOWHERE, parent_spots
from metrics.audit.records import Finding, Severity, places_of, witnesses
from metrics.audit.sheet import Sheet

RULE: Final = "given"
# Of so few places equal scores may be chance.
FEWEST: Final = 10
# So large a share of full marks, to a hundredth of a point, is hardly earned.
MOST_EARNED: Final = 0.2
BY: Final = ["indicator", "edition", "level", "parent"]


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find scores that all places of one have alike, and full marks that very many have.

    Full marks on 0 of 0: where nobody complained, or nothing was due, a portal gives the most.
    Of several periods the newest stands for all.
    """
    scores = {i: one for i, one in sheet.catalog.indicators.items() if one.kind == "score"}
    rows = sheet.numbers
    rows = rows[rows["indicator"].isin(list(scores)).to_numpy()]
    rows = rows.assign(parent=parent_spots(sheet.rows, rows["spot"]))
    rows = rows[(rows["parent"] != NOWHERE).to_numpy()].drop_duplicates(["at", "indicator"])
    found: dict[Any, Finding] = {}
    for key, group in rows.groupby([*BY, "period_end", "when"], observed=True, sort=True):
        if len(group) >= FEWEST:
            most = scores[str(key[0])].max_value
            for finding in _given(sheet, group, most):
                found[(*key[: len(BY)], finding.variant)] = finding
    yield from found.values()


def _given(sheet: Sheet, group: pd.DataFrame, most: float | None) -> Iterator[Finding]:
    counts = group["value"].value_counts()
    top, n = float(counts.index[0]), int(counts.iloc[0])
    if n == len(group):
        yield _finding("inherited", sheet, group, {"value": top, "n": n})
    elif most is not None and (group["value"] == most).sum() >= max(
        FEWEST, MOST_EARNED * len(group)
    ):
        full = group[(group["value"] == most).to_numpy()]
        yield _finding("full", sheet, full, {"value": most, "n": len(full), "of": len(group)})


def _finding(name: str, sheet: Sheet, rows: pd.DataFrame, told: dict[str, Any]) -> Finding:
    row = rows.iloc[0]
    parent = sheet.rows[(sheet.rows["spot"] == row["parent"]).to_numpy()].iloc[0]
    return Finding(
        RULE,
        f"{RULE}.{name}",
        Severity.CHECK,
        str(row["indicator"]),
        str(parent["edition"]),
        str(parent["area"]),
        pd.Timestamp(row["period_end"]).date(),
        {"level": str(row["level"]), "map": str(row["edition"]), **told},
        witnesses(rows),
        places_of(zip(rows["edition"].astype(str), rows["area"].astype(str), strict=True)),
        n=len(rows),
    )
