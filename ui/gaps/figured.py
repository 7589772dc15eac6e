"""The map of gaps as a figure to publish, and the button that prints the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from base.words import Lang, day, number, t
from geo.coverage.ground import Result
from geo.coverage.output import marked_name
from geo.editions import COUNTRY_CODE, edition
from geo.figure import (
    DEFAULT_PRESET,
    FORMATS,
    MEDIA,
    Archipelago,
    Dot,
    FigureSpec,
    Fill,
    Format,
    Key,
    Legend,
    MapBody,
    Shape,
    render,
)
from geo.maps import MapView
from ui.gaps.gapmap import gap_map, place_words
from ui.gaps.margins import (
    COLORS,
    SITE,
    SUMMIT,
    kind_words,
    margin_count,
    margins_here,
    sites_here,
    summits_bound,
    summits_here,
)
from ui.gaps.pick import lowest_name, row_of
from ui.gaps.rated import Rates, legend_foot, rate_words, rated
from ui.gaps.settings import OVERS, Settings
from ui.scene import ACCENT
from ui.shell import print_button


def gap_figure(result: Result, settings: Settings, lang: Lang, today: date) -> FigureSpec:
    """Describe the map of a result on paper: its rates, from which files, of which day.

    Parameters
    ----------
    today
        The day on which the files were searched.
    """
    rates = rated(result, settings, lang)
    view, _ = gap_map(result, settings, lang)
    over = settings.over_ground
    what = t(f"gaps.figure.{settings.over}", lang) if over else rate_words(settings.per, lang)
    shapes = tuple(_shape(rates, settings, at, lang) for at in range(len(rates.codes)))
    title = f"{what[:1].upper()}{what[1:]}: {place_words(settings, lang)}"
    row = row_of(result, settings.place)
    told = {
        name: "–" if row is None else number(float(str(row[name])), lang)
        for name in ("settlements", "uncovered", "unknown")
    }
    where = edition(settings.edition)
    return FigureSpec(
        lang=lang,
        theme="light",
        preset=DEFAULT_PRESET,
        title=title,
        subtitle=t("gaps.figure.counts", lang, **told),
        body=MapBody(
            edition=settings.edition,
            level=rates.level,
            shapes=shapes,
            archipelagos=tuple(
                Archipelago(s.code, s.label, s.place, s.points, s.name) for s in view.symbols
            ),
            focus=settings.province or None,
            selected=None if settings.place == COUNTRY_CODE else settings.place,
            circle=ACCENT,
            scale_at=t("figure.scale", lang),
            facts=tuple((shape.name, shape.value, "") for shape in shapes if shape.marked),
            dots=dots_of(view),
        ),
        legend=_legend(rates, result, settings, lang),
        note=_note(result, settings, lang),
        as_of=t("gaps.figure.day", lang, day=day(today, lang)),
        source=t("figure.sources", lang, names=", ".join(_files(result, settings))),
        edition=f"{where.name_vi if lang == 'vi' else where.name_en}.",
        boundary=f"{view.credit}.",
        watermark=t("figure.simulated", lang) if result.simulated else "",
        alt=view.alt,
    )


def _files(result: Result, settings: Settings) -> list[str]:
    files = list(result.read)
    if settings.over_ground and result.terrain is not None:
        files.append(result.terrain.raster)
    return list(dict.fromkeys(files))


def _note(result: Result, settings: Settings, lang: Lang) -> str:
    """Say what kind of a statement the figure is, and on what it rests."""
    if settings.over_ground and result.terrain is not None:
        found = result.terrain
        said = {"raster": found.raster, "k": number(found.k, lang, 3)}
        return t("gaps.figure.note", lang, **said)
    return t("coverage.range", lang) if result.by_range else ""


def dots_of(view: MapView) -> tuple[Dot, ...]:
    """Return the points of the map on the page, where they are all that it shows."""
    if not view.plain or not view.dot_colors:
        return ()
    marks = view.dot_marks or [""] * (len(view.dots) // 3)
    return tuple(
        Dot(view.dots[3 * n] / 1e4, view.dots[3 * n + 1] / 1e4, view.dot_colors[kind], mark)
        for n, (kind, mark) in enumerate(zip(view.dots[2::3], marks, strict=True))
    )


def _shape(rates: Rates, settings: Settings, at: int, lang: Lang) -> Shape:
    code, mark, text = rates.codes[at], rates.marks[at], rates.texts[at]
    if settings.over_ground:
        name = lowest_name(settings.edition, code, lang)
        return Shape(code=code, fill=str(Fill.PLAIN), name=name, told=name)
    known = mark.isdigit()
    if not known:
        fill = str(Fill.NO_DATA)
    else:  # too few for colours: a marker, as on the page
        fill = str(Fill.PLAIN) if rates.few else rates.palette[int(mark)]
    name = lowest_name(settings.edition, code, lang)
    told = f"{name}: {text or t('gaps.map.none', lang)}"
    return Shape(code=code, fill=fill, name=name, value=text, told=told, marked=known and rates.few)


def _legend(rates: Rates, result: Result, settings: Settings, lang: Lang) -> Legend:
    if settings.over == OVERS[3]:
        found = margins_here(result, settings)
        keys = [
            Key(kind_words(kind, lang), number(n, lang), COLORS[kind], marker=True)
            for kind, n in enumerate(found.counts)
            if n
        ]
        if n := len(sites_here(result, found)):
            keys.append(Key(t("gaps.legend.of_site", lang), number(n, lang), SITE, marker=True))
        return Legend(t("gaps.margin", lang), tuple(keys), (margin_count(found, lang),))
    if settings.over == OVERS[4]:
        rows = summits_here(result, settings)
        key = Key(t("gaps.legend.summit", lang), number(len(rows), lang), SUMMIT, marker=True)
        return Legend("", (key,), (summits_bound(result, lang),))
    if rates.few:
        keys = [Key(t("gaps.legend.few", lang), number(rates.n, lang), ACCENT, marker=True)]
    else:
        spans = zip(rates.palette, rates.classes.bounds(), rates.classes.counts, strict=True)
        keys = [
            Key(" – ".join(number(v, lang, 1) for v in dict.fromkeys(ends)), number(n, lang), fill)
            for fill, ends, n in spans
            if n
        ]
    of = len(rates.codes)
    if rates.n < of:
        keys.append(Key(t("gaps.map.none", lang), number(of - rates.n, lang), str(Fill.NO_DATA)))
    return Legend(rate_words(settings.per, lang), tuple(keys), (legend_foot(rates, lang),))


def figure_downloads(result: Result, settings: Settings, lang: Lang) -> None:
    """Show the buttons that give the map as a file, made when pressed, and print the page."""
    spec = gap_figure(result, settings, lang, date.today())
    what = settings.over if settings.over_ground else "gaps"
    stem = marked_name(f"{what}-{settings.edition}-{settings.place}", result.simulated)
    boxes = st.columns(len(FORMATS) + 1, gap="small")
    _buttons(boxes[:-1], spec, stem, "gaps_figure", lang)
    with boxes[-1]:
        print_button("gaps_print", t("gaps.print", lang))


def figure_buttons(spec: FigureSpec, stem: str, key: str, lang: Lang) -> None:
    """Show the buttons that give a figure as a file, made when pressed."""
    _buttons(st.columns(len(FORMATS), gap="small"), spec, stem, key, lang)


def _buttons(
    boxes: Sequence[st.delta_generator.DeltaGenerator],
    spec: FigureSpec,
    stem: str,
    key: str,
    lang: Lang,
) -> None:
    for box, fmt in zip(boxes, FORMATS, strict=True):
        with box:
            st.download_button(
                t(f"figure.download.{fmt}", lang),
                data=_maker(spec, fmt),
                file_name=f"{stem}.{fmt}",
                mime=MEDIA[fmt],
                key=f"{key}_{fmt}",
                on_click="ignore",
                width="stretch",
            )


def _maker(spec: FigureSpec, fmt: Format) -> Callable[[], bytes]:
    return lambda: render(spec, fmt)
