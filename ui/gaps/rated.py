"""Rates of areas in classes, for the map of coverage gaps, and their legend."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np

from base.words import Lang, number, t
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


def rates_legend(rates: Rates, per: str, lang: Lang) -> str:
    """Write the legend of the colours: what, from where to where, how many areas each."""
    keys = []
    if rates.few:
        keys.append(f"<li>{escape(t('gaps.legend.few', lang))}</li>")
    else:
        spans = zip(rates.palette, rates.classes.bounds(), rates.classes.counts, strict=True)
        for color, (low, high), count in spans:
            ends = [number(value, lang, 1) for value in dict.fromkeys((low, high))]
            key = f'<i style="background:{color}"></i>{escape(" – ".join(ends))}'
            keys.append(f"<li>{key} <small>({number(count, lang)})</small></li>")
    of = len(rates.codes)
    if rates.n < of:
        keys.append(
            f'<li><i class="state no_data"></i>{escape(t("gaps.map.none", lang))} '
            f"<small>({number(of - rates.n, lang)})</small></li>"
        )
    foot = t(
        "gaps.legend.foot_few" if rates.few else "gaps.legend.foot",
        lang,
        n=number(rates.n, lang),
        of=number(of, lang),
        areas=level_name(rates.level, lang, of),
    )
    return (
        f'<div class="atlas-legend"><div class="head"><b>{escape(rate_words(per, lang))}</b></div>'
        f'<ul class="keys">{"".join(keys)}</ul><div class="foot">{escape(foot)}</div></div>'
    )
