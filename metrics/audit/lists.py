"""Counts of places against the lists that name them: "16 localities", and fifteen names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from geo.editions import editions
from metrics.audit.align import hits
from metrics.audit.bounds import below
from metrics.audit.places import parent_spots, places_in
from metrics.audit.records import Finding, Severity, finding_about, places_of, witnesses
from metrics.audit.sheet import Sheet
from metrics.catalog import Counted, Listed

RULE: Final = "lists"
BY: Final = ["parent", "when", "origin"]


def find(sheet: Sheet) -> Iterator[Finding]:
    """Count the places that a source names, and compare with the count that it states.

    A list of which it is known that it names only some may be shorter, never longer. Only what one
    source says of one period is compared; where it names nobody there is no list.
    """
    for relation in sheet.catalog.relations:
        if isinstance(relation, Listed):
            yield from _compared(sheet, relation)
        elif isinstance(relation, Counted):
            yield from _more_than_there_are(sheet, relation)


def _more_than_there_are(sheet: Sheet, relation: Counted) -> Iterator[Finding]:
    """Find counts of areas, and wholes that they are of, beyond what any map has in the place."""
    for id_ in relation.counts:
        rows = sheet.numbers_of(id_)
        most = np.array([_areas_of(relation.level, str(code)) for code in rows["area"]])
        said = rows[["value", "denominator"]].max(axis=1).to_numpy(dtype=float)
        for at in hits((most > 0) & below(most.astype(float), said)):
            told = {"value": float(said[at]), "of": int(most[at]), "level": relation.level}
            name, own = f"{RULE}.more", rows.iloc[[at]]
            yield finding_about(rows.iloc[at], name, Severity.CONTRADICTION, told, own)


@cache
def _areas_of(level: str, code: str) -> int:
    """Count the areas of a level in a place, on the map that has most of them."""
    return max(len(places_in(edition.id, level, code)) for edition in editions())


def _compared(sheet: Sheet, relation: Listed) -> Iterator[Finding]:
    counts = sheet.numbers_of(relation.count).drop_duplicates(["spot", "when", "origin", "value"])
    named = sheet.said(relation.status)
    named = named[(named["category"] == relation.category).to_numpy()]
    if counts.empty or named.empty:
        return
    named = named.assign(parent=parent_spots(sheet.rows, named["spot"]))
    lists = named.drop_duplicates([*BY, "spot"]).groupby(BY, observed=True).size().rename("named")
    both = counts.merge(lists, left_on=["spot", "when", "origin"], right_index=True)
    n = both["named"].to_numpy(dtype=float)
    too_many = below(both["high"].to_numpy(), n)
    too_few = below(n, both["low"].to_numpy()) & (relation.names == "all")
    for at in hits(too_many | too_few):
        row = both.iloc[at]
        mine = named[
            (named["parent"] == row["spot"]).to_numpy()
            & (named["when"] == row["when"]).to_numpy()
            & (named["origin"] == row["origin"]).to_numpy()
        ].drop_duplicates("spot")
        yield Finding(
            RULE,
            f"{RULE}.count",
            Severity.CONTRADICTION,
            relation.count,
            str(row["edition"]),
            str(row["area"]),
            pd.Timestamp(row["period_end"]).date(),
            {
                "value": float(row["value"]),
                "named": int(n[at]),
                "gap": abs(float(row["value"]) - float(n[at])),
                "status": relation.status,
                "category": relation.category,
            },
            witnesses(pd.concat([both.iloc[[at]][list(mine.columns.drop("parent"))], mine])),
            places_of(zip(mine["edition"].astype(str), mine["area"].astype(str), strict=True)),
            n=len(mine) + 1,
        )
