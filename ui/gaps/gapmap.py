"""The map of coverage gaps: rates of provinces for the country, single gaps within a province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from geo.boundaries import bounds, web_layer
from geo.choropleth import MARK_NO_DATA, MapView
from geo.classify import NO_CLASS, Classes, classify
from geo.coverage import SIMULATED_EN, SIMULATED_VI, Result
from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area, areas
from geo.palettes import sequential
from metrics.boundary_note import boundary_note
from metrics.formats import number
from metrics.gap_figures import DOMAIN
from metrics.messages import Lang, t
from ui.gaps.found import areas_here, gaps_here
from ui.gaps.settings import Settings
from ui.mapview import ACCENT, symbols_of
from ui.scene import FEWEST_FOR_COLOUR

MOST_DOTS = 4_000
MOST_NAMED = 1_500
COLORS = ("#d55e00", "#d6499a", "#e69f00")
KINDS = ("no_signal", "no_power", "weak_signal")


def gap_map(result: Result, settings: Settings, lang: Lang) -> tuple[MapView, str]:
    """Describe the map of a result, with its legend.

    Parameters
    ----------
    result
        What was found.
    settings
        Which place, and rates of what.
    lang
        Language of the reader.

    Returns
    -------
    view
        For the map; neither rows nor shapes of the reader's files travel, only points of gaps.
    legend
        HTML.
    """
    if settings.place == COUNTRY_CODE:
        return _rates(result, settings, lang)
    return _points(result, settings, lang)


def rate_words(per: str, lang: Lang) -> str:
    """Name what the rates are of."""
    return t(f"gaps.rate.{per}", lang)


def _watermark(result: Result) -> str:
    return f"{SIMULATED_VI}\n{SIMULATED_EN}" if result.simulated else ""


@dataclass(frozen=True, slots=True)
class _Rates:
    """Rates of areas in classes; ``few`` where there are too few of them for colours."""

    codes: list[str]
    classes: Classes
    marks: str
    texts: list[str]
    palette: tuple[str, ...]
    n: int
    few: bool

    @property
    def of(self) -> int:
        return len(self.codes)


def _rated(
    rows: pd.DataFrame, places: Sequence[Area], per: str, lang: Lang, hue: str = DOMAIN
) -> _Rates:
    column, scale = ("per_1000", 1.0) if per == "villages" else ("people_share", 1000.0)
    rates = rows.set_index("code")[column]
    codes = [place.code for place in places]
    values = np.array([rates.get(code, np.nan) * scale for code in codes], dtype=float)
    n = int(np.isfinite(values).sum())
    few = n < FEWEST_FOR_COLOUR
    classes = classify(values, "quantile", 1 if few else 5)
    marks = "".join(str(i) if i != NO_CLASS else MARK_NO_DATA for i in classes.index)
    texts = [number(v, lang, 1) if np.isfinite(v) else "" for v in values]
    return _Rates(codes, classes, marks, texts, sequential(hue, classes.k), n, few)


def _rates(result: Result, settings: Settings, lang: Lang) -> tuple[MapView, str]:
    layer = web_layer(EDITION_2025, Level.PROVINCE)
    every = areas(EDITION_2025, Level.PROVINCE)
    rated = _rated(areas_here(result, COUNTRY_CODE), every, settings.per, lang)
    unit = rate_words(settings.per, lang)
    view = MapView(
        layer=layer.url,
        names=None,
        lang=lang,
        focus=None,
        selected=None,
        bounds=layer.bbox,
        codes=rated.codes,
        marks=rated.marks,
        text=rated.texts,
        when=[0] * rated.of,
        dates=[""],
        palette=rated.palette,
        unit=unit,
        alt=t("gaps.alt.rates", lang, n=number(rated.n, lang), of=number(rated.of, lang)),
        credit=boundary_note(EDITION_2025, Level.PROVINCE, lang),
        words=_words(lang),
        symbols=symbols_of(EDITION_2025, layer, lang),
        accent=ACCENT,
        card=rated.few,
        watermark=_watermark(result),
    )
    few = t("gaps.legend.few", lang)
    foot = t("gaps.legend.foot", lang, n=number(rated.n, lang), of=number(rated.of, lang))
    keys = [f'<li><i class="marker"></i>{escape(few)}</li>'] if rated.few else []
    return view, _rates_legend(rated, unit, keys, foot, lang)


def _words(lang: Lang) -> dict[str, str]:
    return {
        MARK_NO_DATA: t("gaps.map.none", lang),
        "outside": t("map.outside", lang),
        "failed": t("map.failed", lang),
    }


def _rates_legend(rated: _Rates, unit: str, keys: list[str], foot: str, lang: Lang) -> str:
    if not rated.few:
        spans = zip(rated.palette, rated.classes.bounds(), rated.classes.counts, strict=True)
        for color, (low, high), count in spans:
            ends = [number(value, lang, 1) for value in dict.fromkeys((low, high))]
            span = f'<i style="background:{color}"></i>{escape(" – ".join(ends))}'
            keys.append(f"<li>{span} <small>({count})</small></li>")
    if rated.n < rated.of:
        keys.append(
            f'<li><i class="state no_data"></i>{escape(t("gaps.map.none", lang))} '
            f"<small>({rated.of - rated.n})</small></li>"
        )
    return (
        f'<div class="atlas-legend"><div class="head"><b>{escape(unit)}</b></div>'
        f'<ul class="keys">{"".join(keys)}</ul><div class="foot">{escape(foot)}</div></div>'
    )


def _points(result: Result, settings: Settings, lang: Lang) -> tuple[MapView, str]:
    """Draw the gaps of a province as points, over the rates of its communes."""
    place = settings.place
    within = [p for p in areas(EDITION_2025, Level.COMMUNE) if p.parent == place]
    # Without a hue, so that the points stand out.
    rated = _rated(areas_here(result, place), within, settings.per, lang, hue="")
    few, unit = rated.few, rate_words(settings.per, lang)
    layer = web_layer(EDITION_2025, Level.COMMUNE, detail=True)
    rows = gaps_here(result, place)
    rows = rows[rows["lon"].notna()]
    kind = np.where(rows["status"] == "weak", 2, np.where(rows["reason"] == "no_power", 1, 0))
    counts = np.bincount(kind, minlength=len(KINDS))
    order = rows["population"].fillna(0).to_numpy().argsort(kind="stable")[::-1][:MOST_DOTS]
    shown, kinds = rows.iloc[order], kind[order]
    lon = np.round(shown["lon"].to_numpy() * 1e4).astype(int)
    lat = np.round(shown["lat"].to_numpy() * 1e4).astype(int)
    dots = np.column_stack((lon, lat, kinds)).ravel().tolist() if len(shown) else []
    names = []
    if len(shown) <= MOST_NAMED:
        names = [
            f"{str(name or id_)[:60]}: {t(f'gaps.reason.{reason}', lang)}"
            for name, id_, reason in zip(shown["name"], shown["id"], shown["reason"], strict=True)
        ]
    province = area(EDITION_2025, place)
    view = MapView(
        layer=layer.url,
        names=web_layer(EDITION_2025, Level.PROVINCE).url,
        lang=lang,
        focus=place,
        selected=None,
        bounds=bounds(EDITION_2025, place),
        codes=[] if few else rated.codes,
        marks="" if few else rated.marks,
        text=[] if few else rated.texts,
        when=[] if few else [0] * rated.of,
        dates=[] if few else [""],
        palette=() if few else rated.palette,
        unit="" if few else unit,
        alt=t(
            "gaps.alt.points" if few else "gaps.alt.communes",
            lang,
            n=number(len(rows), lang),
            name=province.name_vi if lang == "vi" else province.name_en,
        ),
        credit=boundary_note(EDITION_2025, Level.COMMUNE, lang),
        words=_words(lang),
        symbols=symbols_of(EDITION_2025, layer, lang),
        accent=ACCENT,
        plain=few,
        dots=dots,
        dot_names=names,
        dot_colors=COLORS,
        watermark=_watermark(result),
    )
    keys = "".join(
        f'<li><i class="circle" style="background:{color}"></i>'
        f"{escape(t(f'gaps.kind.{name}', lang))} <small>({number(int(count), lang)})</small></li>"
        for color, name, count in zip(COLORS, KINDS, counts, strict=True)
    )
    foot = t("gaps.legend.dots", lang, n=number(len(shown), lang), of=number(len(rows), lang))
    legend = (
        f'<div class="atlas-legend"><ul class="keys">{keys}</ul>'
        f'<div class="foot">{escape(foot)}</div></div>'
    )
    if few:
        return view, legend
    foot = t("gaps.legend.communes", lang, n=number(rated.n, lang), of=number(rated.of, lang))
    return view, legend + _rates_legend(rated, unit, [], foot, lang)
