"""Work out two indicators on one map: thirds of each, crossed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from base.words import number, t
from geo.classify import Bivariate, Unvaried, cross
from geo.maps import MARK_OUTSIDE, MapView
from metrics.relate import FEWEST, RAW, UNMEASURED, Pairing, pair
from metrics.store import Store, kept_in_store
from ui.address import FIRST, Refusal, Settings, View, cell_text
from ui.address.pair import PAIR
from ui.compare.fit import scene_beside, unfit
from ui.compare.pair_views import Crossing, map_of, plot_of, square_of, table_of
from ui.compare.pair_words import counted, heading_of, legend_of, sentences_of
from ui.scene import Scene, indicator_options, legend_html, map_view, ranking_data

VIEWS_KEPT = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paired:
    """Two indicators, worked out. Shared between sessions: never to be changed.

    Attributes
    ----------
    x, y
        The figures of each.
    refused
        Choices that could not be followed.
    why
        Why they cannot be crossed; "" where they are.
    title, sentences
        What is seen, in words.
    legend
        HTML.
    words
        Code of area to where its two figures put it.
    map, ranking, scatter, square
        What the map, the table, the plot and the square legend are handed; the last two None where
        nothing was crossed.
    crossed, pairing
        The thirds, and who has which figure; None where nothing was crossed.
    """

    x: Scene
    y: Scene
    refused: tuple[Refusal, ...]
    why: str
    title: str
    sentences: tuple[str, ...]
    legend: str
    words: dict[str, str]
    map: MapView
    ranking: dict[str, Any]
    scatter: dict[str, Any] | None = None
    square: dict[str, Any] | None = None
    crossed: Bivariate | None = None
    pairing: Pairing | None = None


def draw_pair(store: Store, view: View, settings: Settings, *, dark: bool = False) -> Paired:
    """Work two indicators out, or take what was worked out before from the same figures."""
    all_areas = replace(settings, way=PAIR, cell=None, area=("", ""), of=FIRST, maps=())
    paired = _draw(store, replace(view, source=""), all_areas, dark)
    edition, code = settings.area
    if edition == view.edition and code in paired.x.codes:
        paired = _singled_out(paired, code)
    return paired if settings.cell is None else _of_cell(paired, settings.cell)


@kept_in_store(VIEWS_KEPT, drawn=True)
def _draw(store: Store, view: View, settings: Settings, dark: bool) -> Paired:
    x, y, refused = _scenes(store, view, settings)
    x = replace(x, dark=dark)
    pairing = pair(*(pd.Series(scene.measure.numbers, index=x.codes) for scene in (x, y)))
    why, crossed = _crossed(x, y, pairing)
    made = Paired(
        x=x,
        y=y,
        refused=refused,
        why=why,
        title=heading_of(x, y),
        sentences=(),
        legend=legend_html(x),
        words={},
        map=map_view(x, f"{heading_of(x, y)}. {why}"),
        ranking=ranking_data(x),
    )
    if crossed is None:
        return made
    sentences = sentences_of(x, y, pairing, crossed)
    found = Crossing(x=x, y=y, pairing=pairing, crossed=crossed.on_dark() if x.dark else crossed)
    return replace(
        made,
        crossed=crossed,
        pairing=pairing,
        sentences=sentences,
        legend=legend_of(x, y, pairing, crossed),
        words=found.words,
        map=map_of(found, sentences),
        ranking=table_of(found),
        scatter=plot_of(found),
        square=square_of(found),
    )


def _singled_out(paired: Paired, code: str) -> Paired:
    """Outline an area on the map, in the table and in the plot."""
    return replace(
        paired,
        x=replace(paired.x, selected=code),
        y=replace(paired.y, selected=code),
        map=replace(paired.map, selected=code),
        ranking={**paired.ranking, "selected": code},
        scatter=paired.scatter and {**paired.scatter, "selected": code},
    )


def _of_cell(paired: Paired, cell: tuple[int, int]) -> Paired:
    """List only the areas of a cell and grey the others; of a cell that is not there, nothing."""
    crossed, (column, row) = paired.crossed, cell
    if crossed is None or column not in crossed.x_steps or row not in crossed.y_steps:
        return paired
    number_of = crossed.cell(crossed.y_steps.index(row), crossed.x_steps.index(column))
    inside = {
        code for code, its in zip(paired.map.codes, crossed.index, strict=True) if its == number_of
    }
    marks = "".join(
        MARK_OUTSIDE if mark.isdigit() and code not in inside else mark
        for code, mark in zip(paired.map.codes, paired.map.marks, strict=True)
    )
    rows = [row for row in paired.ranking["rows"] if row[0] in inside]
    dim = [code for code in paired.map.codes if code not in inside]
    return replace(
        paired,
        map=replace(paired.map, marks=marks),
        ranking={**paired.ranking, "rows": rows},
        scatter=paired.scatter and {**paired.scatter, "dim": dim},
        square=paired.square and {**paired.square, "chosen": cell_text(cell)},
    )


def _scenes(
    store: Store, view: View, settings: Settings
) -> tuple[Scene, Scene, tuple[Refusal, ...]]:
    x, refused = scene_beside(store, view)
    if not view.indicator:
        x, refused = scene_beside(store, x.view)
    chosen = settings.y
    if chosen == x.view.indicator and settings.y_per == x.view.per:
        refused = [*refused, Refusal("y", chosen, t("pair.twice", view.lang))]
        chosen = ""
    chosen = chosen or other_indicator(x)
    other = x.view.to(indicator=chosen, per=settings.y_per if settings.y else "", at=settings.y_at)
    if other.indicator == x.view.indicator:
        other = replace(other, basis=x.view.basis)
    y, more = scene_beside(store, other)
    return x, y, (*refused, *(replace(r, param=f"y_{r.param}") for r in more))


def other_indicator(scene: Scene) -> str:
    """Choose what to compare an indicator with where nothing was chosen.

    Returns
    -------
    str
        The foremost that is offered at the level and can be compared as it is, of another family if
        there is one; the indicator itself where there is none. What asks the same question in
        another way, as the index of another year's portal does, comes last: no change is to be
        read out of the two.
    """
    own, known = scene.indicator, scene.store.catalog.indicators
    offered = [known[o["v"]] for o in indicator_options(scene) if not o.get("off")]
    fit = [i for i in offered if i.kind not in (*UNMEASURED, *RAW) and i.id != own.id]
    fit.sort(key=lambda i: (_kinship(i.family, own.family), i.featured is None, i.featured or 0))
    return fit[0].id if fit else own.id


# What the name of a variant ends in: index766-2025-month.
_PERIODS: Final = re.compile(r"(-(\d{4}|month|quarter))+$")


def _kinship(family: str | None, own: str | None) -> int:
    """Tell how near two families are: 0 strangers, 1 the same, 2 one a variant of the other."""
    if family is None or own is None:
        return 0
    if family == own:
        return 1
    return 2 if _PERIODS.sub("", family) == _PERIODS.sub("", own) else 0


def _crossed(x: Scene, y: Scene, pairing: Pairing) -> tuple[str, Bivariate | None]:
    lang = x.lang
    if why := unfit(x) or unfit(y):
        return why, None
    if pairing.n < FEWEST:
        told = counted(x, pairing)
        return t("pair.too_few", lang, counted=told, fewest=number(FEWEST, lang)), None
    try:
        return "", cross(pairing.frame["x"], pairing.frame["y"])
    except Unvaried as same:
        return t("pair.unvaried", lang, name=(x if same.which == "x" else y).words.short), None
