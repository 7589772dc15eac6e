"""Targets whose deadline has passed without a figure that tells what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from metrics.audit.places import NOWHERE, spots_of
from metrics.audit.records import Finding, Severity, places_of, witnesses
from metrics.audit.sheet import TARGET, Sheet

RULE: Final = "deadlines"
KEY: Final = ["indicator", "spot"]
PLACE: Final = ["edition", "area"]


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find deadlines that no figure of the place reaches, the same deadline of many places at once.

    Only deadlines that the source names. "Passed" is measured against the newest result of all
    figures, never against the clock. Targets that are dates are limits of validity, not tasks.
    """
    if sheet.results.empty:
        return
    today = sheet.results["period_end"].max()
    due = _due(sheet)
    due = due[(due["deadline"] < today).to_numpy()]
    results = sheet.results
    results = results[results["indicator"].isin(set(due["indicator"])).to_numpy()]
    newest = results.groupby(KEY, observed=True)["period_end"].max().reset_index(name="newest")
    newest["indicator"] = newest["indicator"].astype(str)
    due = due.merge(newest, on=KEY, how="left")
    stale = due[(due["newest"].isna() | (due["newest"] < due["deadline"])).to_numpy()]
    for key, found in stale.groupby(["indicator", "deadline"], sort=True):
        yield from _findings(sheet, results, str(key[0]), found)


def _due(sheet: Sheet) -> pd.DataFrame:
    """List indicator, place and deadline of the targets of the store and of the catalog."""
    tasks = [i for i, one in sheet.catalog.indicators.items() if one.kind != "date"]
    rows = sheet.rows
    kept = (rows["role"] == TARGET) & rows["stated"] & rows["indicator"].isin(tasks)
    stored = rows[kept.to_numpy()][[*KEY, *PLACE, "period_end"]]
    stored = stored.astype(dict.fromkeys(("indicator", *PLACE), "str"))
    known = spots_of(rows)
    spots = {(edition, code): int(spot) for spot, edition, code in known.itertuples()}
    declared = [
        {
            "indicator": indicator.id,
            "spot": spots.get((target.edition or "", target.area), NOWHERE),
            "edition": target.edition or "",
            "area": target.area,
            "period_end": pd.Timestamp(target.deadline),
        }
        for indicator in sheet.catalog.indicators.values()
        for target in indicator.targets
        if target.deadline is not None and indicator.kind != "date"
    ]
    parts = [stored, pd.DataFrame(declared)] if declared else [stored]
    due = pd.concat(parts, ignore_index=True).rename(columns={"period_end": "deadline"})
    due["deadline"] = pd.to_datetime(due["deadline"])
    return due.drop_duplicates(["indicator", *PLACE, "deadline"])


def _findings(
    sheet: Sheet, results: pd.DataFrame, indicator: str, found: pd.DataFrame
) -> Iterator[Finding]:
    rows = sheet.rows
    aims = rows[((rows["role"] == TARGET) & (rows["indicator"] == indicator)).to_numpy()]
    latest = results[(results["indicator"] == indicator).to_numpy()]
    latest = latest.sort_values("period_end", ascending=False).drop_duplicates("spot")
    missing = found["newest"].isna().to_numpy()
    for since, mine in (("none", found[missing]), ("old", found[~missing])):
        if mine.empty:
            continue
        deadline, spots = mine["deadline"].iloc[0], mine["spot"]
        due = aims[(aims["spot"].isin(spots) & (aims["period_end"] == deadline)).to_numpy()]
        told = pd.concat([due, latest[latest["spot"].isin(spots).to_numpy()]])
        one = len(mine) == 1
        newest = mine["newest"].max()
        yield Finding(
            RULE,
            f"{RULE}.{since}" + ("" if one else "_many"),
            Severity.GAP,
            indicator,
            str(mine["edition"].iloc[0]) if one else "",
            str(mine["area"].iloc[0]) if one else "",
            deadline.date(),
            {
                "deadline": deadline.date(),
                "n": len(mine),
                "newest": None if pd.isna(newest) else pd.Timestamp(newest).date(),
            },
            witnesses(told),
            places_of(zip(mine["edition"], mine["area"], strict=True)) if not one else (),
            n=len(mine),
        )
