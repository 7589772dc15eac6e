"""The map of coverage gaps: rates of areas, and points over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from base.html import Markup
from base.words import Lang, number, t, tn
from geo.boundaries import bounds, web_layer
from geo.coverage.ground import SIMULATED_EN, SIMULATED_VI, Result
from geo.editions import COUNTRY_CODE, Level, area
from geo.maps import MARK_NO_DATA, Bounds, MapView
from metrics.catalog import boundary_note
from ui.gaps.overlay import overlay
from ui.gaps.rated import Rates, rate_words, rated, rates_legend
from ui.gaps.settings import Settings
from ui.scene import ACCENT, level_name, symbols_of

# Degrees about a single point.
NARROWEST = 0.3


def gap_map(result: Result, settings: Settings, lang: Lang) -> tuple[MapView, Markup]:
    """Describe the map of a result, with its legend.

    Returns
    -------
    view
        For the map; neither rows nor shapes of the reader's files travel, only points of gaps.
    legend
        HTML.
    """
    rates, over = rated(result, settings, lang), overlay(result, settings, lang)
    country = settings.place == COUNTRY_CODE
    layer = web_layer(settings.edition, rates.level, detail=not country)
    lowest = settings.place not in (COUNTRY_CODE, settings.province)
    # Too few for colours: markers on the country, and plain land under the points of a province.
    bare = settings.over_ground or (rates.few and not country)
    names = None
    if rates.level is not Level.PROVINCE:
        names = web_layer(settings.edition, Level.PROVINCE).url
    view = MapView(
        layer=layer.url,
        names=names,
        lang=lang,
        focus=settings.province or None,
        selected=settings.place if lowest else None,
        bounds=_about(over.dots)
        if country and bare and over.dots
        else _bounds(rates, settings, layer.bbox),
        codes=[] if bare else rates.codes,
        marks="" if bare else rates.marks,
        text=[] if bare else rates.texts,
        when=[] if bare else [0] * len(rates.codes),
        dates=[] if bare else [""],
        palette=() if bare else rates.palette,
        unit="" if bare else rate_words(settings.per, lang),
        alt=_alt(rates, settings, lang, len(over.dots) // 3),
        credit=boundary_note(settings.edition, rates.level, lang),
        words={
            MARK_NO_DATA: t("gaps.map.none", lang),
            "outside": t("map.outside", lang),
            "failed": t("map.failed", lang),
        },
        symbols=symbols_of(settings.edition, layer, lang),
        accent=ACCENT,
        card=rates.few and country and not bare,
        plain=bare,
        dots=over.dots,
        dot_names=over.names,
        dot_sizes=over.sizes,
        dot_marks=over.marks,
        dot_colors=over.colors if over.dots else (),
        dot_codes=over.codes,
        watermark=f"{SIMULATED_VI}\n{SIMULATED_EN}" if result.simulated else "",
    )
    if settings.over_ground:
        return view, over.legend
    return view, over.legend + rates_legend(rates, settings.per, lang)


def plain_view(
    settings: Settings,
    lang: Lang,
    *,
    dots: Sequence[int],
    names: Sequence[str],
    colors: Sequence[str],
    alt: str,
    simulated: bool,
) -> MapView:
    """Describe a map of points over plain areas: the provinces, or the parts of one of them."""
    country = settings.place == COUNTRY_CODE
    level = Level.PROVINCE if country else settings.lowest
    layer = web_layer(settings.edition, level, detail=not country)
    box = bounds(settings.edition, settings.place) if not country else layer.bbox
    return MapView(
        layer=layer.url,
        names=None if country else web_layer(settings.edition, Level.PROVINCE).url,
        lang=lang,
        focus=settings.province or None,
        selected=None,
        bounds=_about(dots) if country and dots else box,
        codes=[],
        marks="",
        text=[],
        when=[],
        dates=[""],
        palette=(),
        unit="",
        alt=alt,
        credit=boundary_note(settings.edition, level, lang),
        words={"outside": t("map.outside", lang), "failed": t("map.failed", lang)},
        symbols=symbols_of(settings.edition, layer, lang),
        accent=ACCENT,
        plain=True,
        dots=dots,
        dot_names=names,
        dot_colors=colors if dots else (),
        watermark=f"{SIMULATED_VI}\n{SIMULATED_EN}" if simulated else "",
    )


def _about(dots: Sequence[int]) -> Bounds:
    """Return the box of points, with some room."""
    places = np.array(dots).reshape(-1, 3)[:, :2] / 1e4
    (west, south), (east, north) = places.min(axis=0), places.max(axis=0)
    room = max(NARROWEST, 0.08 * max(east - west, north - south))
    return float(west - room), float(south - room), float(east + room), float(north + room)


def _bounds(rates: Rates, settings: Settings, everything: Bounds) -> Bounds:
    """Return the box to show: of the place; of the country, the few areas that files speak of."""
    if settings.place != COUNTRY_CODE:
        return bounds(settings.edition, settings.place)
    if not rates.few or not rates.n:
        return everything
    codes = [code for code, text in zip(rates.codes, rates.texts, strict=True) if text]
    boxes = np.array([bounds(settings.edition, code) for code in codes])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _alt(rates: Rates, settings: Settings, lang: Lang, dots: int) -> str:
    """Describe the map to those who do not see it."""
    if settings.over_ground:
        place = place_words(settings, lang)
        return tn(f"gaps.alt.{settings.over}", dots, lang, n=number(dots, lang), place=place)
    of = len(rates.codes)
    said = tn(
        "gaps.alt.rates",
        rates.n,
        lang,
        what=rate_words(settings.per, lang),
        place=place_words(settings, lang),
        n=number(rates.n, lang),
        of=number(of, lang),
        areas=level_name(rates.level, lang, of),
    )
    if not dots:
        return said
    return said + " " + tn(f"gaps.alt.{settings.over}", dots, lang, n=number(dots, lang))


def place_words(settings: Settings, lang: Lang) -> str:
    """Name the place looked at, with the province that it lies in."""
    place = settings.at
    name = place.name_vi if lang == "vi" else place.name_en
    if settings.province in ("", settings.place):
        return name
    above = area(settings.edition, settings.province)
    return f"{name}, {above.name_vi if lang == 'vi' else above.name_en}"
