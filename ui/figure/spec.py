"""Turn what a page shows into the publication figure of it: the same classes, colours and words.

Nothing here needs a page, so that figures can be made from the command line as well. The other
kinds of figure are in the modules beside this one; `ui.figure.kinds` knows them all.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

from base.words import number, t
from geo.classify import NO_CLASS
from geo.editions import area
from geo.figure import Bar, BarsBody, Body, FigureSpec, MapBody
from metrics.store import Store
from ui.address import BARS, MAP, pin_colours
from ui.figure.map import legend_of, map_body
from ui.figure.parts import USUAL, Choices, NoFigures, whole, words_of
from ui.scene import (
    ACCENT,
    PER,
    PLAIN_STATES,
    VALUE,
    Manner,
    Scene,
    beside,
    drawn_states,
    map_view,
    ordered,
    place_name,
    records,
    state_text,
    subtitle,
    title,
)

RANKED = (VALUE, PER)  # measures whose numbers have a rank of their own


def figure_spec(store: Store, scene: Scene, choices: Choices = USUAL) -> FigureSpec:
    """Describe the figure of a scene: its map or its ranking.

    Parameters
    ----------
    choices
        See `Choices`. A ranking that cannot be drawn of the scene gives its map.

    Returns
    -------
    FigureSpec
        To be drawn by `geo.figure.render`.

    Raises
    ------
    NoFigures
        If no area of the scene has a figure.
    """
    lang = scene.view.lang
    if scene.manner is Manner.EMPTY:
        raise NoFigures(t("figure.none", lang, title=title(scene)))
    bars = choices.kind == BARS and can_be_ranked(scene)
    body: Body = _bars(scene) if bars else _map(scene, choices)
    words = words_of(store, [scene], title=title(scene), subtitle=subtitle(scene))
    drawn = replace(choices, kind=BARS if bars else MAP)
    return whole(lang, drawn, words, body, legend_of(scene, choices.theme, bars=bars))


def _map(scene: Scene, choices: Choices) -> MapBody:
    return map_body(scene, map_view(scene, ""), choices.theme, facts=True)


def can_be_ranked(scene: Scene) -> bool:
    """Tell whether a scene has a ranking that bars can draw."""
    return scene.manner in (Manner.CLASSES, Manner.CIRCLES)


def _bars(scene: Scene) -> BarsBody:
    lang, palette = scene.view.lang, scene.palette
    index = dict(zip(scene.panel.frame["code"], scene.classes.index, strict=True))
    pins = pin_colours(scene.view.pins)
    unit = scene.measure.unit if len(scene.measure.unit) <= 2 else ""
    off = set()
    if scene.matched is not None:
        off = set(scene.panel.frame["code"][~scene.matched])
    # What was made of a figure has another order than the figures, whose ranks would mislead.
    ranked = scene.measure.kind in RANKED
    bars = [
        Bar(
            code=code,
            rank=number(row["rank"], lang) if ranked and not math.isnan(row["rank"]) else "",
            name=place_name(area(scene.view.edition, code), lang),
            value=float(row["drawn"]),
            text=beside(str(row["written"]), unit),
            fill=palette[at] if (at := int(index[code])) != NO_CLASS else ACCENT,
            off=code in off,
            pin=pins.get(code, ""),
        )
        for row in records(ordered(scene, "rank" if ranked else "value"))
        if math.isfinite(row["drawn"]) and (code := str(row["code"]))
    ]
    return BarsBody(bars=tuple(bars), more=t("figure.more", lang), foot=_missing(scene))


def _missing(scene: Scene) -> str:
    """Count the areas that have no figure, by the reason."""
    lang = scene.view.lang
    counts = Counter(drawn_states(scene.panel, scene.classes))
    told = [
        f"{state_text(state, lang)} ({number(counts[state], lang)})"
        for state in PLAIN_STATES
        if counts[state]
    ]
    return t("figure.missing", lang, states=", ".join(told)) if told else ""
