"""Sentences, tables and files of what a search for coverage gaps found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from base.words import Lang, number, t
from geo.coverage.ground import SIMULATED_EN, SIMULATED_VI, Result
from geo.coverage.output import left_out, marked_name, report, table_bytes, tables
from ui.gaps.pick import clusters_here, gaps_here, lowest_name, settlements_here, sites_here
from ui.gaps.settings import Settings

SHOWN = 200
LEFT_OUT_SHOWN = 40
# Columns of words.
WORDS = frozenset(
    {"village", "area", "place", "reason", "status", "networks", "areas", "state", "list"}
    | {"quarter", "all_covered", "no_new", "first_seen", "last_seen"}
)
MIMES = {
    "csv": "text/csv",
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/octet-stream",
}


def mark_html(simulated: bool) -> str:
    """Write the mark of made-up data as a band above what it is about; "" for real data."""
    if not simulated:
        return ""
    return (
        f'<p class="atlas-simulated" role="note">{escape(SIMULATED_VI)} · '
        f'<span lang="en">{escape(SIMULATED_EN)}</span></p>'
    )


def report_html(result: Result, lang: Lang) -> str:
    """Write what was found in sentences."""
    # The mark stands above it already.
    lines = report(result, lang)[1 if result.simulated else 0 :]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="atlas-text"><ul>{items}</ul></div>'


def problems_text(result: Result, lang: Lang) -> str:
    """Say how many rows were left out or are doubtful."""
    lost, kept = (
        int(result.problems.loc[result.problems["kept"] == kept, "n"].sum())
        for kept in (False, True)
    )
    return t("gaps.problems", lang, lost=number(lost, lang), kept=number(kept, lang))


def left_out_html(result: Result, lang: Lang) -> str:
    """Write which rows were left out or are doubtful, and why."""
    read = [t("gaps.read", lang, file=file, n=number(n, lang)) for file, n in result.read.items()]
    lines = left_out(result.problems, lang)
    more = len(lines) - LEFT_OUT_SHOWN
    lines = lines[:LEFT_OUT_SHOWN] or [t("gaps.all_used", lang)]
    if more > 0:
        lines.append(t("gaps.more", lang, n=number(more, lang)))
    items = "".join(f"<li>{escape(line)}</li>" for line in [*read, *lines])
    return f'<div class="atlas-text"><ul>{items}</ul></div>'


def gaps_html(result: Result, settings: Settings, lang: Lang) -> str:
    """Write the list of gaps of a place, those with most people first."""
    rows = gaps_here(result, settings).sort_values("population", ascending=False, kind="stable")
    heads = ("village", "area", "people", "reason", "nearest")
    body = [
        (
            str(row["name"] or row["id"]),
            lowest_name(settings.edition, str(row["area_code"]), lang),
            _count(row["population"], lang),
            t(f"gaps.reason.{row['reason']}", lang),
            _metres(row["nearest_m"], lang),
        )
        for row in rows.head(SHOWN).to_dict("records")
    ]
    if not body:
        return f'<p class="atlas-text">{escape(t("gaps.none_here", lang))}</p>'
    return _listed("gaps.list.gaps", heads, body, len(rows), result, lang)


def settlements_html(result: Result, settings: Settings, lang: Lang) -> str:
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
            _metres(row["nearest_m"], lang),
        )
        for row in rows.head(SHOWN).to_dict("records")
    ]
    return _listed("gaps.list.settlements", heads, body, len(rows), result, lang)


def status_text(row: Mapping[Any, Any], lang: Lang) -> str:
    """Say whether a settlement is covered, and why not where it is not."""
    status, reason = t(f"gaps.status.{row['status']}", lang), str(row["reason"])
    if row["status"] in ("uncovered", "unknown"):
        return f"{status}: {t(f'gaps.reason.{reason}', lang)}"
    return status


def networks_text(cell: str, lang: Lang) -> str:
    """Write networks; an operator that is known by its code only is said to be one."""
    said = re.sub(r"\b(\d{3}-\d{2,3})\b", lambda m: t("gaps.operator", lang, code=m[1]), cell)
    return said or "–"


def clusters_html(result: Result, settings: Settings, lang: Lang) -> str:
    """Write the clusters of a place, those with most people first."""
    rows = clusters_here(result, settings)
    if rows.empty:
        return f'<p class="atlas-text">{escape(t("gaps.no_clusters", lang))}</p>'
    heads = ("cluster", "gaps_in", "people", "areas")
    body = []
    for row in rows.head(SHOWN).to_dict("records"):
        codes = [code for code in str(row["areas"]).split("; ") if code]
        names = ", ".join(lowest_name(settings.edition, code, lang) for code in codes)
        counts = (number(row["gaps"], lang), _count(row["people"], lang))
        body.append((number(row["cluster"], lang), *counts, names))
    return _listed("gaps.list.clusters", heads, body, len(rows), result, lang)


def new_sites_html(result: Result, settings: Settings, lang: Lang) -> str:
    """Write where new sites would reach most, in the order of the choice; "" without a ranking."""
    ranking, rows = result.ranking, sites_here(result, settings)
    if rows.empty:
        return ""
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
    note = f'<p class="atlas-text">{escape(t("gaps.new_sites.note", lang))}</p>'
    return _listed("gaps.list.sites", heads, body, len(rows), result, lang) + note


def _listed(  # noqa: PLR0917 - the parts of a list
    title: str,
    heads: Sequence[str],
    body: Sequence[Sequence[str]],
    n: int,
    result: Result,
    lang: Lang,
) -> str:
    more = n - SHOWN
    note = f"<p>{escape(t('gaps.more', lang, n=number(more, lang)))}</p>" if more > 0 else ""
    head = f'<h2 class="atlas-list">{escape(t(title, lang))}</h2>'
    return head + table_html(heads, body, lang, simulated=result.simulated) + note


def _status_order(cells: pd.Series) -> pd.Series:
    return cells.map({name: at for at, name in enumerate(("uncovered", "weak", "unknown"))}).fillna(
        9
    )


def _count(value: float, lang: Lang) -> str:
    return "–" if pd.isna(value) else number(float(value), lang)


def _metres(value: Any, lang: Lang) -> str:
    return "–" if pd.isna(value) else t("gaps.km", lang, n=number(float(value) / 1000, lang, 1))


def table_html(
    heads: Sequence[str], rows: Iterable[Sequence[str]], lang: Lang, *, simulated: bool
) -> str:
    """Write a table.

    Parameters
    ----------
    heads
        Names of the heads; columns of words are set to the left, numbers to the right.
    """
    sides = ["" if name in WORDS else ' class="n"' for name in heads]
    head = "".join(
        f'<th scope="col"{side}>{escape(t(f"gaps.head.{name}", lang))}</th>'
        for name, side in zip(heads, sides, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{side}>{escape(cell)}</td>" for cell, side in zip(row, sides, strict=True))
        + "</tr>"
        for row in rows
    )
    mark = ""
    if simulated:
        mark = f"<caption>{escape(SIMULATED_VI)} · {escape(SIMULATED_EN)}</caption>"
    return (
        '<div class="atlas-gaps-scroll" tabindex="0">'
        f'<table class="atlas-table atlas-counts">{mark}'
        f"<thead><tr>{head}</tr></thead>{body}</table></div>"
    )


def file_of(result: Result, name: str, kind: str) -> tuple[str, bytes, str]:
    """Make a file of one table.

    Returns
    -------
    name, data, mime
        The name carries the mark where the data are made up, and so does every row.
    """
    if name == "problems":
        kind = "csv"
    layer = marked_name(name, result.simulated)
    return f"{layer}.{kind}", table_bytes(tables(result)[name], kind, layer), MIMES[kind]
