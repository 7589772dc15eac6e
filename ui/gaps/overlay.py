"""What is drawn over the areas: single gaps, clusters of gaps, places of new sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from base.html import Markup, el
from base.words import Lang, number, t, tn
from geo.coverage.ground import Result
from ui.gaps.margins import COLORS as MARGIN_COLORS
from ui.gaps.margins import (
    DOT_SIZE,
    SITE,
    SITE_SIZE,
    SUMMIT,
    dot_name,
    margin_foot,
    margin_keys,
    margins_here,
    summit_name,
    summits_bound,
    summits_here,
)
from ui.gaps.margins import sites_here as sites_over
from ui.gaps.pick import clusters_here, gaps_here, lowest_name, sites_here
from ui.gaps.rated import legend, legend_key
from ui.gaps.settings import OVERS, Settings

MOST_DOTS = 4_000
MOST_NAMED = 1_500
# No signal, no power, weak signal: apart in lightness and hue, and from the colours of the rates.
COLORS = ("#0b3c5d", "#8a3ea8", "#2aa7c9")
KINDS = ("no_signal", "no_power", "weak_signal")
# Tenths of a pixel: the radius of a cluster of nobody, and of the largest.
SMALLEST, LARGEST = 35, 160


@dataclass(frozen=True, slots=True)
class Overlay:
    """Points over a map, as `geo.maps.choropleth.MapView` takes them, with their legend in HTML."""

    dots: Sequence[int]
    names: Sequence[str]
    sizes: Sequence[int]
    marks: Sequence[str]
    legend: Markup
    colors: Sequence[str] = COLORS
    codes: Sequence[int] = ()


def overlay(result: Result, settings: Settings, lang: Lang) -> Overlay:
    """Describe what is drawn over the areas of a view.

    Parameters
    ----------
    settings
        Which place, and what is drawn over it; single gaps only within a province.
    """
    if settings.over == OVERS[1]:
        return _clusters(result, settings, lang)
    if settings.over == OVERS[2]:
        return _sites(result, settings, lang)
    if settings.over == OVERS[3]:
        return _margins(result, settings, lang)
    if settings.over == OVERS[4]:
        return _summits(result, settings, lang)
    if settings.province:
        return _gaps(result, settings, lang)
    return Overlay((), (), (), (), legend([], t("gaps.legend.choose", lang)))


def _points(rows: pd.DataFrame, kinds: Any) -> list[int]:
    lon = np.round(rows["lon"].to_numpy(dtype=float) * 1e4).astype(int)
    lat = np.round(rows["lat"].to_numpy(dtype=float) * 1e4).astype(int)
    made = np.column_stack((lon, lat, np.broadcast_to(kinds, len(rows)))).ravel()
    return [int(value) for value in made]


def _gaps(result: Result, settings: Settings, lang: Lang) -> Overlay:
    rows = gaps_here(result, settings)
    rows = rows[rows["lon"].notna()]
    kind = np.where(rows["status"] == "weak", 2, np.where(rows["reason"] == "no_power", 1, 0))
    counts = np.bincount(kind, minlength=len(KINDS))
    order = rows["population"].fillna(0).to_numpy().argsort(kind="stable")[::-1][:MOST_DOTS]
    shown = rows.iloc[order]
    names = []
    if len(shown) <= MOST_NAMED:
        names = [
            f"{str(name or id_)[:60]}: {t(f'gaps.reason.{reason}', lang)}"
            for name, id_, reason in zip(shown["name"], shown["id"], shown["reason"], strict=True)
        ]
    keys = [
        _key(COLORS[at], t(f"gaps.kind.{name}", lang), int(counts[at]), lang)
        for at, name in enumerate(KINDS)
        if counts[at] or not at
    ]
    told = {"n": number(len(shown), lang), "of": number(len(rows), lang)}
    foot = tn("gaps.legend.dots", len(shown), lang, **told)
    return Overlay(_points(shown, kind[order]), names, (), (), legend(keys, foot))


def _clusters(result: Result, settings: Settings, lang: Lang) -> Overlay:
    rows = clusters_here(result, settings)
    people = rows["people"].to_numpy(dtype=float)
    # Of people where any are told, so that circles compare; else of gaps.
    size = people if people.any() else rows["gaps"].to_numpy(dtype=float)
    share = np.sqrt(size / size.max()) if len(rows) and size.max() > 0 else size
    sizes = [int(SMALLEST + (LARGEST - SMALLEST) * value) for value in share]
    names = [
        t("gaps.cluster.name", lang, gaps=number(gaps, lang), people=number(n, lang), areas=areas)
        for gaps, n, areas in zip(
            rows["gaps"],
            people,
            (_areas(cell, settings, lang) for cell in rows["areas"]),
            strict=True,
        )
    ]
    order = np.argsort(sizes)[::-1]  # small ones above large ones
    foot = t(
        "gaps.legend.clusters",
        lang,
        n=number(len(rows), lang),
        apart=number(result.options.adjacent_m / 1000, lang, 1),
    )
    of = "people" if people.any() else "gaps"
    key = _key(COLORS[0], t(f"gaps.legend.cluster_{of}", lang), len(rows), lang)
    shown = rows.iloc[order]
    return Overlay(
        _points(shown, 0),
        [names[at] for at in order],
        [sizes[at] for at in order],
        (),
        legend([key], foot),
    )


def _areas(cell: str, settings: Settings, lang: Lang) -> str:
    codes = [code for code in str(cell).split("; ") if code]
    named = [lowest_name(settings.edition, code, lang) for code in codes[:4]]
    return ", ".join(named) + (" …" if len(codes) > len(named) else "")


def _sites(result: Result, settings: Settings, lang: Lang) -> Overlay:
    rows = sites_here(result, settings)
    counted = t(f"gaps.unit.{result.ranking.weight}", lang)
    names = [
        t(
            "gaps.site.name",
            lang,
            rank=number(row["rank"], lang),
            name=str(row["name"] or row["id"])[:60],
            area=lowest_name(settings.edition, str(row["area_code"]), lang),
            reached=number(round(float(row["reached"])), lang),
            unit=counted,
            gaps=number(row["gaps"], lang),
        )
        for row in rows.to_dict("records")
    ]
    key = _key(COLORS[0], t("gaps.legend.site", lang), len(rows), lang)
    marks = [str(rank) for rank in rows["rank"]]
    # The best choice lies on top.
    back = rows.iloc[::-1]
    return Overlay(
        _points(back, 0), names[::-1], (), marks[::-1], legend([key], bound_text(result, lang))
    )


def _margins(result: Result, settings: Settings, lang: Lang) -> Overlay:
    found = margins_here(result, settings)
    names = []
    if len(found.rows) <= MOST_NAMED:
        names = [dot_name(row, lang) for row in found.rows.to_dict("records")]
    head = el("div.head", el("b", t("gaps.margin", lang)))
    keys = margin_keys(found, lang)
    codes = [int(at) for at in found.rows.index]
    dots, sizes = _points(found.rows, found.kind), []
    sites = sites_over(result, found)
    if len(sites):
        swatch = el("i.circle", style=f"background:{SITE}")
        keys.append(legend_key(swatch, t("gaps.legend.of_site", lang), len(sites), lang))
        dots += _points(sites, len(MARGIN_COLORS))
        sizes = [DOT_SIZE] * len(codes) + [SITE_SIZE] * len(sites)
        codes += [-1] * len(sites)
        names += [""] * len(sites) if names else []
    told = legend(keys, margin_foot(found, lang), head=head)
    return Overlay(dots, names, sizes, (), told, (*MARGIN_COLORS, SITE), codes)


def _summits(result: Result, settings: Settings, lang: Lang) -> Overlay:
    rows = summits_here(result, settings).iloc[::-1]
    names = [summit_name(row, lang) for row in rows.to_dict("records")]
    swatch = el("i.circle", style=f"background:{SUMMIT}")
    key = legend_key(swatch, t("gaps.legend.summit", lang), len(rows), lang)
    told = legend([key], summits_bound(result, lang))
    marks = [str(rank) for rank in rows["rank"]]
    return Overlay(_points(rows, 0), names, (), marks, told, (SUMMIT,))


def bound_text(result: Result, lang: Lang) -> str:
    """Say how good the choice of new sites is: always, and in these files."""
    if result.ranking.frame.empty:
        return t(f"gaps.bound.{result.ranking.skipped or 'none'}", lang)
    last: Any = result.ranking.frame.iloc[-1]
    total, upper = float(last["total_reached"]), float(last["upper_reached"])
    return t(
        "gaps.bound",
        lang,
        n=number(len(result.ranking.frame), lang),
        reach=number(result.options.new_site_range_m / 1000, lang, 1),
        total=number(round(total), lang),
        upper=number(round(upper), lang),
        unit=t(f"gaps.unit.{result.ranking.weight}", lang),
        share=number(100 * total / upper, lang, 1, fixed=True) if upper else "–",
    )


def _key(color: str, words: str, count: int, lang: Lang) -> tuple[object, ...]:
    return legend_key(el("i.circle", style=f"background:{color}"), words, count, lang)
