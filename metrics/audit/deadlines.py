"""Targets whose deadline has passed without a figure that tells what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.audit.places import NOWHERE, spots_of
from metrics.audit.records import Finding, Severity, places_of, witnesses
from metrics.audit.sheet import TARGET, Sheet
from metrics.audit.spans import span_of
from metrics.catalog import Answers
from metrics.observations import GRAINS

RULE: Final = "deadlines"
KEY: Final = ["indicator", "spot"]
UNKNOWN_GRAIN: Final = GRAINS[-1]
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
    due = due[(due["deadline"] < today).to_numpy() & ~_reached(sheet, due)]
    results = _answers(sheet, set(due["indicator"]))
    newest = results.groupby(["target", "spot"])["period_end"].max().reset_index(name="newest")
    due = due.merge(newest.rename(columns={"target": "indicator"}), on=KEY, how="left")
    stale = due[(due["newest"].isna() | (due["newest"] < due["deadline"])).to_numpy()]
    for key, found in stale.groupby(["indicator", "deadline"], sort=True):
        yield from _findings(sheet, results, str(key[0]), found)


def _answers(sheet: Sheet, indicators: set[str]) -> pd.DataFrame:
    """Return the results that tell of the targets of indicators, each with its ``target``."""
    results = sheet.results
    own = results[results["indicator"].isin(indicators).to_numpy()]
    frames = [own.assign(target=own["indicator"].astype(str))]
    frames += [
        results[results["indicator"].isin(relation.by).to_numpy()].assign(target=relation.target)
        for relation in sheet.catalog.relations
        if isinstance(relation, Answers) and relation.target in indicators
    ]
    return pd.concat(frames)


def dated_targets(sheet: Sheet) -> pd.DataFrame:
    """Return the targets of the store whose deadline the source names: "early in 2024" is none."""
    tasks = [i for i, one in sheet.catalog.indicators.items() if one.kind != "date"]
    rows = sheet.rows
    dated = rows["stated"] & (rows["grain"] != UNKNOWN_GRAIN)
    return rows[((rows["role"] == TARGET) & dated & rows["indicator"].isin(tasks)).to_numpy()]


def _due(sheet: Sheet) -> pd.DataFrame:
    """List indicator, place and deadline of the targets of the store and of the catalog."""
    stored = dated_targets(sheet)[[*KEY, *PLACE, "period_end"]]
    stored = stored.astype(dict.fromkeys(("indicator", *PLACE), "str"))
    known = spots_of(sheet.rows)
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


def _reached(sheet: Sheet, due: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which targets were reached, be it before they were due: nothing of them is open."""
    keys = due[["indicator", *PLACE]].itertuples(index=False, name=None)
    days = due["deadline"].dt.date
    return np.array(
        [(*key, day) in sheet.reached for key, day in zip(keys, days, strict=True)], dtype=bool
    )


def _findings(
    sheet: Sheet, results: pd.DataFrame, indicator: str, found: pd.DataFrame
) -> Iterator[Finding]:
    rows = sheet.rows
    aims = rows[((rows["role"] == TARGET) & (rows["indicator"] == indicator)).to_numpy()]
    latest = results[(results["target"] == indicator).to_numpy()].drop(columns="target")
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
                "due": span_of(due, deadline),
                "known": span_of(told, newest),
            },
            witnesses(told),
            places_of(zip(mine["edition"], mine["area"], strict=True)) if not one else (),
            n=len(mine),
        )
