"""Sentences, tables and files of what a search for coverage gaps found."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd

from geo.coverage import (
    SIMULATED_EN,
    SIMULATED_VI,
    Result,
    left_out,
    marked_name,
    report,
    table_bytes,
    tables,
)
from geo.editions import COUNTRY_CODE, EDITION_2025, area
from metrics.formats import number
from metrics.messages import Lang, t
from ui.gaps.settings import Settings

SHOWN = 200
LEFT_OUT_SHOWN = 40
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


def areas_here(result: Result, place: str) -> pd.DataFrame:
    """Return the rows of the parts of a place: provinces of the country, communes of a province."""
    found = result.areas
    if place == COUNTRY_CODE:
        return found[found["level"] == "province"] if len(found) else found
    return found[found["parent"] == place]


def areas_html(result: Result, settings: Settings, lang: Lang) -> str:
    """Write the table of areas, the highest rate first.

    Parameters
    ----------
    result
        What was found.
    settings
        Which place, and rates of what.
    lang
        Language of the reader.
    """
    rows = areas_here(result, settings.place)
    rate = "per_1000" if settings.per == "villages" else "people_share"
    rows = rows.sort_values(rate, ascending=False, kind="stable", na_position="last")
    heads = ("place", "rate", "uncovered", "villages", "no_power", "no_4g", "weak", "unknown")
    body = []
    for row in rows.to_dict("records"):
        value = row[rate] * (1 if settings.per == "villages" else 1000)
        cells = [escape(_area_name(str(row["code"]), lang))]
        cells.append(f"<b>{number(value, lang, 1, fixed=True)}</b>")
        counts = ("uncovered", "settlements", "uncovered_no_power", "no_4g", "weak", "unknown")
        cells += [number(float(row[column]), lang) for column in counts]
        body.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return table_html(heads, body, lang, simulated=result.simulated)


def gaps_html(result: Result, place: str, lang: Lang) -> str:
    """Write the list of gaps of a place, those with most people first."""
    rows = gaps_here(result, place)
    rows = rows.sort_values("population", ascending=False, kind="stable")
    heads = ("village", "commune", "people", "reason", "nearest")
    body = []
    for row in rows.head(SHOWN).to_dict("records"):
        cells = (
            escape(str(row["name"] or row["id"])),
            escape(_area_name(str(row["area_code"]), lang)),
            number(float(row["population"]), lang),
            escape(t(f"gaps.reason.{row['reason']}", lang)),
            escape(_metres(row["nearest_m"], lang)),
        )
        body.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    more = len(rows) - SHOWN
    note = f"<p>{escape(t('gaps.more', lang, n=number(more, lang)))}</p>" if more > 0 else ""
    return table_html(heads, body, lang, simulated=result.simulated) + note


def new_sites_html(result: Result, lang: Lang) -> str:
    """Write where new sites would reach most, in the order of the choice; "" without a ranking."""
    ranking = result.ranking
    if ranking.frame.empty:
        return ""
    counted = f"reached_{ranking.weight}"
    heads = ("rank", "village", "commune", "gaps", counted, f"total_{counted}", "upper")
    body = []
    for row in ranking.frame.head(SHOWN).to_dict("records"):
        counts = ("gaps", "reached", "total_reached", "upper_reached")
        cells = [
            number(row["rank"], lang),
            escape(str(row["name"] or row["id"])),
            escape(_area_name(str(row["area_code"]), lang)),
            *(number(round(float(row[column])), lang) for column in counts),
        ]
        body.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    note = f'<p class="atlas-text">{escape(t("gaps.new_sites.note", lang))}</p>'
    return table_html(heads, body, lang, simulated=result.simulated) + note


def gaps_here(result: Result, place: str) -> pd.DataFrame:
    """Return the settlements of a place that are uncovered or weak."""
    rows = result.settlements[result.settlements["status"].isin(("uncovered", "weak"))]
    if place == COUNTRY_CODE:
        return rows
    inside = {str(code) for code in areas_here(result, place)["code"]}
    return rows[rows["area_code"].isin(inside)]


def _area_name(code: str, lang: Lang) -> str:
    if not code:
        return "–"
    place = area(EDITION_2025, code)
    return place.short_vi if lang == "vi" else place.short_en


def _metres(value: Any, lang: Lang) -> str:
    return t("gaps.km", lang, n=number(float(value) / 1000, lang, 1)) if value == value else "–"  # noqa: PLR0124


def table_html(heads: Iterable[str], body: Iterable[str], lang: Lang, *, simulated: bool) -> str:
    """Write a table of counts.

    Parameters
    ----------
    heads
        Names of the heads.
    body
        HTML of the rows.
    lang
        Language of the reader.
    simulated
        Whether to put the mark into the table itself, so that a copy of it carries it too.
    """
    head = "".join(f'<th scope="col">{escape(t(f"gaps.head.{name}", lang))}</th>' for name in heads)
    mark = ""
    if simulated:
        mark = f"<caption>{escape(SIMULATED_VI)} · {escape(SIMULATED_EN)}</caption>"
    return (
        '<div class="atlas-gaps-scroll" tabindex="0">'
        f'<table class="atlas-table atlas-counts">{mark}'
        f"<thead><tr>{head}</tr></thead>{''.join(body)}</table></div>"
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
