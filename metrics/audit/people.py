"""Counts of people, and of what each has one of, against those who live in the place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from metrics.audit.align import beside
from metrics.audit.bounds import rounding
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import Sheet
from metrics.catalog import Implied, People

RULE: Final = "people"
# The population is an average of a year in thousands; a figure of a day may be so much above it.
SLACK: Final = 1.02
THOUSAND: Final = 1000.0
PERCENT: Final = 100.0


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find more people, or more records than people, than live in a place.

    It is to be checked: one may have several records, or live elsewhere than registered.
    """
    for relation in sheet.catalog.relations:
        if isinstance(relation, People):
            population = _population(sheet.numbers_of(relation.population))
            if relation.added:
                yield from _added(sheet, relation, population)
            else:
                yield from _each(sheet, relation, population)
                yield from _implied(sheet, relation, population)


def _each(sheet: Sheet, relation: People, population: pd.DataFrame) -> Iterator[Finding]:
    for id_ in relation.counts:
        rows = sheet.numbers_of(id_)
        for name in ("value", "denominator"):
            both = _beside(rows.assign(n=rows[name]), population)
            least = both["n"] - rounding(both["n"].to_numpy(dtype=float))
            for at in both.index[(least > SLACK * THOUSAND * both["people"]).to_numpy()]:
                row = both.loc[at]
                told = _told(row) | {"value": float(row["n"]), "part": id_}
                variant = "more" if name == "value" else "whole"
                yield _finding(variant, row, rows[rows.index == row["own"]], population, told)


def _implied(sheet: Sheet, relation: People, population: pd.DataFrame) -> Iterator[Finding]:
    """Hold the whole that follows from a count and its share against those who live there."""
    for one in sheet.catalog.relations:
        if not isinstance(one, Implied) or one.count not in relation.counts:
            continue
        counts, rates = beside([sheet.numbers_of(one.count), sheet.numbers_of(one.rate)])
        rates = rates.set_axis(counts.index)
        count = counts["value"] - rounding(counts["value"].to_numpy(dtype=float))
        least = PERCENT * count / rates["high"].where(rates["value"] > 0)
        both = _beside(counts.assign(n=least), population)
        for at in both.index[(both["n"] > SLACK * THOUSAND * both["people"]).to_numpy()]:
            row = both.loc[at]
            mine = counts.loc[[row["own"]]]
            share = float(rates.loc[row["own"], "value"])
            told = _told(row) | {"value": float(mine["value"].iloc[0]), "share": share}
            told |= {"whole": PERCENT * told["value"] / share, "part": one.count}
            rows = pd.concat([mine, rates.loc[[row["own"]]]])
            yield _finding("implied", row, rows, population, told)


def _added(sheet: Sheet, relation: People, population: pd.DataFrame) -> Iterator[Finding]:
    counts = [sheet.numbers_of(id_) for id_ in relation.counts]
    frames = [frame.reset_index(drop=True) for frame in beside(counts)]
    sizes = [frame["denominator"].fillna(frame["value"]).to_numpy() for frame in frames]
    both = _beside(frames[0].assign(n=sum(sizes)), population)
    allowed = (SLACK + relation.overlap / PERCENT) * THOUSAND * both["people"]
    for at in both.index[(both["n"] > allowed).to_numpy()]:
        row = both.loc[at]
        mine = [frame.iloc[[int(row["own"])]] for frame in frames]
        told = _told(row) | {
            "parts": tuple(float(size[int(row["own"])]) for size in sizes),
            "sum": float(row["n"]),
        }
        yield _finding("added", row, pd.concat(mine), population, told)


def _population(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one figure a place and year: of what several sources say the largest."""
    rows = rows[(rows["value"] > 0).to_numpy()]
    rows = rows.sort_values("value", ascending=False, kind="stable")
    rows = rows.drop_duplicates(["spot", "period_end"]).assign(people=lambda f: f["value"])
    return rows.sort_values("period_end", kind="stable").assign(of=lambda f: f.index)


def _beside(rows: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Put beside each figure the population of its place: of its year, else of the nearest."""
    rows = rows.assign(own=rows.index)
    rows = rows[rows["n"].notna().to_numpy()].sort_values("period_end", kind="stable")
    right = population[["spot", "period_end", "people", "of"]]
    return pd.merge_asof(rows, right, on="period_end", by="spot", direction="nearest").dropna(
        subset=["people"]
    )


def _told(row: pd.Series) -> dict[str, Any]:
    people = THOUSAND * float(row["people"])
    return {"people": people, "times": PERCENT * float(row["n"]) / people}


def _finding(
    name: str, row: pd.Series, found: pd.DataFrame, population: pd.DataFrame, told: dict[str, Any]
) -> Finding:
    of = population.loc[[row["of"]]]
    rows = pd.concat([found, of[[column for column in of if column in found]]])
    return finding_about(rows.iloc[0], f"{RULE}.{name}", Severity.CHECK, told, rows)
