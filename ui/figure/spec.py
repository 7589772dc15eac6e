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
from geo.figure import Bar, BarsBody, FigureSpec
from metrics.panel import is_ranked
from ui.address import BARS, MAP, pin_colours
from ui.figure.map import legend_of, map_body
from ui.figure.parts import USUAL, Choices, NoFigures, of_scenes
from ui.scene import (
    ACCENT,
    PER,
    PLAIN_STATES,
    VALUE,
    Manner,
    Scene,
    beside,
    map_view,
    ordered,
    state_text,
)

RANKED = (VALUE, PER)  # measures whose numbers have a rank of their own


def figure_spec(scene: Scene, choices: Choices = USUAL) -> FigureSpec:
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
    words, scene = scene.words, replace(scene, dark=choices.theme == "dark")
    if scene.manner is Manner.EMPTY:
        raise NoFigures(t("figure.none", scene.lang, title=words.title))
    bars = choices.kind == BARS and can_be_ranked(scene)
    return of_scenes(
        [scene],
        choices,
        kind=BARS if bars else MAP,
        title=words.title,
        subtitle=words.subtitle,
        body=_bars(scene) if bars else map_body(scene, map_view(scene), choices.theme, facts=True),
        legend=legend_of(scene, choices.theme, bars=bars),
    )


def can_be_ranked(scene: Scene) -> bool:
    """Tell whether a scene has a ranking that bars can draw."""
    return is_ranked(scene.indicator) and scene.manner in (Manner.CLASSES, Manner.CIRCLES)


def _bars(scene: Scene) -> BarsBody:
    lang, palette, measure = scene.lang, scene.palette, scene.measure
    index, pins = scene.classes.index.tolist(), pin_colours(scene.view.pins)
    unit = measure.unit if len(measure.unit) <= 2 else ""
    # What was made of a figure has another order than the figures, whose ranks would mislead.
    ranked = measure.kind in RANKED
    ranks = scene.ranks if ranked else [None] * len(index)
    bars = [
        Bar(
            code=scene.codes[at],
            rank="" if (rank := ranks[at]) is None else number(rank, lang),
            name=scene.names[at],
            value=float(measure.numbers[at]),
            text=beside(measure.texts[at], unit),
            fill=palette[index[at]] if index[at] != NO_CLASS else ACCENT,
            off=scene.matched is not None and not scene.matched[at],
            pin=pins.get(scene.codes[at], ""),
        )
        for at in ordered(scene, "rank" if ranked else "value")
        if math.isfinite(measure.numbers[at])
    ]
    return BarsBody(bars=tuple(bars), more=t("figure.more", lang), foot=_missing(scene))


def _missing(scene: Scene) -> str:
    """Count the areas that have no figure, by the reason."""
    lang = scene.lang
    counts = Counter(scene.states)
    told = [
        f"{state_text(state, lang)} ({number(counts[state], lang)})"
        for state in PLAIN_STATES
        if counts[state]
    ]
    return t("figure.missing", lang, states=", ".join(told)) if told else ""
