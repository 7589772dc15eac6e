"""Components against their total: whether the parts that make it by definition add up to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from metrics.audit.align import Span, grave, hits, together
from metrics.audit.bounds import SLACK
from metrics.audit.places import NOWHERE, parent_spots
from metrics.audit.records import (
    MOST_WITNESSES,
    Finding,
    Severity,
    finding_about,
    places_of,
    witnesses,
)
from metrics.audit.sheet import Sheet
from metrics.catalog import Categories, Cohort, Sum, Within

RULE: Final = "parts"
# So many totals of one table that fail are a fault of the table: one finding.
MANY: Final = 5


def find(sheet: Sheet) -> Iterator[Finding]:
    """Compare the sum of the parts with the total, wherever all of them are known.

    Parts that are not all of a total ("within") may be less than it, never more.
    """
    for relation in sheet.catalog.relations:
        if isinstance(relation, Sum | Within):
            total, *parts = together(
                [sheet.numbers_of(id_) for id_ in (relation.total, *relation.parts)]
            )
            if len(total):
                yield from _compared(sheet, total, parts, exact=isinstance(relation, Sum))
        elif isinstance(relation, Cohort):
            yield from _cohorts(sheet, relation)
        elif isinstance(relation, Categories):
            yield from _categories(sheet, relation)


def _compared(
    sheet: Sheet, total: pd.DataFrame, parts: list[pd.DataFrame], *, exact: bool
) -> Iterator[Finding]:
    """Tell the totals of one table once where many of them fail; the others each."""
    whole, summed = Span.of(total), Span.sum_of(parts)
    narrow, wide = summed.apart(whole) if exact else summed.above(whole)
    failed = hits(narrow)
    keys = []
    if len(failed) >= MANY:
        parents = parent_spots(sheet.rows, total["spot"])
        keys = list(zip(total["origin"].astype(str), total["when"], parents, strict=True))
    failing = Counter(keys[at] for at in failed) if keys else Counter()
    tables = {key for key, n in failing.items() if n >= MANY and key[2] != NOWHERE}
    sums = np.sum([part["value"].to_numpy(dtype=float) for part in parts], axis=0)
    gaps = np.abs(total["value"].to_numpy(dtype=float) - sums)
    several = "" if len(parts) > 1 else "_one"
    name = f"{RULE}.sum" if exact else f"{RULE}.within{several}"

    def finding(at: int) -> Finding:
        told = {
            "total": float(total["value"].iloc[at]),
            "parts": tuple(float(part["value"].iloc[at]) for part in parts),
            "sum": float(sums[at]),
            "part": str(parts[0]["indicator"].iloc[at]),
            "tolerance": summed.tolerance(at) + whole.tolerance(at),
        }
        rows = pd.concat([frame.iloc[[at]] for frame in (total, *parts)])
        return finding_about(total.iloc[at], name, grave(wide[at]), told, rows)

    for at in failed:
        if not keys or keys[at] not in tables:
            yield finding(at)
    for key in sorted(tables):
        mine = [at for at in failed if keys[at] == key]
        worst = max(mine, key=lambda at: gaps[at])
        others = total.iloc[[at for at in mine if at != worst]]
        tolerance = summed.tolerance(worst) + whole.tolerance(worst)
        told = {
            "n": len(mine),
            "of": keys.count(key),
            "twice": int(np.sum(gaps[mine] >= 2 * tolerance - SLACK)),
        }
        yield _of_table(sheet, finding(worst), others, int(key[2]), told)


def _of_table(
    sheet: Sheet, worst: Finding, others: pd.DataFrame, parent: int, told: dict[str, int]
) -> Finding:
    above = sheet.rows[(sheet.rows["spot"] == parent).to_numpy()].iloc[0]
    places = [(worst.edition, worst.area)]
    places += zip(others["edition"].astype(str), others["area"].astype(str), strict=True)
    return replace(
        worst,
        variant=f"{RULE}.sums",
        edition=str(above["edition"]),
        area=str(above["area"]),
        told={
            **worst.told,
            **told,
            "other_edition": worst.edition,
            "other": worst.area,
            "map": worst.edition,
        },
        witnesses=(*worst.witnesses, *witnesses(others))[:MOST_WITNESSES],
        places=places_of(places),
        n=worst.n + len(others),
    )


def _cohorts(sheet: Sheet, relation: Cohort) -> Iterator[Finding]:
    """Compare what is counted of a group with the size of the group: 12 units of 11.

    It is to be checked: the count may be of another group than the text suggests.
    """
    for id_ in relation.counts:
        sizes, counts = together([sheet.numbers_of(relation.cohort), sheet.numbers_of(id_)])
        size = sizes["denominator"].fillna(sizes["value"]).to_numpy(dtype=float)
        n = counts["value"].to_numpy(dtype=float)
        over = (counts["qualifier"] == "over").to_numpy()
        for at in hits((n > size) | (over & (n >= size))):
            told = {"value": float(n[at]), "size": float(size[at]), "cohort": relation.cohort}
            rows = pd.concat([counts.iloc[[at]], sizes.iloc[[at]]])
            name = f"{RULE}.cohort_over" if n[at] == size[at] else f"{RULE}.cohort"
            yield finding_about(counts.iloc[at], name, Severity.CHECK, told, rows)


def _categories(sheet: Sheet, relation: Categories) -> Iterator[Finding]:
    """Compare counts that exclude one another with the whole that each of them states."""
    parts = together([sheet.numbers_of(id_) for id_ in relation.counts])
    whole = parts[0]["denominator"].to_numpy(dtype=float)
    summed = np.sum([part["value"].to_numpy(dtype=float) for part in parts], axis=0)
    agreed = np.all([part["denominator"].to_numpy(dtype=float) == whole for part in parts], axis=0)
    for at in hits(agreed & (summed != whole)):
        told = {
            "total": float(whole[at]),
            "parts": tuple(float(part["value"].iloc[at]) for part in parts),
            "sum": float(summed[at]),
        }
        more = summed[at] > whole[at]
        name = f"{RULE}.categories_over" if more else f"{RULE}.categories"
        severity = Severity.CONTRADICTION if more else Severity.GAP
        rows = pd.concat([part.iloc[[at]] for part in parts])
        yield finding_about(parts[0].iloc[at], name, severity, told, rows)
