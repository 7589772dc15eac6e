"""Margins over real ground as points in classes, and summits for new sites; on map and figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from base.html import el
from base.words import Lang, number, t, tn
from geo.coverage.ground import NOWHERE, Ints, Result, locate, places
from ui.gaps.pick import settlements_here, within_place
from ui.gaps.rated import legend_key
from ui.gaps.settings import Settings

# dB: a level is so much under, or over, what the receiver needs.
EDGES: Final = (-10.0, 0.0, 10.0, 20.0, 30.0)
# From far too little to plenty, apart in lightness too; then what is out of range, and not known.
COLORS: Final = (
    *("#7f2704", "#d9480f", "#f5a15b", "#8dc1dd", "#2f7fb8", "#0a3566"),
    *("#9a9a9a", "#c9b458"),
)
OUT, UNKNOWN = len(EDGES) + 1, len(EDGES) + 2
MOST_DOTS: Final = 4_000
SUMMIT: Final = "#5b2a86"
# Sites are smaller than settlements, and on top of them; tenths of a pixel.
SITE: Final = "#111111"
SITE_SIZE, DOT_SIZE = 22, 42
MOST_SITES: Final = 1_500


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Settlements of a place with the class of their margin.

    Attributes
    ----------
    rows
        Those that are drawn, spread evenly over the file where there are too many.
    kind
        Index in `COLORS` of each of ``rows``.
    counts
        How many settlements are of each, whether drawn or not.
    total
        How many of them have a place.
    """

    rows: pd.DataFrame
    kind: Ints
    counts: Ints
    total: int


def margins_here(result: Result, settings: Settings) -> Margins:
    """Put the settlements of a place into classes by their greatest margin."""
    rows = settlements_here(result, settings)
    rows = rows[rows["lon"].notna()]
    kind = kinds(rows)
    counts = np.bincount(kind, minlength=len(COLORS))
    some = np.arange(len(rows))
    if len(rows) > MOST_DOTS:
        some = np.linspace(0, len(rows) - 1, MOST_DOTS).round().astype(int)
    return Margins(rows.iloc[some], kind[some], counts, len(rows))


def sites_here(result: Result, margins: Margins) -> pd.DataFrame:
    """Return where sites are that reach the settlements drawn; none where there are many."""
    assert result.terrain is not None
    paths = result.terrain.paths
    mine = paths[paths["id"].isin(set(margins.rows["id"]))]
    sites = mine[["site_lon", "site_lat"]].drop_duplicates()
    sites = sites.rename(columns={"site_lon": "lon", "site_lat": "lat"})
    return sites if len(sites) <= MOST_SITES else sites.head(0)


def kinds(rows: pd.DataFrame) -> Ints:
    """Return the class of each settlement: of its margin, out of range, or not known."""
    margin = rows["best_margin_db"].to_numpy(dtype=float)
    found = np.digitize(margin, EDGES)
    found[np.isnan(margin)] = UNKNOWN
    found[(rows["terrain"] == "out_of_range").to_numpy()] = OUT
    return found.astype(np.int64)


def kind_words(kind: int, lang: Lang) -> str:
    """Say what a class is."""
    if kind == OUT:
        return t("gaps.ground.out_of_range", lang)
    if kind == UNKNOWN:
        return t("gaps.margin.unknown", lang)
    if kind == 0:
        return t("gaps.margin.under", lang, high=number(EDGES[0], lang))
    if kind == len(EDGES):
        return t("gaps.margin.over", lang, low=number(EDGES[-1], lang))
    low, high = (number(value, lang) for value in EDGES[kind - 1 : kind + 1])
    return t("gaps.margin.span", lang, low=low, high=high)


def margin_keys(margins: Margins, lang: Lang) -> list[tuple[object, ...]]:
    """Write the legend of the classes."""
    return [
        legend_key(
            el("i.circle", style=f"background:{COLORS[kind]}"), kind_words(kind, lang), n, lang
        )
        for kind, n in enumerate(margins.counts)
        if n
    ]


def margin_count(margins: Margins, lang: Lang) -> str:
    """Say how many of the settlements are drawn, and what a margin is."""
    told = {"n": number(len(margins.rows), lang), "of": number(margins.total, lang)}
    said = tn("gaps.margin.foot", margins.total, lang, **told)
    if len(margins.rows) < margins.total:
        said += " " + t("gaps.margin.thinned", lang)
    return said


def margin_foot(margins: Margins, lang: Lang) -> str:
    """Say the same on the page, where points can be clicked."""
    return f"{margin_count(margins, lang)} {t('gaps.margin.click', lang)}"


def dot_name(row: dict[Any, Any], lang: Lang) -> str:
    """Say of a settlement what the ground does and how large its margin is."""
    parts = [t(f"gaps.ground.{row['terrain']}", lang)]
    if not np.isnan(row["best_margin_db"]):
        parts.append(t("gaps.margin.db", lang, n=number(row["best_margin_db"], lang, 1)))
    return f"{str(row['name'] or row['id'])[:60]}: {'; '.join(parts)}"


def summits_here(result: Result, settings: Settings) -> pd.DataFrame:
    """Return the summits and listed places for new sites that lie in a place, the best first."""
    assert result.terrain is not None
    rows = result.terrain.summits
    if rows is None or rows.empty:
        return pd.DataFrame({"rank": [], "lon": [], "lat": [], "area_code": []})
    where = places(settings.edition)
    index = locate(where, rows["lon"].to_numpy(), rows["lat"].to_numpy())
    codes = ["" if i == NOWHERE else where.areas[i].code for i in index]
    return within_place(rows.assign(area_code=codes), settings)


def summits_bound(result: Result, lang: Lang) -> str:
    """Say how good the choice is: always, and in these files."""
    summits = None if result.terrain is None else result.terrain.summits
    if summits is None or summits.empty:
        return t("gaps.summits.none", lang)
    last: Any = summits.iloc[-1]
    upper = float(last["upper_reached"])
    return t(
        "gaps.summits.bound",
        lang,
        n=number(len(summits), lang),
        reach=number(result.options.new_site_range_m / 1000, lang, 1),
        total=number(round(float(last["total_reached"])), lang),
        upper=number(round(upper), lang),
        unit=t(f"gaps.unit.{last['counted']}", lang),
        share=number(100 * float(last["total_reached"]) / upper, lang, 1) if upper else "–",
    )


def summit_name(row: dict[Any, Any], lang: Lang) -> str:
    """Say what a place for a new site is, and how many it would be seen by."""
    return t(
        "gaps.summit.name",
        lang,
        rank=number(row["rank"], lang),
        name=summit_words(row, lang),
        reached=number(round(float(row["reached"])), lang),
        unit=t(f"gaps.unit.{row['counted']}", lang),
        gaps=number(row["gaps"], lang),
    )


def summit_words(row: dict[Any, Any], lang: Lang) -> str:
    """Name a summit by its height and place, a listed place by its name."""
    if row["kind"] == "summit":
        height = "–" if np.isnan(row["ground_m"]) else number(round(float(row["ground_m"])), lang)
        return t("gaps.summit", lang, m=height)
    return str(row["name"] or row["id"])[:60]
