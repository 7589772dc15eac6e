"""Verdicts over real ground beside those by radius: a table of counts, and lists."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from base.html import Markup, el, table
from base.words import Lang, number, t
from geo.coverage.ground import SIMULATED_EN, SIMULATED_VI, STATUSES, VERDICTS, Result
from ui.gaps.found import SHOWN, metres_text, more_html, networks_text, table_html
from ui.gaps.margins import summit_words, summits_bound, summits_here
from ui.gaps.pick import lowest_name, settlements_here
from ui.gaps.settings import Settings

# What a list begins with: in range and yet shadowed is what nobody knew before.
_FIRST: Final = {"shadowed": 0, "unknown": 1, "out_of_range": 2, "in_sight": 3}


def beside_html(result: Result, settings: Settings, lang: Lang) -> Markup:
    """Count settlements by what is said of them by radius, and over real ground."""
    rows = settlements_here(result, settings)
    counts = {
        (str(status), str(verdict)): len(group)
        for (status, verdict), group in rows.groupby(["status", "terrain"])
    }
    there = [status for status in STATUSES if any(status == key for key, _ in counts)]
    heads = [el("th", t("gaps.ground.by_radius", lang), scope="col")]
    heads += [el("th.n", t(f"gaps.ground.{v}", lang), scope="col") for v in VERDICTS]
    body = [
        [
            el("th", t(f"gaps.status.{status}", lang), scope="row"),
            *(el("td.n", number(counts.get((status, v), 0), lang)) for v in VERDICTS),
        ]
        for status in there
    ]
    mark = f"{SIMULATED_VI} · {SIMULATED_EN}" if result.simulated else ""
    made = table(heads, body, "table.atlas-table.atlas-counts", caption=mark)
    scroll = el("div.atlas-gaps-scroll", made, tabindex=0)
    note = el("p.atlas-text", t("gaps.ground.note", lang))
    return el("h2.atlas-list", t("gaps.ground.beside", lang)) + scroll + note


def ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Put first what radius calls covered and the ground shadows, then the least margins."""
    reached = rows["status"].isin(("covered", "weak")).to_numpy()
    first = rows["terrain"].map(_FIRST).to_numpy(dtype=float)
    margin = rows["best_margin_db"].fillna(np.inf).to_numpy(dtype=float)
    people = -rows["population"].fillna(0).to_numpy(dtype=float)
    return rows.iloc[np.lexsort((people, margin, ~reached, first))]


def ground_html(result: Result, settings: Settings, lang: Lang) -> Markup:
    """List the settlements of a place with both verdicts."""
    rows = ordered(settlements_here(result, settings))
    heads = (
        *("village", "radius", "ground", "by_network", "site_km"),
        *("diffraction", "level", "margin"),
    )
    body = [
        (
            str(row["name"] or row["id"]),
            t(f"gaps.status.{row['status']}", lang),
            ground_text(row, lang),
            networks_text(str(row["terrain_network"]), lang),
            metres_text(row["terrain_m"], lang),
            *(
                decibels(row[column], lang)
                for column in ("terrain_diffraction_db", "terrain_level_dbm", "best_margin_db")
            ),
        )
        for row in rows.head(SHOWN).to_dict("records")
    ]
    made = table_html(heads, body, lang, simulated=result.simulated)
    title = el("h2.atlas-list", t("gaps.list.margins", lang))
    return title + made + more_html(len(rows) - SHOWN, lang)


def ground_text(row: dict[Any, Any], lang: Lang) -> str:
    """Say the verdict of the ground, and what it lacks where it is not known."""
    said = t(f"gaps.ground.{row['terrain']}", lang)
    if row["terrain"] == "unknown" and row["terrain_missing"]:
        missing = t(f"coverage.terrain.missing.{row['terrain_missing']}", lang)
        said = t("gaps.ground.lacks", lang, said=said, what=missing)
    return said


def decibels(value: Any, lang: Lang) -> str:
    """Write a level, a loss or a margin; the head says its unit."""
    return "–" if pd.isna(value) else number(float(value), lang, 1, fixed=True)


def summits_html(result: Result, settings: Settings, lang: Lang) -> Markup:
    """List summits and listed places for new sites, with how good the choice is."""
    rows = summits_here(result, settings)
    bound = el("p.atlas-text", summits_bound(result, lang))
    title = el("h2.atlas-list", t("gaps.list.summits", lang))
    if rows.empty:
        return title + bound
    counted = f"reached_{rows.iloc[0]['counted']}"
    heads = ("rank", "summit", "area", "at", "gaps", counted, f"total_{counted}", "upper")
    body = [
        (
            number(row["rank"], lang),
            summit_words(row, lang),
            lowest_name(settings.edition, str(row["area_code"]), lang),
            f"{number(row['lat'], lang, 5)}; {number(row['lon'], lang, 5)}",
            *(
                number(round(float(row[column])), lang)
                for column in ("gaps", "reached", "total_reached", "upper_reached")
            ),
        )
        for row in rows.head(SHOWN).to_dict("records")
    ]
    return title + table_html(heads, body, lang, simulated=result.simulated) + bound
