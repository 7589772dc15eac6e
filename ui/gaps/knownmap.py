"""The maps of what was published on coverage gaps: which provinces have a figure, of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from base.html import Markup, el
from base.words import Lang, number, pick, t
from geo.boundaries import web_layer
from geo.editions import COUNTRY_CODE, Area, Level, areas, edition
from geo.maps import MARK_NO_DATA, MapView
from metrics.briefs import KINDS, GapFigure
from metrics.catalog import boundary_note
from ui.gaps.rated import legend, legend_key
from ui.scene import ACCENT, beside, period_text, symbols_of, unit_text, value_text

SEVERAL: Final = "several"
# Kinds that are not put together have colours of their own, all apart in lightness or hue also to
# those who see few colours (after Okabe and Ito).
COLORS: Final = {
    "no_signal": "#d55e00",
    "weak_signal": "#e69f00",
    "no_power": "#7a3e9d",
    "no_4g": "#56b4e9",
    "covered": "#009e73",
    "other": "#cc79a7",
    SEVERAL: "#0b3c5d",
}


def kinds_by_province(figures: Sequence[GapFigure], edition_id: str) -> dict[str, list[str]]:
    """Tell which kinds of figures were published of each province of an edition.

    A figure of a province of another edition is not carried over.
    """
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for figure in figures:
            code = str(figure.row["area"])
            mine = figure.row["edition"] == edition_id and code != COUNTRY_CODE
            if figure.kind == kind and mine and kind not in found.setdefault(code, []):
                found[code].append(kind)
    return found


def known_map(figures: Sequence[GapFigure], edition_id: str, lang: Lang) -> tuple[MapView, Markup]:
    """Describe the map of an edition, with its legend.

    Returns
    -------
    view
        For the map: one colour a kind, one for several kinds, hatched where nothing is known.
    legend
        HTML, with the names of the provinces of which nothing is known.
    """
    layer = web_layer(edition_id, Level.PROVINCE)
    every = areas(edition_id, Level.PROVINCE)
    kinds = kinds_by_province(figures, edition_id)
    group = {code: of[0] if len(of) == 1 else SEVERAL for code, of in kinds.items()}
    shown = [name for name in COLORS if name in group.values()]
    marks = [str(shown.index(group[p.code])) if p.code in group else MARK_NO_DATA for p in every]
    unknown = [place for place in every if place.code not in group]
    view = MapView(
        layer=layer.url,
        names=None,
        lang=lang,
        focus=None,
        selected=None,
        bounds=layer.bbox,
        codes=[place.code for place in every],
        marks="".join(marks),
        text=["; ".join(_kind(k, lang) for k in kinds.get(place.code, [])) for place in every],
        when=[0] * len(every),
        dates=[""],
        palette=[COLORS[name] for name in shown],
        unit="",
        alt=t(
            "gaps.alt.known",
            lang,
            n=number(len(group), lang),
            of=number(len(every), lang),
            edition=_edition_name(edition_id, lang),
        ),
        credit=boundary_note(edition_id, Level.PROVINCE, lang),
        words={
            MARK_NO_DATA: t("gaps.map.unknown", lang),
            "outside": t("map.outside", lang),
            "failed": t("map.failed", lang),
        },
        symbols=symbols_of(edition_id, layer, lang),
        accent=ACCENT,
        notes=_notes(figures, edition_id, lang),
    )
    return view, _legend(shown, list(group.values()), unknown, len(every), lang)


def map_heading_html(edition_id: str, lang: Lang) -> Markup:
    """Write the name of the edition above its map."""
    return el("h3.atlas-map-title", _edition_name(edition_id, lang))


def _edition_name(edition_id: str, lang: Lang) -> str:
    found = edition(edition_id)
    return found.name_vi if lang == "vi" else found.name_en


def _kind(name: str, lang: Lang) -> str:
    return t(f"gaps.kind.{name}", lang)


def _notes(figures: Sequence[GapFigure], edition_id: str, lang: Lang) -> dict[str, str]:
    """Write the latest figure of each indicator of a province, each with what it counts."""
    latest: dict[tuple[str, str], str] = {}
    for figure in figures:  # oldest first
        if figure.row["edition"] != edition_id or figure.row["area"] == COUNTRY_CODE:
            continue
        text = beside(
            value_text(figure.row, figure.indicator, lang), unit_text(figure.indicator, lang)
        )
        when = period_text(figure.row, lang)
        key = str(figure.row["area"]), figure.indicator.id
        latest[key] = f"{pick(figure.indicator.title, lang)}: {text} ({when})"
    notes: dict[str, list[str]] = {}
    for (code, _), line in latest.items():
        notes.setdefault(code, []).append(line)
    return {code: "; ".join(lines) for code, lines in notes.items()}


def _legend(
    shown: Sequence[str], groups: Sequence[str], unknown: Sequence[Area], of: int, lang: Lang
) -> Markup:
    keys = [
        legend_key(
            el("i", style=f"background:{COLORS[name]}"),
            _kind(name, lang),
            groups.count(name),
            lang,
        )
        for name in shown
    ]
    none = el("i.state.no_data")
    keys.append(legend_key(none, t("gaps.map.unknown", lang), len(unknown), lang))
    said = t("gaps.unknown", lang, n=number(len(unknown), lang), of=number(of, lang))
    names = ", ".join(place.short_vi if lang == "vi" else place.short_en for place in unknown)
    return legend(keys, f"{said} {names}.")
