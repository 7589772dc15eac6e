"""Work out two indicators on one map: thirds of each, crossed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from geo.bivariate import Bivariate, Unvaried, cross
from metrics.comparable import RAW, UNMEASURED
from metrics.formats import number
from metrics.messages import t
from metrics.paired import FEWEST, Pairing, pair
from metrics.queries import Store
from ui.compare.common import short, unfit, with_basis
from ui.compare.pair_settings import Settings
from ui.compare.pair_views import Crossing, map_of, plot_of, square_of, table_of
from ui.compare.pair_words import counted, heading_of, legend_of, sentences_of
from ui.indicators import indicator_options
from ui.legend import legend_html
from ui.mapview import map_view
from ui.ranking import ranking_data
from ui.scene import Scene, make_scene
from ui.view import Refusal, View

VIEWS_KEPT = 16


@dataclass(frozen=True, slots=True, eq=False)
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
    """

    x: Scene
    y: Scene
    refused: tuple[Refusal, ...]
    why: str
    title: str
    sentences: tuple[str, ...]
    legend: str
    words: dict[str, str]
    map: str
    ranking: dict[str, Any]
    scatter: dict[str, Any] | None
    square: dict[str, Any] | None


def draw_pair(store: Store, view: View, settings: Settings) -> Paired:
    """Work two indicators out, or take what was worked out before from the same figures."""
    edition, code = settings.area
    area = (edition, code) if edition == view.edition else ("", "")
    return _draw(store, replace(view, source=""), replace(settings, area=area, of="x", maps=()))


@lru_cache(maxsize=VIEWS_KEPT)
def _draw(store: Store, view: View, settings: Settings) -> Paired:
    x, y, refused = _scenes(store, view, settings)
    codes = x.panel.frame["code"].astype(str)
    selected = settings.area[1] if settings.area[1] in set(codes) else x.selected
    x, y = replace(x, selected=selected), replace(y, selected=selected)
    pairing = pair(*(pd.Series(scene.measure.numbers, index=codes) for scene in (x, y)))
    why, crossed = _crossed(x, y, pairing)
    if crossed is None:
        plain = map_view(x, " ".join([heading_of(x, y), why])).message()
        return Paired(
            x, y, refused, why, heading_of(x, y), (), legend_html(x), {}, plain,
            ranking_data(store, x), None, None,
        )  # fmt: skip
    sentences = sentences_of(x, y, pairing, crossed)
    found = Crossing(x, y, pairing, crossed, _cell(crossed, settings))
    return Paired(
        x,
        y,
        refused,
        "",
        heading_of(x, y),
        sentences,
        legend_of(x, y, pairing, crossed),
        found.words,
        map_of(found, sentences).message(),
        table_of(store, found),
        plot_of(found),
        square_of(found),
    )


def _cell(crossed: Bivariate, settings: Settings) -> tuple[int, int] | None:
    """Return the cell chosen, unless there is none or there are no such thirds here."""
    if settings.cell is None:
        return None
    column, row = settings.cell
    return settings.cell if column in crossed.x_steps and row in crossed.y_steps else None


def _scenes(
    store: Store, view: View, settings: Settings
) -> tuple[Scene, Scene, tuple[Refusal, ...]]:
    x, refused = make_scene(store, with_basis(store, view))
    if not view.indicator:
        x, refused = make_scene(store, with_basis(store, x.view))
    chosen = settings.y
    if chosen == x.view.indicator and settings.y_per == x.view.per:
        refused = [*refused, Refusal("y", chosen, t("pair.twice", view.lang))]
        chosen = ""
    chosen = chosen or other_indicator(store, x.view)
    other = x.view.to(indicator=chosen, per=settings.y_per if settings.y else "", at=settings.y_at)
    if other.indicator == x.view.indicator:
        other = replace(other, basis=x.view.basis)
    y, more = make_scene(store, with_basis(store, other))
    return x, y, (*refused, *(replace(r, param=f"y_{r.param}") for r in more))


def other_indicator(store: Store, view: View) -> str:
    """Choose what to compare an indicator with where nothing was chosen.

    Returns
    -------
    str
        The first that is offered at the level and can be compared as it is, of another family if
        there is one; the indicator itself where there is none.
    """
    own = store.catalog.indicators[view.indicator]
    offered = [
        store.catalog.indicators[o["v"]] for o in indicator_options(store, view) if not o.get("off")
    ]
    fit = [i for i in offered if i.kind not in (*UNMEASURED, *RAW) and i.id != own.id]
    fit.sort(key=lambda i: i.family is not None and i.family == own.family)
    return fit[0].id if fit else own.id


def _crossed(x: Scene, y: Scene, pairing: Pairing) -> tuple[str, Bivariate | None]:
    lang = x.view.lang
    if why := unfit(x) or unfit(y):
        return why, None
    if pairing.n < FEWEST:
        told = counted(x, pairing)
        return t("pair.too_few", lang, counted=told, fewest=number(FEWEST, lang)), None
    try:
        return "", cross(pairing.frame["x"], pairing.frame["y"])
    except Unvaried as same:
        return t("pair.unvaried", lang, name=short(x if same.which == "x" else y)), None
