"""Rates that have one denominator by definition, and are printed with several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from metrics.audit.records import Finding, Severity, places_of, witnesses
from metrics.audit.sheet import Sheet
from metrics.catalog import Shared

RULE: Final = "denominators"


def find(sheet: Sheet) -> Iterator[Finding]:
    """Compare the denominators of the rates of one place and day; a day is one finding.

    It is to be checked: a rate worked out before all had come in has a provisional denominator.
    """
    for relation in sheet.catalog.relations:
        if isinstance(relation, Shared):
            yield from _compared(sheet, relation)


def _compared(sheet: Sheet, relation: Shared) -> Iterator[Finding]:
    rates = [sheet.numbers_of(id_) for id_ in relation.rates]
    rows = pd.concat([sheet.numbers_of(relation.whole), *rates])
    whole = (rows["indicator"] == relation.whole).to_numpy()
    rows = rows.assign(under=rows["value"].where(whole, rows["denominator"]))
    rows = rows[rows["under"].notna().to_numpy()]
    said = rows.groupby("at")["under"].transform("nunique")
    odd = rows[(said > 1).to_numpy()].sort_values(["when", "spot"], kind="stable")
    for _, found in odd.groupby("when", sort=True):
        places = found.drop_duplicates("spot")
        one = places.iloc[0]
        several = len(places) > 1
        told = {
            "n": len(places),
            "unders": tuple(
                (str(mine["edition"].iloc[0]), str(mine["area"].iloc[0]), *_unders(mine))
                for _, mine in found.groupby("spot", sort=False)
            ),
        }
        yield Finding(
            RULE,
            f"{RULE}.apart",
            Severity.CHECK,
            relation.whole,
            str(one["edition"]),
            "" if several else str(one["area"]),
            pd.Timestamp(one["period_end"]).date(),
            told,
            witnesses(found),
            places_of(zip(places["edition"], places["area"], strict=True)) if several else (),
            n=len(found),
        )


def _unders(rows: pd.DataFrame) -> tuple[float, float]:
    return float(rows["under"].max()), float(rows["under"].min())
