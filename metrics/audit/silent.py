"""Areas that never report, or have stopped, where most others do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

from geo.editions import COUNTRY_CODE, Area, Level
from metrics.audit.places import places_in
from metrics.audit.records import Finding, Severity, places_of
from metrics.audit.sheet import RESULT, Sheet
from metrics.audit.spans import span_of

RULE: Final = "silent"
# An area is silent where at least this share of its like has a figure.
MOST_REPORT: Final = 0.5
# So many areas make a reporting of theirs; one alone is a story about one place.
FEWEST: Final = 2
POPULATION: Final = "population"
LEVELS: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def find(sheet: Sheet) -> Iterator[Finding]:
    """Find areas without a figure, indicator by indicator and theme by theme.

    An indicator counts where at least half of the areas of its level have it; an area that says
    why it has no figure is not silent. Lists that only name some places make nobody silent.
    """
    rows = sheet.rows
    rows = rows[
        ((rows["role"] == RESULT) & rows["level"].isin([str(x) for x in LEVELS])).to_numpy()
    ]
    yield from _by_indicator(sheet, rows)
    yield from _by_domain(sheet, rows)


def _by_indicator(sheet: Sheet, rows: pd.DataFrame) -> Iterator[Finding]:
    listed = [i for i, one in sheet.catalog.indicators.items() if one.kind == "status"]
    rows = rows[~rows["indicator"].isin(listed).to_numpy()]
    latest = rows.groupby(["indicator", "edition", "level", "area"], observed=True)["period_end"]
    newest = latest.max().reset_index()
    silent: dict[tuple[str, tuple[Area, ...], int, pd.Timestamp, str], list[str]] = {}
    for (indicator, edition, level), group in newest.groupby(
        ["indicator", "edition", "level"], observed=True
    ):
        of = places_in(str(edition), str(level), COUNTRY_CODE)
        if len(group) < MOST_REPORT * len(of):
            continue
        last = group["period_end"].max()
        for name, missing in _silent(group, of):
            if missing:
                key = (name, missing, len(of), last, str(level))
                silent.setdefault(key, []).append(str(indicator))
    # Indicators of one table are silent about the same areas: one finding.
    for (name, missing, n, last, level), indicators in silent.items():
        told = {"of": n, "level": level, "indicators": tuple(indicators)}
        of_map = (rows["edition"] == missing[0].edition) & (rows["level"] == level)
        yield _finding(name, missing, last, told, rows[of_map & rows["indicator"].isin(indicators)])


def _silent(group: pd.DataFrame, of: tuple[Area, ...]) -> Iterator[tuple[str, tuple[Area, ...]]]:
    """Tell which areas never had a figure, and which have none of the newest date."""
    first, last = group["period_end"].min().date(), group["period_end"].max()
    known = set(group["area"].astype(str))
    yield "never", tuple(a for a in of if a.code not in known and _existed(a, first, last.date()))
    behind = group[(group["period_end"] < last).to_numpy()]
    if len(group) - len(behind) >= MOST_REPORT * len(of):
        codes = set(behind["area"].astype(str))
        there = (a for a in of if a.code in codes and _existed(a, last.date(), last.date()))
        yield "stopped", tuple(there)


def _by_domain(sheet: Sheet, rows: pd.DataFrame) -> Iterator[Finding]:
    """Find, theme by theme, the areas about which nothing at all is known."""
    domains = {i: one.domain for i, one in sheet.catalog.indicators.items()}
    known = rows.drop_duplicates(["indicator", "edition", "level", "area"])
    known = known.assign(domain=known["indicator"].astype(str).map(domains))
    known = known[(known["domain"] != POPULATION).to_numpy()]
    for (domain, edition, level), group in known.groupby(
        ["domain", "edition", "level"], observed=True
    ):
        of = places_in(str(edition), str(level), COUNTRY_CODE)
        reporting = set(group["area"].astype(str))
        missing = [a for a in of if a.code not in reporting]
        if missing and len(reporting) >= FEWEST:
            last = group["period_end"].max()
            told = {"of": len(of), "level": str(level), "domain": str(domain)}
            yield _finding("domain", missing, last, told, group)


def _existed(area: Area, first: Any, last: Any) -> bool:
    return (area.valid_from is None or area.valid_from <= last) and (
        area.valid_to is None or area.valid_to >= first
    )


def _finding(
    name: str,
    missing: Sequence[Area],
    last: pd.Timestamp,
    told: dict[str, Any],
    rows: pd.DataFrame,
) -> Finding:
    edition = missing[0].edition
    return Finding(
        RULE,
        f"{RULE}.{name}",
        Severity.GAP,
        next(iter(told.get("indicators", ())), ""),
        edition,
        missing[0].code if len(missing) == 1 else "",
        pd.Timestamp(last).date(),
        {"n": len(missing), "map": edition, "latest": span_of(rows, last), **told},
        (),
        places_of((area.edition, area.code) for area in missing),
        n=len(missing),
    )
