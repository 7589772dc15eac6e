"""Sentences, tables and files of what a search for coverage gaps found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from base.html import Markup, el, items, table
from base.words import Lang, number, t
from geo.coverage.ground import SIMULATED_EN, SIMULATED_VI, Result
from geo.coverage.output import left_out, marked_name, report, table_bytes, tables
from ui.gaps.pick import clusters_here, gaps_here, lowest_name, settlements_here, sites_here
from ui.gaps.settings import Settings

SHOWN = 200
LEFT_OUT_SHOWN = 40
# Columns of words.
WORDS = frozenset(
    {"radius", "ground", "by_network", "summit", "at", "network", "verdict", "cell"}
    | {"claimed_by", "claimed_on", "measured_by", "measured_on"}
    | {"village", "area", "place", "reason", "status", "networks", "areas", "state", "list"}
    | {"quarter", "all_covered", "no_new", "first_seen", "last_seen", "known_as", "file"}
)
MIMES = {
    "csv": "text/csv",
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/octet-stream",
    "geojson": "application/geo+json",
}


def mark_html(simulated: bool) -> Markup:
    """Write the mark of made-up data as a band above what it is about; "" for real data."""
    if not simulated:
        return Markup()
    english = el("span", SIMULATED_EN, lang="en")
    return el("p.atlas-simulated", SIMULATED_VI, " · ", english, role="note")


def report_html(result: Result, lang: Lang) -> Markup:
    """Write what was found in sentences."""
    # The mark stands above it already.
    return el("div.atlas-text", items(report(result, lang)[1 if result.simulated else 0 :]))


def problems_text(result: Result, lang: Lang) -> str:
    """Say how many rows were left out or are doubtful."""
    lost, kept = (
        int(result.problems.loc[result.problems["kept"] == kept, "n"].sum())
        for kept in (False, True)
    )
    return t("gaps.problems", lang, lost=number(lost, lang), kept=number(kept, lang))


def left_out_html(result: Result, lang: Lang) -> Markup:
    """Write which rows were left out or are doubtful, and why."""
    read = [t("gaps.read", lang, file=file, n=number(n, lang)) for file, n in result.read.items()]
    lines = left_out(result.problems, lang)
    more = len(lines) - LEFT_OUT_SHOWN
    lines = lines[:LEFT_OUT_SHOWN] or [t("gaps.all_used", lang)]
    if more > 0:
        lines.append(t("gaps.more", lang, n=number(more, lang)))
    return el("div.atlas-text", items([*read, *lines]))


def gaps_html(result: Result, settings: Settings, lang: Lang) -> Markup:
    """Write the list of gaps of a place, those with most people first."""
    rows = gaps_here(result, settings).sort_values("population", ascending=False, kind="stable")
    heads = ("village", "area", "people", "reason", "nearest")
    body = [
        (
            str(row["name"] or row["id"]),
            lowest_name(settings.edition, str(row["area_code"]), lang),
            _count(row["population"], lang),
            t(f"gaps.reason.{row['reason']}", lang),
            metres_text(row["nearest_m"], lang),
        )
        for row in rows.head(SHOWN).to_dict("records")
    ]
    if not body:
        return el("p.atlas-text", t("gaps.none_here", lang))
    return _listed("gaps.list.gaps", heads, body, len(rows), result, lang)


def settlements_html(result: Result, settings: Settings, lang: Lang) -> Markup:
    """Write every settlement of one commune or district, with who reaches it."""
    rows = settlements_here(result, settings).sort_values(
        "status", key=_status_order, kind="stable"
    )
    heads = ("village", "status", "people", "networks", "nearest")
    body = [
        (
            str(row["name"] or row["id"]),
            status_text(row, lang),
            _count(row["population"], lang),
            networks_text(str(row["networks"]), lang),
            metres_text(row["nearest_m"], lang),
        )
        for row in rows.head(SHOWN).to_dict("records")
    ]
    return _listed("gaps.list.settlements", heads, body, len(rows), result, lang)


def status_text(row: Mapping[Any, Any], lang: Lang) -> str:
    """Say whether a settlement is covered, and why not where it is not."""
    status, reason = t(f"gaps.status.{row['status']}", lang), str(row["reason"])
    if reason == "site":
        return t("coverage.range.short", lang)
    if row["status"] in ("uncovered", "unknown"):
        return f"{status}: {t(f'gaps.reason.{reason}', lang)}"
    return status


def networks_text(cell: str, lang: Lang) -> str:
    """Write networks; an operator that is known by its code only is said to be one."""
    said = re.sub(r"\b(\d{3}-\d{2,3})\b", lambda m: t("gaps.operator", lang, code=m[1]), cell)
    return said or "–"


def clusters_html(result: Result, settings: Settings, lang: Lang) -> Markup:
    """Write the clusters of a place, those with most people first."""
    rows = clusters_here(result, settings)
    if rows.empty:
        return el("p.atlas-text", t("gaps.no_clusters", lang))
    heads = ("cluster", "gaps_in", "people", "areas")
    body = []
    for row in rows.head(SHOWN).to_dict("records"):
        codes = [code for code in str(row["areas"]).split("; ") if code]
        names = ", ".join(lowest_name(settings.edition, code, lang) for code in codes)
        counts = (number(row["gaps"], lang), _count(row["people"], lang))
        body.append((number(row["cluster"], lang), *counts, names))
    return _listed("gaps.list.clusters", heads, body, len(rows), result, lang)


def new_sites_html(result: Result, settings: Settings, lang: Lang) -> Markup:
    """Write where new sites would reach most, in the order of the choice; "" without a ranking."""
    ranking, rows = result.ranking, sites_here(result, settings)
    if rows.empty:
        return Markup()
    counted = f"reached_{ranking.weight}"
    heads = ("rank", "village", "area", "gaps", counted, f"total_{counted}", "upper")
    body = []
    for row in rows.head(SHOWN).to_dict("records"):
        counts = ("gaps", "reached", "total_reached", "upper_reached")
        body.append(
            (
                number(row["rank"], lang),
                str(row["name"] or row["id"]),
                lowest_name(settings.edition, str(row["area_code"]), lang),
                *(number(round(float(row[column])), lang) for column in counts),
            )
        )
    note = el("p.atlas-text", t("gaps.new_sites.note", lang))
    return _listed("gaps.list.sites", heads, body, len(rows), result, lang) + note


def _listed(  # noqa: PLR0917 - the parts of a list
    title: str,
    heads: Sequence[str],
    body: Sequence[Sequence[str]],
    n: int,
    result: Result,
    lang: Lang,
) -> Markup:
    listed = table_html(heads, body, lang, simulated=result.simulated)
    return el("h2.atlas-list", t(title, lang)) + listed + more_html(n - SHOWN, lang)


def more_html(n: int, lang: Lang) -> Markup:
    """Say how many more there are than are listed; nothing where all are."""
    return el("p", t("gaps.more", lang, n=number(n, lang))) if n > 0 else Markup()


def _status_order(cells: pd.Series) -> pd.Series:
    return cells.map({name: at for at, name in enumerate(("uncovered", "weak", "unknown"))}).fillna(
        9
    )


def _count(value: float, lang: Lang) -> str:
    return "–" if pd.isna(value) else number(float(value), lang)


def metres_text(value: Any, lang: Lang) -> str:
    """Write metres as kilometres."""
    return "–" if pd.isna(value) else t("gaps.km", lang, n=number(float(value) / 1000, lang, 1))


def table_html(
    heads: Sequence[str], rows: Iterable[Sequence[str]], lang: Lang, *, simulated: bool
) -> Markup:
    """Write a table.

    Parameters
    ----------
    heads
        Names of the heads; columns of words are set to the left, numbers to the right.
    """
    sides = ["" if name in WORDS else ".n" for name in heads]
    top = [
        el(f"th{side}", t(f"gaps.head.{name}", lang), scope="col")
        for name, side in zip(heads, sides, strict=True)
    ]
    body = ([el(f"td{side}", cell) for cell, side in zip(row, sides, strict=True)] for row in rows)
    mark = f"{SIMULATED_VI} · {SIMULATED_EN}" if simulated else ""
    listed = table(top, body, "table.atlas-table.atlas-counts", caption=mark)
    return el("div.atlas-gaps-scroll", listed, tabindex=0)


def file_of(result: Result, name: str, kind: str) -> tuple[str, bytes, str]:
    """Make a file of one table.

    Returns
    -------
    name, data, mime
        The name carries the mark where the data are made up, and so does every row.
    """
    if name in {"problems", "assumptions"}:
        kind = "csv"
    layer = marked_name(name, result.simulated)
    return f"{layer}.{kind}", table_bytes(tables(result)[name], kind, layer), MIMES[kind]
