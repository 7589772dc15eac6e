"""Statuses that contradict one another, a rate, or who is said to be the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pandas as pd

from geo.editions import COUNTRY_CODE
from metrics.audit.align import beside, hits, together
from metrics.audit.borne import not_borne_out
from metrics.audit.places import provinces_at
from metrics.audit.records import Finding, Severity, finding_about, places_of
from metrics.audit.sheet import RESULT, Sheet
from metrics.audit.sources import contradicted
from metrics.catalog import Answers, First, Full, NotAll, Verdict

RULE: Final = "statuses"
WHOLE: Final = 100.0
SHARE_DECIMALS: Final = 1
NEARLY: Final = 99.5  # from here on a rate is printed as 100% too
TARGET: Final = "target"


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find places said to be in two states at once, and states that the figures do not bear out."""
    statuses = [i for i, one in sheet.catalog.indicators.items() if one.kind == "status"]
    rows = sheet.results[sheet.results["indicator"].isin(statuses).to_numpy()]
    for found in contradicted(rows):
        told = {"said": tuple(dict.fromkeys(found["category"].astype(str)))}
        yield finding_about(found.iloc[0], f"{RULE}.two", Severity.CONTRADICTION, told, found)
    for relation in sheet.catalog.relations:
        if isinstance(relation, Full):
            yield from _full(sheet, relation)
        elif isinstance(relation, NotAll):
            yield from _not_all(sheet, relation)
        elif isinstance(relation, First):
            yield from _first(sheet, relation)
        elif isinstance(relation, Verdict):
            yield from _verdict(sheet, relation)
        elif isinstance(relation, Answers):
            yield from not_borne_out(sheet, relation)


def _full(sheet: Sheet, relation: Full) -> Iterator[Finding]:
    """Compare the category that means 100% with the rate beside it.

    99.6% is printed "100%" too: another category beside "100%" is to be checked, no contradiction.
    """
    said, rates = together([sheet.said(relation.status), sheet.numbers_of(relation.rate)])
    if said.empty:
        return
    done = (said["category"] == relation.category).to_numpy()
    short = (rates["high"] < NEARLY).to_numpy()
    whole = (rates["value"] >= WHOLE).to_numpy()
    for at in hits((done & short) | (~done & whole)):
        row = said.iloc[at]
        told = {
            "said": str(row["category"]),
            "full": relation.category,
            "value": float(rates["value"].iloc[at]),
            "rate": relation.rate,
        }
        name = "not_full" if done[at] else "full"
        severity = Severity.CONTRADICTION if done[at] else Severity.CHECK
        yield finding_about(
            row, f"{RULE}.{name}", severity, told, pd.concat([said.iloc[[at]], rates.iloc[[at]]])
        )


def _not_all(sheet: Sheet, relation: NotAll) -> Iterator[Finding]:
    """Compare "some do not" with the count of those that do, where that is all provinces.

    It is to be checked: the words may be about how well, the number about how many.
    """
    said, counts = together([sheet.said(relation.status), sheet.numbers_of(relation.count)])
    for at in hits((said["category"] == relation.category).to_numpy()):
        row = said.iloc[at]
        of = provinces_at(pd.Timestamp(row["period_end"]).date())
        if float(counts["low"].iloc[at]) >= of:
            told = {
                "said": relation.category,
                "value": float(counts["value"].iloc[at]),
                "rate": relation.count,
                "of": of,
            }
            found = pd.concat([said.iloc[[at]], counts.iloc[[at]]])
            yield finding_about(row, f"{RULE}.not_all", Severity.CHECK, told, found)


def _verdict(sheet: Sheet, relation: Verdict) -> Iterator[Finding]:
    """Compare "low" with the rate that the same source gives, where nobody would call that low.

    It is to be checked: what was to be reached may have been more.
    """
    told_of: set[int] = set()
    for id_ in (relation.rate, *relation.counts):
        rates = sheet.numbers_of(id_)
        if id_ != relation.rate:
            rates = _shares(rates)
        said, rates = beside([sheet.said(relation.status), rates])
        high = (rates["low"] > relation.at_most).to_numpy()
        for at in hits((said["category"] == relation.category).to_numpy() & high):
            row = said.iloc[at]
            if int(row["by_origin"]) in told_of:
                continue
            told_of.add(int(row["by_origin"]))
            told = {
                "said": relation.category,
                "value": round(float(rates["value"].iloc[at]), SHARE_DECIMALS),
                "rate": relation.rate,
            }
            own = sheet.numbers_of(id_).loc[[rates.index[at]]]
            rows = pd.concat([said.iloc[[at]], own])
            yield finding_about(row, f"{RULE}.verdict", Severity.CHECK, told, rows)


def _shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Turn counts into percentages of their denominators; those without one are left out."""
    counts = counts[(counts["denominator"] > 0).to_numpy()]
    whole = counts["denominator"] / WHOLE
    return counts.assign(**{name: counts[name] / whole for name in ("value", "low", "high")})


def _several_first(claims: pd.DataFrame) -> Iterator[Finding]:
    """Find places that are each said to be the first."""
    once = claims.drop_duplicates("spot")
    once = once[(once["area"] != COUNTRY_CODE).to_numpy()]
    if len(once) > 1:
        places = places_of(zip(once["edition"].astype(str), once["area"].astype(str), strict=True))
        found = finding_about(once.iloc[0], f"{RULE}.firsts", Severity.CHECK, {}, once)
        yield replace(found, edition="", area="", places=places)


def _first(sheet: Sheet, relation: First) -> Iterator[Finding]:
    """Compare "the first to have it" with the dates on which others are told to have it.

    It is to be checked: what others had may have been something else of the same name.
    """
    claims = sheet.said(relation.claim)
    yield from _several_first(claims)
    everyone = sheet.rows
    shown = everyone["indicator"].isin(relation.evidence) & (everyone["role"] == RESULT)
    spoken = everyone["indicator"].isin(relation.presupposed_by)
    known = everyone[((shown | spoken) & everyone["role"].isin((RESULT, TARGET))).to_numpy()]
    known = known[(known["area"] != COUNTRY_CODE).to_numpy()]
    for spot, claimed in claims.groupby("spot", observed=True):
        own = known[(known["spot"] == spot).to_numpy() & known["indicator"].isin(relation.evidence)]
        begins = min(claimed["period_end"].min(), own["period_end"].min()) if len(own) else None
        since = begins if begins is not None else claimed["period_end"].min()
        # What lies within the first place is part of it, and its own claim comes first.
        others = known[(known["spot"] != spot).to_numpy() & (known["period_end"] < since)]
        for _, found in others.groupby("spot", observed=True):
            row = claimed.iloc[0]
            earliest = found.sort_values("period_end", kind="stable").iloc[[0]]
            told = {
                "since": pd.Timestamp(since).date(),
                "other_edition": str(earliest["edition"].iloc[0]),
                "other": str(earliest["area"].iloc[0]),
                "evidence": str(earliest["indicator"].iloc[0]),
                "before": pd.Timestamp(earliest["period_end"].iloc[0]).date(),
            }
            rows = pd.concat([claimed.iloc[[0]], own.sort_values("period_end").head(1), earliest])
            yield finding_about(row, f"{RULE}.first", Severity.CHECK, told, rows)
