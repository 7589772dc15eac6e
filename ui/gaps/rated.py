"""Rates of areas in classes, for the map of coverage gaps, and their legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from base.html import Markup, el
from base.words import Lang, number, t, tn
from geo.classify import NO_CLASS, Classes, classify, sequential
from geo.coverage.ground import Result
from geo.editions import Area, Level, areas
from geo.maps import MARK_NO_DATA
from metrics.briefs import DOMAIN
from ui.gaps.settings import PERS, Settings
from ui.scene import FEWEST_FOR_COLOUR, level_name

CLASSES = 5


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of areas in classes.

    Attributes
    ----------
    level, codes
        The areas, in official order.
    classes, marks, texts, palette
        Their classes, the mark of each for the map, the rates as written, and colours.
    n
        How many have a rate.
    few
        Whether too few of them have one for colours.
    """

    level: Level
    codes: list[str]
    classes: Classes
    marks: str
    texts: list[str]
    palette: tuple[str, ...]
    n: int
    few: bool


def rate_column(per: str) -> tuple[str, float]:
    """Return the column of `Result.areas` that holds a rate, and what makes it per thousand."""
    return ("per_1000", 1.0) if per == PERS[0] else ("people_share", 1000.0)


def drawn_areas(settings: Settings) -> tuple[Level, list[Area]]:
    """Return the areas that the map draws: all of a level, or those of the province looked at."""
    level = settings.lowest if settings.by_lowest else Level.PROVINCE
    every = areas(settings.edition, level)
    province = settings.province
    return level, [place for place in every if not province or place.parent == province]


def rated(result: Result, settings: Settings, lang: Lang) -> Rates:
    """Put the rates of the areas of a view into classes."""
    level, places = drawn_areas(settings)
    column, scale = rate_column(settings.per)
    rates = result.areas.set_index("code")[column]
    codes = [place.code for place in places]
    values = rates.reindex(codes).to_numpy(dtype=float) * scale
    n = int(np.isfinite(values).sum())
    few = n < FEWEST_FOR_COLOUR
    classes = classify(values, "quantile", 1 if few else CLASSES)
    marks = "".join(str(i) if i != NO_CLASS else MARK_NO_DATA for i in classes.index)
    texts = [number(v, lang, 1) if np.isfinite(v) else "" for v in values]
    return Rates(level, codes, classes, marks, texts, sequential(DOMAIN, classes.k), n, few)


def rate_words(per: str, lang: Lang) -> str:
    """Name what the rates are of."""
    return t(f"gaps.rate.{per}", lang)


def rates_legend(rates: Rates, per: str, lang: Lang) -> Markup:
    """Write the legend of the colours: what, from where to where, how many areas each."""
    keys: list[object] = []
    if rates.few:
        keys.append(t("gaps.legend.few", lang))
    else:
        spans = zip(rates.palette, rates.classes.bounds(), rates.classes.counts, strict=True)
        for color, (low, high), count in spans:
            ends = [number(value, lang, 1) for value in dict.fromkeys((low, high))]
            swatch = el("i", style=f"background:{color}")
            keys.append(legend_key(swatch, " – ".join(ends), count, lang))
    of = len(rates.codes)
    if rates.n < of:
        swatch = el("i.state.no_data")
        keys.append(legend_key(swatch, t("gaps.map.none", lang), of - rates.n, lang))
    return legend(
        keys, legend_foot(rates, lang), head=el("div.head", el("b", rate_words(per, lang)))
    )


def legend_foot(rates: Rates, lang: Lang) -> str:
    """Say how many areas have a rate, and how they were put into classes."""
    of = len(rates.codes)
    areas = level_name(rates.level, lang, of)
    counts = {"n": number(rates.n, lang), "of": number(of, lang)}
    told = tn("gaps.legend.foot", rates.n, lang, areas=areas, **counts)
    if rates.few:
        return told
    return f"{told}; {t('legend.uneven' if rates.classes.uneven else 'gaps.legend.even', lang)}"


def legend_key(swatch: Markup, words: str, count: int, lang: Lang) -> tuple[object, ...]:
    """Write what a colour or a mark of a map stands for, and how many it is of."""
    return swatch, words, " ", el("small", f"({number(count, lang)})")


def legend(keys: Sequence[object], foot: str, *, head: object = None) -> Markup:
    """Write the legend of a map."""
    listed = el("ul.keys", (el("li", key) for key in keys))
    return el("div.atlas-legend", head, listed, el("div.foot", foot))
