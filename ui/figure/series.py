"""The figure of a time series: lines of the pinned areas and of the place looked at."""

from __future__ import annotations

from typing import Any

import pandas as pd

from base.words import Lang, date_range, day, number, pick, t
from geo.figure import FigureSpec, Legend, Line, LinesBody, Point, Seam
from metrics.relate import Series, series
from metrics.store import Store
from ui.address import SERIES, UNPINNED, pin_colours
from ui.charts import UNDRAWN_KINDS, Axes, areas_of, axes_of, drawn_rows, lead_text, notes_of
from ui.figure.map import sentences
from ui.figure.parts import Choices, NoFigures, whole
from ui.scene import Scene, is_made_up, origins_text, period_text, unit_text

HEIGHT = 1000.0  # any: places are handed on as shares of it


def series_spec(scene: Scene, choices: Choices) -> FigureSpec:
    """Describe the figure of a time series.

    Raises
    ------
    NoFigures
        If there are not two points in time, or nothing that has a scale.
    """
    store, view, lang = scene.store, scene.view, scene.lang
    codes = areas_of(scene)
    found = series(store, view.indicator, view.edition, codes)
    what = pick(found.indicator.title, lang)
    if found.indicator.kind in UNDRAWN_KINDS:
        raise NoFigures(t("figure.series.undrawn", lang, what=what))
    rows = drawn_rows(store, found, lang)
    if len({row["period_end"] for row in rows}) < 2:
        raise NoFigures(lead_text(found, lang))
    named = [code for code in codes if any(row["code"] == code for row in rows)]
    names = ", ".join(scene.name(code) for code in named[:4])
    more = len(named) - 4
    if more > 0:
        names = t("figure.series.and_more", lang, names=names, n=number(more, lang))
    unit, heading = unit_text(found.indicator, lang), pick(found.indicator.short, lang)
    if unit:
        heading = f"{heading} ({unit})"
    return whole(
        lang,
        choices,
        kind=SERIES,
        title=t("figure.series.title", lang, what=what, names=names),
        subtitle=lead_text(found, lang),
        as_of=t("legend.as_of", lang, when=date_range(found.dates[0], found.dates[-1], lang)),
        source=origins_text(store, (row["origins"] for row in rows), lang),
        on=view.edition,
        simulated=_simulated(store, found),
        alt=" ".join(_alt(rows, code, lang) for code in named),
        body=_body(scene, found, rows, named),
        legend=Legend(heading, foot=sentences(_notes(found, lang))),
    )


def _simulated(store: Store, found: Series) -> bool:
    rows = store.observations(found.indicator.id)
    return is_made_up(rows.loc[rows["area"].isin(found.codes), "dataset"])


def _notes(found: Series, lang: Lang) -> list[str]:
    polarity = t(f"direction.{found.indicator.direction}", lang)
    said = [polarity] if polarity else []
    return [*said, *notes_of(found, True, lang)]


def _body(scene: Scene, found: Series, rows: list[dict[str, Any]], named: list[str]) -> LinesBody:
    lang, colours = scene.lang, pin_colours(scene.view.pins)
    axes = axes_of(rows, found.indicator.kind == "rank", HEIGHT, found.seam)
    lines = tuple(
        Line(
            code=code,
            name=scene.name(code),
            color=colours.get(code, UNPINNED),
            points=tuple(_point(row, axes, lang) for row in rows if row["code"] == code),
        )
        for code in named
    )
    seam = None
    if found.seam is not None:
        text = t("series.seam", lang, day=day(found.seam, lang))
        seam = Seam(axes.across(pd.Timestamp(found.seam)) / 100, text)
    return LinesBody(
        lines=lines,
        ticks=tuple((axes.down(value) / HEIGHT, text) for value, text in axes.ticks(lang)),
        dates=tuple((x / 100, text) for x, text in axes.every_date(rows, lang)),
        seam=seam,
    )


def _point(row: dict[str, Any], axes: Axes, lang: Lang) -> Point:
    x, y = axes.at(row)
    return Point(
        x=x / 100,
        y=y / HEIGHT,
        run=str(row["run"]),
        text=str(row["written"]),
        told=f"{row['name']}: {row['told']}, {period_text(row, lang)}",
        hollow=_hollow(row),
        dashed=bool(row["is_carried"]),
        disputed=bool(row["conflicting"]),
    )


def _hollow(row: dict[str, Any]) -> bool:
    return bool(row["is_carried"]) or row["state"] == "recomputed"


def _alt(rows: list[dict[str, Any]], code: str, lang: Lang) -> str:
    own = [row for row in rows if row["code"] == code]
    first, last = own[0], own[-1]
    ends = {"name": last["name"], "last": last["told"], "last_when": period_text(last, lang)}
    if first is last:
        return t("series.alt.one", lang, **ends)
    ends |= {"first": first["told"], "first_when": period_text(first, lang)}
    return t("series.alt.two", lang, **ends)
