"""The map of coverage gaps: rates of provinces for the country, single gaps within a province."""

from __future__ import annotations

from html import escape

import numpy as np

from geo.boundaries import bounds, web_layer
from geo.choropleth import MARK_NO_DATA, MapView
from geo.classify import NO_CLASS, Classes, classify
from geo.coverage import SIMULATED_EN, SIMULATED_VI, Result
from geo.editions import COUNTRY_CODE, EDITION_2025, Level, area, areas
from geo.palettes import sequential
from metrics.formats import number
from metrics.gap_figures import DOMAIN
from metrics.messages import Lang, t
from ui.gaps.found import areas_here, gaps_here
from ui.gaps.settings import Settings
from ui.mapview import ACCENT, symbols_of
from ui.scene import FEWEST_FOR_COLOUR

MOST_DOTS = 4_000
MOST_NAMED = 1_500
COLORS = ("#d55e00", "#7a3e9d", "#e69f00")
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
    return _points(result, settings.place, lang)


def rate_words(per: str, lang: Lang) -> str:
    """Name what the rates are of."""
    return t(f"gaps.rate.{per}", lang)


def _watermark(result: Result) -> str:
    return f"{SIMULATED_VI}\n{SIMULATED_EN}" if result.simulated else ""


def _rates(result: Result, settings: Settings, lang: Lang) -> tuple[MapView, str]:
    layer = web_layer(EDITION_2025, Level.PROVINCE)
    rows = areas_here(result, COUNTRY_CODE).set_index("code")
    column = "per_1000" if settings.per == "villages" else "people_share"
    scale = 1.0 if settings.per == "villages" else 1000.0
    every = areas(EDITION_2025, Level.PROVINCE)
    values = np.array(
        [rows[column].get(place.code, np.nan) * scale for place in every], dtype=float
    )
    n = int(np.isfinite(values).sum())
    few = n < FEWEST_FOR_COLOUR
    classes = classify(values, "quantile", 1 if few else 5)
    marks = "".join(str(i) if i != NO_CLASS else MARK_NO_DATA for i in classes.index)
    texts = [number(v, lang, 1) if np.isfinite(v) else "" for v in values]
    palette = sequential(DOMAIN, classes.k)
    unit = rate_words(settings.per, lang)
    view = MapView(
        layer=layer.url,
        names=None,
        lang=lang,
        focus=None,
        selected=None,
        bounds=layer.bbox,
        codes=[place.code for place in every],
        marks=marks,
        text=texts,
        when=[0] * len(every),
        dates=[""],
        palette=palette,
        unit=unit,
        alt=t("gaps.alt.rates", lang, n=number(n, lang), of=number(len(every), lang)),
        credit=t("map.credit", lang),
        words=_words(lang),
        symbols=symbols_of(EDITION_2025, layer, lang),
        accent=ACCENT,
        card=few,
        watermark=_watermark(result),
    )
    return view, _rates_legend(classes, palette, unit, n, len(every), few=few, lang=lang)


def _words(lang: Lang) -> dict[str, str]:
    return {
        MARK_NO_DATA: t("gaps.map.none", lang),
        "outside": t("map.outside", lang),
        "failed": t("map.failed", lang),
    }


def _rates_legend(
    classes: Classes,
    palette: tuple[str, ...],
    unit: str,
    n: int,
    of: int,
    *,
    few: bool,
    lang: Lang,
) -> str:
    keys = []
    if few:
        keys.append(f'<li><i class="marker"></i>{escape(t("gaps.legend.few", lang))}</li>')
    else:
        spans = zip(palette, classes.bounds(), classes.counts, strict=True)
        for color, (low, high), count in spans:
            ends = [number(value, lang, 1) for value in dict.fromkeys((low, high))]
            span = f'<i style="background:{color}"></i>{escape(" – ".join(ends))}'
            keys.append(f"<li>{span} <small>({count})</small></li>")
    if n < of:
        keys.append(
            f'<li><i class="state no_data"></i>{escape(t("gaps.map.none", lang))} '
            f"<small>({of - n})</small></li>"
        )
    foot = t("gaps.legend.foot", lang, n=number(n, lang), of=number(of, lang))
    return (
        f'<div class="atlas-legend"><div class="head"><b>{escape(unit)}</b></div>'
        f'<ul class="keys">{"".join(keys)}</ul><div class="foot">{escape(foot)}</div></div>'
    )


def _points(result: Result, place: str, lang: Lang) -> tuple[MapView, str]:
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
        codes=[],
        marks="",
        text=[],
        when=[],
        dates=[],
        palette=(),
        unit="",
        alt=t(
            "gaps.alt.points",
            lang,
            n=number(len(rows), lang),
            name=province.name_vi if lang == "vi" else province.name_en,
        ),
        credit=t("map.credit", lang),
        words=_words(lang),
        symbols=symbols_of(EDITION_2025, layer, lang),
        accent=ACCENT,
        plain=True,
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
    return view, (
        f'<div class="atlas-legend"><ul class="keys">{keys}</ul>'
        f'<div class="foot">{escape(foot)}</div></div>'
    )
